import DoseResponse
import Inference
import TestSupport
import Testing

/// Profile limits against fifty digits.
@Suite struct ProfileReferenceTests {
  @Test func limitsMatchReference() throws {
    var worst = Worst()
    let rows = try referenceTable("DoseResponse", "profiles")
    let groups = Dictionary(grouping: rows) { "\($0["dataset"]) \($0["model"])" }
    for (_, rows) in groups.sorted(by: { $0.key < $1.key }) {
      let model = try #require(DoseResponseModel(rawValue: rows[0]["model"]))
      let data = try CurveData(try published(rows[0]["dataset"])[0].points)
      let set = CurveSet(ResponseCurve(model), [data])
      let fit = try set.fit()
      for row in rows {
        guard row["statistic"] != "rss" else {
          worst.check(fit.fit.residualSumOfSquares, "estimate", of: row, within: 1e-12)
          continue
        }
        let target = try target(row, set)
        worst.check(
          try set.evaluate(target, fit.estimates).value, "estimate", of: row, within: 1e-9)
        let level = try #require(ConfidenceLevel(row.double("level")))
        let interval = try fit.profileInterval(target, level: level)
        check(interval.lower, "lower", row, &worst)
        check(interval.upper, "upper", row, &worst)
        #expect(!interval.isHull, "\(row.testDescription)")
      }
    }
    worst.report("profile limits")
  }

  private func check(
    _ limit: Double?, _ column: String, _ row: ReferenceRow, _ worst: inout Worst
  ) {
    if row[column] == "unbounded" {
      let open: [Double?] = [.infinity, -.infinity, 0]
      #expect(open.contains(limit), "\(column) \(String(describing: limit)) \(row.testDescription)")
    } else {
      worst.check(limit ?? .infinity, column, of: row, within: 1e-10)
    }
  }
}
