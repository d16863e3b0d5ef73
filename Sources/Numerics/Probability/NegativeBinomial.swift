import CBoostMath

/// The number of failures before the r-th success of probability p, for any real r > 0.
///
/// P(X = k) = Γ(r + k) / (Γ(r) k!) pʳ (1 − p)ᵏ; P(X ≤ k) = I(p; r, k + 1). A Poisson count whose
/// mean is gamma of shape r and rate b is of this kind with p = b / (1 + b).
public struct NegativeBinomial: DiscreteDistribution {
  /// r.
  public let size: Double
  public let probability: Double

  public init(size: Double, probability: Double) {
    precondition(size > 0 && size.isFinite, "size must be positive: \(size)")
    precondition(probability > 0 && probability <= 1, "not in (0, 1]: \(probability)")
    self.size = size
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 0...Int.max }

  public var mean: Double { size * (1 - probability) / probability }

  public var variance: Double { mean / probability }

  public func density(_ k: Int) -> Double {
    k < 0 ? 0 : saddlepoint_negative_binomial(Double(k), size, probability)
  }

  public func lowerTail(_ k: Int) -> Double {
    k < 0 ? 0 : boost_ibeta(size, Double(k) + 1, probability)
  }

  public func upperTail(_ k: Int) -> Double {
    k <= 0 ? 1 : boost_ibetac(size, Double(k), probability)
  }
}
