import Foundation
import TestSupport
import Testing

private let datasets = repositoryRoot.appending(path: "Datasets")

/// How many published values each bioassay reproduces.
private let reproduced: [String: Int] = [
  "herbicides": 0, "lettuce": 2, "quantal": 0, "ryegrass": 45, "secalonic-acid": 0, "trout": 1,
]

@Suite struct DoseResponseStudyTests {
  @Test(arguments: reproduced.keys.sorted())
  func everyPublishedValueComesOutOrHasItsReason(study: String) throws {
    try withTemporaryFolder { folder in
      let path = datasets.appending(path: "bioassays/\(study).json").path
      let run = try theriac("run", path, in: folder)

      #expect(run.status == 0)
      let count = try #require(reproduced[study])
      #expect(run.outputLines.last == "published values: \(count) reproduced, 0 differ")
      #expect(run.errors.isEmpty)
    }
  }

  /// Counts are fitted too: no analysis of the bioassays ends without its doses.
  @Test func everyBioassayHasItsDoses() throws {
    try withTemporaryFolder { folder in
      let path = datasets.appending(path: "bioassays/quantal.json").path
      #expect(try theriac("run", path, in: folder).status == 0)
      let doses = try resultRows(folder, "quantal").filter {
        $0[9] == "effective_dose" && $0[13] == "estimate"
      }
      #expect(
        !doses.isEmpty
          && doses.allSatisfy { ["ok", "censored-below", "censored-above"].contains($0[17]) },
        "\(doses.map { $0[18] })")
    }
  }

  @Test func noBioassayIsForgotten() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: datasets.appending(path: "bioassays").path)
    #expect(
      Set(files.filter { $0.hasSuffix(".json") }.map { "\($0.dropLast(5))" })
        == Set(reproduced.keys))
  }

  /// What was simulated is found again: the truth of `truth.json` lies within the limits, and what was
  /// made to fail is flagged.
  @Test func simulatedPlatesTellTheirTruth() throws {
    try withTemporaryFolder { folder in
      let run = try theriac(
        "run", datasets.appending(path: "hepg2-mtt/hepg2-mtt.json").path, in: folder)
      #expect(run.status == 0)
      let rows = try resultRows(folder, "hepg2-mtt")
      for (level, truth) in [("ED50", 28.0), ("absolute 50 % of control", 29.90587150315669)] {
        let limits = rows.filter {
          $0[1] == "cytotoxicity-by-day" && $0[4] == "agonist" && $0[5].isEmpty
            && $0[10] == level && ["lower", "upper"].contains($0[13])
        }.compactMap { Double($0[15]) }
        #expect(limits.count == 2 && limits[0] < truth && truth < limits[1], "\(level) \(limits)")
      }
      let verdicts = rows.filter { $0[1] == "plates" && $0[13] == "status" }.map { $0[17] }
      #expect(verdicts == ["passed", "passed", "failed"])
      let flat = rows.filter {
        $0[1] == "cytotoxicity-by-day" && $0[4] == "inactive" && $0[13] == "status"
      }.map { $0[17] }
      #expect(flat == ["flat", "flat", "flat"])
      let beyond = rows.first {
        $0[1] == "cytotoxicity" && $0[4] == "incomplete" && $0[10] == "absolute 50 % of control"
          && $0[13] == "estimate"
      }
      #expect(beyond?[17] == "censored-above" && beyond?[15] == "100")
      let potency = rows.filter {
        $0[1] == "species" && $0[10] == "relative-potency" && $0[12] == "profile"
      }.compactMap { Double($0[15]) }
      #expect(
        potency.count == 2 && potency[0] < 2.727272727272727 && potency[1] > 2.727272727272727)
      #expect(
        try folder.appending(path: "theriac-results/hepg2-mtt").text(of: "report.html")
          .contains("imulated data"))
    }
  }

  @Test func simulatedLotsTellTheirTruth() throws {
    try withTemporaryFolder { folder in
      let run = try theriac(
        "run", datasets.appending(path: "megakaryocytes/megakaryocytes.json").path, in: folder)
      #expect(run.status == 0)
      let rows = try resultRows(folder, "megakaryocytes")
      let limits = rows.filter {
        $0[1] == "serum-lots" && $0[5].isEmpty && $0[10] == "ED50" && $0[12] == "lots/reml"
          && ["lower", "upper"].contains($0[13])
      }.compactMap { Double($0[15]) }
      #expect(limits.count == 2 && limits[0] < 0.8 && 0.8 < limits[1])
      let surface = rows.first { $0[1] == "cocktail" && $0[9] == "surface" && $0[13] == "status" }
      #expect(surface?[17] == "maximum")
      for (factor, truth) in [("TPO", 60.0), ("IL-3", 8), ("SCF", 55)] {
        let limits = rows.filter {
          $0[1] == "cocktail" && $0[9] == "stationary_point" && $0[10] == factor
            && ["lower", "upper"].contains($0[13])
        }.compactMap { Double($0[15]) }
        #expect(limits.count == 2 && limits[0] < truth && truth < limits[1], "\(factor) \(limits)")
      }
      let verdicts = rows.filter { $0[2] == "troubleshoot" && $0[13] == "status" }.map { $0[17] }
      #expect(!verdicts.isEmpty && !verdicts.contains(""))
    }
  }

  /// The fields of each row of `ard.csv`; those in quotes, which hold commas, stand together.
  private func resultRows(_ folder: URL, _ study: String) throws -> [[String]] {
    let text = try folder.appending(path: "theriac-results/\(study)").text(of: "ard.csv")
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      var fields = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: fields.append("")
        default: fields[fields.count - 1].append(character)
        }
      }
      return fields
    }
  }
}
