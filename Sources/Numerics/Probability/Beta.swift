import CBoostMath

/// The beta distribution of shapes α, β > 0, with mean α / (α + β).
///
/// Density x^(α−1) (1 − x)^(β−1) / B(α, β) at 0 ≤ x ≤ 1.
public struct Beta: ContinuousDistribution {
  public let alpha: Double
  public let beta: Double

  public init(alpha: Double, beta: Double) {
    precondition(
      alpha > 0 && alpha.isFinite && beta > 0 && beta.isFinite,
      "shapes must be positive: \(alpha), \(beta)")
    self.alpha = alpha
    self.beta = beta
  }

  public func density(_ x: Double) -> Double {
    if x < 0 || x > 1 { return 0 }
    if x == 0 { return alpha < 1 ? .infinity : alpha == 1 ? beta : 0 }
    if x == 1 { return beta < 1 ? .infinity : beta == 1 ? alpha : 0 }
    return boost_beta_density(alpha, beta, x)
  }

  public func lowerTail(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    return x >= 1 ? 1 : boost_ibeta(alpha, beta, x)
  }

  public func upperTail(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    return x >= 1 ? 0 : boost_ibetac(alpha, beta, x)
  }

  public func quantile(lowerTail p: Double) -> Double {
    requireProbability(p)
    if p == 0 || p == 1 { return p }
    return boost_ibeta_inverse(alpha, beta, p)
  }

  public func quantile(upperTail q: Double) -> Double {
    requireProbability(q)
    if q == 0 || q == 1 { return 1 - q }
    return boost_ibetac_inverse(alpha, beta, q)
  }
}
