import Glibc
public import Inference

extension CurveSetFit {
  /// The estimate ± the critical value times its standard error, by the delta method.
  ///
  /// Student's t with n − p degrees of freedom, for counts normal.
  ///
  /// - Throws: `NotEstimable` where the target or its standard error does not exist.
  public func waldInterval(
    _ target: SetTarget, information: FitInformation, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    let found = try set.evaluate(target, estimates)
    let half = try criticalValue(level) * standardError(target, information)
    return ConfidenceInterval(
      lower: found.value - half, upper: found.value + half, level: level, sides: .two)
  }

  /// Wald's interval of the logarithm, exponentiated.
  ///
  /// - Throws: `NotEstimable` also for what may be 0 or less.
  public func waldLogInterval(
    _ target: SetTarget, information: FitInformation, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard set.isPositive(target) else {
      throw NotEstimable("it may be negative, and then has no logarithm")
    }
    let found = try set.evaluate(target, estimates)
    let half = try criticalValue(level) * standardError(target, information) / found.value
    return ConfidenceInterval(
      lower: found.value * exp(-half), upper: found.value * exp(half), level: level, sides: .two)
  }

  /// √(gᵀ V g), g the gradient of the target.
  ///
  /// - Throws: `NotEstimable` where the target or V does not exist, or the target is a parameter at a
  ///   bound.
  public func standardError(
    _ target: SetTarget, _ information: FitInformation
  ) throws(NotEstimable) -> Double {
    if case .parameter(let index) = target, fit.parametersAtBounds.contains(index) {
      throw NotEstimable("the estimate is at a bound")
    }
    let gradient = try set.evaluate(target, estimates).gradient
    return try covariance(information).standardError(along: gradient)
  }
}
