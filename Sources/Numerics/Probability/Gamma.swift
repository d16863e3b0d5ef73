import CBoostMath

/// The gamma distribution of shape a > 0 and rate b > 0, with mean a / b.
///
/// Density bᵃ xᵃ⁻¹ e^(−bx) / Γ(a) at x ≥ 0.
public struct Gamma: ContinuousDistribution {
  public let shape: Double
  public let rate: Double

  public init(shape: Double, rate: Double = 1) {
    precondition(
      shape > 0 && shape.isFinite && rate > 0 && rate.isFinite,
      "shape and rate must be positive: \(shape), \(rate)")
    self.shape = shape
    self.rate = rate
  }

  public func density(_ x: Double) -> Double {
    if x < 0 || x == .infinity { return 0 }
    if x == 0 { return shape < 1 ? .infinity : shape == 1 ? rate : 0 }
    return saddlepoint_gamma(shape, rate, x)
  }

  public func lowerTail(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    return x == .infinity ? 1 : boost_gamma_p(shape, rate, x)
  }

  public func upperTail(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    return x == .infinity ? 0 : boost_gamma_q(shape, rate, x)
  }

  public func quantile(lowerTail p: Double) -> Double {
    requireProbability(p)
    if p == 0 { return 0 }
    return p == 1 ? .infinity : boost_gamma_p_inverse(shape, rate, p)
  }

  public func quantile(upperTail q: Double) -> Double {
    requireProbability(q)
    if q == 1 { return 0 }
    return q == 0 ? .infinity : boost_gamma_q_inverse(shape, rate, q)
  }
}
