import Results

/// The numbers of one event in both groups of a comparison, or in those of one stratum.
struct ComparisonCell {
  /// What was counted in a group.
  enum Side: String, CaseIterable {
    case treatment, reference
  }

  private let statistics: [StatisticKey: Statistic]
  private let counts: [String: [IncidenceCell]]

  init(_ statistics: [Statistic]) {
    self.statistics = Dictionary(statistics.map { ($0.key, $0) }) { first, _ in first }
    counts = Dictionary(
      uniqueKeysWithValues: ["risk", "rate"].map { measure in
        (measure, Side.allCases.map { countsOf($0, measure, in: statistics) })
      })
  }

  /// What was counted in a group: `risk` or `rate` says how.
  func count(_ side: Side, _ measure: String) -> IncidenceCell? {
    counts[measure]?[side == .treatment ? 0 : 1]
  }

  /// The events of both groups.
  var events: Double? {
    for measure in ["risk", "rate"] {
      let events = Side.allCases.compactMap { count($0, measure)?.events?.value.stored }
      if events.count == 2 { return events[0] + events[1] }
    }
    return nil
  }

  /// A number under the name of its method, or the one that all methods share.
  func statistic(_ measure: String, _ method: String, _ name: String) -> Statistic? {
    statistics[StatisticKey(measure: measure, method: method, name: name)]
  }

  /// The estimate by `method`, where it has one of its own, and its limits.
  func interval(_ contrast: Contrast, _ method: String?) -> ContrastInterval {
    let measure = contrast.rawValue
    let own = method.flatMap { statistic(measure, $0, "estimate") }
    return ContrastInterval(
      estimate: own ?? statistic(measure, "", "estimate"),
      lower: method.flatMap { statistic(measure, $0, "lower") },
      upper: method.flatMap { statistic(measure, $0, "upper") })
  }

  func pValue(_ test: String) -> Statistic? {
    statistic("test", test, "p_value")
  }
}

/// The counts of one side, under the names that they have in an incidence.
private func countsOf(
  _ side: ComparisonCell.Side, _ measure: String, in statistics: [Statistic]
) -> IncidenceCell {
  let prefix = side.rawValue + "_"
  return IncidenceCell(
    statistics.lazy
      .filter { $0.key.measure == measure && $0.key.name.hasPrefix(prefix) }
      .map { statistic in
        let name = String(statistic.key.name.dropFirst(prefix.count))
        return Statistic(
          StatisticKey(measure: measure, name: name), statistic.value, unit: statistic.unit,
          isReconstructed: statistic.isReconstructed, warning: statistic.warning)
      })
}
