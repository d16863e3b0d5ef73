import Results

/// What was counted: subjects of those at risk, or events over time.
enum IncidenceMeasure: Hashable {
  case risk
  /// Events over person-time, in `unit`.
  case rate(unit: String)

  /// The usual decimals of a percentage or a rate.
  var decimals: Int {
    switch self {
    case .risk: 1
    case .rate(let unit): rateDecimals(unit)
    }
  }

  /// `percentages to 1 decimal`.
  func decimalsNote(_ rounding: Rounding) -> String {
    (self == .risk ? "percentages" : "rates") + " to " + rounding.decimalsText(usually: decimals)
  }

  /// The header over counts of events.
  func countHeader(showsDenominator: Bool) -> String {
    switch self {
    case .risk: showsDenominator ? "n/N (%)" : "n (%)"
    case .rate: showsDenominator ? "n/PY (rate)" : "n (rate)"
    }
  }

  /// A denominator that stands in a header.
  func text(ofDenominator denominator: Statistic, _ numbers: NumberText) -> String {
    switch self {
    case .risk: "N = " + denominator.value.text { numbers.fixed($0, decimals: 0) }
    case .rate: denominator.value.text { numbers.fixed($0, decimals: 1) } + " person-years"
    }
  }

  /// What the signs of a count mean.
  var abbreviations: [String] {
    switch self {
    case .risk: ["n: subjects with the event", "N: subjects at risk", "%: of N"]
    case .rate(let unit): ["n: what is counted", "PY: person-years", "rate: \(unit)"]
    }
  }
}

/// The numbers of one event in one arm, looked up once.
struct IncidenceCell {
  struct Limits {
    var lower: Statistic?
    var upper: Statistic?
  }

  private(set) var events: Statistic?
  /// The subjects, or the person-years of a rate.
  private(set) var denominator: Statistic?
  /// The percentage, or the rate.
  private(set) var estimate: Statistic?
  /// The interval of each method.
  private(set) var limits: [String: Limits] = [:]
  private(set) var measure: IncidenceMeasure?

  init(_ statistics: [Statistic]) {
    for statistic in statistics {
      let method = statistic.key.method
      switch (statistic.key.measure, statistic.key.name) {
      case (_, "events"): events = statistic
      case ("risk", "subjects"), ("rate", "person_years"): denominator = statistic
      case (_, "lower"): limits[method, default: Limits()].lower = statistic
      case (_, "upper"): limits[method, default: Limits()].upper = statistic
      case ("risk", "percent"):
        estimate = statistic
        measure = .risk
      case ("rate", "estimate"):
        estimate = statistic
        measure = .rate(unit: statistic.unit)
      default: break
      }
    }
  }

  var isReconstructed: Bool { events?.isReconstructed ?? false }
}

extension Statistic {
  /// The number of a risk in percent, whether it is stored so or as a proportion.
  func percentage(_ value: Double) -> Double {
    unit == "%" ? value : 100 * value
  }
}

/// The decimals of a rate, or of a difference of rates: two of one in 100 person-years.
func rateDecimals(_ unit: String) -> Int {
  unit == "per person-year" ? 4 : 2
}
