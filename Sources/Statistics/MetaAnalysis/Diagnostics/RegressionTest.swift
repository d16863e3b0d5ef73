public import Comparison
import Incidence
public import Inference
import LinearAlgebra

/// Tests that the effects of studies do not depend on their precision, by a weighted regression.
///
/// Each gives the slope of the effect on a measure of imprecision.
public enum RegressionTest {
  /// y on √v weighted by 1/v, with a variance estimated from the residuals and t on k − 2 degrees of
  /// freedom.
  ///
  /// The slope is the intercept of y/√v on 1/√v. Egger et al. (1997), BMJ 315:629.
  ///
  /// - Throws: ``NotEstimable`` for fewer than three studies, or where all have the same standard
  ///   error or lie on a line.
  public static func egger(_ effects: [EffectSize]) throws(NotEstimable) -> PooledEffect {
    try slope(effects, on: effects.map(\.standardError))
  }

  /// y on √v weighted by 1/(v + τ²), τ² the variance between studies around that line.
  ///
  /// Sterne & Egger (2005), in Publication Bias in Meta-Analysis, ch. 6.
  ///
  /// - Throws: ``NotEstimable`` as ``egger(_:)``.
  public static func mixedEgger(
    _ effects: [EffectSize], tau2 estimator: Tau2Estimator
  ) throws(NotEstimable) -> PooledEffect {
    let line = try line(effects, effects.map(\.standardError))
    return try line.fit(tau2: line.tau2(estimator).value).effect(.z, coefficient: 1)
  }

  /// Egger's test of Z/V with variance 1/V, the score and its variance for the log odds ratio at 0.
  ///
  /// Studies without events, or with events only, are left out. Harbord, Egger & Sterne (2006), Stat.
  /// Med. 25:3443.
  ///
  /// - Throws: ``NotEstimable`` as ``egger(_:)``.
  public static func harbord(_ risks: [TwoByTwoTable]) throws(NotEstimable) -> PooledEffect {
    try egger(PetoPooling(risks).effects)
  }

  /// The log odds ratio on 1/N, weighted by 1/(1/events + 1/non-events), as ``egger(_:)``.
  ///
  /// Studies without an effect, without events or with events only are left out. Peters et al.
  /// (2006), JAMA 295:676.
  ///
  /// - Throws: ``NotEstimable`` as ``egger(_:)``, for equal N.
  public static func peters(
    _ sizes: EffectSizes, risks: [TwoByTwoTable]
  ) throws(NotEstimable) -> PooledEffect {
    let studies = zip(sizes.estimable, sizes.effects).filter {
      !risks[$0.0].hasOneOutcomeOnly
    }
    let effects = studies.map { place, effect in
      let (events, nonEvents) = (Double(risks[place].events), Double(risks[place].nonEvents))
      return EffectSize(value: effect.value, variance: 1 / events + 1 / nonEvents)
    }
    return try slope(effects, on: studies.map { place, _ in 1 / Double(risks[place].total) })
  }

  /// With a variance that is a multiple of v, estimated from the residuals.
  private static func slope(
    _ effects: [EffectSize], on values: [Double]
  ) throws(NotEstimable) -> PooledEffect {
    let fit = try line(effects, values).fit(tau2: 0)
    // What is left of studies on a line is rounding.
    let rounding = effects.reduce(0) { $0 + $1.value * $1.value / $1.variance } * 1e-29
    guard fit.generalisedQ > rounding else { throw NotEstimable("the studies lie on a line") }
    return try fit.effect(.hartungKnapp, coefficient: 1)
  }

  private static func line(
    _ effects: [EffectSize], _ values: [Double]
  ) throws(NotEstimable) -> NormalModel {
    guard effects.count > 2 else { throw NotEstimable("fewer than three studies") }
    guard let first = values.first, values.contains(where: { $0 != first }) else {
      throw NotEstimable("all studies have the same precision")
    }
    let ones = [Double](repeating: 1, count: effects.count)
    return try NormalModel(
      effects, design: Matrix(rows: effects.count, columns: 2, elements: ones + values))
  }
}
