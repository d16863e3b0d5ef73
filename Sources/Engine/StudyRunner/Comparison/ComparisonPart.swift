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
    Self.intervalNames(hasEstimate: hasEstimate, test: test, sides).map {
      StatisticKey(measure: measure, method: method, name: $0)
    }
  }

  /// What an interval gives; with one limit alone, the test behind it as well.
  static func intervalNames(hasEstimate: Bool, test: NullTestKind, _ sides: Sides) -> [String] {
    let isTested = sides != .two
    return [
      hasEstimate ? "estimate" : nil, sides == .upper ? nil : "lower",
      sides == .lower ? nil : "upper", isTested && test == .withStatistic ? "statistic" : nil,
      isTested && test != .none ? "p_value" : nil,
    ].compactMap { $0 }
  }

  private func testKeys(_ method: String, _ names: [String]) -> [StatisticKey] {
    names.map { StatisticKey(measure: "test", method: method, name: $0) }
  }
}

extension ComparisonAnalysis {
  /// The parts computed of every event in every stratum by itself, in order.
  var groupParts: [ComparisonPart] {
    var parts: [ComparisonPart] = []
    if methods.compareRisks { parts.append(.riskCounts) }
    if methods.compareRates { parts.append(.rateCounts) }
    guard case .twoGroups(let measures, let tests) = methods else {
      let contrasts = methods.contrasts
      return parts + contrasts.risks.map { .riskEstimate($0) }
        + contrasts.rates.map { .rateEstimate($0) }
    }
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
