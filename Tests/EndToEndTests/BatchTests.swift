import Foundation
import TestSupport
import Testing

@Suite struct BatchTests {
  @Test func foldersPatternsAndFilesMakeOneBatch() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "in/deep"), withIntermediateDirectories: true)
      for name in ["in/b", "in/a", "in/deep/c", "p1", "p2"] {
        _ = try folder.write(
          smallStudy(name.replacing("/", with: "-"), terms: 2), to: name + ".json")
      }
      _ = try folder.write("{\"rows\": []}", to: "in/data.json")
      let run = try theriac("run", "p*.json", "in", "in/a.json", in: folder)
      #expect(run.status == 0)
      let titles = run.outputLines.filter { $0.hasPrefix("Study ") }
      #expect(
        titles == ["p1", "p2", "in-a", "in-b", "in-deep-c"].map { "Study " + $0 })
      #expect(run.output.contains("All studies: theriac-results/index.html"))
      // The copies among the results are no studies of their own.
      #expect(try theriac("run", ".", in: folder).status == 0)
      let valid = try theriac("validate", "in", in: folder)
      #expect(valid.status == 0 && valid.outputLines.count == 3)
      let none = try theriac("run", "q*.json", in: folder)
      #expect(none.status == 66)
      #expect(none.errors == "q*.json: cannot be read: no file has such a name\n")
    }
  }

  @Test func theSummaryHasARowAnAnalysisOfAllStudiesThere() throws {
    try withTemporaryFolder { folder in
      let first = try folder.write(smallStudy("b", terms: 2), to: "b.json")
      _ = try theriac("run", first, in: folder)
      let others = try [smallStudy("a", terms: 2, published: "4"), failingStudy("c")].enumerated()
        .map { try folder.write($0.element, to: "\($0.offset).json") }
      let run = try theriac(["run"] + others, in: folder)
      #expect(run.status == 1)
      let rows = try folder.text(of: "theriac-results/summary.csv").split(separator: "\n")
        .dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      #expect(
        rows.map { $0[0] + "/" + $0[2] + " " + $0[5] } == [
          "a/risks completed", "a/contrast completed", "b/risks completed",
          "b/contrast completed", "c/first failed", "c/second completed",
        ])
      #expect(rows.map { $0[11] } == ["1", "0", "0", "0", "0", "0"])
      let index = try folder.text(of: "theriac-results/index.html")
      #expect(index.contains("1 reproduced, 1 differs"))
      #expect(index.contains("<b class=\"alarm\">2</b> of 3 studies need attention."))
    }
  }

  @Test(arguments: [1, 3])
  func afterAFailureTheOthersGoOnUnlessItShallStop(jobs: Int) throws {
    try withTemporaryFolder { folder in
      let files = try [smallStudy("a", terms: 2), failingStudy("b"), smallStudy("c", terms: 2)]
        .enumerated().map { try folder.write($0.element, to: "\($0.offset).json") }
      let all = try theriac(["run", "--jobs", "\(jobs)"] + files, in: folder)
      #expect(all.status == 1 && folder.has("theriac-results/c/ard.csv"))
      #expect(all.output.contains("3 studies, 6 analyses"))
      let stopped = try theriac(
        ["run", "--fail-fast", "--jobs", "\(jobs)", "--output", "out"] + files, in: folder)
      #expect(stopped.status == 1)
      #expect(stopped.errors == "stopped by --fail-fast; 1 study not computed\n")
      #expect(stopped.output.contains("2 studies, 4 analyses"))
      #expect(try folder.text(of: "out/b/status.json").contains("an analysis before it failed"))
    }
  }

  @Test func aStudyThatVanishesOrChangesDuringARunIsToldAndTheOthersGoOn() throws {
    try withTemporaryFolder { folder in
      let files = try ["big", "gone", "changed", "last"].map {
        try folder.write(smallStudy($0, terms: $0 == "big" ? 6000 : 2), to: "\($0).json")
      }
      let program = try StartedProgram(["run", "--jobs", "1"] + files, in: folder)
      program.wait(for: "theriac-results/.big.partial", in: folder)
      try FileManager.default.removeItem(atPath: files[1])
      _ = try folder.write(smallStudy("changed", terms: 3), to: "changed.json")
      let run = try program.end()
      #expect(run.status == 66)
      #expect(run.errors.contains("\(files[1]): cannot be read: No such file or directory"))
      #expect(run.errors.contains("\(files[2]): cannot be read: it or its data changed"))
      #expect(run.errors.contains("2 studies could not be read when the turn came"))
      #expect(run.errors.contains("run again with --resume"))
      #expect(folder.has("theriac-results/last/ard.csv"))
      #expect(!folder.has("theriac-results/gone") && !folder.has("theriac-results/changed"))
    }
  }

  @Test func twoRunsDoNotWriteOneFolder() throws {
    try withTemporaryFolder { folder in
      let big = try folder.write(smallStudy("big", terms: 9000), to: "big.json")
      let small = try folder.write(smallStudy("small", terms: 1), to: "small.json")
      let first = try StartedProgram(["run", big], in: folder)
      first.wait(for: "theriac-results/.big.partial", in: folder)
      let second = try theriac("run", small, in: folder)
      #expect(second.status == 73)
      #expect(second.errors.contains("theriac-results: another run writes there"))
      #expect(second.errors.contains("process \(first.process.processIdentifier) on "))
      #expect(!folder.has("theriac-results/small"))
      #expect(try theriac("run", small, "--output", "other", in: folder).status == 0)
      first.process.terminate()
      let stopped = try first.end()
      #expect(stopped.status == 128 + SIGTERM)
      #expect(stopped.errors.contains("the same command with --resume goes on"))
      // The lock ended with its process.
      #expect(try theriac("run", small, in: folder).status == 0)
      #expect(!folder.has("theriac-results/.theriac.lock"))
    }
  }

  @Test func aStudyCannotBeCalledLikeAFileBesideTheResults() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(smallStudy("index.html", terms: 1), to: "s.json")
      let run = try theriac("run", file, in: folder)
      #expect(run.status == 65 && run.errors.contains("which a file beside the results has"))
    }
  }
}
