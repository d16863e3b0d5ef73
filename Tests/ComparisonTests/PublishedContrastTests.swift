import Comparison
import Inference
import TestSupport
import Testing

@Suite struct PublishedContrastTests {
  @Test(arguments: try referenceTable("Comparison", "published-intervals"))
  func agreesToEveryPrintedDigit(row: ReferenceRow) throws {
    let interval = try #require(RiskInterval(measure: row["measure"], method: row["method"]))
    let found = try row.twoByTwoTable().confidenceInterval(interval, level: row.level)

    for (limit, column) in [(found.lower, "lower"), (found.upper, "upper")] {
      #expect(agrees(try #require(limit), printed: row[column]), "\(limit ?? .nan)")
    }
  }
}
