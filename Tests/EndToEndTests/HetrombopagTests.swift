import Foundation
import JSON
import TestSupport
import Testing

/// The studies that `make run` computes.
private let studies = ["extension", "phase-1", "phase-3"].map {
  repositoryRoot.appending(path: "Datasets/hetrombopag/\($0).json").path
}

@Suite struct HetrombopagTests {
  @Test func everyPublishedPercentageAndLimitComesOut() throws {
    try withTemporaryFolder { folder in
      let run = try theriac(["run"] + studies, in: folder)

      #expect(run.status == 0)
      #expect(run.outputLines.last == "published values: 118 reproduced, 0 differ")
      #expect(run.output.contains("11 published values consistent"))
      #expect(run.errors.isEmpty)
    }
  }

  @Test func leavesEveryFile() throws {
    try withTemporaryFolder { folder in
      _ = try theriac(["run"] + studies, in: folder)

      for study in ["hetrombopag-extension", "hetrombopag-phase-1", "hetrombopag-phase-3"] {
        let results = folder.appending(path: "theriac-results/\(study)")
        for file in [
          "ard.csv", "ard.json", "results.json", "report.html", "study.json", "status.json",
          "manifest.json", "figures",
        ] {
          #expect(results.has(file), "\(study)/\(file)")
        }
        for file in ["ard.json", "results.json", "status.json", "manifest.json"] {
          _ = try JSONDocument(Array(results.text(of: file).utf8))
        }
        #expect(!results.has("analyses"))
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/theriac-results")
          .sorted() == [
            "hetrombopag-extension", "hetrombopag-phase-1", "hetrombopag-phase-3", "index.html",
            "summary.csv",
          ])
      #expect(
        try folder.text(of: "theriac-results/hetrombopag-phase-3/study.json")
          == String(contentsOfFile: studies[2], encoding: .utf8))
    }
  }

  @Test func thirtySevenIsTheOnlyNumberOfPatientsBelowSeventyFour() throws {
    try withTemporaryFolder { folder in
      _ = try theriac("run", studies[1], in: folder)
      let report = try folder.text(of: "theriac-results/hetrombopag-phase-1/results.json")

      #expect(report.contains("No other number of subjects up to 73 fits."))
      #expect(report.contains(#""subjects":[37]"#))
    }
  }

  @Test func theExtensionFitsFifteenNumbersOfPatients() throws {
    try withTemporaryFolder { folder in
      _ = try theriac("run", studies[0], in: folder)
      let results = folder.appending(path: "theriac-results/hetrombopag-extension")
      let row = try results.text(of: "ard.csv").split(separator: "\n")
        .first { $0.contains("fitting_subjects") }

      #expect(row?.contains(",15,") == true)
      #expect(try results.text(of: "report.html").contains("424"))
    }
  }

  @Test func limitsOfRescueTherapyAreThoseOfClopperAndPearson() throws {
    try withTemporaryFolder { folder in
      _ = try theriac("run", studies[2], "--only", "rescue-therapy", in: folder)
      let rows = try folder.text(of: "theriac-results/hetrombopag-phase-3/ard.csv")
        .split(separator: "\n").filter { $0.contains("hetrom-2.5,") }
      let limit = { (name: String) in
        rows.first { $0.contains(",clopper-pearson,\(name),") }?
          .split(separator: ",", omittingEmptySubsequences: false)[15]
      }
      // SciPy 1.17.1: binomtest(22, 168).proportion_ci(method="exact").
      #expect(abs(Double(try #require(limit("lower")))! - 0.0839205436) < 1e-10)
      #expect(abs(Double(try #require(limit("upper")))! - 0.1915272806) < 1e-10)
    }
  }

  @Test func theBytesDoNotDependOnTheNumberOfJobs() throws {
    try withTemporaryFolder { folder in
      for jobs in ["1", "2"] {
        _ = try theriac("run", studies[2], "--jobs", jobs, "--output", jobs, in: folder)
      }
      for file in ["ard.csv", "ard.json", "results.json", "report.html", "status.json"] {
        #expect(
          try folder.text(of: "1/hetrombopag-phase-3/\(file)")
            == folder.text(of: "2/hetrombopag-phase-3/\(file)"), "\(file)")
      }
    }
  }
}
