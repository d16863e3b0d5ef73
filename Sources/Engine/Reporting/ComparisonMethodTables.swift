import Results

/// The tables of a comparison by several methods, where the main table has but the first of each.
struct ComparisonMethodTables {
  /// More columns than these do not fit a page: the table is split.
  private static let maximumColumns = 6
  /// By how many decimals more the limits of methods can be told apart.
  private static let extraDecimals = 1

  private let grid: ComparisonGrid
  private let numbers: NumberText

  init(_ grid: ComparisonGrid, numbers: NumberText) {
    self.grid = grid
    self.numbers = numbers
  }

  /// Of a single event all methods below each other, of several side by side.
  var tables: [Table] {
    if grid.isOfOneEvent, let cell = grid.rows.lazy.compactMap(\.cell).first {
      return [intervals(of: cell), tests(of: cell)].compactMap { $0 }
    }
    return grid.measures.flatMap { intervals(of: $0) } + tests
  }

  // MARK: One event

  private func intervals(of cell: ComparisonCell) -> Table? {
    guard grid.measures.contains(where: { $0.methods.count > 1 }) else { return nil }
    let isTested = grid.measures.contains { measure in
      measure.methods.contains { grid.hasPValue(measure, $0.name) }
    }
    var writer = ComparisonCellWriter(numbers: numbers, extraDecimals: Self.extraDecimals)
    let rows = grid.measures.flatMap { measure in
      [Table.Row(style: .heading, label: heading(measure), cells: [])]
        + measure.methods.map { method in
          Table.Row(
            style: .indented, label: method.title,
            cells: cells(cell, measure.contrast, method.name, isTested: isTested, &writer))
        }
    }
    let level = numbers.level(grid.level)
    let titles =
      ["Estimate", "Lower \(level) limit", "Upper \(level) limit"]
      + (isTested ? ["Statistic", "p-value"] : [])
    return Table(
      caption: grid.title + " – intervals by method", corner: "Method", spans: [],
      columns: titles.map { Table.Column(title: [$0]) }, rows: rows,
      footnotes: [Footnote(mark: "", text: grid.contrasted)]
        + writer.remarks.notes([estimateNote]),
      decimals: grid.measures.map {
        $0.decimalsNote(numbers.rounding, extraDecimals: Self.extraDecimals)
      }.unique)
  }

  private func cells(
    _ cell: ComparisonCell, _ contrast: Contrast, _ method: String, isTested: Bool,
    _ writer: inout ComparisonCellWriter
  ) -> [Table.Cell] {
    let interval = cell.interval(contrast, method)
    let cells = [interval.estimate, interval.lower, interval.upper].map {
      writer.number($0, contrast)
    }
    guard isTested else { return cells }
    let statistic = cell.statistic(contrast.rawValue, method, "statistic")
    let pValue = cell.statistic(contrast.rawValue, method, "p_value")
    return cells + [writer.number(statistic, decimals: 3), writer.pValue(pValue)]
  }

  private func tests(of cell: ComparisonCell) -> Table? {
    guard grid.tests.count > 1 else { return nil }
    var writer = ComparisonCellWriter(numbers: numbers)
    let rows = grid.tests.map { test in
      Table.Row(
        style: .plain, label: test.title,
        cells: [
          writer.number(cell.statistic("test", test.name, "statistic"), decimals: 3),
          writer.number(cell.statistic("test", test.name, "df"), decimals: 0),
          writer.pValue(cell.pValue(test.name)),
        ])
    }
    return Table(
      caption: grid.title + " – tests", corner: "Test", spans: [],
      columns: ["Statistic", "df", "p-value"].map { Table.Column(title: [$0]) }, rows: rows,
      footnotes: writer.remarks.notes(["df: degrees of freedom"]))
  }

  private func heading(_ measure: ComparisonGrid.Measure) -> String {
    measure.contrast.header + (measure.unit.isEmpty ? "" : " (\(measure.unit))")
  }

  private var estimateNote: String {
    "Estimate: the maximum-likelihood value, or the method's own where it has one"
  }

  // MARK: Many events

  private func intervals(of measure: ComparisonGrid.Measure) -> [Table] {
    guard measure.methods.count > 1 else { return [] }
    let parts = balanced(measure.methods, maximum: Self.maximumColumns)
    return parts.map { methods in
      var writer = ComparisonCellWriter(numbers: numbers)
      let level = numbers.level(grid.level)
      return table(
        heading(measure) + " (\(level) CI) by method",
        columns: methods.map { Table.Column(title: [$0.title]) }, &writer,
        decimals: [measure.decimalsNote(numbers.rounding)]
      ) { cell, writer in
        methods.map { writer.contrast(cell.interval(measure.contrast, $0.name), measure.contrast) }
      }
    }
  }

  private var tests: [Table] {
    guard grid.tests.count > 1 else { return [] }
    return balanced(grid.tests, maximum: Self.maximumColumns).map { tests in
      var writer = ComparisonCellWriter(numbers: numbers)
      return table(
        "p-values by test", columns: tests.map { Table.Column(title: [$0.title]) }, &writer
      ) { cell, writer in tests.map { writer.pValue(cell.pValue($0.name)) } }
    }
  }

  /// A table of every event, in the order of the main one.
  private func table(
    _ subject: String, columns: [Table.Column], _ writer: inout ComparisonCellWriter,
    decimals: [String] = [],
    _ cells: (ComparisonCell, inout ComparisonCellWriter) -> [Table.Cell]
  ) -> Table {
    let rows = grid.rows.map { row in
      Table.Row(
        style: row.style, label: row.label, cells: row.cell.map { cells($0, &writer) } ?? [])
    }
    return Table(
      caption: "\(grid.title) – \(subject)", corner: "Event", spans: [], columns: columns,
      rows: rows,
      footnotes: [Footnote(mark: "", text: grid.contrasted)] + grid.omissionNote.footnotes
        + writer.remarks.notes([]), decimals: decimals)
  }
}
