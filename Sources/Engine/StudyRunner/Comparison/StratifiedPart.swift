import Comparison
import Inference
import Results
import StudyDefinition

/// What is computed over the strata of a comparison, each with its rows.
enum StratifiedPart {
  case riskInterval(StratifiedRiskInterval)
  case rateInterval(StratifiedRateInterval)
  case test(StratifiedTest)
}

extension StratifiedPart {
  /// The rows of this part, known before anything is computed.
  func keys(_ sides: Sides, _ weights: StratumWeights?) -> [StatisticKey] {
    switch self {
    case .riskInterval(let interval):
      let weights = interval.isWeighted ? weights ?? interval.contrast.defaultWeights : nil
      return intervalKeys(
        interval.contrast.rawValue, interval.name, weights, test: interval.nullTest, sides)
    case .rateInterval(let interval):
      let weights = interval.isWeighted ? weights ?? interval.contrast.defaultWeights : nil
      return intervalKeys(
        interval.contrast.rawValue, interval.name, weights, test: interval.nullTest, sides)
    case .test(let test):
      return test.statisticNames.map {
        StatisticKey(measure: "test", method: test.rawValue, name: $0)
      }
    }
  }

  private func intervalKeys(
    _ measure: String, _ name: String, _ weights: StratumWeights?, test: NullTestKind,
    _ sides: Sides
  ) -> [StatisticKey] {
    let method = weights.map { "\(name)/\($0.rawValue)" } ?? name
    return ComparisonPart.intervalNames(hasEstimate: true, test: test, sides).map {
      StatisticKey(measure: measure, method: method, name: $0)
    }
  }
}

extension ComparisonAnalysis {
  /// The parts computed of every event over its strata, in order.
  var stratifiedParts: [StratifiedPart] {
    guard case .strata(let measures, let tests, _) = methods else { return [] }
    let intervals = measures.flatMap { measure -> [StratifiedPart] in
      switch measure {
      case .risk(_, let intervals): intervals.map { .riskInterval($0) }
      case .rate(_, let intervals): intervals.map { .rateInterval($0) }
      }
    }
    return intervals + tests.map { .test($0) }
  }

  /// The weights asked for.
  var weights: StratumWeights? {
    if case .strata(_, _, let weights) = methods { weights } else { nil }
  }
}
