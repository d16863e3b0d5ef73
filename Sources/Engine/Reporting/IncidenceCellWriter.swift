import Results

/// Prints the numbers of one event in one arm and collects what must be said about them.
struct IncidenceCellWriter {
  static let dagger = "†"
  private static let notReported = "–"

  private let measure: IncidenceMeasure
  private let numbers: NumberText
  private(set) var footnotes = Footnotes()
  private(set) var showedReconstruction = false
  private(set) var showedBound = false
  private(set) var showedNotEstimable = false
  private(set) var showedNotReported = false

  init(measure: IncidenceMeasure, numbers: NumberText) {
    self.measure = measure
    self.numbers = numbers
  }

  /// The count, then one interval for each method.
  mutating func cells(
    _ cell: IncidenceCell?, methods: [IncidenceGrid.Method], showsDenominator: Bool
  ) -> [Table.Cell] {
    guard let cell else {
      showedNotReported = true
      return Array(repeating: Table.Cell(text: Self.notReported), count: 1 + methods.count)
    }
    var cells = [count(cell, showsDenominator: showsDenominator)]
    for method in methods { cells.append(interval(cell.limits[method.name])) }
    return cells
  }

  /// `12 (7.1)`, or `12/168 (7.1)`.
  private mutating func count(_ cell: IncidenceCell, showsDenominator: Bool) -> Table.Cell {
    var text = cell.events.map { self.text($0, decimals: 0) } ?? Self.notReported
    if showsDenominator, let denominator = cell.denominator {
      text += "/" + self.text(denominator, decimals: measure == .risk ? 0 : 1)
    }
    if let estimate = cell.estimate { text += " (\(self.estimate(estimate)))" }
    let statistics = [cell.events, cell.denominator, cell.estimate]
    let marks = marks(statistics.compactMap { $0 })
    guard cell.isReconstructed else { return Table.Cell(text: text, marks: marks) }
    showedReconstruction = true
    return Table.Cell(text: text, marks: [Self.dagger] + marks)
  }

  /// `[3.9, 12.1]`, or `≥ 4.4` where only one limit was asked for.
  private mutating func interval(_ limits: IncidenceCell.Limits?) -> Table.Cell {
    let statistics = [limits?.lower, limits?.upper].compactMap { $0 }
    let marks = marks(statistics)
    let text: String
    switch (limits?.lower, limits?.upper) {
    case (let lower?, let upper?):
      let limits = (estimate(lower), estimate(upper))
      let end = upper.value == .unbounded(.above) ? ")" : "]"
      text = limits == ("NE", "NE") ? "NE" : "[\(limits.0), \(limits.1)\(end)"
    case (let lower?, nil): text = bound("≥ ", lower)
    case (nil, let upper?): text = bound("≤ ", upper)
    case (nil, nil):
      showedNotReported = true
      text = Self.notReported
    }
    return Table.Cell(text: text, marks: marks)
  }

  private mutating func bound(_ sign: String, _ limit: Statistic) -> String {
    showedBound = true
    let text = estimate(limit)
    return text == "NE" ? text : sign + text
  }

  /// A percentage with one decimal, or a rate with two.
  private func estimate(_ statistic: Statistic) -> String {
    switch measure {
    case .risk where statistic.unit != "%":
      statistic.value.text { numbers.percentage(ofProportion: $0) }
    case .risk: text(statistic, decimals: 1)
    case .rate: text(statistic, decimals: 2)
    }
  }

  private func text(_ statistic: Statistic, decimals: Int) -> String {
    statistic.value.text { numbers.fixed($0, decimals: decimals) }
  }

  /// The marks of all that is to be said about `statistics`.
  private mutating func marks(_ statistics: [Statistic]) -> [String] {
    var marks: [String] = []
    for statistic in statistics {
      if statistic.value.reason != nil { showedNotEstimable = true }
      for remark in [statistic.value.reason, statistic.warning].compactMap({ $0 }) {
        let mark = footnotes.mark(for: remark)
        if !marks.contains(mark) { marks.append(mark) }
      }
    }
    return marks
  }
}
