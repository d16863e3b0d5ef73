import Inference
import MetaAnalysis
import Results
import StudyDefinition

// The rows of each study by itself: its effect, its counts, what was added and its weights.

extension PoolingAnalysis {
  var studyKeys: [StatisticKey] {
    let names =
      ["estimate", "lower", "upper"] + transformedName + ["standard_error"] + countNames
      + additionNames
    return names.map { StatisticKey(measure: measure.rawValue, name: $0) }
      + weightedModels.map {
        StatisticKey(measure: measure.rawValue, method: $0.name, name: "weight_percent")
      }
  }

  /// The models in which studies have weights.
  var weightedModels: [PoolingModel] {
    models.filter { $0.method.hasWeights }
  }

  /// The rows of the study at `place`, with effects of all of them together.
  func studyValues(
    _ place: Int, _ data: PooledData, level: ConfidenceLevel
  ) -> [RowValue] {
    effectValues(place, data, level) + countValues(data.counts[place]) + additions(place, data)
      + weightedModels.map { weight(of: place, data, $0) }
  }

  private func effectValues(
    _ place: Int, _ data: PooledData, _ level: ConfidenceLevel
  ) -> [RowValue] {
    do throws(NotEstimable) {
      let effect = try data.study(place).effect.get()
      let scale = EffectScale(measure, per: per, size: data.counts[place].size)
      let pooled = PooledEffect(estimate: effect.value, standardError: effect.standardError)
      return scale.values(effect.value, .success(pooled.interval(level: level)))
        + [RowValue(effect.standardError * scale.errorFactor)]
    } catch {
      return Array(repeating: RowValue(error), count: 4 + transformedName.count)
    }
  }

  private var countNames: [String] {
    let denominator = measure.evidence.isOfRates ? "person_years" : "subjects"
    switch measure.evidence {
    case .twoRisks, .twoRates:
      return ["treatment", "reference"].flatMap { ["\($0)_events", "\($0)_\(denominator)"] }
    case .oneRisk, .oneRate: return ["events", denominator]
    case .effect: return []
    }
  }

  private func countValues(_ counts: StudyCounts) -> [RowValue] {
    func values(_ side: SideCounts?) -> [RowValue] {
      guard let side else { return Array(repeating: RowValue(.unknownSubjects), count: 2) }
      let denominator =
        measure.evidence.isOfRates
        ? side.personYears.map { RowValue($0) } : side.subjects.map { RowValue($0) }
      return [RowValue(side.events), denominator ?? RowValue(.unknownSubjects)]
    }
    switch counts {
    case .twoGroups(let treatment, let reference): return values(treatment) + values(reference)
    case .oneGroup(let group): return values(group)
    case .effect: return []
    }
  }

  private var additionNames: [String] {
    switch measure.evidence {
    case .twoRisks, .twoRates: ["added_treatment", "added_reference"]
    case .oneRisk, .oneRate: ["added"]
    case .effect: []
    }
  }

  private func additions(_ place: Int, _ data: PooledData) -> [RowValue] {
    let added = (try? data.study(place))?.added
    return additionNames.map { name in
      RowValue(name == "added_reference" ? added?.reference ?? 0 : added?.treatment ?? 0)
    }
  }

  private func weight(of place: Int, _ data: PooledData, _ model: PoolingModel) -> RowValue {
    RowValue { () throws(NotEstimable) in
      guard let index = data.index(of: place) else { throw .noSubjects }
      return try data.all.weights(model)[index] ?? 0
    }
  }
}

extension EffectMeasure.Evidence {
  var isOfRates: Bool { self == .twoRates || self == .oneRate }
}

extension PoolingMethod {
  /// Whether its estimate is a weighted mean of the studies' effects.
  fileprivate var hasWeights: Bool {
    switch self {
    case .inverseVariance, .mantelHaenszel, .mantelHaenszelSato, .peto, .sampleSize, .ivhet: true
    default: false
    }
  }
}
