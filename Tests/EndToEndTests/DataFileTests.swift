import Foundation
import JSON
import TestSupport
import Testing

/// A study whose assay is in `data/wells.csv` beside it.
private let study = """
  {"theriac": 1, "id": "assay", "title": "Assay", "assays": [{"id": "m", "simulated": true,
   "response": {"name": "Absorbance", "unit": ""}, "dose": {"name": "Concentration", "unit": "µM"},
   "data": {"path": "data/wells.csv"}}],
   "analyses": [
    {"id": "c", "kind": "dose-response", "assay": "m", "models": ["log-logistic-4"]}]}
  """

private let wells = """
  dose,response
  0,1.02
  0,0.97
  1,0.9
  2,0.71
  4,0.48
  8,0.29
  16,0.14
  32,0.1

  """

extension URL {
  /// Writes the study into the folder `studies`, its wells beside it; the path of the study.
  fileprivate func write(wells: String?) throws -> String {
    let data = appending(path: "studies/data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    if let wells { _ = try data.write(wells, to: "wells.csv") }
    return try appending(path: "studies").write(study, to: "assay.json")
  }
}

@Suite struct DataFileTests {
  @Test func filesAreFoundBesideTheStudyWhereverTheProgramRuns() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(wells: wells)
      for path in [file, "studies/assay.json"] {
        let run = try theriac("validate", path, in: folder)
        #expect(run.status == 0)
        #expect(run.output.contains("0 trials, 1 assay, 1 analysis"))
      }
      let inside = try theriac("validate", "assay.json", in: folder.appending(path: "studies"))
      #expect(inside.status == 0)
    }
  }

  @Test func aMissingFileEndsWith66AndNamesStudyPlaceAndFile() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(wells: nil)
      let run = try theriac("run", file, in: folder)

      #expect(run.status == 66)
      #expect(
        run.errors.hasPrefix(
          "\(file):3:19: /assays/0/data/path: found \"data/wells.csv\", which cannot be read: "
            + "No such file or directory;"))
      #expect(!folder.has("theriac-results"))
    }
  }

  @Test func aFaultInAFileEndsWith65AndNamesItsLine() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(wells: wells.replacing("0.71", with: "0,71"))
      let ragged = try theriac("run", file, in: folder)
      #expect(ragged.status == 65)
      #expect(ragged.errors.contains(#"found "data/wells.csv", line 5: 3 fields"#))

      _ = try folder.write(wells: wells.replacing("0.71", with: "high"))
      let text = try theriac("run", file, in: folder)
      #expect(text.status == 65)
      #expect(
        text.errors.contains(#"found "high" in "data/wells.csv", line 5, column "response""#))
      #expect(!folder.has("theriac-results"))
    }
  }

  @Test func theManifestListsEveryInputWithItsHash() throws {
    try withTemporaryFolder { folder in
      _ = try folder.write(wells: wells)
      let run = try theriac("run", "studies/assay.json", in: folder)
      #expect(run.errors == "")

      let manifest = try String(
        contentsOf: folder.appending(path: "theriac-results/assay/manifest.json"), encoding: .utf8)
      let inputs = try #require(
        try JSONDocument(Array(manifest.utf8)).root.member("inputs"))
      guard case .array(let files) = inputs.value else {
        Issue.record("no array")
        return
      }
      #expect(
        files.map { $0.member("path")?.text } == ["studies/assay.json", "studies/data/wells.csv"])
      #expect(files.allSatisfy { $0.member("sha256")?.text.count == 64 })
    }
  }
}

extension JSONNode {
  fileprivate func member(_ key: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.value
  }

  fileprivate var text: String {
    if case .string(let text) = value { text } else { "" }
  }
}
