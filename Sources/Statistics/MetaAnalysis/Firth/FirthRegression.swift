public import Comparison
import Glibc
public import Inference
import Probability

/// Logistic regression with an intercept for each study, one log odds ratio, and Jeffreys' penalty.
///
/// ℓ* = ℓ + ½ log |I|, I the Fisher information, has a finite maximum for all counts: Firth (1993),
/// Biometrika 80:27. Studies without events, or with events only, have a part in the penalty and are
/// kept, as by R's logistf. Limits and tests are by the profile of ℓ*: Heinze & Schemper (2002),
/// Stat. Med. 21:2409.
public struct FirthRegression: Sendable {
  /// The log odds ratio.
  public let estimate: Double
  /// From the Fisher information of all parameters.
  public let standardError: Double
  /// The largest ℓ*, with the binomial coefficients.
  public let logLikelihood: Double
  /// √(Uᵀ I⁻¹ U), U the gradient of ℓ*, where the iteration stopped.
  public let gradientNorm: Double
  public let iterations: Int
  private let likelihood: FirthLikelihood
  private let intercepts: [Double]

  /// - Throws: `NotEstimable` where no table has both events and subjects without one.
  public init(_ tables: [TwoByTwoTable]) throws(NotEstimable) {
    guard tables.contains(where: { !$0.hasOneOutcomeOnly }) else {
      throw NotEstimable("no study has both events and subjects without one")
    }
    likelihood = FirthLikelihood(tables)
    let maximum = try likelihood.maximum(
      from: likelihood.start, effect: 0, isEffectFree: true)
    estimate = maximum.effect
    standardError = 1 / maximum.score.effectInformation.squareRoot()
    logLikelihood = maximum.score.value
    gradientNorm = maximum.gradientNorm
    iterations = maximum.iterations
    intercepts = maximum.intercepts
  }

  /// The β with 2 (ℓ̂* − ℓ*(β)) = z², ℓ*(β) the largest with that log odds ratio.
  public func profileInterval(level: ConfidenceLevel) throws(NotEstimable) -> ConfidenceInterval {
    let z = level.normalCriticalValue(.two)
    func limit(_ direction: Double) throws(NotEstimable) -> Double {
      func rest(_ distance: Double) throws(NotEstimable) -> (value: Double, slope: Double) {
        let score = try profile(estimate + direction * distance)
        return (score.value - logLikelihood + z * z / 2, direction * score.effect)
      }
      var (inner, outer) = (0.0, z * standardError)
      while try rest(outer).value > 0 { (inner, outer) = (outer, 2 * outer) }
      let distance = try fallingRoot(from: outer, in: inner...outer, tolerance: 1e-13, of: rest)
      return estimate + direction * distance
    }
    return ConfidenceInterval(
      lower: try limit(-1), upper: try limit(1), level: level, sides: .two)
  }

  /// The likelihood ratio test that the log odds ratio is `null`, with one degree of freedom.
  public func profileTest(null: Double = 0) throws(NotEstimable) -> TestResult {
    let statistic = max(0, 2 * (logLikelihood - (try profile(null).value)))
    return TestResult(
      statistic: statistic, degreesOfFreedom: 1,
      pValue: ChiSquare(degreesOfFreedom: 1).upperTail(statistic))
  }

  private func profile(_ effect: Double) throws(NotEstimable) -> FirthLikelihood.Score {
    try likelihood.maximum(from: intercepts, effect: effect, isEffectFree: false).score
  }
}
