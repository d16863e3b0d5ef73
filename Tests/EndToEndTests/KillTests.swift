import Foundation
import TestSupport
import Testing

/// What kills a run.
private enum Moment {
  case after(seconds: Double)
  /// As soon as it has given a file or folder its name for the number-th time.
  case atRename(Int)
}

/// The batch that is killed: 200 studies of different length, some of which fail.
private struct KilledBatch {
  static let studies = 200
  /// One for each analysis and study, then the summary's two.
  static let renames = 3 * studies + 2

  let folder: URL
  private let shim: URL

  init(in folder: URL) throws {
    self.folder = folder
    shim = folder.appending(path: "rename.so")
    let input = folder.appending(path: "in")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: false)
    for index in 0..<Self.studies {
      let study =
        index % 40 == 7 ? failingStudy("s\(index)") : smallStudy("s\(index)", terms: 1 + index % 60)
      _ = try input.write(study, to: "\(index).json")
    }
    try compileShim()
  }

  /// Runs the batch in a folder `name` of its own; at a moment, if any, it is killed.
  ///
  /// Whether it was killed before its end.
  func run(_ name: String, _ options: [String] = [], killed moment: Moment? = nil) throws -> Bool {
    let place = folder.appending(path: name)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    var environment: [String: String] = [:]
    if case .atRename(let number)? = moment {
      environment = ["LD_PRELOAD": shim.path, "KILLED_AT_RENAME": "\(number)"]
    }
    let program = try StartedProgram(
      ["run", "../in", "--output", "out", "--jobs", "2", "--quiet"] + options, in: place,
      environment: environment)
    if case .after(let seconds)? = moment {
      usleep(UInt32(1e6 * seconds))
      return program.kill()
    }
    program.process.waitUntilExit()
    let wasKilled = program.process.terminationReason == .uncaughtSignal
    if !wasKilled { #expect(try program.end().status == 1) }
    return wasKilled
  }

  func tree(_ name: String) throws -> [String: String] {
    try resultsTree(folder.appending(path: name + "/out"))
  }

  /// A library that kills the process between two renames.
  private func compileShim() throws {
    let source = """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <signal.h>
      #include <stdatomic.h>
      #include <stdlib.h>
      static atomic_long renames;
      static int counted(int result) {
        const char *number = getenv("KILLED_AT_RENAME");
        if (number && ++renames == atol(number)) raise(SIGKILL);
        return result;
      }
      int rename(const char *old, const char *new) {
        int (*next)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
        return counted(next(old, new));
      }
      int renameat2(int a, const char *old, int b, const char *new, unsigned flags) {
        int (*next)(int, const char *, int, const char *, unsigned) = dlsym(RTLD_NEXT, "renameat2");
        return counted(next(a, old, b, new, flags));
      }
      """
    let file = try folder.write(source, to: "rename.c")
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = ["clang", "-shared", "-fPIC", "-O1", "-o", shim.path, file, "-ldl"]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0, "clang, which comes with Swift, is needed")
  }
}

/// `THERIAC_KILLS` says how often to kill, `THERIAC_KILL_SEED` which moments are drawn.
private func setting(_ name: String, else value: Int) -> Int {
  ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? value
}

@Suite struct KillTests {
  @Test func aBatchThatWasKilledResumesToTheSameBytes() throws {
    let (kills, seed) = (setting("THERIAC_KILLS", else: 5), setting("THERIAC_KILL_SEED", else: 1))
    print("kills: \(kills) of a batch of \(KilledBatch.studies) studies, seed \(seed)")
    var random = SplitMix64(seed: UInt64(bitPattern: Int64(seed)))
    try withTemporaryFolder { folder in
      let batch = try KilledBatch(in: folder)
      let start = ContinuousClock.now
      #expect(try batch.run("whole") == false)
      let length = start.duration(to: .now) / .seconds(1)
      let whole = try batch.tree("whole")
      var killed = 0
      for number in 1...kills {
        let name = "killed-\(number)"
        // Two in five between two renames; one in four is killed again while it resumes.
        let moments = (0..<(number % 4 == 0 ? 2 : 1)).map { _ -> Moment in
          number % 5 < 3
            ? .after(seconds: .random(in: 0...length, using: &random))
            : .atRename(.random(in: 1...KilledBatch.renames, using: &random))
        }
        for (index, moment) in moments.enumerated() {
          let options = index == 0 ? [] : ["--resume"]
          if try batch.run(name, options, killed: moment) { killed += 1 }
        }
        #expect(try batch.run(name, ["--resume"]) == false)
        let different = difference(try batch.tree(name), whole)
        #expect(different == [], "kill \(number) of seed \(seed), \(moments)")
        try FileManager.default.removeItem(at: folder.appending(path: name))
      }
      print("\(killed) killed before the end of a run of \(length) s")
      #expect(killed >= kills / 2)
    }
  }

  /// The first renames, and the last: of a study's folder, of the summary, of the index.
  @Test func aKillBetweenTwoRenamesLosesNothing() throws {
    try withTemporaryFolder { folder in
      let batch = try KilledBatch(in: folder)
      #expect(try batch.run("whole") == false)
      let whole = try batch.tree("whole")
      let last = KilledBatch.renames
      for number in [1, 2, 3, last - 2, last - 1, last] {
        let name = "killed-\(number)"
        #expect(try batch.run(name, killed: .atRename(number)))
        #expect(try batch.run(name, ["--resume"]) == false)
        let different = difference(try batch.tree(name), whole)
        #expect(different == [], "at rename \(number)")
      }
    }
  }
}
