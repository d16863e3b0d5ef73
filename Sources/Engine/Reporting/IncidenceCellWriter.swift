import Results

/// Prints the numbers of one event in one arm and collects what must be said about them.
struct IncidenceCellWriter {
  private let measure: IncidenceMeasure
  private let numbers: NumberText
  private(set) var remarks: Remarks

  init(measure: IncidenceMeasure, numbers: NumberText, remarks: Remarks = Remarks()) {
    self.measure = measure
    self.numbers = numbers
    self.remarks = remarks
  }

  /// The count, then one interval for each method.
  mutating func cells(
    _ cell: IncidenceCell?, methods: [IncidenceGrid.Method], showsDenominator: Bool
  ) -> [Table.Cell] {
    guard let cell else {
      return Array(repeating: remarks.nothing(), count: 1 + methods.count)
    }
    var cells = [count(cell, showsDenominator: showsDenominator)]
    for method in methods { cells.append(interval(cell.limits[method.name])) }
    return cells
  }

  /// `12 (7.1)`, or `12/168 (7.1)`.
  mutating func count(_ cell: IncidenceCell, showsDenominator: Bool) -> Table.Cell {
    var text = cell.events.map { self.text($0, decimals: 0) } ?? Remarks.notReported
    if showsDenominator, let denominator = cell.denominator {
      text += "/" + self.text(denominator, decimals: measure == .risk ? 0 : 1)
    }
    if let estimate = cell.estimate { text += " (\(self.estimate(estimate)))" }
    let statistics = [cell.events, cell.denominator, cell.estimate]
    let marks = remarks.marks(statistics.compactMap { $0 })
    guard cell.isReconstructed else { return Table.Cell(text: text, marks: marks) }
    return Table.Cell(text: text, marks: [remarks.reconstruction()] + marks)
  }

  private mutating func interval(_ limits: IncidenceCell.Limits?) -> Table.Cell {
    let marks = remarks.marks([limits?.lower, limits?.upper].compactMap { $0 })
    let text = remarks.interval(
      lower: limits?.lower, upper: limits?.upper, brackets: ("[", "]"), estimate)
    return Table.Cell(text: text, marks: marks)
  }

  private func estimate(_ statistic: Statistic) -> String {
    switch measure {
    case .risk where statistic.unit != "%":
      statistic.value.text { numbers.percentage(ofProportion: $0) }
    case .risk, .rate:
      text(statistic, decimals: numbers.rounding.decimals(usually: measure.decimals))
    }
  }

  private func text(_ statistic: Statistic, decimals: Int) -> String {
    statistic.value.text { numbers.fixed($0, decimals: decimals) }
  }
}
