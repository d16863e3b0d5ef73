import Glibc
public import Inference
import Optimization
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
    let error = standardErrors?[coefficient] ?? 1
    func limit(_ direction: Double) throws(NotEstimable) -> Double {
      if estimate == direction * .infinity { return estimate }
      if isRandom, model.isAtEndsOnly, 2 * (logLikelihood - widestLogLikelihood) <= z * z {
        return direction * .infinity
      }
      return try crossing(from: estimate, step: direction * z * error, z) {
        beta throws(NotEstimable) in
        try profile(coefficient, beta)
      }
    }
    return ConfidenceInterval(
      lower: try limit(-1), upper: try limit(1), level: level, sides: .two)
  }

  /// The likelihood ratio test that a coefficient is `null`, with one degree of freedom.
  public func profileTest(
    coefficient: Int = 0, null: Double = 0
  ) throws(NotEstimable) -> TestResult {
    let statistic = max(0, 2 * (logLikelihood - (try profile(coefficient, null))))
    return TestResult(
      statistic: statistic, degreesOfFreedom: 1,
      pValue: ChiSquare(degreesOfFreedom: 1).upperTail(statistic))
  }

  /// The τ² with 2 (ℓ̂ − ℓ(τ²)) = z², ℓ(τ²) the largest likelihood with that variance; the lower limit
  /// is 0 where 0 is not outside.
  ///
  /// - Throws: `NotEstimable` in the common model, and where the estimate is infinite.
  public func tau2ProfileInterval(
    level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard let maximum, isRandom else { throw NotEstimable("τ² is not estimated") }
    let z = level.normalCriticalValue(.two)
    let tau = maximum.parameters[maximum.parameters.count - 1]
    func value(_ tau: Double) throws(NotEstimable) -> Double {
      var start = maximum.parameters
      start[start.count - 1] = tau
      let likelihood = model.model
      return try likelihood.maximum(
        from: start, means: likelihood.meanIndices,
        spreads: Array(likelihood.spreadIndices.dropLast())
      ).value
    }
    var lower = 0.0
    if tau != 0, 2 * (logLikelihood - (try value(0))) > z * z {
      lower = try crossing(from: abs(tau), step: -abs(tau), z, value)
    }
    let upper = try crossing(from: abs(tau), step: max(0.1, abs(tau)), z, value)
    return ConfidenceInterval(
      lower: lower * lower, upper: upper * upper, level: level, sides: .two)
  }

  /// The likelihood ratio test of τ² = 0.
  ///
  /// Where τ² is 0 its estimate is 0 half of the time, so that p is half of χ²'s tail with one degree
  /// of freedom, and 1 for a statistic of 0. Self & Liang (1987), J. Am. Stat. Assoc. 82:605.
  ///
  /// - Throws: `NotEstimable` in the common model, and where the estimate is infinite.
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

  /// ℓ(β): the largest likelihood with `beta` as the coefficient.
  func profile(_ coefficient: Int, _ beta: Double) throws(NotEstimable) -> Double {
    let likelihood = model.model
    var start =
      maximum?.parameters
      ?? [Double](
        repeating: 0, count: likelihood.meanIndices.count + likelihood.spreadIndices.count)
    start[coefficient] = beta
    let means = likelihood.meanIndices.filter { $0 != coefficient }
    guard isRandom else {
      return try likelihood.maximum(from: start, means: means, spreads: []).value
    }
    let spreads = likelihood.spreadIndices
    guard model.isAtEndsOnly else {
      return try likelihood.maximum(from: start, means: means, spreads: spreads).value
    }
    let top = try? likelihood.maximum(from: start, means: means, spreads: spreads).value
    return max(widestLogLikelihood, top ?? -.infinity)
  }

  /// What the likelihood tends to as τ grows where each study lies at an end: in half of all studies
  /// the effect lies on either side.
  private var widestLogLikelihood: Double {
    model.supremum - Double(informativeStudies) * log(2)
  }

  /// Where `value` has fallen from ℓ̂ by z²/2, on the side of `step` from `estimate`.
  ///
  /// From an infinite estimate the search comes in from where the likelihood is close to its bound.
  private func crossing(
    from estimate: Double, step: Double, _ z: Double,
    _ value: (Double) throws(NotEstimable) -> Double
  ) throws(NotEstimable) -> Double {
    var failure: NotEstimable?
    func excess(_ x: Double) -> Double {
      do throws(NotEstimable) {
        return 2 * (logLikelihood - (try value(x))) - z * z
      } catch {
        failure = error
        return .nan
      }
    }
    var inner = estimate.isFinite ? estimate : 0
    // At levels close to 0 rounding hides the limits.
    if estimate.isFinite, excess(inner) >= 0 { return inner }
    var width = step
    while !estimate.isFinite, failure == nil, excess(inner) >= 0 {
      inner -= width
      width *= 2
    }
    var outer = inner + step
    width = step
    while failure == nil, excess(outer) < 0 {
      inner = outer
      width *= 2
      outer += width
    }
    do throws(RootError) {
      return try bracketedRoot(
        of: excess, lower: min(inner, outer), upper: max(inner, outer)
      ).value
    } catch {
      throw failure ?? NotEstimable("no profile likelihood limit was found")
    }
  }
}
