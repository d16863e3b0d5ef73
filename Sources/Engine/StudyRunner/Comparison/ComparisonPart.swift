import Comparison
import Inference
import Results
import StudyDefinition

/// What is computed at one place of a comparison, from counts to tests, each with its rows.
enum ComparisonPart {
  case riskCounts
  case rateCounts
  case riskEstimate(RiskContrast)
  case rateEstimate(RateContrast)
  case riskInterval(RiskInterval)
  case rateInterval(RateInterval)
  case riskTest(TwoByTwoTest)
  case rateTest(PersonTimeTest)
}

extension ComparisonPart {
  /// The rows of this part, known before anything is computed.
  func keys(_ sides: Sides) -> [StatisticKey] {
    switch self {
    case .riskCounts: countKeys("risk", denominator: "subjects", share: "percent")
    case .rateCounts: countKeys("rate", denominator: "person_years", share: "estimate")
    case .riskEstimate(let contrast):
      [StatisticKey(measure: contrast.rawValue, name: "estimate")]
    case .rateEstimate(let contrast):
      [StatisticKey(measure: contrast.rawValue, name: "estimate")]
    case .riskInterval(let interval):
      intervalKeys(
        interval.contrast.rawValue, interval.name, hasEstimate: interval.hasEstimate,
        test: interval.nullTest, sides)
    case .rateInterval(let interval):
      intervalKeys(
        interval.contrast.rawValue, interval.name, hasEstimate: interval.hasEstimate,
        test: interval.nullTest, sides)
    case .riskTest(let test): testKeys(test.rawValue, test.statisticNames)
    case .rateTest(let test): testKeys(test.rawValue, test.statisticNames)
    }
  }

  private func countKeys(
    _ measure: String, denominator: String, share: String
  ) -> [StatisticKey] {
    ["treatment", "reference"].flatMap { side in
      ["events", denominator, share].map {
        StatisticKey(measure: measure, name: "\(side)_\($0)")
      }
    }
  }

  private func intervalKeys(
    _ measure: String, _ method: String, hasEstimate: Bool, test: NullTestKind, _ sides: Sides
  ) -> [StatisticKey] {
    let tested = sides != .two
    let names: [String?] = [
      hasEstimate ? "estimate" : nil, sides == .upper ? nil : "lower",
      sides == .lower ? nil : "upper", tested && test == .withStatistic ? "statistic" : nil,
      tested && test != .none ? "p_value" : nil,
    ]
    return names.compactMap { $0 }.map {
      StatisticKey(measure: measure, method: method, name: $0)
    }
  }

  private func testKeys(_ method: String, _ names: [String]) -> [StatisticKey] {
    names.map { StatisticKey(measure: "test", method: method, name: $0) }
  }
}

extension ComparisonAnalysis {
  /// The parts computed of every event, in order.
  var groupParts: [ComparisonPart] {
    guard case .twoGroups(let measures, let tests) = methods else { return [] }
    var parts: [ComparisonPart] = []
    if methods.compareRisks { parts.append(.riskCounts) }
    if methods.compareRates { parts.append(.rateCounts) }
    for measure in measures {
      switch measure {
      case .risk(let contrast, let intervals):
        parts.append(.riskEstimate(contrast))
        parts += intervals.map { .riskInterval($0) }
      case .rate(let contrast, let intervals):
        parts.append(.rateEstimate(contrast))
        parts += intervals.map { .rateInterval($0) }
      }
    }
    return parts
      + tests.map { test in
        switch test {
        case .risk(let test): .riskTest(test)
        case .rate(let test): .rateTest(test)
        }
      }
  }
}
