import CBoostMath

/// The F distribution: the ratio of two independent χ², each over its degrees of freedom.
public struct FDistribution: ContinuousDistribution {
  public let numeratorDegreesOfFreedom: Double
  public let denominatorDegreesOfFreedom: Double

  public init(numeratorDegreesOfFreedom: Double, denominatorDegreesOfFreedom: Double) {
    precondition(
      numeratorDegreesOfFreedom > 0 && numeratorDegreesOfFreedom.isFinite
        && denominatorDegreesOfFreedom > 0 && denominatorDegreesOfFreedom.isFinite,
      "degrees of freedom must be positive: "
        + "\(numeratorDegreesOfFreedom), \(denominatorDegreesOfFreedom)")
    self.numeratorDegreesOfFreedom = numeratorDegreesOfFreedom
    self.denominatorDegreesOfFreedom = denominatorDegreesOfFreedom
  }

  public func density(_ x: Double) -> Double {
    if x < 0 || x == .infinity { return 0 }
    if x == 0 {
      return numeratorDegreesOfFreedom < 2 ? .infinity : numeratorDegreesOfFreedom == 2 ? 1 : 0
    }
    return boost_f_density(numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, x)
  }

  public func lowerTail(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x == .infinity { return 1 }
    return boost_f_lower_tail(numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, x)
  }

  public func upperTail(_ x: Double) -> Double {
    if x <= 0 { return 1 }
    if x == .infinity { return 0 }
    return boost_f_upper_tail(numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, x)
  }

  public func quantile(lowerTail p: Double) -> Double {
    requireProbability(p)
    if p == 0 { return 0 }
    if p == 1 { return .infinity }
    return boost_f_lower_quantile(numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, p)
  }

  public func quantile(upperTail q: Double) -> Double {
    requireProbability(q)
    if q == 1 { return 0 }
    if q == 0 { return .infinity }
    return boost_f_upper_quantile(numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, q)
  }
}
