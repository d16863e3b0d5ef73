import Foundation
import TestSupport

/// What a run of the program printed, and how it ended.
struct ProgramRun {
  let status: Int32
  let output: String
  let errors: String

  var outputLines: [String] { output.split(separator: "\n").map(String.init) }
  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
}

/// Runs the program beside this test with `arguments`, in `folder`.
func theriac(_ arguments: String..., in folder: URL) throws -> ProgramRun {
  try theriac(arguments, in: folder)
}

/// The same; what takes more than `seconds` is ended, with status 124.
func theriac(_ arguments: [String], in folder: URL, seconds: Int) throws -> ProgramRun {
  try run(
    URL(filePath: "/usr/bin/timeout"), ["\(seconds)", programURL.path] + arguments, in: folder)
}

func theriac(_ arguments: [String], in folder: URL) throws -> ProgramRun {
  try run(programURL, arguments, in: folder)
}

/// Runs `program` with `arguments`, in `folder`.
func run(_ program: URL, _ arguments: [String], in folder: URL) throws -> ProgramRun {
  try StartedProgram(arguments, of: program, in: folder).end()
}

/// A program beside this test while it runs.
struct StartedProgram {
  let process = Process()
  private let output: URL
  private let errors: URL

  init(
    _ arguments: [String], of program: URL = programURL, in folder: URL,
    environment: [String: String] = [:], input: FileHandle = .nullDevice
  ) throws {
    output = folder.appending(path: UUID().uuidString + ".out")
    errors = folder.appending(path: UUID().uuidString + ".err")
    for file in [output, errors] { try Data().write(to: file) }
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    if !environment.isEmpty {
      process.environment = ProcessInfo.processInfo.environment
        .merging(environment) { _, own in own }
    }
    process.standardInput = input
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  /// Waits until the program has ended.
  func end() throws -> ProgramRun {
    process.waitUntilExit()
    defer {
      for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
    }
    return ProgramRun(
      status: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// Kills it, as nothing can be caught, and waits; whether it had not ended before.
  func kill() -> Bool {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
  }

  /// Waits until `folder` has `name`, or the program has ended.
  func wait(for name: String, in folder: URL) {
    while process.isRunning, !folder.has(name) { usleep(2000) }
  }
}

/// The program lies where the build put the tests.
let programURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
  .deletingLastPathComponent().appending(path: "theriac")

extension URL {
  /// Writes `text` into the file `name` of this folder; the path of the file.
  func write(_ text: String, to name: String) throws -> String {
    let file = appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// The text of the file `name` of this folder.
  func text(of name: String) throws -> String {
    try String(contentsOf: appending(path: name), encoding: .utf8)
  }

  func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: appending(path: name).path)
  }
}
