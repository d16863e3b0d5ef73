import Comparison
import Incidence
import Inference
import TestSupport
import Testing

extension ReferenceRow {
  /// The table whose cells stand under `events1`, `total1`, `events2` and `total2`.
  func twoByTwoTable() throws -> TwoByTwoTable {
    TwoByTwoTable(
      treatment: try BinomialCount(events: int("events1"), total: int("total1")),
      reference: try BinomialCount(events: int("events2"), total: int("total2")))
  }

  /// The table whose cells stand under `events1`, `years1`, `events2` and `years2`.
  func personTimeTable() throws -> PersonTimeTable {
    PersonTimeTable(
      treatment: try PoissonCount(events: int("events1"), personYears: double("years1")),
      reference: try PoissonCount(events: int("events2"), personYears: double("years2")))
  }

  var sides: Sides {
    get throws { try #require(Sides(rawValue: self["sides"])) }
  }

  /// The error of the limits of `interval`, `nil` where the reference has none either.
  ///
  /// Relative to the limit, or where that is a difference nearer to 0, to the interval's width.
  func error(of interval: ConfidenceInterval?, isDifference: Bool) -> Double {
    let exists = self["lower"] != "none" && self["upper"] != "none"
    guard let interval else { return exists ? .infinity : 0 }
    guard exists else { return .infinity }
    func parsed(_ column: String) -> Double? {
      self[column].isEmpty ? nil : double(column)
    }
    let (lower, upper) = (parsed("lower"), parsed("upper"))
    let width = isDifference ? (upper ?? 0) - (lower ?? 0) : 0
    func error(_ limit: Double?, _ expected: Double?) -> Double {
      guard let limit, let expected else { return limit == nil ? 0 : .infinity }
      if limit == expected { return 0 }
      guard limit.isFinite, expected.isFinite else { return .infinity }
      return abs(limit - expected) / max(abs(expected), width)
    }
    return max(error(interval.lower, lower), error(interval.upper, upper))
  }
}

extension RiskInterval {
  init?(measure: String, method: String) {
    switch RiskContrast(rawValue: measure) {
    case .difference:
      guard let method = RiskDifferenceMethod(rawValue: method) else { return nil }
      self = .difference(method)
    case .ratio:
      guard let method = RiskRatioMethod(rawValue: method) else { return nil }
      self = .ratio(method)
    case .oddsRatio:
      guard let method = OddsRatioMethod(rawValue: method) else { return nil }
      self = .oddsRatio(method)
    case nil: return nil
    }
  }
}

extension RateInterval {
  init?(measure: String, method: String) {
    switch RateContrast(rawValue: measure) {
    case .difference:
      guard let method = RateDifferenceMethod(rawValue: method) else { return nil }
      self = .difference(method)
    case .ratio:
      guard let method = RateRatioMethod(rawValue: method) else { return nil }
      self = .ratio(method)
    case nil: return nil
    }
  }
}

extension ReferenceRow {
  /// The table whose cells stand under `events1`, `size1`, `events2` and `size2`, as subjects.
  func sizedRisks() throws -> TwoByTwoTable {
    TwoByTwoTable(
      treatment: try BinomialCount(events: int("events1"), total: int("size1")),
      reference: try BinomialCount(events: int("events2"), total: int("size2")))
  }

  /// The same cells as person-years.
  func sizedRates() throws -> PersonTimeTable {
    PersonTimeTable(
      treatment: try PoissonCount(events: int("events1"), personYears: double("size1")),
      reference: try PoissonCount(events: int("events2"), personYears: double("size2")))
  }
}

// MARK: Strata

extension ReferenceRow {
  var isOfRates: Bool { self["measure"].hasPrefix("rate") }

  /// What stands under `weights`; empty where the method has none.
  var weights: StratumWeights? { StratumWeights(rawValue: self["weights"]) }

  /// The tables under `strata`, written x₁/n₁;x₂/n₂|….
  func stratifiedRisks() throws -> StratifiedRisks {
    Strata(
      try strata.map { groups in
        let counts = try groups.map {
          try BinomialCount(
            events: #require(Int($0.events)), total: #require(Int($0.size)))
        }
        return TwoByTwoTable(treatment: counts[0], reference: counts[1])
      })
  }

  /// The tables under `strata`, with person-years in the place of the subjects.
  func stratifiedRates() throws -> StratifiedRates {
    Strata(
      try strata.map { groups in
        let counts = try groups.map {
          try PoissonCount(
            events: #require(Int($0.events)), personYears: #require(Double($0.size)))
        }
        return PersonTimeTable(treatment: counts[0], reference: counts[1])
      })
  }

  private var strata: [[(events: Substring, size: Substring)]] {
    self["strata"].split(separator: "|").map { stratum in
      stratum.split(separator: ";").map { group in
        let parts = group.split(separator: "/")
        return (parts[0], parts[1])
      }
    }
  }

  /// The error of an estimate, `nil` where the reference has none either.
  ///
  /// That of a difference is relative to it or to the interval's width.
  func error(ofEstimate estimate: Double?, isDifference: Bool) -> Double {
    guard self["estimate"] != "none" else { return estimate == nil ? 0 : .infinity }
    guard let estimate else { return .infinity }
    let expected = double("estimate")
    guard isDifference, estimate != expected else { return relativeError(estimate, expected) }
    let width = (Double(self["upper"]) ?? expected) - (Double(self["lower"]) ?? expected)
    return abs(estimate - expected) / max(abs(expected), width)
  }
}

extension StratifiedRiskInterval {
  init?(measure: String, method: String) {
    switch RiskContrast(rawValue: measure) {
    case .difference:
      guard let method = StratifiedRiskDifferenceMethod(rawValue: method) else { return nil }
      self = .difference(method)
    case .ratio:
      guard let method = StratifiedRiskRatioMethod(rawValue: method) else { return nil }
      self = .ratio(method)
    case .oddsRatio:
      guard let method = StratifiedOddsRatioMethod(rawValue: method) else { return nil }
      self = .oddsRatio(method)
    case nil: return nil
    }
  }
}

extension StratifiedRateInterval {
  init?(measure: String, method: String) {
    switch RateContrast(rawValue: measure) {
    case .difference:
      guard let method = StratifiedRateDifferenceMethod(rawValue: method) else { return nil }
      self = .difference(method)
    case .ratio:
      guard let method = StratifiedRateRatioMethod(rawValue: method) else { return nil }
      self = .ratio(method)
    case nil: return nil
    }
  }
}

// MARK: Tests

extension ReferenceRow {
  /// The error of a test's p-value and statistic, `nil` where the reference has none either.
  ///
  /// Relative, but that of a statistic below 1 absolute.
  func error(of test: TestResult?) -> Double {
    guard self["p_value"] != "none" else { return test == nil ? 0 : .infinity }
    guard let test else { return .infinity }
    let error = relativeError(test.pValue, double("p_value"))
    guard let expected = Double(self["statistic"]) else {
      return test.statistic == nil ? error : .infinity
    }
    guard let statistic = test.statistic else { return .infinity }
    return max(error, abs(statistic - expected) / max(1, abs(expected)))
  }
}
