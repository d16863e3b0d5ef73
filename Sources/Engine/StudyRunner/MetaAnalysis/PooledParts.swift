import Inference
import MetaAnalysis
import Results
import StudyDefinition

extension PoolingAnalysis {
  /// The models that are fitted, in the order listed.
  var models: [PoolingModel] {
    pooling.flatMap { method -> [PoolingModel] in
      if method == .betaBinomial { return [PoolingModel(method, .random)] }
      guard method.hasRandomEffects else { return [PoolingModel(method, .common)] }
      return effects.flatMap { effects -> [PoolingModel] in
        let takesTau2 = method == .inverseVariance || method == .sampleSize
        guard effects == .random, takesTau2 else { return [PoolingModel(method, effects)] }
        return tau2.map { PoolingModel(method, .random, tau2: $0) }
      }
    }
  }

  /// What is computed of a set of studies; without `details` no profiles and predictions.
  func pooledParts(details: Bool) -> [PooledPart] {
    models.flatMap { model in
      let variants = model.variants(inference).filter { details || $0 != .profileLikelihood }
      return variants.map { effectPart(model, $0) }
        + (details ? variants.flatMap { predictionParts(model, $0) } : [])
        + heterogeneityParts(model) + (details ? tau2IntervalParts(model) : [])
    }
  }

  /// The pooled effect by a variant of a model.
  private func effectPart(_ model: PoolingModel, _ variant: PoolingModel.Variant) -> PooledPart {
    let statistics = model.statisticNames(of: variant)
    let names = ["studies"] + totalNames
    return PooledPart(
      measure.rawValue, method: model.name(of: variant),
      ["estimate", "lower", "upper"] + transformedName + statistics + ["p_value"] + names
    ) { fits, level throws(NotEstimable) in
      let fit = try fits.fit(model)
      let result = try fit.result(variant, level: level)
      let scale = EffectScale(measure, per: per, size: fit.size)
      let numbers: [RowValue] = statistics.map { name in
        switch name {
        case "standard_error":
          RowValue { () throws(NotEstimable) in
            try result.standardError.get() * scale.errorFactor
          }
        case "df": RowValue(result.degreesOfFreedom ?? .infinity)
        default: RowValue { () throws(NotEstimable) in try result.statistic.get() }
        }
      }
      return scale.values(result.estimate, result.interval) + numbers
        + [RowValue { () throws(NotEstimable) in try result.pValue.get() }]
        + [RowValue(fit.places.count)] + totals(fits, fit.places)
    }
  }

  /// The name of the estimate on the scale on which effects are pooled, where that is another.
  var transformedName: [String] {
    switch measure.transformation {
    case .identity: []
    case .log: ["log_estimate"]
    default: ["transformed_estimate"]
    }
  }

  private var totalNames: [String] {
    switch measure.evidence {
    case .twoRisks, .oneRisk: ["events", "subjects"]
    case .twoRates, .oneRate: ["events", "person_years"]
    case .effect: []
    }
  }

  private func totals(_ fits: SetFits, _ places: [Int]) -> [RowValue] {
    let counts = places.map { fits.counts[$0] }
    let events = RowValue(counts.reduce(0) { $0 + $1.events })
    switch measure.evidence {
    case .twoRisks, .oneRisk: return [events, RowValue(counts.reduce(0) { $0 + $1.subjects })]
    case .twoRates, .oneRate: return [events, RowValue(counts.reduce(0) { $0 + $1.personYears })]
    case .effect: return []
    }
  }

  private func predictionParts(
    _ model: PoolingModel, _ variant: PoolingModel.Variant
  ) -> [PooledPart] {
    guard model.effects == .random, model.method != .betaBinomial, variant != .profileLikelihood
    else { return [] }
    return predictions.map { prediction in
      let name = model.name(of: variant)
      return PooledPart(
        measure.rawValue,
        method: predictions.count == 1 ? name : "\(name)/\(prediction.rawValue)",
        ["prediction_lower", "prediction_upper"]
      ) { fits, level throws(NotEstimable) in
        let fit = try fits.fit(model)
        let interval = try fit.predictionInterval(prediction, variant, level: level)
        return EffectScale(measure, per: per, size: fit.size).limits(.success(interval))
      }
    }
  }
}

extension PoolingModel {
  /// The names of the numbers that a variant gives beside estimate, limits and p-value.
  func statisticNames(of variant: Variant) -> [String] {
    switch (method, variant) {
    case (.exactConditional, _), (.exactConditionalMidP, _), (_, .profileLikelihood): []
    case (.firth, _): ["standard_error"]
    case (_, .inference(.t)), (_, .inference(.hartungKnapp)),
      (_, .inference(.hartungKnappAdHoc)), (_, .inference(.kenwardRoger)):
      ["standard_error", "t", "df"]
    default: ["standard_error", "z"]
    }
  }
}
