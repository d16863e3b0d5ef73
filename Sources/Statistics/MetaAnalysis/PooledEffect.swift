public import Inference
import Probability

/// A pooled effect on the scale on which it was pooled, with a symmetric interval.
public struct PooledEffect: Hashable, Sendable {
  public let estimate: Double
  public let standardError: Double
  /// Of Student's t; `nil` for the normal distribution.
  public let degreesOfFreedom: Double?

  public init(estimate: Double, standardError: Double, degreesOfFreedom: Double? = nil) {
    self.estimate = estimate
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The estimate over its standard error.
  public var statistic: Double { estimate == 0 ? 0 : estimate / standardError }

  /// Two-sided, against an effect of 0.
  public var pValue: Double {
    let tail =
      degreesOfFreedom.map { StudentT(degreesOfFreedom: $0).upperTail(abs(statistic)) }
      ?? Normal.standard.upperTail(abs(statistic))
    return min(1, 2 * tail)
  }

  public func interval(level: ConfidenceLevel) -> ConfidenceInterval {
    let critical =
      degreesOfFreedom.map { StudentT(degreesOfFreedom: $0).quantile(upperTail: level.alpha / 2) }
      ?? level.normalCriticalValue(.two)
    let half = critical * standardError
    return ConfidenceInterval(
      lower: estimate - half, upper: estimate + half, level: level, sides: .two)
  }
}
