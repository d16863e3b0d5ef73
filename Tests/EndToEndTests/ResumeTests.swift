import Foundation
import TestSupport
import Testing

/// Runs `files` into `out`, where `folder` is the current one.
private func run(_ files: [String], _ options: String..., in folder: URL) throws -> ProgramRun {
  try theriac(["run", "--output", "out"] + options + files, in: folder)
}

private func seconds(_ folder: URL, _ study: String) throws -> [Substring] {
  try folder.text(of: "out/\(study)/manifest.json").split(separator: "\n")
    .filter { $0.contains("seconds") || $0.contains("started") }
}

@Suite struct ResumeTests {
  @Test func whatIsFinishedAndUnchangedIsTakenOver() throws {
    try withTemporaryFolder { folder in
      let files = try ["a", "b", "c"].map {
        try folder.write(smallStudy($0, terms: 3), to: "\($0).json")
      }
      _ = try run(files, in: folder)
      let (tree, times) = (try resultsTree(folder.appending(path: "out")), try seconds(folder, "b"))
      let again = try run(files, "--resume", in: folder)
      #expect(again.status == 0)
      #expect(again.output.contains("3 studies (3 taken over as they were), 6 analyses"))
      #expect(again.outputLines.last == "published values: 3 reproduced, 0 differ")
      #expect(try resultsTree(folder.appending(path: "out")) == tree)
      #expect(try seconds(folder, "b") == times)
    }
  }

  /// Each change reaches the results, or what the folder says of them.
  @Test(arguments: ["definition", "time", "result", "missing", "status", "only"])
  func whatChangedIsComputedAnew(change: String) throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(smallStudy("a", terms: 3), to: "a.json")
      let out = folder.appending(path: "out")
      _ = try run([file], in: folder)
      switch change {
      case "definition": _ = try folder.write(smallStudy("a", terms: 4), to: "a.json")
      case "time":
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: file)
      case "result": _ = try out.write("study_id\n", to: "a/ard.csv")
      case "missing": try FileManager.default.removeItem(at: out.appending(path: "a/ard.json"))
      case "status": _ = try out.write("{}", to: "a/status.json")
      default: _ = try run([file], "--only", "risks", in: folder)
      }
      let again = try run([file], "--resume", in: folder)
      #expect(again.status == 0 && !again.output.contains("taken over"))
      let tree = try resultsTree(out)
      _ = try run([file], in: folder)
      #expect(difference(tree, try resultsTree(out)) == [])
    }
  }

  @Test func analysesThatAStoppedRunFinishedAreTakenOver() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(smallStudy("a", terms: 4000), to: "a.json")
      let stopped = try StartedProgram(["run", "--output", "out", "--jobs", "1", file], in: folder)
      stopped.wait(for: "out/.a.partial/analyses/risks.json", in: folder)
      #expect(stopped.kill())
      let kept = try folder.text(of: "out/.a.partial/analyses/risks.json")
      let time = try #require(kept.split(separator: "\n").dropFirst(2).first)
      let resumed = try run([file], "--resume", "--jobs", "1", in: folder)
      #expect(resumed.status == 0)
      let number = try #require(time.split(separator: ":").last?.dropLast())
      #expect(try folder.text(of: "out/a/manifest.json").contains("\"seconds\": \(number)\n"))
      let tree = try resultsTree(folder.appending(path: "out"))
      _ = try run([file], "--jobs", "1", in: folder)
      #expect(difference(tree, try resultsTree(folder.appending(path: "out"))) == [])
    }
  }

  @Test func failuresAreTakenOverAndStillEndWith1() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(failingStudy("a"), to: "a.json")
      #expect(try run([file], in: folder).status == 1)
      let again = try run([file], "--resume", in: folder)
      #expect(again.status == 1 && again.output.contains("(1 taken over as they were)"))
      // A run that shall stop there would not have computed the second analysis.
      let stopping = try run([file], "--resume", "--fail-fast", in: folder)
      #expect(stopping.status == 1 && !stopping.output.contains("taken over"))
      #expect(try folder.text(of: "out/a/status.json").contains("\"skipped\""))
      #expect(try !run([file], "--resume", in: folder).output.contains("taken over"))
      #expect(try !folder.text(of: "out/a/status.json").contains("\"skipped\""))
    }
  }
}
