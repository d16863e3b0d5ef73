import Comparison
import Inference
import TestSupport
import Testing

@Suite struct StratifiedTestTests {
  @Test func matchesReference() throws {
    for row in try referenceTable("Comparison", "stratified-tests") {
      let found: TestResult?
      if let test = StratifiedTest(rawValue: row["test"]) {
        let strata = try row.stratifiedRisks()
        found = try? strata.test(test)
      } else if row.isOfRates {
        let strata = try row.stratifiedRates()
        let interval = try #require(
          StratifiedRateInterval(measure: row["measure"], method: row["test"]))
        found = try? strata.test(of: interval)
      } else {
        let strata = try row.stratifiedRisks()
        let interval = try #require(
          StratifiedRiskInterval(measure: row["measure"], method: row["test"]))
        found = try? strata.test(of: interval)
      }

      let error = row.error(of: found)
      #expect(
        error <= 1e-12, "off by \(error): \(row.testDescription): \(String(describing: found))")
      if let found { #expect(found.degreesOfFreedom == Int(row["df"])) }
    }
  }

  @Test func ofANullValueMatchesReference() throws {
    for row in try referenceTable("Comparison", "stratified-null-tests") {
      let (weights, sides, null) = (row.weights, try row.sides, row.double("null"))
      let found: TestResult?
      if row.isOfRates {
        let strata = try row.stratifiedRates()
        let interval = try #require(
          StratifiedRateInterval(measure: row["measure"], method: "miettinen-nurminen"))
        found = try? strata.test(of: interval, null: null, weights: weights, sides: sides)
      } else {
        let strata = try row.stratifiedRisks()
        let interval = try #require(
          StratifiedRiskInterval(measure: row["measure"], method: "miettinen-nurminen"))
        found = try? strata.test(of: interval, null: null, weights: weights, sides: sides)
      }

      let error = row.error(of: found)
      #expect(
        error <= 1e-12, "off by \(error): \(row.testDescription): \(String(describing: found))")
    }
  }
}
