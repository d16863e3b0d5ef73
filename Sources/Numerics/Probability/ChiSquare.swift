/// The χ² distribution with ν > 0 degrees of freedom: gamma of shape ν/2 and rate ½.
public struct ChiSquare: ContinuousDistribution {
  public let degreesOfFreedom: Double
  private let gamma: Gamma

  public init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
      "degrees of freedom must be positive: \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
    gamma = Gamma(shape: degreesOfFreedom / 2, rate: 0.5)
  }

  public func density(_ x: Double) -> Double { gamma.density(x) }

  public func lowerTail(_ x: Double) -> Double { gamma.lowerTail(x) }

  public func upperTail(_ x: Double) -> Double { gamma.upperTail(x) }

  public func quantile(lowerTail p: Double) -> Double { gamma.quantile(lowerTail: p) }

  public func quantile(upperTail q: Double) -> Double { gamma.quantile(upperTail: q) }
}
