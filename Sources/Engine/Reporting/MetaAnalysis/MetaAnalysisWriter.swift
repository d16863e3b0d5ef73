import Results

/// Prints the numbers of a meta-analysis and collects what must be said about them.
///
/// What was not computed at a place stays empty.
struct MetaAnalysisWriter {
  private let results: MetaAnalysisResults
  private(set) var remarks = Remarks()

  private var numbers: NumberText { results.numbers }

  init(_ results: MetaAnalysisResults) {
    self.results = results
  }

  /// `2.27 [0.70, 7.35]`.
  mutating func effect(_ interval: ContrastInterval?) -> Table.Cell {
    guard let interval, let estimate = interval.estimate else { return Table.Cell(text: "") }
    let text = numbers.pooled(estimate, results.measure)
    let marks = remarks.marks([estimate] + interval.limits)
    guard !interval.limits.isEmpty else { return Table.Cell(text: text, marks: marks) }
    let limits = limitsText(interval.lower, interval.upper)
    if text == "NE", limits == "NE" { return Table.Cell(text: text, marks: marks) }
    return Table.Cell(text: "\(text) \(limits == "NE" ? "[NE]" : limits)", marks: marks)
  }

  /// `[0.48, 9.31]`.
  mutating func limits(_ lower: Statistic?, _ upper: Statistic?) -> Table.Cell {
    let found = [lower, upper].compactMap { $0 }
    guard !found.isEmpty else { return Table.Cell(text: "") }
    return Table.Cell(text: limitsText(lower, upper), marks: remarks.marks(found))
  }

  private mutating func limitsText(_ lower: Statistic?, _ upper: Statistic?) -> String {
    let (numbers, measure) = (numbers, results.measure)
    return remarks.interval(lower: lower, upper: upper, brackets: ("[", "]")) {
      numbers.pooled($0, measure)
    }
  }

  mutating func number(_ statistic: Statistic?, _ print: (Double) -> String) -> Table.Cell {
    number(statistic, nil, nil, print)
  }

  /// A number with its limits: `0.34 [0.13, 1.18]`.
  mutating func number(
    _ statistic: Statistic?, _ lower: Statistic?, _ upper: Statistic?,
    _ print: (Double) -> String
  ) -> Table.Cell {
    let found = [statistic, lower, upper].compactMap { $0 }
    var texts = statistic.map { [$0.value.text(print)] } ?? []
    if lower != nil || upper != nil {
      texts.append(
        remarks.interval(lower: lower, upper: upper, brackets: ("[", "]")) { $0.value.text(print) })
    }
    let text = texts == ["NE", "NE"] ? "NE" : texts.joined(separator: " ")
    return Table.Cell(text: text, marks: remarks.marks(found))
  }

  mutating func pValue(_ statistic: Statistic?) -> Table.Cell {
    number(statistic, numbers.pValue)
  }

  /// `z = 1.37`, or `t(7) = 2.81`.
  mutating func test(_ method: String, at group: ResultGroup) -> Table.Cell {
    for name in ["z", "t"] {
      guard let statistic = results.statistic(name, method, at: group) else { continue }
      let numbers = numbers
      let df = results.statistic("df", method, at: group)
        .map { "(" + $0.value.text(numbers.short) + ")" }
      let text = statistic.value.text { numbers.fixed($0, decimals: 2) }
      let isNumber = statistic.value.reason == nil
      return Table.Cell(
        text: isNumber ? "\(name)\(df ?? "") = \(text)" : text, marks: remarks.marks([statistic]))
    }
    return Table.Cell(text: "")
  }

  /// `12/168`, with a sign where a count was rebuilt.
  mutating func count(_ events: Statistic?, of total: Statistic?) -> Table.Cell {
    let found = [events, total].compactMap { $0 }
    guard !found.isEmpty else { return Table.Cell(text: "") }
    let numbers = numbers
    let texts = found.map { statistic in
      statistic.value.text {
        statistic.key.name.hasSuffix("person_years")
          ? numbers.fixed($0, decimals: 1) : numbers.short($0)
      }
    }
    let sign = found.contains(where: \.isReconstructed) ? [remarks.reconstruction()] : []
    let text = texts == ["NE", "NE"] ? "NE" : texts.joined(separator: "/")
    return Table.Cell(text: text, marks: sign + remarks.marks(found))
  }

  /// What was added to the cells of a study, where anything was.
  mutating func addition(_ study: ResultGroup) -> Table.Cell {
    let added = additions(to: study)
    guard added.contains(where: { $0.value != .number(0) }) else { return Table.Cell(text: "") }
    let numbers = numbers
    var texts = added.map { $0.value.text(numbers.short) }
    if texts.count == 2, texts[0] == texts[1] { texts.removeLast() }
    return Table.Cell(text: texts.joined(separator: " / "), marks: remarks.marks(added))
  }

  private func additions(to study: ResultGroup) -> [Statistic] {
    ["added_treatment", "added_reference", "added"].compactMap {
      results.statistic($0, at: study)
    }
  }

  /// A table of all that was printed, without the columns that stayed empty.
  func table(
    _ subject: String, corner: String, columns: [[String]], _ rows: [Table.Row],
    notes: [String] = [], abbreviations: [String] = []
  ) -> Table {
    let (kept, used) = rows.withoutEmptyColumns(of: columns.count)
    return Table(
      caption: "\(results.analysis.title) – \(subject)", corner: corner, spans: [],
      columns: used.map { Table.Column(title: columns[$0]) }, rows: kept,
      footnotes: notes.map { Footnote(mark: "", text: $0) } + remarks.notes(abbreviations))
  }
}
