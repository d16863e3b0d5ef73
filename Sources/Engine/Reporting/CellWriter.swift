import Results

/// Prints the cells of a table and collects what must be said about them.
///
/// What was not computed stays empty.
struct CellWriter {
  let numbers: NumberText
  private(set) var remarks = Remarks()

  init(_ numbers: NumberText) {
    self.numbers = numbers
  }

  mutating func number(
    _ statistic: Statistic?, _ print: ((Double) -> String)? = nil
  ) -> Table.Cell {
    guard let statistic else { return Table.Cell(text: "") }
    return Table.Cell(
      text: statistic.value.text(print ?? numbers.measured), marks: remarks.marks([statistic]))
  }

  mutating func count(_ statistic: Statistic?) -> Table.Cell { number(statistic, numbers.short) }

  mutating func pValue(_ statistic: Statistic?) -> Table.Cell { number(statistic, numbers.pValue) }

  /// A proportion in percent, without the sign; what has the unit % is one already.
  mutating func percent(_ statistic: Statistic?) -> Table.Cell {
    let numbers = numbers
    return number(statistic) {
      statistic?.unit == "%"
        ? numbers.percent($0) : numbers.percentage(ofProportion: $0)
    }
  }

  /// `[0.91, 1.6]`.
  mutating func limits(_ lower: Statistic?, _ upper: Statistic?) -> Table.Cell {
    estimate(nil, lower, upper)
  }

  /// `1.2 [0.91, 1.6]`.
  mutating func estimate(
    _ estimate: Statistic?, _ lower: Statistic?, _ upper: Statistic?
  ) -> Table.Cell {
    let numbers = numbers
    var texts = estimate.map { [$0.value.text(numbers.measured)] } ?? []
    if lower != nil || upper != nil {
      texts.append(
        remarks.interval(lower: lower, upper: upper, brackets: ("[", "]")) {
          $0.value.text(numbers.measured)
        })
    }
    return Table.Cell(
      text: texts.unique == ["NE"] ? "NE" : texts.joined(separator: " "),
      marks: remarks.marks([estimate, lower, upper].compactMap { $0 }))
  }

  /// A verdict in words that stand out.
  mutating func verdict(_ statistic: Statistic?) -> Table.Cell {
    guard let statistic else { return Table.Cell(text: "") }
    return Table.Cell(
      text: statistic.status.replacing("-", with: " "), marks: remarks.marks([statistic]),
      tone: Table.Tone(verdict: statistic.status))
  }

  /// A verdict that stands out only where a reader must beware.
  mutating func quietVerdict(_ statistic: Statistic?) -> Table.Cell {
    var cell = verdict(statistic)
    if cell.tone == .calm { cell.tone = nil }
    return cell
  }

  /// A table of all that was printed, without the columns that stayed empty.
  func table(
    caption: String, corner: String, columns: [Table.Column], _ rows: [Table.Row],
    notes: [String] = [], abbreviations: [String] = []
  ) -> Table {
    let (kept, used) = rows.withoutEmptyColumns(of: columns.count)
    return Table(
      caption: caption, corner: corner, spans: [], columns: used.map { columns[$0] }, rows: kept,
      footnotes: notes.map { Footnote(mark: "", text: $0) } + remarks.notes(abbreviations))
  }
}

extension Table.Tone {
  init(verdict: String) {
    switch verdict {
    case "converged", "passed", "not-supported", "maximum", "minimum": self = .calm
    case "inconclusive", "no-data", "not-assessed": self = .open
    default: self = .strong
    }
  }
}
