import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct RiskIntervalTests {
  @Test func matchesReference() throws {
    var worst: [RiskInterval: (error: Double, row: String)] = [:]
    for row in try referenceTable("Comparison", "two-arms") {
      let interval = try #require(RiskInterval(measure: row["measure"], method: row["method"]))
      let table = try row.twoByTwoTable()
      let (level, sides) = (try row.level, try row.sides)
      let found = try? table.confidenceInterval(interval, level: level, sides: sides)

      let error = row.error(of: found, isDifference: interval.contrast == .difference)

      let shown = "\(found?.lower ?? .nan) \(found?.upper ?? .nan)"
      #expect(error <= 1e-10, "off by \(error): \(row.testDescription): \(shown)")
      if error >= worst[interval]?.error ?? 0 { worst[interval] = (error, row.testDescription) }
    }
    for (interval, (error, row)) in worst {
      print("worst error, \(interval): \(error) \(row)")
    }
  }
}
