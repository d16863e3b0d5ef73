import Comparison
import Inference
import TestSupport
import Testing

@Suite struct StratifiedIntervalTests {
  @Test func ofRisksMatchesReference() throws {
    for row in try referenceTable("Comparison", "stratified") where !row.isOfRates {
      let interval = try #require(
        StratifiedRiskInterval(measure: row["measure"], method: row["method"]))
      let strata = try row.stratifiedRisks()
      let (weights, level, sides) = (row.weights, try row.level, try row.sides)
      let estimate = try? strata.estimate(
        of: interval, weights: weights, level: level, sides: sides)
      let found = try? strata.confidenceInterval(
        interval, weights: weights, level: level, sides: sides)

      check(row, estimate, found)
    }
  }

  @Test func ofRatesMatchesReference() throws {
    for row in try referenceTable("Comparison", "stratified") where row.isOfRates {
      let interval = try #require(
        StratifiedRateInterval(measure: row["measure"], method: row["method"]))
      let strata = try row.stratifiedRates()
      let (weights, level, sides) = (row.weights, try row.level, try row.sides)
      let estimate = try? strata.estimate(of: interval, weights: weights)
      let found = try? strata.confidenceInterval(
        interval, weights: weights, level: level, sides: sides)

      check(row, estimate, found)
    }
  }

  private func check(_ row: ReferenceRow, _ estimate: Double?, _ interval: ConfidenceInterval?) {
    let isDifference = row["measure"].hasSuffix("difference")
    let error = row.error(of: interval, isDifference: isDifference)
    let shown = "\(interval?.lower ?? .nan) \(interval?.upper ?? .nan)"
    #expect(error <= row.tolerance, "off by \(error): \(row.testDescription): \(shown)")

    let estimateError = row.error(ofEstimate: estimate, isDifference: isDifference)
    #expect(
      estimateError <= row.tolerance,
      "estimate off by \(estimateError): \(row.testDescription): \(estimate ?? .nan)")
  }
}

extension ReferenceRow {
  /// 3e-15 are met by limits found as roots, too; closed forms are off by at most 4 ulp.
  fileprivate var tolerance: Double {
    let roots: Set = [
      "miettinen-nurminen", "summary-score", "conditional-exact", "conditional-mid-p",
    ]
    return roots.contains(self["method"]) ? 1e-13 : 9e-16
  }
}
