public import Inference

/// A pooled effect with its interval and test, on the scale on which effects are pooled.
public struct PooledResult: Sendable {
  /// ±∞ for the logarithm of a ratio where all events are in one group.
  public let estimate: Double
  public let interval: Result<ConfidenceInterval, NotEstimable>
  public let standardError: Result<Double, NotEstimable>
  /// z or t; not there for exact tests and those of a likelihood.
  public let statistic: Result<Double, NotEstimable>
  /// Of t.
  public let degreesOfFreedom: Double?
  /// Two-sided, against no effect.
  public let pValue: Result<Double, NotEstimable>

  init(_ effect: PooledEffect, level: ConfidenceLevel) {
    estimate = effect.estimate
    interval = .success(effect.interval(level: level))
    standardError = .success(effect.standardError)
    statistic = .success(effect.statistic)
    degreesOfFreedom = effect.degreesOfFreedom
    pValue = .success(effect.pValue)
  }

  /// A result whose test has no statistic.
  init(
    estimate: Double, interval: ConfidenceInterval, standardError: Result<Double, NotEstimable>,
    pValue: Double
  ) {
    self.estimate = estimate
    self.interval = .success(interval)
    self.standardError = standardError
    statistic = .failure(NotEstimable("the test has no statistic of this kind"))
    degreesOfFreedom = nil
    self.pValue = .success(pValue)
  }

  /// An estimate that has nothing else, for the `reason`.
  init(estimate: Double, without reason: NotEstimable) {
    self.estimate = estimate
    interval = .failure(reason)
    standardError = .failure(reason)
    statistic = .failure(reason)
    degreesOfFreedom = nil
    pValue = .failure(reason)
  }
}
