import Inference
import MetaAnalysis
import Results
import StudyDefinition

// Meta-regression: effects explained by moderators.

extension PoolingAnalysis {
  /// One row for each coefficient; text moderators have one for each level but the first.
  var regressionRows: [PooledRows] {
    designColumns.enumerated().map { index, column in
      PooledRows(
        place: RowPlace(groups: [], variable: "parameter", level: column.name), studies: { $0 },
        parts: regressionVariants.map { coefficientPart(index, $0, $1) })
    }
  }

  /// The test of all moderators together, and what heterogeneity they leave.
  var moderatorTests: [PooledPart] {
    guard !moderators.isEmpty else { return [] }
    return regressionVariants.map { model, variant in
      PooledPart(
        "moderators", method: model.name(of: variant),
        ["statistic", "df"] + (variant.hasDegreesOfFreedom ? ["denominator_df"] : []) + ["p_value"]
          + (model.method == .inverseVariance ? ["q", "q_df", "q_p_value"] : [])
          + (model.effects == .random ? ["tau2", "r_squared"] : [])
      ) { fits, _ throws(NotEstimable) in
        let fit = try regression(fits, model)
        let test = try fit.moderatorTest(variant)
        var values = [RowValue(test.statistic), RowValue(test.degreesOfFreedom)]
        if variant.hasDegreesOfFreedom {
          values.append(RowValue(test.denominatorDegreesOfFreedom ?? .infinity))
        }
        values.append(RowValue(test.pValue))
        if let residual = fit.residualHeterogeneity {
          values += [
            RowValue(residual.q), RowValue(residual.degreesOfFreedom), RowValue(residual.pValue),
          ]
        }
        guard model.effects == .random else { return values }
        return values + [
          RowValue(fit.tau2),
          RowValue { () throws(NotEstimable) in
            try rSquared(tau2: fit.tau2, withoutModerators: try fits.fit(model).tau2)
          },
        ]
      }
    }
  }

  private func coefficientPart(
    _ index: Int, _ model: PoolingModel, _ variant: PoolingModel.Variant
  ) -> PooledPart {
    let statistics = model.statisticNames(of: variant)
    return PooledPart(
      measure.rawValue, method: model.name(of: variant),
      ["estimate", "lower", "upper"] + statistics + ["p_value"]
    ) { fits, level throws(NotEstimable) in
      let effect = try regression(fits, model).coefficient(index, variant)
      let limits = effect.interval(level: level)
      return [effect.estimate, limits.lower ?? -.infinity, limits.upper ?? .infinity].map {
        RowValue($0)
      }
        + statistics.map { name in
          switch name {
          case "standard_error": RowValue(effect.standardError)
          case "df": RowValue(effect.degreesOfFreedom ?? .infinity)
          default: RowValue(effect.statistic)
          }
        } + [RowValue(effect.pValue)]
    }
  }

  /// The variants of the models that can have moderators.
  private var regressionVariants: [(PoolingModel, PoolingModel.Variant)] {
    models.filter { $0.method == .inverseVariance || $0.method.isMixedModel }.flatMap { model in
      model.variants(inference).filter { $0 != .profileLikelihood }.map { (model, $0) }
    }
  }

  private func regression(
    _ fits: SetFits, _ model: PoolingModel
  ) throws(NotEstimable) -> RegressionFit {
    let columns = designColumns.map { column in fits.places.map { column.values[$0] } }
    return try fits.set.regression(model, columns: columns)
  }

  /// The columns of the design, with a value a study; none without moderators.
  private var designColumns: [(name: String, values: [Double])] {
    guard !moderators.isEmpty else { return [] }
    var columns = [(name: "intercept", values: studies.map { _ in 1.0 })]
    for name in moderators {
      let values = studies.compactMap { $0.moderators[name] }
      let numbers = values.compactMap { value -> Double? in
        if case .number(let number) = value { number } else { nil }
      }
      if numbers.count == studies.count {
        columns.append((name: name, values: numbers))
        continue
      }
      var seen: Set<PoolingAnalysis.Moderator> = []
      for level in values.filter({ seen.insert($0).inserted }).dropFirst() {
        guard case .level(let text) = level else { continue }
        columns.append((name: "\(name)=\(text)", values: values.map { $0 == level ? 1 : 0 }))
      }
    }
    return columns
  }
}

extension PoolingModel.Variant {
  /// Whether its reference distribution is Student's t, or F.
  var hasDegreesOfFreedom: Bool {
    if case .inference(let inference) = self { inference != .z } else { false }
  }
}
