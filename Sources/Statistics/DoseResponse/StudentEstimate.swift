public import Inference
import Probability

/// An estimate whose error, over its standard error, has Student's distribution.
public struct StudentEstimate: Hashable, Sendable {
  public let estimate: Double
  /// Positive.
  public let standardError: Double
  public let degreesOfFreedom: Double

  /// The estimate over its standard error.
  public var statistic: Double { estimate / standardError }

  /// Two-sided, against 0.
  public var pValue: Double {
    min(1, 2 * StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(abs(statistic)))
  }

  public func interval(level: ConfidenceLevel) -> ConfidenceInterval {
    let half =
      StudentT(degreesOfFreedom: degreesOfFreedom).quantile(upperTail: level.alpha / 2)
      * standardError
    return ConfidenceInterval(
      lower: estimate - half, upper: estimate + half, level: level, sides: .two)
  }
}
