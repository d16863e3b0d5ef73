import TestSupport

/// The points of a data set of published bioassays as JSON, by name of the curve if it has several.
func pointsText(_ dataset: String, where isKept: (ReferenceRow) -> Bool = { _ in true }) throws
  -> String
{
  let rows = try referenceTable("DoseResponse", "published-data").filter {
    $0["dataset"] == dataset && isKept($0)
  }
  let points = rows.map { row -> String in
    let curve = row["curve"].isEmpty ? "" : #", "curve": "\#(row["curve"])""#
    let total = row["total"].isEmpty ? "" : #", "total": \#(row["total"])"#
    return #"{"dose": \#(row["dose"]), "response": \#(row["response"])\#(curve)\#(total)}"#
  }
  return "[" + points.joined(separator: ", ") + "]"
}

/// A study of one dose-response analysis, `c`, with these keys beside its points.
func curveStudy(_ points: String, _ keys: String, more: String = "") -> String {
  """
  {"theriac": 1, "id": "s", "title": "T",
   "analyses": [{"id": "c", "kind": "dose-response", "points": \(points), \(keys)}]\(more)}
  """
}
