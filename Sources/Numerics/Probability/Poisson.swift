import CBoostMath

/// The number of events of a Poisson process where μ are expected.
///
/// P(X = k) = μᵏ e^−μ / k!; P(X ≤ k) = Q(k + 1, μ), the incomplete gamma ratio.
public struct Poisson: DiscreteDistribution {
  public let mean: Double

  public init(mean: Double) {
    precondition(mean >= 0 && mean.isFinite, "mean must be finite and not negative: \(mean)")
    self.mean = mean
  }

  public var support: ClosedRange<Int> { 0...Int.max }

  public var variance: Double { mean }

  public func density(_ k: Int) -> Double {
    k < 0 ? 0 : saddlepoint_poisson(Double(k), mean)
  }

  public func lowerTail(_ k: Int) -> Double {
    k < 0 ? 0 : boost_gamma_q(Double(k) + 1, 1, mean)
  }

  public func upperTail(_ k: Int) -> Double {
    k <= 0 ? 1 : boost_gamma_p(Double(k), 1, mean)
  }
}
