import Comparison
import DoseResponse
import Explanations
import Incidence
import Inference
import MetaAnalysis
import Ordinal

/// A method that a study definition can ask for, with where it belongs.
public struct CatalogueEntry: Hashable, Sendable {
  public let kind: String
  public let measure: String
  /// The spelling in `methods`.
  public let method: String
  public let title: String
  public let summary: String
  public let reference: String
  /// What is computed, in the mathematics of plain text.
  public let formula: String
  /// When to use it, and when not.
  public let use: String

  fileprivate init(_ kind: KindName, _ measure: String, _ method: some ExplainedMethod) {
    self.kind = kind.rawValue
    self.measure = measure
    self.method = method.rawValue
    title = method.title
    summary = method.summary
    reference = method.reference
    formula = method.explanation.formula
    use = method.explanation.use
  }
}

private let comparisonCatalogue: [CatalogueEntry] =
  groupCatalogue + strataCatalogue + entries(Multiplicity.self, "multiplicity")

private let groupCatalogue: [CatalogueEntry] =
  entries(RiskDifferenceMethod.self, RiskContrast.difference.rawValue)
  + entries(RiskRatioMethod.self, RiskContrast.ratio.rawValue)
  + entries(OddsRatioMethod.self, RiskContrast.oddsRatio.rawValue)
  + entries(RateDifferenceMethod.self, RateContrast.difference.rawValue)
  + entries(RateRatioMethod.self, RateContrast.ratio.rawValue)
  + entries(TwoByTwoTest.self, "test") + entries(PersonTimeTest.self, "test")

private let strataCatalogue: [CatalogueEntry] =
  entries(StratifiedRiskDifferenceMethod.self, overStrata(RiskContrast.difference.rawValue))
  + entries(StratifiedRiskRatioMethod.self, overStrata(RiskContrast.ratio.rawValue))
  + entries(StratifiedOddsRatioMethod.self, overStrata(RiskContrast.oddsRatio.rawValue))
  + entries(StratifiedRateDifferenceMethod.self, overStrata(RateContrast.difference.rawValue))
  + entries(StratifiedRateRatioMethod.self, overStrata(RateContrast.ratio.rawValue))
  + entries(StratifiedTest.self, overStrata("test")) + entries(StratumWeights.self, "weights")

private func overStrata(_ measure: String) -> String { "\(measure), strata" }

/// The methods of a comparison's `measure`.
private func entries<Method: ExplainedMethod>(
  _ methods: Method.Type, _ measure: String
) -> [CatalogueEntry] {
  Method.allCases.map { CatalogueEntry(.comparison, measure, $0) }
}

private let metaAnalysisCatalogue: [CatalogueEntry] =
  PoolingMethod.allCases.map { CatalogueEntry(.metaAnalysis, "pooling", $0) }
  + Tau2Estimator.allCases.map { CatalogueEntry(.metaAnalysis, "tau2", $0) }
  + EffectInference.allCases.map { CatalogueEntry(.metaAnalysis, "inference", $0) }
  + Tau2IntervalMethod.allCases.map { CatalogueEntry(.metaAnalysis, "tau2Interval", $0) }
  + PredictionMethod.allCases.map { CatalogueEntry(.metaAnalysis, "prediction", $0) }
  + MetaAnalysisDiagnostic.allCases.map { CatalogueEntry(.metaAnalysis, "diagnostics", $0) }
  + MetaAnalysisPreset.allCases.map { CatalogueEntry(.metaAnalysis, "preset", $0) }

private let doseResponseCatalogue: [CatalogueEntry] =
  DoseResponseModel.allCases.map { CatalogueEntry(.doseResponse, "models", $0) }
  + CurveIntervalMethod.allCases.map { CatalogueEntry(.doseResponse, "interval", $0) }
  + FitInformation.allCases.map { CatalogueEntry(.doseResponse, "information", $0) }
  + ResponseKind.allCases.map { CatalogueEntry(.doseResponse, "response", $0) }
  + RobustMethod.allCases.map { CatalogueEntry(.doseResponse, "robust", $0) }
  + ObservationWeights.allCases.map { CatalogueEntry(.doseResponse, "weights", $0) }
  + ModelSelection.allCases.map { CatalogueEntry(.doseResponse, "selection", $0) }
  + CurveComparison.allCases.map { CatalogueEntry(.doseResponse, "compare", $0) }

extension Study {
  /// Every method that can be asked for, by kind and measure.
  public static var catalogue: [CatalogueEntry] {
    ProportionIntervalMethod.allCases.map {
      CatalogueEntry(.incidence, IncidenceMeasureName.risk.rawValue, $0)
    }
      + RateIntervalMethod.allCases.map {
        CatalogueEntry(.incidence, IncidenceMeasureName.rate.rawValue, $0)
      }
      + comparisonCatalogue
      + IndirectMethod.allCases.map { CatalogueEntry(.indirectComparison, "all measures", $0) }
      + metaAnalysisCatalogue
      + gradedMethods
      + doseResponseCatalogue
  }

  /// The methods of grades and scored groups, whose measure is the kind itself.
  private static var gradedMethods: [CatalogueEntry] {
    TrendMethod.allCases.map { CatalogueEntry(.trend, KindName.trend.rawValue, $0) }
      + OrdinalMethod.allCases.map { CatalogueEntry(.ordinal, KindName.ordinal.rawValue, $0) }
      + AgreementMethod.allCases.map { CatalogueEntry(.agreement, KindName.agreement.rawValue, $0) }
      + ShiftMethod.allCases.map { CatalogueEntry(.shift, KindName.shift.rawValue, $0) }
  }
}
