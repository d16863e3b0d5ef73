import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct IndirectComparisonTests {
  @Test func matchesReference() throws {
    for row in try referenceTable("Comparison", "indirect") {
      let method = try #require(IndirectMethod(rawValue: row["method"]))
      let (level, sides) = (try row.level, try row.sides)
      let found: ConfidenceInterval?
      let estimate: Double?
      let test: TestResult?
      if let contrast = RateContrast(rawValue: row["measure"]) {
        let comparison = try row.indirectRates()
        found = try? comparison.confidenceInterval(
          contrast, method: method, level: level, sides: sides)
        estimate = try? comparison.estimate(of: contrast)
        test = try? comparison.test(contrast, method: method)
      } else {
        let contrast = try #require(RiskContrast(rawValue: row["measure"]))
        let comparison = try row.indirectRisks()
        found = try? comparison.confidenceInterval(
          contrast, method: method, level: level, sides: sides)
        estimate = try? comparison.estimate(of: contrast)
        test = try? comparison.test(contrast, method: method)
      }
      let isDifference = row["measure"].hasSuffix("difference")

      let error = row.error(of: found, isDifference: isDifference)
      let shown = "\(found?.lower ?? .nan) \(found?.upper ?? .nan)"
      #expect(error <= 1e-13, "off by \(error): \(row.testDescription): \(shown)")
      // Bucher's has no estimate of its own where it is not estimable.
      if method == .profile || found != nil {
        let error = row.error(ofEstimate: estimate, isDifference: isDifference)
        #expect(error <= 1e-14, "estimate off by \(error): \(row.testDescription)")
      }
      let testError = row.error(of: test)
      #expect(
        testError <= 1e-13,
        "test off by \(testError): \(row.testDescription): \(String(describing: test))")
    }
  }
}

extension ReferenceRow {
  func indirectRisks() throws -> IndirectComparison<TwoByTwoTable> {
    func count(_ arm: String) throws -> BinomialCount {
      try BinomialCount(events: int("\(arm)_events"), total: int("\(arm)_size"))
    }
    return IndirectComparison(
      treatment: TwoByTwoTable(
        treatment: try count("treatment"), reference: try count("treatment_anchor")),
      reference: TwoByTwoTable(
        treatment: try count("reference"), reference: try count("reference_anchor")))
  }

  func indirectRates() throws -> IndirectComparison<PersonTimeTable> {
    func count(_ arm: String) throws -> PoissonCount {
      try PoissonCount(events: int("\(arm)_events"), personYears: double("\(arm)_size"))
    }
    return IndirectComparison(
      treatment: PersonTimeTable(
        treatment: try count("treatment"), reference: try count("treatment_anchor")),
      reference: PersonTimeTable(
        treatment: try count("reference"), reference: try count("reference_anchor")))
  }
}
