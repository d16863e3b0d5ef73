public import Comparison
import Incidence
public import Inference
import Probability

/// A test that the effects of studies do not depend on their precision, by a weighted regression.
public struct RegressionTest: Hashable, Sendable {
  /// The slope of the effect on the measure of precision.
  public let slope: Double
  public let standardError: Double
  /// Of Student's t; `nil` for the normal distribution.
  public let degreesOfFreedom: Int?

  public var statistic: Double { slope == 0 ? 0 : slope / standardError }

  /// Two-sided.
  public var pValue: Double {
    let tail =
      degreesOfFreedom.map { StudentT(degreesOfFreedom: Double($0)).upperTail(abs(statistic)) }
      ?? Normal.standard.upperTail(abs(statistic))
    return min(1, 2 * tail)
  }

  /// With a variance that is a multiple of 1/w, estimated from the residuals.
  private init(multiplicative line: WeightedLine) {
    let degrees = line.residualDegreesOfFreedom
    slope = line.slope
    standardError =
      line.unscaledStandardError * (line.residualSumOfSquares / Double(degrees)).squareRoot()
    degreesOfFreedom = degrees
  }

  /// y on √v weighted by 1/v, with t on k − 2 degrees of freedom.
  ///
  /// The slope is the intercept of y/√v on 1/√v. Egger et al. (1997), BMJ 315:629.
  ///
  /// - Throws: ``NotEstimable`` for fewer than three studies, or where all have the same standard
  ///   error or lie on a line.
  public static func egger(_ effects: [EffectSize]) throws(NotEstimable) -> RegressionTest {
    RegressionTest(multiplicative: try line(effects))
  }

  /// y on √v weighted by 1/(v + τ²), with a normal statistic.
  ///
  /// τ² is the variance between studies around that line, by DerSimonian and Laird's moments unless
  /// given. Sterne & Egger (2005), in Publication Bias in Meta-Analysis, ch. 6.
  ///
  /// - Throws: ``NotEstimable`` as ``egger(_:)``.
  public static func mixedEgger(
    _ effects: [EffectSize], tau2: Double? = nil
  ) throws(NotEstimable) -> RegressionTest {
    let tau2 = if let tau2 { tau2 } else { try line(effects).momentVariance }
    let line = try line(effects, tau2: tau2)
    return RegressionTest(
      slope: line.slope, standardError: line.unscaledStandardError, degreesOfFreedom: nil)
  }

  /// Egger's test of Z/V with variance 1/V, the score and its variance for the log odds ratio at 0.
  ///
  /// Harbord, Egger & Sterne (2006), Stat. Med. 25:3443. Studies without events, or with events only,
  /// are left out.
  ///
  /// - Throws: ``NotEstimable`` as ``egger(_:)``.
  public static func harbord(_ risks: [TwoByTwoTable]) throws(NotEstimable) -> RegressionTest {
    try egger(PetoPooling(risks).effects)
  }

  /// The log odds ratio on 1/N, weighted by 1/(1/events + 1/non-events), with t on k − 2 degrees of
  /// freedom.
  ///
  /// Peters et al. (2006), JAMA 295:676. Studies without an effect, without events or with events
  /// only are left out.
  ///
  /// - Throws: ``NotEstimable`` as ``egger(_:)``, for equal N.
  public static func peters(
    _ sizes: EffectSizes, risks: [TwoByTwoTable]
  ) throws(NotEstimable) -> RegressionTest {
    let studies = zip(sizes.estimable, sizes.effects).filter {
      !risks[$0.0].hasOneOutcomeOnly
    }
    return RegressionTest(
      multiplicative: try WeightedLine(
        studies.map { place, effect in
          let (events, nonEvents) = (Double(risks[place].events), Double(risks[place].nonEvents))
          let size = events + nonEvents
          return (x: 1 / size, y: effect.value, weight: events * (nonEvents / size))
        }))
  }

  private init(slope: Double, standardError: Double, degreesOfFreedom: Int?) {
    self.slope = slope
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  private static func line(
    _ effects: [EffectSize], tau2: Double = 0
  ) throws(NotEstimable) -> WeightedLine {
    try WeightedLine(
      effects.map { (x: $0.standardError, y: $0.value, weight: 1 / ($0.variance + tau2)) })
  }
}
