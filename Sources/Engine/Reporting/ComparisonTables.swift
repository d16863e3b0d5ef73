import Results

/// The main table of a comparison: a row an event, the counts of both groups, then each measure
/// with the interval of its first method, and the first test.
struct ComparisonTables {
  /// A side's counts of subjects or over time.
  private struct Count {
    let side: ComparisonCell.Side
    let measure: String
    let kind: IncidenceMeasure
    /// What all cells share; `nil` where they differ.
    let denominator: Statistic?
  }

  let grid: ComparisonGrid
  let numbers: NumberText
  private let counts: [Count]
  /// The contrasts whose limits come with their one-sided test, looked for once in all rows.
  private let contrastsTested: Set<Contrast>

  init(_ grid: ComparisonGrid, numbers: NumberText) {
    self.grid = grid
    self.numbers = numbers
    contrastsTested = Set(
      grid.measures.filter { grid.hasPValue($0, $0.methods.first?.name) }.map(\.contrast))
    counts = ComparisonCell.Side.allCases.flatMap { side in
      grid.counted.compactMap { measure -> Count? in
        let cells = grid.rows.compactMap { $0.cell?.count(side, measure) }
        guard let kind = cells.lazy.compactMap(\.measure).first else { return nil }
        return Count(
          side: side, measure: measure, kind: kind, denominator: sharedDenominator(cells))
      }
    }
  }

  var main: Table {
    var writer = ComparisonCellWriter(numbers: numbers)
    let rows = grid.rows.map { row in
      Table.Row(
        style: row.style, label: row.label,
        cells: row.cell.map { cells($0, &writer) } ?? [])
    }
    return Table(
      caption: grid.title, corner: "Event", spans: spans, columns: columns, rows: rows,
      footnotes: [Footnote(mark: "", text: reading)] + grid.omissionNote.footnotes
        + grid.adjustmentNotes(numbers) + writer.remarks.notes(abbreviations),
      decimals: (counts.map { $0.kind.decimalsNote(numbers.rounding) }
        + grid.measures.map { $0.decimalsNote(numbers.rounding) }).unique)
  }

  private func cells(_ cell: ComparisonCell, _ writer: inout ComparisonCellWriter) -> [Table.Cell] {
    var cells = counts.map { count in
      writer.count(
        cell.count(count.side, count.measure), showsDenominator: count.denominator == nil)
    }
    for measure in grid.measures {
      let method = measure.methods.first?.name
      cells.append(writer.contrast(cell.interval(measure.contrast, method), measure.contrast))
      if contrastsTested.contains(measure.contrast) {
        cells.append(
          writer.pValue(cell.statistic(measure.contrast.rawValue, method ?? "", "p_value")))
      }
    }
    if let test = grid.tests.first { cells.append(writer.pValue(cell.pValue(test.name))) }
    for adjustment in grid.adjustments {
      cells.append(writer.adjusted(cell, adjustment.name))
      if grid.hasSystemPValue(adjustment) {
        cells.append(writer.pValue(cell.statistic("test", adjustment.name, "system_p_value")))
      }
    }
    return cells
  }

  private var columns: [Table.Column] {
    let level = numbers.level(grid.level)
    var columns = counts.map { count in
      Table.Column(title: [count.kind.countHeader(showsDenominator: count.denominator == nil)])
    }
    for measure in grid.measures {
      let method = measure.methods.first
      let interval = method == nil ? "" : " (\(level) CI)"
      columns.append(
        Table.Column(
          title: [measure.contrast.header + interval, measure.unit, method?.title ?? ""]
            .filter { !$0.isEmpty }))
      if contrastsTested.contains(measure.contrast) {
        columns.append(Table.Column(title: ["p-value", measure.contrast.title]))
      }
    }
    if let test = grid.tests.first { columns.append(Table.Column(title: ["p-value", test.title])) }
    for adjustment in grid.adjustments {
      columns.append(Table.Column(title: ["Adjusted", "p-value", adjustment.title]))
      if grid.hasSystemPValue(adjustment) {
        columns.append(Table.Column(title: ["System", "p-value", adjustment.title]))
      }
    }
    return columns
  }

  private var spans: [Table.Span] {
    let sides = zip(ComparisonCell.Side.allCases, grid.sides).map { side, label in
      let own = counts.filter { $0.side == side }
      let details = own.compactMap { count in
        count.denominator.map { count.kind.text(ofDenominator: $0, numbers) }
      }
      return Table.Span(title: label, detail: details.joined(separator: ", "), count: own.count)
    }
    let others = columns.count - counts.count
    return sides.filter { $0.count > 0 }
      + (0..<others).map { _ in Table.Span(title: "", detail: "", count: 1) }
  }

  /// Which groups are contrasted, and how the rows are ordered.
  private var reading: String {
    let text = grid.contrasted
    guard grid.rows.count > 1, let leading = grid.leading else { return text }
    let systems = grid.rows.contains { $0.style == .heading } ? ", systems and within them" : ""
    return text + " Rows by decreasing \(leading.contrast.title.lowercased())\(systems)."
  }

  private var abbreviations: [String] {
    var seen: Set<String> = []
    var terms = counts.flatMap(\.kind.abbreviations).filter { seen.insert($0).inserted }
    if grid.measures.contains(where: { !$0.methods.isEmpty }) {
      terms.append("CI: confidence interval")
    }
    return terms
  }
}
