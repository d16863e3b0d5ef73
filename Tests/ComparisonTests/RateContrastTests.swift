import Comparison
import Inference
import TestSupport
import Testing

@Suite struct RateContrastTests {
  @Test func matchesReference() throws {
    for row in try referenceTable("Comparison", "two-rates") {
      let interval = try #require(RateInterval(measure: row["measure"], method: row["method"]))
      let table = try row.personTimeTable()
      let (level, sides) = (try row.level, try row.sides)
      let found = try? table.confidenceInterval(interval, level: level, sides: sides)

      let error = row.error(of: found, isDifference: interval.contrast == .difference)

      let shown = "\(found?.lower ?? .nan) \(found?.upper ?? .nan)"
      #expect(error <= 1e-10, "off by \(error): \(row.testDescription): \(shown)")
    }
  }
}
