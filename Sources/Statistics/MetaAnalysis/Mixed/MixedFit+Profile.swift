import Glibc
public import Inference
import Probability

// Intervals and tests by the likelihood itself, which hold where Wald's fail: near infinite
// estimates and near τ² = 0.
extension MixedFit {
  /// The β with 2 (ℓ̂ − ℓ(β)) = z², ℓ(β) the largest likelihood with that coefficient.
  ///
  /// Where the estimate is infinite so is that limit. The other one may be, too: with random effects
  /// the likelihood of few studies tends to a bound as τ² grows with the effect.
  public func profileInterval(
    coefficient: Int = 0, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    precondition(coefficients.indices.contains(coefficient), "no coefficient \(coefficient)")
    let z = level.normalCriticalValue(.two)
    let estimate = coefficients[coefficient]
    let step = z * (standardErrors?[coefficient] ?? 1)
    func limit(_ direction: Double) throws(NotEstimable) -> Double {
      if estimate == direction * .infinity { return estimate }
      if 2 * (logLikelihood - widestLogLikelihood) <= z * z { return direction * .infinity }
      return try crossing(
        of: coefficient, from: estimate.isFinite ? estimate : 0, step: direction * step, z
      ) { value, nearest throws(NotEstimable) in
        try profile(coefficient, value, nearest)
      }
    }
    return ConfidenceInterval(
      lower: try limit(-1), upper: try limit(1), level: level, sides: .two)
  }

  /// The likelihood ratio test that a coefficient is `null`, with one degree of freedom.
  public func profileTest(
    coefficient: Int = 0, null: Double = 0
  ) throws(NotEstimable) -> TestResult {
    precondition(coefficients.indices.contains(coefficient), "no coefficient \(coefficient)")
    let largest = try largest(widestLogLikelihood) { () throws(NotEstimable) in
      try profile(coefficient, null)
    }
    let statistic = max(0, 2 * (logLikelihood - largest.value))
    return TestResult(
      statistic: statistic, degreesOfFreedom: 1,
      pValue: ChiSquare(degreesOfFreedom: 1).upperTail(statistic))
  }

  /// The τ² with 2 (ℓ̂ − ℓ(τ²)) = z², ℓ(τ²) the largest likelihood with that variance.
  ///
  /// The lower limit is 0 where 0 is not outside.
  ///
  /// - Throws: `NotEstimable` where τ² is not estimated.
  public func tau2ProfileInterval(
    level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard tau2 != nil else { throw NotEstimable("τ² is not estimated") }
    let limits = try spreadLimits(level)
    return ConfidenceInterval(
      lower: limits.lower * limits.lower, upper: limits.upper * limits.upper, level: level,
      sides: .two)
  }

  /// The ρ of the beta-binomial model within z²/2 of the largest likelihood.
  ///
  /// - Throws: `NotEstimable` where ρ is not estimated.
  public func intraclassCorrelationInterval(
    level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard intraclassCorrelation != nil, isRandom else {
      throw NotEstimable("the intraclass correlation is not estimated")
    }
    let limits = try spreadLimits(level)
    func correlation(_ root: Double) -> Double { root * root / (1 + root * root) }
    return ConfidenceInterval(
      lower: correlation(limits.lower), upper: correlation(limits.upper), level: level, sides: .two)
  }

  /// The likelihood ratio test of τ² = 0, or of no intraclass correlation.
  ///
  /// Where the variance is 0 its estimate is 0 half of the time, so that p is half of χ²'s tail with
  /// one degree of freedom, and 1 for a statistic of 0. Self & Liang (1987), J. Am. Stat. Assoc.
  /// 82:605.
  ///
  /// - Throws: `NotEstimable` where the variance is not estimated.
  public var heterogeneityTest: TestResult {
    get throws(NotEstimable) {
      guard isRandom, maximum != nil else { throw NotEstimable("τ² is not estimated") }
      let common = try MixedFit(model, random: false)
      let statistic = max(0, 2 * (logLikelihood - common.logLikelihood))
      return TestResult(
        statistic: statistic,
        pValue: statistic == 0 ? 1 : ChiSquare(degreesOfFreedom: 1).upperTail(statistic) / 2)
    }
  }
}

extension MixedFit {
  /// ℓ(β): the largest likelihood with `value` as the coefficient, and where its maximum is.
  ///
  /// The search begins where a profile `nearest` to this one has its maximum.
  private func profile(
    _ coefficient: Int, _ value: Double, _ nearest: LikelihoodMaximum? = nil
  ) throws(NotEstimable) -> LikelihoodMaximum {
    var start = (nearest ?? maximum)?.parameters ?? model.origin
    start[coefficient] = value
    let means = model.model.meanIndices.filter { $0 != coefficient }
    let spreads = model.spreadIndices(random: isRandom)
    return model.model.spreads == 2 && (nearest ?? maximum) != nil
      ? try model.model.maximum(near: start, means: means, spreads: spreads)
      : try model.model.maximum(from: start, means: means, spreads: spreads, gridRatio: 4)
  }

  /// The largest likelihood with `value` as the last standard deviation.
  private func profile(
    spread value: Double, _ nearest: LikelihoodMaximum? = nil
  ) throws(NotEstimable) -> LikelihoodMaximum {
    var start = (nearest ?? maximum)?.parameters ?? model.origin
    start[start.count - 1] = value
    return try model.model.maximum(
      near: start, means: model.model.meanIndices,
      spreads: Array(model.model.spreadIndices.dropLast()))
  }

  /// What the likelihood with any β tends to as τ grows, where each study has an infinite effect.
  ///
  /// Half of the studies' own effects lie on either side. −∞ where a study has a finite one.
  private var widestLogLikelihood: Double {
    guard isRandom, model.model.levels == 0, model.isAtEndsOnly else { return -.infinity }
    return logLikelihood - Double(informativeStudies) * log(2)
  }

  private func spreadLimits(
    _ level: ConfidenceLevel
  ) throws(NotEstimable) -> (lower: Double, upper: Double) {
    guard let maximum else { throw NotEstimable("the estimate is infinite") }
    let z = level.normalCriticalValue(.two)
    let index = maximum.parameters.count - 1
    let estimate = abs(maximum.parameters[index])
    func limit(_ step: Double) throws(NotEstimable) -> Double {
      try crossing(of: index, from: estimate, step: step, z) {
        value, nearest throws(NotEstimable) in
        try profile(spread: value, nearest)
      }
    }
    let isZeroOutside = 2 * (logLikelihood - (try profile(spread: 0).value)) > z * z
    return (isZeroOutside ? try limit(-estimate) : 0, try limit(max(0.2, estimate)))
  }

  /// Where a profile of the likelihood has fallen by z²/2, on the side of `step` from `start`.
  ///
  /// From an infinite estimate `start` may lie beyond that point, which then is sought on its way.
  private func crossing(
    of index: Int, from start: Double, step: Double, _ z: Double,
    _ profile: (Double, LikelihoodMaximum?) throws(NotEstimable) -> LikelihoodMaximum
  ) throws(NotEstimable) -> Double {
    var nearest: LikelihoodMaximum?
    var known: (distance: Double, rest: (value: Double, slope: Double))?
    /// What is left until the limit at a distance from `start`, which falls.
    func rest(_ distance: Double) throws(NotEstimable) -> (value: Double, slope: Double) {
      if let known, known.distance == distance { return known.rest }
      let top = try largest(widestLogLikelihood) { () throws(NotEstimable) in
        let top = try profile(start + (step < 0 ? -distance : distance), nearest)
        nearest = top
        return top
      }
      let slope = top.slope(index)
      let rest = (top.value - logLikelihood + z * z / 2, step < 0 ? -slope : slope)
      known = (distance, rest)
      return rest
    }
    var (inner, outer) = (0.0, abs(step))
    if maximum == nil {
      while try rest(inner).value < 0 { (inner, outer) = (2 * inner - abs(step), inner) }
    }
    while try rest(outer).value > 0 { (inner, outer) = (outer, 2 * outer) }
    let distance = try fallingRoot(
      from: outer, in: inner...outer, tolerance: 1e-13, of: rest)
    return start + (step < 0 ? -distance : distance)
  }

  /// The larger of `bound` and the top of a profile, which rises to `bound` where it has no top.
  private func largest(
    _ bound: Double, _ profile: () throws(NotEstimable) -> LikelihoodMaximum
  ) throws(NotEstimable) -> (value: Double, slope: (Int) -> Double) {
    do throws(NotEstimable) {
      let top = try profile()
      if top.value >= bound { return (top.value, { top.evaluation.gradient[$0] }) }
    } catch {
      if bound == -.infinity { throw error }
    }
    return (bound, { _ in 0 })
  }
}
