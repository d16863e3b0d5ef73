import Comparison
import Inference
import TestSupport
import Testing

@Suite struct NullTestTests {
  @Test func matchesReference() throws {
    for row in try referenceTable("Comparison", "null-tests") {
      let result =
        if let interval = RiskInterval(measure: row["measure"], method: row["method"]) {
          try row.sizedRisks().test(
            interval, null: row.double("null"), alternative: row.sides)
        } else {
          try row.sizedRates().test(
            try #require(RateInterval(measure: row["measure"], method: row["method"])),
            null: row.double("null"), alternative: row.sides)
        }
      let found = try #require(result)

      // A table that could not have been otherwise has p = 1, where the table has that of z = 0.
      let pValue = row.double("statistic") == 0 ? 1 : row.double("p_value")
      #expect(
        relativeError(try #require(found.statistic), row.double("statistic")) < 1e-12, "\(row)")
      #expect(relativeError(found.pValue, pValue) < 1e-11, "\(row)")
    }
  }
}
