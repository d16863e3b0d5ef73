public import Inference

/// What is to be known of a method before it is chosen, beside its summary and its reference.
public struct Explanation: Hashable, Sendable {
  /// What is computed, in the mathematics of plain text.
  public let formula: String
  /// When to use it, and when not.
  public let use: String

  package init(_ formula: String, use: String) {
    self.formula = formula
    self.use = use
  }
}

/// A method that explains itself.
///
/// Signs that all formulas share: x events of n subjects or in person-time T, p = x/n, q = 1 − p,
/// r = x/T, z the normal quantile of the level; 1 is the treatment and 2 the reference, N = n₁ + n₂.
public protocol ExplainedMethod: StatisticalMethod {
  var explanation: Explanation { get }
}
