import Inference
import Probability

/// Welch's test that two groups of normal values with any variances have one mean, two-sided.
///
/// t = (x̄₁ − x̄₂)/√(s₁²/n₁ + s₂²/n₂) with Satterthwaite's degrees of freedom. Welch (1947),
/// Biometrika 34:28.
public struct WelchTest: Hashable, Sendable {
  public let statistic: Double
  public let degreesOfFreedom: Double
  public let pValue: Double

  /// - Throws: `NotEstimable` if a group has fewer than two values or neither has any spread.
  init(_ first: WellSummary, _ second: WellSummary) throws(NotEstimable) {
    guard let deviation1 = first.standardDeviation, let deviation2 = second.standardDeviation else {
      throw NotEstimable("a group has one well only")
    }
    let errors = [
      deviation1 / Double(first.count).squareRoot(), deviation2 / Double(second.count).squareRoot(),
    ]
    let error = (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()
    guard error > 0 else { throw NotEstimable("neither group has any spread") }
    statistic = try finite((first.mean - second.mean) / error)
    degreesOfFreedom = satterthwaite([
      (errors[0] * errors[0], Double(first.count - 1)),
      (errors[1] * errors[1], Double(second.count - 1)),
    ])
    pValue = 2 * StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(abs(statistic))
  }
}
