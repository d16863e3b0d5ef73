import Incidence
import Inference
import Probability

extension TwoByTwoTable {
  /// N (x₁y₂ − x₂y₁)² / (n₁ n₂ (x₁ + x₂)(y₁ + y₂)), with χ² on one degree of freedom; 0 where all
  /// subjects have the same outcome.
  func chiSquare() -> TestResult {
    oneDegree(excess(correctedBy: 0))
  }

  /// With N/2 taken from |x₁y₂ − x₂y₁|, or all of that: Yates (1934).
  func chiSquareCorrected() -> TestResult {
    oneDegree(excess(correctedBy: 0.5))
  }

  /// With N − 1 for N.
  func reducedChiSquare() -> TestResult {
    let z = excess(correctedBy: 0)
    return oneDegree(z * (Double(total - 1) / Double(total)).squareRoot())
  }

  /// G² = 2 Σ observed · log(observed / expected).
  func likelihoodRatioTest() -> TestResult {
    guard !hasOneOutcomeOnly else { return oneDegree(0) }
    return oneDegree((2 * halfDeviance(.oddsRatio, at: 1)).squareRoot())
  }

  /// The size of the difference between observed and expected in standard errors.
  private func excess(correctedBy correction: Double) -> Double {
    guard !hasOneOutcomeOnly else { return 0 }
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    let moved = abs(eventsMoved(oddsRatio: 1))
    let (m, size) = (Double(events), Double(total))
    let variance = (n1 / size) * (n2 / size) * m * (Double(nonEvents) / size)
    return max(0, moved - correction) / variance.squareRoot()
  }
}

extension PersonTimeTable {
  /// (x₁/T₁ − x₂/T₂) over its standard error where the rates are equal; 0 without events.
  func scoreTest() -> TestResult {
    guard events > 0 else { return TestResult(statistic: 0, pValue: 1) }
    let z = scoreStatistic(.ratio, at: 1, .plain, critical: 0)
    return TestResult(statistic: z, pValue: 2 * Normal.standard.upperTail(abs(z)))
  }
}

/// The χ² statistic z² on one degree of freedom.
func oneDegree(_ z: Double) -> TestResult {
  TestResult(
    statistic: z * z, degreesOfFreedom: 1, pValue: min(1, 2 * Normal.standard.upperTail(z)))
}
