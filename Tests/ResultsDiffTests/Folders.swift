import Foundation
import ResultsDiff
import TestSupport

/// A row of `ard.csv` by its columns.
struct Row {
  private(set) var fields: [String: String]

  func with(_ column: String, _ text: String) -> Row {
    var row = self
    row.fields[column] = text
    return row
  }

  static let columns = ["study_id"] + ResultsRow.keyColumns + ResultsRow.contentColumns

  var line: String {
    Self.columns.map { "\"" + (fields[$0] ?? "").replacing("\"", with: "\"\"") + "\"" }
      .joined(separator: ",")
  }
}

let nausea = Row(fields: [
  "study_id": "s", "analysis_id": "i", "kind": "incidence", "group1": "arm", "group1_level": "a",
  "variable": "term", "variable_level": "Nausea", "measure": "risk", "method": "wilson",
  "stat_name": "lower", "stat_label": "Lower limit", "stat": "0.1", "status": "ok",
])

/// Compares two folders of one study with these rows.
func compare(
  _ a: [Row], _ b: [Row], relative: Double = 1e-9, absolute: Double = 0,
  rules: [ToleranceRule] = []
) throws -> ResultsDifference {
  try withTemporaryFolder { folder in
    try write(a, to: folder.appending(path: "a"), nil)
    try write(b, to: folder.appending(path: "b"), nil)
    return try ResultsDifference(
      folder.path + "/a", folder.path + "/b",
      within: Tolerances(Tolerance(relative: relative, absolute: absolute), rules: rules))
  }
}

func write(_ rows: [Row], to folder: URL, _ manifest: String?) throws {
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let lines = [Row.columns.joined(separator: ",")] + rows.map(\.line)
  try Data((lines.joined(separator: "\n") + "\n").utf8).write(
    to: folder.appending(path: "ard.csv"))
  if let manifest {
    try Data(manifest.utf8).write(to: folder.appending(path: "manifest.json"))
  }
}

func manifest(_ version: String, _ build: String, _ input: String) -> String {
  """
  {"study": "s", "program": {"version": "\(version)", "build": "\(build)"},
   "inputs": [{"path": "s.json", "sha256": "\(input)"}]}
  """
}
