import Incidence
import Inference
import Results
import StudyDefinition

extension PublishedTarget {
  /// Holds the published value against what `result` gave.
  func check(in result: AnalysisResult, at group: ResultGroup?, rule: RoundingRule)
    -> PublishedCheck
  {
    guard let statistic = group?.statistic(key) else {
      let reason =
        result.outcome.reason.map { "the analysis was not computed: \($0)" }
        ?? "the row was left out of the results"
      return check(computed: "", .notComputed, reason: reason)
    }
    let (comesOut, computed) = compare(statistic.value, rule: rule)
    let verdict: PublishedCheck.Verdict =
      switch (comesOut, value.differs) {
      case (true, nil): isRebuiltFromValue ? .consistent : .reproduced
      case (false, nil): .differs
      case (false, _?): .explained
      case (true, _?): .differs
      }
    let reason =
      comesOut ? value.differs.map { "it does come out, although: \($0)" } : value.differs
    return check(computed: computed, verdict, reason: reason)
  }

  /// Whether the count behind the row was itself rebuilt from the printed value.
  private var isRebuiltFromValue: Bool {
    guard key.measure == "risk", ["percent", "estimate"].contains(key.name), let rebuiltFrom
    else { return false }
    return value.printed == .number(rebuiltFrom.printed)
  }

  /// Whether `computed` prints as the published value, and how it prints.
  private func compare(_ computed: ReportedValue, rule: RoundingRule) -> (Bool, String) {
    switch (computed, value.printed) {
    case (.number(let number), .number(let printed)):
      let rounded = value.scaled(number, decimals: printed.decimals, rule: rule)
      return (rounded == printed, rounded?.description ?? "\(number)")
    case (.number(let number), .below(let bound)):
      return (number * value.scale < bound.value, "\(number * value.scale)")
    case (.number(let number), .above(let bound)):
      return (number * value.scale > bound.value, "\(number * value.scale)")
    case (.number(let number), .infinite), (.number(let number), .notEstimable),
      (.number(let number), .verdict):
      return (false, "\(number * value.scale)")
    case (.unbounded, let printed): return (printed == .infinite, "infinite")
    case (.notEstimable, let printed): return (printed == .notEstimable, "not estimable")
    case (.verdict(let verdict), let printed): return (printed == .verdict(verdict), verdict)
    case (.censored(.above, let bound), let printed):
      let shown = value.scaled(bound, decimals: printed.decimals, rule: rule)
      return (printed == shown.map { .above($0) }, "> \(shown?.description ?? "\(bound)")")
    case (.censored(.below, let bound), let printed):
      let shown = value.scaled(bound, decimals: printed.decimals, rule: rule)
      return (printed == shown.map { .below($0) }, "< \(shown?.description ?? "\(bound)")")
    }
  }

  private func check(
    computed: String, _ verdict: PublishedCheck.Verdict, reason: String?
  ) -> PublishedCheck {
    PublishedCheck(
      analysis: value.analysis, place: place, statistic: key, published: value.text,
      computed: computed, verdict: verdict, reason: reason, source: value.source)
  }
}

extension PublishedValue {
  /// `number` times the scale, rounded as the publication prints.
  ///
  /// A power of ten moves the decimal point, which is exact; any other scale multiplies.
  fileprivate func scaled(
    _ number: Double, decimals: Int, rule: RoundingRule
  ) -> PrintedNumber? {
    if let power = (-9...9).first(where: { Double("1e\($0)") == scale }) {
      return PrintedNumber(
        rounding: number, timesTenTo: power, decimals: decimals, rule: rule)
    }
    return PrintedNumber(rounding: number * scale, decimals: decimals, rule: rule)
  }
}

extension PublishedValue.Printed {
  fileprivate var decimals: Int {
    switch self {
    case .number(let number), .below(let number), .above(let number): number.decimals
    case .infinite, .notEstimable, .verdict: 0
    }
  }
}
