import Results

/// A measure that contrasts two groups; the raw value is its spelling in results.
enum Contrast: String, CaseIterable {
  case riskDifference = "risk-difference"
  case riskRatio = "risk-ratio"
  case oddsRatio = "odds-ratio"
  case rateDifference = "rate-difference"
  case rateRatio = "rate-ratio"

  var title: String {
    switch self {
    case .riskDifference: "Risk Difference"
    case .riskRatio: "Risk Ratio"
    case .oddsRatio: "Odds Ratio"
    case .rateDifference: "Rate Difference"
    case .rateRatio: "Rate Ratio"
    }
  }

  /// The title with the unit in which it is shown.
  var header: String {
    self == .riskDifference ? title + " %" : title
  }

  var isRatio: Bool { self != .riskDifference && self != .rateDifference }

  /// The value of equal groups.
  var nullValue: Double { isRatio ? 1 : 0 }

  /// The usual decimals of an estimate in `unit`: those of percentages, of rates, or two.
  func decimals(_ unit: String) -> Int {
    switch self {
    case .riskDifference: 1
    case .rateDifference: rateDecimals(unit)
    case .riskRatio, .oddsRatio, .rateRatio: 2
    }
  }

  /// `ratios to 2 decimals`, of estimates in `unit` with so many decimals more than usual.
  func decimalsNote(_ rounding: Rounding, unit: String, extraDecimals: Int = 0) -> String {
    let numbers =
      switch self {
      case .riskDifference: "percentages"
      case .rateDifference: "rates"
      case .riskRatio, .oddsRatio, .rateRatio: "ratios"
      }
    return "\(numbers) to " + rounding.decimalsText(usually: decimals(unit) + extraDecimals)
  }

  /// A number of this measure as it is shown: differences of risks in percent.
  func shown(_ value: Double, of statistic: Statistic) -> Double {
    self == .riskDifference ? statistic.percentage(value) : value
  }
}

/// An estimate of a contrast with its limits, as far as they were asked for.
struct ContrastInterval {
  let estimate: Statistic?
  let lower: Statistic?
  let upper: Statistic?

  var limits: [Statistic] { [lower, upper].compactMap { $0 } }
}

extension NumberText {
  /// An estimate or a limit: differences of risks in percent with one decimal, ratios with two.
  func contrast(_ statistic: Statistic, _ contrast: Contrast, extraDecimals: Int = 0) -> String {
    let decimals = rounding.decimals(usually: contrast.decimals(statistic.unit)) + extraDecimals
    return statistic.value.text { value in
      contrast == .riskDifference && statistic.unit != "%"
        ? percentage(ofProportion: value, decimals: decimals) : fixed(value, decimals: decimals)
    }
  }
}

extension ReportedValue {
  /// Its place on the real line, ±∞ where it is unbounded; `nil` where there is none.
  var extended: Double? {
    switch self {
    case .number(let value), .censored(_, let value): value
    case .unbounded(.above): .infinity
    case .unbounded(.below): -.infinity
    case .notEstimable, .verdict: nil
    }
  }
}
