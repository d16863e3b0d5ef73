import Foundation
import JSON
import TestSupport
import Testing

/// The lines that do not tell how long a run took.
private func lasting(_ run: ProgramRun) -> [String] {
  run.outputLines.filter { !$0.contains(" results in ") }
}

@Suite struct ManyStudiesTests {
  @Test func resultsAndSummariesAreTheSameWhateverTheJobs() throws {
    try withTemporaryFolder { folder in
      let count = 40
      let files = try (0..<count).map { index in
        // The first is the largest, so that others end before it.
        try folder.write(
          smallStudy("s\(index)", terms: index == 0 ? 700 : 1 + index % 7), to: "s\(index).json")
      }
      let runs = try [1, 2, 5].map { jobs in
        try theriac(["run", "--jobs", "\(jobs)", "--output", "out-\(jobs)"] + files, in: folder)
      }
      for run in runs { #expect(run.status == 0 && run.errors.isEmpty) }
      let titles = runs[0].outputLines.filter { $0.hasPrefix("Study ") }
      #expect(titles == (0..<count).map { "Study s\($0)" })
      for (run, jobs) in zip(runs, [1, 2, 5]) {
        #expect(
          lasting(run).map { $0.replacing("out-\(jobs)", with: "out-1") } == lasting(runs[0]))
        for index in 0..<count {
          for name in ["ard.csv", "ard.json", "results.json", "report.html", "status.json"] {
            let (first, other) = ("out-1/s\(index)/\(name)", "out-\(jobs)/s\(index)/\(name)")
            #expect(try folder.text(of: other) == folder.text(of: first))
          }
        }
      }
    }
  }

  @Test func theThroughputIsToldAtTheEnd() throws {
    try withTemporaryFolder { folder in
      let files = try ["x", "y"].map {
        try folder.write(smallStudy($0, terms: 50), to: "\($0).json")
      }
      let run = try theriac(["run", "--jobs", "2"] + files, in: folder)
      // Of a term in an arm 8 numbers; of one compared 6 counts, an estimate, 2 limits, a p-value
      // and the adjusted one.
      let line = try #require(run.outputLines.dropLast().last)
      #expect(line.hasPrefix("2 studies, 4 analyses, 2,700 results in "))
      #expect(line.hasSuffix("/s), 2 jobs"))
      #expect(run.outputLines.last == "published values: 2 reproduced, 0 differ")
      let quiet = try theriac(["run", "--quiet"] + files, in: folder)
      #expect(quiet.output.isEmpty)
      let json = try theriac(["run", "--json"] + files, in: folder).output
      let root = try JSONDocument(Array(json.utf8)).root
      guard case .array(let studies) = root.value else { Issue.record("no list"); return }
      #expect(studies.count == 2)
      #expect(json.contains("\"results\": 1350"))
      #expect(json.contains("\"folder\": \"theriac-results/y\""))
    }
  }

  @Test func whatDiffersInAnyStudyIsToldTogetherAtTheEnd() throws {
    try withTemporaryFolder { folder in
      let files = try ["3", "4", "5", "3"].enumerated().map { index, published in
        try folder.write(
          smallStudy("s\(index)", terms: 2, published: published), to: "s\(index).json")
      }
      let run = try theriac(["run", "--jobs", "3"] + files, in: folder)
      #expect(run.status == 1)
      #expect(
        run.outputLines.suffix(3) == [
          "differs: risks: t, a, Term 0: events: published 4, computed 3",
          "differs: risks: t, a, Term 0: events: published 5, computed 3",
          "published values: 2 reproduced, 2 differ",
        ])
    }
  }

  @Test func oneInvalidStudyOfManyKeepsAllFromBeingComputed() throws {
    try withTemporaryFolder { folder in
      var files = try (0..<20).map {
        try folder.write(smallStudy("s\($0)", terms: 1), to: "s\($0).json")
      }
      files.append(try folder.write(smallStudy("s7", terms: 1), to: "again.json"))
      files.append(try folder.write(smallStudy("s 7", terms: 1), to: "faulty.json"))
      let run = try theriac(["run"] + files, in: folder)
      #expect(run.status == 65)
      #expect(run.errorLines.count == 3)
      #expect(run.errors.contains("the study id \"s7\", which \(files[7]) has as well"))
      #expect(run.errors.contains("2 faults; nothing was computed or written."))
      #expect(!folder.has("theriac-results"))
    }
  }

  @Test func theCommandInAManifestNamesItsOwnStudyAlone() throws {
    try withTemporaryFolder { folder in
      let files = try ["x", "y"].map {
        try folder.write(smallStudy($0, terms: 1), to: "\($0).json")
      }
      _ = try theriac(["run", files[0], files[1], "--quiet"], in: folder)
      let manifest = try folder.text(of: "theriac-results/y/manifest.json")
      #expect(manifest.contains(files[1]) && !manifest.contains(files[0]))
    }
  }

  @Test func aStudyOfFiveThousandEventsRunsAndItsReportIsLimited() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(smallStudy("large", terms: 5000), to: "large.json")
      let run = try theriac("run", file, in: folder)
      #expect(run.status == 0)
      let note = "The 1000 most frequent of 5000 events; 4000 more are in ard.csv."
      #expect(run.output.contains(note))
      let report = try folder.text(of: "theriac-results/large/report.html")
      #expect(report.contains(note))
      #expect(report.utf8.count < 3_000_000)
      let rows = try folder.text(of: "theriac-results/large/ard.csv").utf8.count { $0 == 10 }
      #expect(rows == 1 + 5000 * (2 * 8 + 11))
    }
  }
}
