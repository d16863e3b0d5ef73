public import Inference

// What a report needs to know of the methods over strata.

extension StratifiedRiskInterval {
  public var method: any StatisticalMethod {
    switch self {
    case .difference(let method): method
    case .ratio(let method): method
    case .oddsRatio(let method): method
    }
  }

  /// Whether the method weights scores of strata.
  public var isWeighted: Bool {
    switch self {
    case .difference(.miettinenNurminen), .ratio(.miettinenNurminen),
      .oddsRatio(.miettinenNurminen):
      true
    default: false
    }
  }

  public var nullTest: NullTestKind {
    switch self {
    case .difference(.newcombe): .none
    case .oddsRatio(.conditionalExact), .oddsRatio(.conditionalMidP): .exact
    default: .withStatistic
    }
  }
}

extension StratifiedRateInterval {
  public var method: any StatisticalMethod {
    switch self {
    case .difference(let method): method
    case .ratio(let method): method
    }
  }

  /// Whether the method weights scores of strata.
  public var isWeighted: Bool {
    self == .difference(.miettinenNurminen) || self == .ratio(.miettinenNurminen)
  }

  public var nullTest: NullTestKind {
    switch self {
    case .ratio(.conditionalExact), .ratio(.conditionalMidP): .exact
    default: .withStatistic
    }
  }
}

extension StratifiedTest {
  /// Whether it tests that the groups are alike, rather than that strata are.
  public var isOfEquality: Bool {
    self == .cochranMantelHaenszel || self == .cochranMantelHaenszelCorrected
  }

  /// The names of what the test gives: the exact one has a p-value alone.
  public var statisticNames: [String] {
    self == .zelen ? ["p_value"] : ["statistic", "df", "p_value"]
  }
}
