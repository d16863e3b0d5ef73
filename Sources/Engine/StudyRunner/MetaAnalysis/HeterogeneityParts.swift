import Inference
import MetaAnalysis
import Results
import StudyDefinition

extension PoolingAnalysis {
  /// Q with I² and H², the likelihood, and τ².
  func heterogeneityParts(_ model: PoolingModel) -> [PooledPart] {
    var parts: [PooledPart] = []
    if model.hasQ {
      parts.append(
        PooledPart(
          "heterogeneity", method: model.name,
          [
            "q", "q_df", "q_p_value", "i2", "i2_lower", "i2_upper", "h2", "h2_lower", "h2_upper",
          ]
        ) { fits, level throws(NotEstimable) in
          try heterogeneityValues(try fits.fit(model).heterogeneity, level)
        })
    }
    if model.method.isMixedModel || model.method == .betaBinomial {
      parts.append(likelihoodPart(model))
    }
    if model.effects == .random, model.method != .betaBinomial {
      let fromTau2 = model.method == .inverseVariance ? ["i2_tau2", "h2_tau2"] : []
      parts.append(
        PooledPart("heterogeneity", method: model.name, ["tau2", "tau"] + fromTau2) {
          fits, _ throws(NotEstimable) in
          let fit = try fits.fit(model)
          let tau2 = try fit.tau2
          let scaled = tau2 * EffectScale(measure, per: per, size: nil).errorFactorSquared
          return [RowValue(scaled), RowValue(scaled.squareRoot())]
            + (fromTau2.isEmpty ? [] : try fit.inconsistency(ofTau2: tau2).map { RowValue($0) })
        })
    }
    return parts
  }

  /// The logarithm of the largest likelihood, other variances than τ², and the test of τ² = 0.
  private func likelihoodPart(_ model: PoolingModel) -> PooledPart {
    let isBetaBinomial = model.method == .betaBinomial
    let hasIntercepts =
      model.method == .unconditionalRandom && [.twoRisks, .twoRates].contains(measure.evidence)
    let isTested = model.effects == .random && !isBetaBinomial
    return PooledPart(
      "heterogeneity", method: model.name,
      ["log_likelihood"] + (hasIntercepts ? ["sigma2"] : []) + (isBetaBinomial ? ["icc"] : [])
        + (isTested ? ["likelihood_ratio", "likelihood_ratio_p_value"] : [])
    ) { fits, _ throws(NotEstimable) in
      guard let fit = try fits.fit(model).mixedFit else { return [] }
      let isUnbounded = NotEstimable("the estimate is infinite")
      func value(_ number: Double?) -> RowValue {
        number.map { RowValue($0) } ?? RowValue(isUnbounded)
      }
      var values = [RowValue(fit.logLikelihood)]
      if hasIntercepts { values.append(value(fit.interceptVariance)) }
      if isBetaBinomial { values.append(value(fit.intraclassCorrelation)) }
      guard isTested else { return values }
      do throws(NotEstimable) {
        let test = try fit.heterogeneityTest
        return values + [RowValue(test.statistic ?? 0), RowValue(test.pValue)]
      } catch {
        return values + [RowValue(error), RowValue(error)]
      }
    }
  }

  /// The limits of τ² by each method that there is for the model.
  func tau2IntervalParts(_ model: PoolingModel) -> [PooledPart] {
    if model.method == .betaBinomial {
      return tau2Intervals.contains(.profileLikelihood) ? [correlationIntervalPart(model)] : []
    }
    return tau2Intervals.filter { model.has($0) }.map { method in
      let fromTau2 =
        model.method == .inverseVariance
        ? ["i2_tau2_lower", "i2_tau2_upper", "h2_tau2_lower", "h2_tau2_upper"] : []
      return PooledPart(
        "heterogeneity", method: "\(model.name)/\(method.rawValue)",
        ["tau2_lower", "tau2_upper", "tau_lower", "tau_upper"] + fromTau2
      ) { fits, level throws(NotEstimable) in
        let fit = try fits.fit(model)
        let interval = try fit.tau2Interval(method, level: level)
        let limits = [interval.lower ?? 0, interval.upper ?? .infinity]
        let factor = EffectScale(measure, per: per, size: nil).errorFactorSquared
        let scaled = limits.map { $0 * factor }
        var values = (scaled + scaled.map { $0.squareRoot() }).map { RowValue($0) }
        if !fromTau2.isEmpty {
          let pairs = try limits.map { limit throws(NotEstimable) in
            try fit.inconsistency(ofTau2: limit)
          }
          values += [pairs[0][0], pairs[1][0], pairs[0][1], pairs[1][1]].map { RowValue($0) }
        }
        return values
      }
    }
  }

  /// The limits of the intraclass correlation, the heterogeneity of beta-binomial counts.
  private func correlationIntervalPart(_ model: PoolingModel) -> PooledPart {
    PooledPart(
      "heterogeneity", method: model.name(of: .profileLikelihood), ["icc_lower", "icc_upper"]
    ) { fits, level throws(NotEstimable) in
      guard let fit = try fits.fit(model).mixedFit else { return [] }
      let interval = try fit.intraclassCorrelationInterval(level: level)
      return [RowValue(interval.lower ?? 0), RowValue(interval.upper ?? 1)]
    }
  }
}

/// Q with I² and H² and their limits.
private func heterogeneityValues(
  _ heterogeneity: Heterogeneity, _ level: ConfidenceLevel
) throws(NotEstimable) -> [RowValue] {
  guard let i2 = heterogeneity.i2, let h2 = heterogeneity.h2 else {
    throw NotEstimable("one study has nothing to differ from")
  }
  func limits(
    _ interval: (ConfidenceLevel) throws(NotEstimable) -> ConfidenceInterval
  ) -> [RowValue] {
    do throws(NotEstimable) {
      let interval = try interval(level)
      return [RowValue(interval.lower ?? 0), RowValue(interval.upper ?? .infinity)]
    } catch {
      return [RowValue(error), RowValue(error)]
    }
  }
  return [
    RowValue(heterogeneity.q), RowValue(heterogeneity.degreesOfFreedom),
    RowValue(heterogeneity.pValue),
  ] + [RowValue(i2)] + limits(heterogeneity.i2Interval) + [RowValue(h2)]
    + limits(heterogeneity.h2Interval)
}

extension PoolingModel {
  /// Whether Q is told of it.
  var hasQ: Bool {
    [.inverseVariance, .mantelHaenszel, .mantelHaenszelSato, .peto].contains(method)
  }

  /// Whether the interval of τ² exists for it.
  func has(_ interval: Tau2IntervalMethod) -> Bool {
    guard effects == .random else { return false }
    if method.isMixedModel { return interval == .profileLikelihood }
    guard method == .inverseVariance, let tau2 else { return false }
    return interval != .profileLikelihood || tau2.isLikelihood
  }
}
