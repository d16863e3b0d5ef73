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
    let target = set.asParameter(set.asEffect(target, estimates))
    let estimate = try set.evaluate(target, estimates)
    let scale = set.profileScale(target, estimate.value)
    guard scale.place(estimate.value).isFinite else {
      throw NotEstimable("the estimate is beyond all bounds")
    }
    if let curve = ownCurve(target),
      let profile = SlopeProfile(set, curve: curve, target, values(of: curve))
    {
      return try interval(target, level, estimate, scale, profile, from: profile.start)
    }
    if let curve = ownCurve(target),
      let profile = ProjectedProfile(set, curve: curve, target, values(of: curve))
    {
      return try interval(target, level, estimate, scale, profile, from: profile.start)
    }
    guard let profile = ConstrainedProblem(problem, target, scale, estimates) else {
      throw NotEstimable("what would move it is fixed")
    }
    return try interval(target, level, estimate, scale, profile, from: coordinates)
  }

  /// The only curve that `target` and what it depends on belong to, where least squares fit it.
  private func ownCurve(_ target: SetTarget) -> Int? {
    guard problem.deviation == .normal, set.shared.isEmpty, !set.hasUncertainBlanks else {
      return nil
    }
    switch target {
    case .parameter(let index): return set.parameters[index].curve
    case .dose(_, let curve): return curve
    case .potency: return nil
    }
  }

  private func interval<Objective: ProfiledObjective>(
    _ target: SetTarget, _ level: ConfidenceLevel,
    _ estimate: (value: Double, gradient: [Double]), _ scale: ProfileScale,
    _ objective: Objective, from start: [Double]
  ) throws(NotEstimable) -> ConfidenceInterval {
    let step = try criticalValue(level) * profileStep(estimate, scale)
    guard
      var walk = ProfileWalk(
        objective, start: start, centre: scale.place(estimate.value),
        isLogarithmic: scale.isLogarithmic, allowed: try profileAllowance(level), scale: step,
        domain: domain(target, scale))
    else { throw NotEstimable("the estimate is beyond all bounds") }
    // A better curve on the way is what the others are measured from.
    for _ in 0..<40 {
      if walk.run() { break }
      walk.restart()
    }
    let doses = samplesMoved(by: target).flatMap { $0.means.map(\.dose) }
    let limits = [walk.lower, walk.upper].map { scale.value($0, doses: doses) }.sorted()
    // Where the walk has left for a better curve the estimate may lie outside.
    let contains = limits[0] <= estimate.value && estimate.value <= limits[1]
    return ConfidenceInterval(
      lower: min(limits[0], estimate.value), upper: max(limits[1], estimate.value), level: level,
      sides: .two, isHull: walk.isHull || !contains)
  }

  /// The data of curves along whose doses `target` moves.
  private func samplesMoved(by target: SetTarget) -> [CurveData] {
    switch target {
    case .dose(_, let curve): return [set.samples[curve]]
    case .parameter(let index):
      let (parameter, curve) = (set.parameters[index].parameter, set.parameters[index].curve)
      guard parameter == set.locationParameter else { return [] }
      return curve.map { [set.samples[$0]] } ?? set.samples
    case .potency: return []
    }
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
  private func profileStep(
    _ estimate: (value: Double, gradient: [Double]), _ scale: ProfileScale
  ) -> Double {
    let error = (try? covariance(.expected))?.standardError(along: estimate.gradient) ?? 0
    let size = scale.isLogarithmic ? error / abs(estimate.value) : error
    if size > 0, size.isFinite { return scale.isLogarithmic ? min(size, 1) : size }
    return scale.isLogarithmic ? 0.3 : max(0.1 * abs(estimate.value), 1e-3 * problem.responseScale)
  }

  /// Between which places the target may lie, and which ends are bounds that were asked for or that
  /// a mean has.
  func domain(_ target: SetTarget, _ scale: ProfileScale) -> ProfileDomain {
    if case .dose(_, let curve) = target { return domain(ofDosesOf: curve, target, scale) }
    guard case .parameter(let index) = target else { return ProfileDomain() }
    let ends = problem.range(of: index, isNegative: scale == .logarithm(sign: -1))
    let isLinear = set.curve.form.linear.contains(set.parameters[index].parameter)
    let places = ends.map { (scale.place($0), isLinear || set.isOwnBound($0, of: index)) }
      .sorted { $0.0 < $1.0 }
    return ProfileDomain(
      lower: places[0].0, upper: places[1].0, lowerIsClosed: places[0].1,
      upperIsClosed: places[1].1)
  }
}

extension CurveSetFit {
  /// As far as locations are searched, and to the estimate.
  private func domain(
    ofDosesOf curve: Int, _ target: SetTarget, _ scale: ProfileScale
  ) -> ProfileDomain {
    let places = set.samples[curve].means.map { scale.place($0.dose) }.filter(\.isFinite)
    guard let first = places.first, let last = places.last,
      let centre = try? scale.place(set.evaluate(target, estimates).value)
    else { return ProfileDomain() }
    let margin = scale.isLogarithmic ? 50 : 10 * max(last - first, abs(last))
    return ProfileDomain(
      lower: min(centre, first - margin), upper: max(centre, last + margin))
  }
}

extension SetProblem {
  /// The range of the responses.
  var responseScale: Double {
    let values = rows.map(\.response)
    return (values.max() ?? 0) - (values.min() ?? 0)
  }
}
