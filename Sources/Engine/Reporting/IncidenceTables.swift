import Results

/// Tables of an incidence: a row an event, and for each arm its count and an interval a method.
struct IncidenceTables {
  /// More columns of intervals than these do not fit a page: the table is split.
  private static let maximumIntervals = 6

  private let grid: IncidenceGrid
  private let title: String
  private let level: Double
  private let methods: [IncidenceGrid.Method]
  private let numbers: NumberText

  init(
    _ grid: IncidenceGrid, of analysis: AnalysisResult, maximumMethods: Int, numbers: NumberText
  ) {
    self.grid = grid
    methods = Array(grid.methods.prefix(maximumMethods))
    title = analysis.title
    level = analysis.level
    self.numbers = numbers
  }

  /// One table, or several of some arms and methods each where one would be too wide.
  var tables: [Table] {
    let arms = balanced(Array(grid.arms.indices), maximum: Self.maximumIntervals)
    let methods = balanced(
      self.methods, maximum: max(1, Self.maximumIntervals / (arms.first?.count ?? 1)))
    return arms.flatMap { arms in
      methods.map { table(arms: arms, methods: $0, isOnly: methods.count == 1) }
    }
  }

  private func table(arms: [Int], methods: [IncidenceGrid.Method], isOnly: Bool) -> Table {
    var writer = IncidenceCellWriter(measure: grid.measure, numbers: numbers)
    let shared = arms.map { grid.arms[$0].denominator != nil }
    let rows = grid.rows.map { row in
      guard row.style != .heading || row.hasNumbers else {
        return Table.Row(style: row.style, label: row.label, cells: [])
      }
      let cells = zip(arms, shared).flatMap { arm, isShared in
        writer.cells(row.cells[arm], methods: methods, showsDenominator: !isShared)
      }
      return Table.Row(style: row.style, label: row.label, cells: cells)
    }
    return Table(
      caption: caption(isOnly ? [] : methods), corner: grid.corner,
      spans: spans(arms, methods: methods),
      columns: shared.flatMap { columns(methods, showsDenominator: !$0) },
      rows: rows, footnotes: grid.omissionNote.footnotes + writer.remarks.notes(abbreviations),
      decimals: [grid.measure.decimalsNote(numbers.rounding)])
  }

  private func caption(_ methods: [IncidenceGrid.Method]) -> String {
    let names = methods.isEmpty ? nil : methods.map(\.title).joined(separator: ", ")
    return [title, grid.trial, names].compactMap { $0 }.joined(separator: " – ")
  }

  private func spans(_ arms: [Int], methods: [IncidenceGrid.Method]) -> [Table.Span] {
    let spans = arms.map { index in
      let arm = grid.arms[index]
      return Table.Span(
        title: arm.label,
        detail: arm.denominator.map { grid.measure.text(ofDenominator: $0, numbers) } ?? "",
        count: 1 + methods.count)
    }
    return spans.contains { !$0.title.isEmpty } ? spans : []
  }

  private func columns(
    _ methods: [IncidenceGrid.Method], showsDenominator: Bool
  ) -> [Table.Column] {
    let count = grid.measure.countHeader(showsDenominator: showsDenominator)
    let intervals = methods.map { method in
      Table.Column(title: [method.title, numbers.level(level) + " CI"])
    }
    return [Table.Column(title: [count])] + intervals
  }

  private var abbreviations: [String] {
    var terms = grid.measure.abbreviations
    if !methods.isEmpty { terms.append("CI: confidence interval") }
    return terms
  }
}

/// `items` in as few lists of at most `maximum` as possible, of nearly equal length.
func balanced<Item>(_ items: [Item], maximum: Int) -> [[Item]] {
  let count = max(1, (items.count + maximum - 1) / maximum)
  return (0..<count).map { part in
    Array(items[(items.count * part / count)..<(items.count * (part + 1) / count)])
  }
}
