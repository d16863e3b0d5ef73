import ArgumentParser
import Foundation
import StudyRunner

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a small study definition that runs as it is.",
    discussion: """
      Its descriptions explain it. Change the numbers to your own and run it again.

      Examples:
        theriac init                     (study.json)
        theriac init mine.json && theriac run mine.json
      """)

  @Argument(help: "The file to write.", completion: .file(extensions: ["json"]))
  var path = "study.json"

  @Flag(help: "Replace the file if it exists.")
  var force = false

  func run() throws {
    guard force || !FileManager.default.fileExists(atPath: path) else {
      printError("\(path): exists already; give another name, or --force to replace it")
      throw ExitStatus.unwritableOutput
    }
    do {
      try Data(startingStudy.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      printError(OutputError(path, error).description)
      throw ExitStatus.unwritableOutput
    }
    print("\(path) written. Next: theriac run \(path)")
  }
}
