import Comparison
import Inference
import TestSupport
import Testing

@Suite struct EqualityTestTests {
  @Test func matchesReference() throws {
    for row in try referenceTable("Comparison", "tests") {
      let result =
        if let test = TwoByTwoTest(rawValue: row["test"]) {
          try row.sizedRisks().test(test)
        } else {
          try row.sizedRates().test(try #require(PersonTimeTest(rawValue: row["test"])))
        }

      let statistic = try #require(result.statistic)
      #expect(relativeError(statistic, row.double("statistic")) < 1e-13, "\(row): \(statistic)")
      // Where p has fewer digits than a double, the last of them.
      let difference = abs(result.pValue - row.double("p_value"))
      #expect(difference <= max(1e-11 * result.pValue, .leastNonzeroMagnitude), "\(row)")
    }
  }
}
