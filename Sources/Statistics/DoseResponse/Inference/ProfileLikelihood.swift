import Glibc
public import Inference
import Probability

extension CurveSetFit {
  /// The values of `target` that a test at 1 − level does not reject, all other parameters refitted.
  ///
  /// A value θ is kept while S(θ) − S ≤ σ̂² F(1, n − p), for counts while the deviance rises by at
  /// most χ²(1). An end that is not reached is open: ±∞, for what is positive 0 below. Bates & Watts
  /// (1988), Nonlinear Regression Analysis, 6.1; for robust losses the rise of the loss over its own
  /// variance: Heritier & Ronchetti (1994), J. Am. Stat. Assoc. 89:897.
  ///
  /// - Throws: `NotEstimable` where the target has no value or no residual variance exists.
  public func profileInterval(
    _ target: SetTarget, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    let allowed = try profileAllowance(level)
    let estimate = try set.evaluate(target, estimates)
    guard let constrained = ConstrainedProblem(problem, target) else {
      throw NotEstimable("what would move it is fixed")
    }
    let isLog = set.isPositive(target)
    let centre = isLog ? log(estimate.value) : estimate.value
    guard centre.isFinite else { throw NotEstimable("the estimate is beyond all bounds") }
    var walk = ProfileWalk(
      constrained, start: coordinates, sum: fit.residualSumOfSquares - pureError, centre: centre,
      allowed: allowed, scale: profileScale(target, estimate, isLog), domain: domain(target))
    // A better curve on the way is what the others are measured from.
    for _ in 0..<3 where !walk.run() { walk.restart() }
    let limits = [walk.lower, walk.upper].map { isLog ? exp($0) : $0 }
    return ConfidenceInterval(
      lower: limits[0], upper: limits[1], level: level, sides: .two, isHull: walk.isHull)
  }

  /// By how much the objective may rise.
  private func profileAllowance(_ level: ConfidenceLevel) throws(NotEstimable) -> Double {
    switch problem.deviation {
    case .binomial, .poisson:
      let z = level.normalCriticalValue(.two)
      return z * z
    case .normal:
      let t = try criticalValue(level)
      return try dispersion() * t * t
    case .robust:
      let t = try criticalValue(level)
      return try robustMoments().rise * t * t
    }
  }

  /// The two-sided critical value of Student's t with n − p degrees of freedom, for counts normal.
  ///
  /// - Throws: `NotEstimable` with as many parameters as observations.
  public func criticalValue(_ level: ConfidenceLevel) throws(NotEstimable) -> Double {
    switch problem.deviation {
    case .binomial, .poisson: return level.normalCriticalValue(.two)
    case .normal, .robust:
      guard degreesOfFreedom > 0 else {
        throw NotEstimable("as many parameters as observations leave no variance")
      }
      return StudentT(degreesOfFreedom: Double(degreesOfFreedom))
        .quantile(upperTail: level.tailProbability(.two))
    }
  }

  /// The standard error on the scale of the walk, or what may serve as a first step.
  private func profileScale(
    _ target: SetTarget, _ estimate: (value: Double, gradient: [Double]), _ isLog: Bool
  ) -> Double {
    let error = (try? covariance(.expected))?.standardError(along: estimate.gradient) ?? 0
    let relative = isLog ? error / estimate.value : error
    if relative > 0, relative.isFinite { return isLog ? min(relative, 1) : relative }
    return isLog ? 0.3 : max(0.1 * abs(estimate.value), 1e-3 * problem.responseScale)
  }

  /// Between which values the target may lie, and whether an end is a bound that was asked for.
  private func domain(_ target: SetTarget) -> ProfileWalk.Domain {
    guard case .parameter(let index) = target else {
      return ProfileWalk.Domain(lower: -.infinity, upper: .infinity)
    }
    let parameter = set.parameters[index].parameter
    var (lower, upper) = (problem.lower[index], problem.upper[index])
    var isOpen = set.bounds[parameter] == nil && !(lower == 0 && upper == 1)
    // Turned the other way a curve is another one: limits of a slope keep its sign.
    if set.curve.form.coordinate(of: parameter) == .signedLogarithm {
      if estimates[index] > 0 { lower = max(lower, 0) } else { upper = min(upper, 0) }
      isOpen = true
    }
    return ProfileWalk.Domain(lower: lower, upper: upper, endsAreOpen: isOpen)
  }
}

extension SetProblem {
  /// The range of the responses.
  var responseScale: Double {
    let values = rows.map(\.response)
    return (values.max() ?? 0) - (values.min() ?? 0)
  }
}
