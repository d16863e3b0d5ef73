import CBoostMath

/// Student's t distribution with ν > 0 degrees of freedom, not necessarily whole.
///
/// Density ∝ (1 + t²/ν)^(−(ν+1)/2). From ν = 10²⁰ on the normal distribution stands in for it:
/// their tails differ by less than 1e-14 relative down to 1e-300.
public struct StudentT: ContinuousDistribution {
  public let degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "degrees of freedom must be positive: \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  private var isNormal: Bool { degreesOfFreedom >= 1e20 }

  public func density(_ x: Double) -> Double {
    if isNormal { return Normal.standard.density(x) }
    return boost_student_t_density(degreesOfFreedom, x)
  }

  public func lowerTail(_ x: Double) -> Double {
    upperTail(-x)
  }

  public func upperTail(_ x: Double) -> Double {
    if isNormal { return Normal.standard.upperTail(x) }
    if x.isInfinite { return x < 0 ? 1 : 0 }
    let tail = boost_student_t_upper_tail(degreesOfFreedom, abs(x))
    return x < 0 ? 1 - tail : tail
  }

  public func quantile(lowerTail p: Double) -> Double {
    -quantile(upperTail: p)
  }

  public func quantile(upperTail q: Double) -> Double {
    requireProbability(q)
    if isNormal { return Normal.standard.quantile(upperTail: q) }
    if q == 0 { return .infinity }
    if q == 1 { return -.infinity }
    // 1 − q is exact for q ≥ ½.
    return q <= 0.5
      ? boost_student_t_upper_quantile(degreesOfFreedom, q)
      : -boost_student_t_upper_quantile(degreesOfFreedom, 1 - q)
  }
}
