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
      rows: rows, footnotes: explanations(writer) + writer.footnotes.notes)
  }

  private func caption(_ methods: [IncidenceGrid.Method]) -> String {
    let names = methods.isEmpty ? nil : methods.map(\.title).joined(separator: ", ")
    return [title, grid.trial, names].compactMap { $0 }.joined(separator: " – ")
  }

  private func spans(_ arms: [Int], methods: [IncidenceGrid.Method]) -> [Table.Span] {
    let spans = arms.map { index in
      let arm = grid.arms[index]
      return Table.Span(
        title: arm.label, detail: arm.denominator.map(denominatorText) ?? "",
        count: 1 + methods.count)
    }
    return spans.contains { !$0.title.isEmpty } ? spans : []
  }

  private func denominatorText(_ denominator: Statistic) -> String {
    switch grid.measure {
    case .risk: "N = " + denominator.value.text { numbers.fixed($0, decimals: 0) }
    case .rate: denominator.value.text { numbers.fixed($0, decimals: 1) } + " person-years"
    }
  }

  private func columns(
    _ methods: [IncidenceGrid.Method], showsDenominator: Bool
  ) -> [Table.Column] {
    let count =
      switch grid.measure {
      case .risk: showsDenominator ? "n/N (%)" : "n (%)"
      case .rate: showsDenominator ? "n/PY (rate)" : "n (rate)"
      }
    let intervals = methods.map { method in
      Table.Column(title: [method.title, numbers.level(level) + " CI"])
    }
    return [Table.Column(title: [count])] + intervals
  }

  /// What the signs of the table mean.
  private func explanations(_ writer: IncidenceCellWriter) -> [Footnote] {
    var notes: [Footnote] = []
    if writer.showedReconstruction {
      notes.append(
        Footnote(
          mark: IncidenceCellWriter.dagger,
          text: "The count was rebuilt from a printed percentage; its intervals follow from it."))
    }
    return notes + [Footnote(mark: "", text: abbreviations(writer))]
  }

  private func abbreviations(_ writer: IncidenceCellWriter) -> String {
    var terms: [String] =
      switch grid.measure {
      case .risk: ["n: subjects with the event", "N: subjects at risk", "%: of N"]
      case .rate(let unit): ["n: events counted", "PY: person-years", "rate: \(unit)"]
      }
    if !methods.isEmpty { terms.append("CI: confidence interval") }
    if writer.showedBound { terms.append("≥ and ≤: one-sided confidence limits") }
    if writer.showedNotEstimable { terms.append("NE: not estimable") }
    if writer.showedNotReported { terms.append("–: not reported") }
    return terms.joined(separator: "; ") + "."
  }
}

/// `items` in as few lists of at most `maximum` as possible, of nearly equal length.
private func balanced<Item>(_ items: [Item], maximum: Int) -> [[Item]] {
  let count = max(1, (items.count + maximum - 1) / maximum)
  return (0..<count).map { part in
    Array(items[(items.count * part / count)..<(items.count * (part + 1) / count)])
  }
}
