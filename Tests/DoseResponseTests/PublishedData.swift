import DoseResponse
import TestSupport

/// The points of a data set of `published-data.csv` or `made-up-data.csv`, curve by curve in the order
/// of their first rows.
///
/// Of counts the response is the share or the mean count, and the weight the total or the exposure.
func published(
  _ dataset: String, _ response: ResponseKind = .continuous, curve: String? = nil
) throws -> [(curve: String, points: [DoseResponsePoint])] {
  var curves: [(curve: String, points: [DoseResponsePoint])] = []
  let rows =
    try referenceTable("DoseResponse", "published-data")
    + referenceTable("DoseResponse", "made-up-data")
  for row in rows where row["dataset"] == dataset && (curve ?? row["curve"]) == row["curve"] {
    let value = row.double("response")
    let size = row["total"].isEmpty ? row["weight"] : row["total"]
    let weight = Double(size) ?? 1
    let point = DoseResponsePoint(
      dose: row.double("dose"), response: response == .continuous ? value : value / weight,
      weight: weight)
    if let index = curves.firstIndex(where: { $0.curve == row["curve"] }) {
      curves[index].points.append(point)
    } else {
      curves.append((row["curve"], [point]))
    }
  }
  return curves
}
