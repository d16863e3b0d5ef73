/// A distribution of a real number.
///
/// Both tails are computed as they stand, so that a small one keeps its digits; neither is one
/// minus the other when small.
public protocol ContinuousDistribution: Hashable, Sendable {
  /// The density at `x`.
  func density(_ x: Double) -> Double

  /// P(X ≤ `x`).
  func lowerTail(_ x: Double) -> Double

  /// P(X ≥ `x`).
  func upperTail(_ x: Double) -> Double

  /// The x with P(X ≤ x) = `p`, 0 ≤ `p` ≤ 1.
  func quantile(lowerTail p: Double) -> Double

  /// The x with P(X ≥ x) = `q`, 0 ≤ `q` ≤ 1.
  func quantile(upperTail q: Double) -> Double
}

/// Stops a program that asks for the quantile of something that is no probability.
func requireProbability(_ p: Double) {
  precondition(p >= 0 && p <= 1, "not a probability: \(p)")
}
