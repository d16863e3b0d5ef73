public import Inference
import Optimization
import Probability

extension NormalModel {
  /// The interval for τ², cut at 0; ``ConfidenceInterval/upper`` is ∞ where nothing bounds it.
  ///
  /// `estimator` says whose likelihood is profiled, and concerns that method only.
  ///
  /// - Throws: `NotEstimable` where there are not more studies than coefficients, and for the
  ///   likelihood of an estimator other than `ml` and `reml`.
  public func tau2Interval(
    _ method: Tau2IntervalMethod, _ estimator: Tau2Estimator, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    try requireResiduals()
    let limits =
      switch method {
      case .qProfile: qProfileLimits(level)
      case .profileLikelihood: try profileLimits(estimator, level)
      case .biggerstaffTweedie: try biggerstaffTweedieLimits(level)
      case .jackson: try generalisedQLimits(weights: { 1 / $0.squareRoot() }, level)
      case .biggerstaffJackson: try generalisedQLimits(weights: { 1 / $0 }, level)
      }
    let (lower, upper) = (unscaled(limits.lower), unscaled(limits.upper))
    guard !lower.isNaN, !upper.isNaN else { throw .tooWideRange }
    return ConfidenceInterval(
      lower: lower, upper: upper, level: level, sides: .two, isHull: limits.haveGaps)
  }

  /// Where the generalised Q is the upper and the lower α/2 quantile of χ² with k − p degrees of
  /// freedom.
  private func qProfileLimits(_ level: ConfidenceLevel) -> Tau2Limits {
    let chiSquare = ChiSquare(degreesOfFreedom: degrees)
    let high = chiSquare.quantile(upperTail: level.alpha / 2)
    let low = chiSquare.quantile(lowerTail: level.alpha / 2)
    return Tau2Limits(
      lower: generalisedQEqual(to: high).value, upper: generalisedQEqual(to: low).value)
  }

  /// Where −2 log L is z² above its least.
  private func profileLimits(
    _ estimator: Tau2Estimator, _ level: ConfidenceLevel
  ) throws(NotEstimable) -> Tau2Limits {
    guard estimator == .ml || estimator == .reml else {
      throw NotEstimable("\(estimator.title) has no likelihood to profile")
    }
    let likelihood = Tau2Likelihood(model: self, isRestricted: estimator == .reml)
    return try likelihood.limits(level)
  }
}

/// Limits of τ² in scaled units.
struct Tau2Limits {
  let lower: Double
  let upper: Double
  /// Whether some values between them are not accepted.
  var haveGaps = false
}

extension Tau2Likelihood {
  /// The outermost τ² at which −2 log L is z² above its least.
  func limits(_ level: ConfidenceLevel) throws(NotEstimable) -> Tau2Limits {
    let z = level.normalCriticalValue(.two)
    let best = maximum().value
    let summary = model.fitSummary(at: best)
    func excess(_ tau2: Double) -> Double { deviance(tau2, over: summary) - z * z }

    var points = octaves.filter { $0 != best } + [0, best]
    points.sort()
    // Beyond the octaves −2 log L increases without bound.
    while let last = points.last, excess(last) <= 0 || last <= best {
      points.append(last > 0 ? 2 * last : model.smallestVariance)
    }
    let accepted = points.map { $0 == best || excess($0) <= 0 }
    guard let first = accepted.firstIndex(of: true), let last = accepted.lastIndex(of: true) else {
      throw .tooWideRange
    }
    do {
      let lower =
        first == 0
        ? 0 : try bracketedRoot(of: excess, lower: points[first - 1], upper: points[first]).value
      let upper =
        try bracketedRoot(of: excess, lower: points[last], upper: points[last + 1]).value
      return Tau2Limits(
        lower: lower, upper: upper, haveGaps: accepted[first...last].contains(false))
    } catch {
      throw .tooWideRange
    }
  }
}
