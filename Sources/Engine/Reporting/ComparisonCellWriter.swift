import Results

/// Prints the numbers of a comparison and collects what must be said about them.
///
/// What is not computed at a place, such as the counts of pooled strata, stays empty.
struct ComparisonCellWriter {
  private let numbers: NumberText
  /// How many decimals more than usual are shown, so that methods can be told apart.
  private let extraDecimals: Int
  private(set) var remarks = Remarks()

  init(numbers: NumberText, extraDecimals: Int = 0) {
    self.numbers = numbers
    self.extraDecimals = extraDecimals
  }

  /// `12 (7.1)`, or `12/168 (7.1)`.
  mutating func count(_ cell: IncidenceCell?, showsDenominator: Bool) -> Table.Cell {
    guard let cell, let measure = cell.measure else { return Table.Cell(text: "") }
    var writer = IncidenceCellWriter(measure: measure, numbers: numbers, remarks: remarks)
    let count = writer.count(cell, showsDenominator: showsDenominator)
    remarks = writer.remarks
    return count
  }

  /// `−3.1 (−12.4, 5.2)`.
  mutating func contrast(_ interval: ContrastInterval, _ contrast: Contrast) -> Table.Cell {
    guard let estimate = interval.estimate else { return Table.Cell(text: "") }
    let text = text(estimate, contrast)
    let marks = remarks.marks([estimate] + interval.limits)
    guard !interval.limits.isEmpty else { return Table.Cell(text: text, marks: marks) }
    let limits = limitsText(interval, contrast)
    if text == "NE", limits == "NE" { return Table.Cell(text: text, marks: marks) }
    let enclosed = limits.hasPrefix("(") ? limits : "(\(limits))"
    return Table.Cell(text: "\(text) \(enclosed)", marks: marks)
  }

  private mutating func limitsText(_ interval: ContrastInterval, _ contrast: Contrast) -> String {
    let (numbers, extraDecimals) = (numbers, extraDecimals)
    return remarks.interval(lower: interval.lower, upper: interval.upper, brackets: ("(", ")")) {
      numbers.contrast($0, contrast, extraDecimals: extraDecimals)
    }
  }

  /// An estimate or a limit by itself.
  mutating func number(_ statistic: Statistic?, _ contrast: Contrast) -> Table.Cell {
    guard let statistic else { return Table.Cell(text: "") }
    return Table.Cell(text: text(statistic, contrast), marks: remarks.marks([statistic]))
  }

  /// The statistic of a test, or its degrees of freedom.
  mutating func number(_ statistic: Statistic?, decimals: Int) -> Table.Cell {
    guard let statistic else { return Table.Cell(text: "") }
    let text = statistic.value.text { numbers.fixed($0, decimals: decimals) }
    return Table.Cell(text: text, marks: remarks.marks([statistic]))
  }

  mutating func pValue(_ statistic: Statistic?) -> Table.Cell {
    guard let statistic else { return Table.Cell(text: "") }
    let text = statistic.value.text(numbers.pValue)
    return Table.Cell(text: text, marks: remarks.marks([statistic]))
  }

  /// The p-value of a test after `adjustment`, with a sign where that flags the event.
  mutating func adjusted(_ cell: ComparisonCell, _ adjustment: String) -> Table.Cell {
    let shown = pValue(cell.statistic("test", adjustment, "adjusted_p_value"))
    guard cell.statistic("test", adjustment, "flag")?.value == .number(1) else { return shown }
    return Table.Cell(text: shown.text, marks: [remarks.flag()] + shown.marks)
  }

  private func text(_ statistic: Statistic, _ contrast: Contrast) -> String {
    numbers.contrast(statistic, contrast, extraDecimals: extraDecimals)
  }
}
