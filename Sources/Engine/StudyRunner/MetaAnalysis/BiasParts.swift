import Inference
import MetaAnalysis
import Results
import StudyDefinition

// Tests of small-study effects, and what trim and fill makes of them.

extension PoolingAnalysis {
  var biasParts: [PooledPart] {
    diagnostics.flatMap { diagnostic -> [PooledPart] in
      switch diagnostic {
      case .egger:
        [
          regressionPart(.egger) { set throws(NotEstimable) in
            try RegressionTest.egger(try set.effectSizes().effects)
          }
        ] + randomModels.map(mixedEggerPart)
      case .harbord: [regressionPart(.harbord) { set throws(NotEstimable) in try set.harbord() }]
      case .peters: [regressionPart(.peters) { set throws(NotEstimable) in try set.peters() }]
      case .begg:
        [
          PooledPart("diagnostic", method: diagnostic.rawValue, ["tau", "p_value"]) {
            fits, _ throws(NotEstimable) in
            let test = try BeggTest(try fits.set.effectSizes().effects)
            return [RowValue(test.tau), RowValue(test.pValue)]
          }
        ]
      case .trimAndFill: weightedByVariance.map(trimAndFillPart)
      case .leaveOneOut, .cumulative, .influence, .radial, .baujat: []
      }
    } + petoParts
  }

  /// The models that weight effects by inverse variances.
  var weightedByVariance: [PoolingModel] { models.filter { $0.method == .inverseVariance } }

  private var randomModels: [PoolingModel] { weightedByVariance.filter { $0.effects == .random } }

  private func regressionPart(
    _ diagnostic: MetaAnalysisDiagnostic,
    _ test: @escaping (StudySet) throws(NotEstimable) -> PooledEffect
  ) -> PooledPart {
    PooledPart(
      "diagnostic", method: diagnostic.rawValue,
      ["slope", "standard_error", "t", "df", "p_value"]
    ) { fits, _ throws(NotEstimable) in
      let test = try test(fits.set)
      return [
        RowValue(test.estimate), RowValue(test.standardError), RowValue(test.statistic),
        RowValue(test.degreesOfFreedom ?? 0), RowValue(test.pValue),
      ]
    }
  }

  /// Egger's test with τ² around the line by the estimator of the model.
  private func mixedEggerPart(_ model: PoolingModel) -> PooledPart {
    PooledPart(
      "diagnostic", method: "\(model.name)/\(MetaAnalysisDiagnostic.egger.rawValue)",
      ["slope", "standard_error", "z", "p_value"]
    ) { fits, _ throws(NotEstimable) in
      let test = try RegressionTest.mixedEgger(
        try fits.set.effectSizes().effects, tau2: model.tau2 ?? preset.tau2)
      return [
        RowValue(test.estimate), RowValue(test.standardError), RowValue(test.statistic),
        RowValue(test.pValue),
      ]
    }
  }

  private func trimAndFillPart(_ model: PoolingModel) -> PooledPart {
    let variant = model.variants(inference)[0]
    return PooledPart(
      "diagnostic", method: "\(model.name)/\(MetaAnalysisDiagnostic.trimAndFill.rawValue)",
      ["filled", "estimate", "lower", "upper"] + transformedName + ["standard_error", "p_value"]
    ) { fits, level throws(NotEstimable) in
      let filled = try fits.set.trimAndFill(model, variant)
      let scale = EffectScale(measure, per: per, size: try fits.fit(model).size)
      let interval = filled.effect.interval(level: level)
      return [RowValue(filled.filled.count)]
        + scale.values(filled.effect.estimate, .success(interval)) + [
          RowValue(filled.effect.standardError * scale.errorFactor),
          RowValue(filled.effect.pValue),
        ]
    }
  }

  /// What Peto's method demands, as numbers.
  private var petoParts: [PooledPart] {
    guard pooling.contains(.peto) else { return [] }
    let model = PoolingModel(.peto, .common)
    return [
      PooledPart("diagnostic", method: model.name, ["largest_arm_ratio", "event_percent"]) {
        fits, _ throws(NotEstimable) in
        guard let preconditions = try fits.fit(model).petoPreconditions else { return [] }
        return [
          RowValue(preconditions.largestArmRatio), RowValue(100 * preconditions.eventRate),
        ]
      }
    ]
  }
}
