import Results

/// Tables of an analysis of grades or of scored groups: its counts, then what each method says.
struct GradedTables {
  private var results: GradedResults

  init(_ results: GradedResults) {
    self.results = results
  }

  var tables: [Table] {
    var writer = self
    return switch results.analysis.kind {
    case "trend": [writer.scoredGroups(), writer.tests("tests for trend")]
    case "ordinal": [writer.grades(), writer.comparisons()] + writer.winShares()
    case "agreement": [writer.matrix("first", "second", "Second reading"), writer.kappas()]
    default:
      [
        writer.matrix("baseline", "worst", "Worst grade"), writer.changes(),
        writer.tests("tests of the shift"),
      ]
    }
  }

  // MARK: Counts

  private mutating func scoredGroups() -> Table {
    let rows = results.levels(of: "group").map { label in
      let place = [Grouping("group", label)]
      let count =
        results.cell("events", at: place, results.count).text + "/"
        + results.cell("subjects", at: place, results.count).text
      let percent = results.cell("percent", at: place, results.percent).text
      return Table.Row(
        style: .plain, label: label,
        cells: [
          results.cell("score", at: place, results.numbers.general),
          Table.Cell(text: "\(count) (\(percent))"),
        ])
    }
    return table(
      results.analysis.title, corner: "Group", columns: [["Score"], ["n/N (%)"]], rows,
      note: "n: subjects with the event; N: subjects at risk; %: of N.")
  }

  private mutating func grades() -> Table {
    let groups = results.levels(of: "group")
    let rows = results.levels(of: "category").map { category in
      let cells = groups.map { group in
        countAndPercent(at: [Grouping("group", group), Grouping("category", category)])
      }
      return Table.Row(style: .plain, label: category, cells: cells)
    }
    let titles = groups.map { group in
      let total = results.number("subjects", at: [Grouping("group", group)]) ?? 0
      return [group, "N = " + results.count(total), "n (%)"]
    }
    return table(
      results.analysis.title, corner: outcome, columns: titles, rows,
      note: "n: subjects with the grade; N: subjects of the group; %: of N.")
  }

  private mutating func countAndPercent(at place: [Grouping]) -> Table.Cell {
    let count = results.cell("count", at: place, results.count)
    let percent = results.cell("percent", at: place, results.percent)
    return Table.Cell(text: "\(count.text) (\(percent.text))")
  }

  /// Subjects by two gradings, with the totals of both.
  private mutating func matrix(_ row: String, _ column: String, _ header: String) -> Table {
    let columns = results.levels(of: column)
    var rows = results.levels(of: row).map { level in
      let cells = columns.map { other in
        results.cell(
          "count", at: [Grouping(row, level), Grouping(column, other)], results.count)
      }
      let total = results.cell("count", at: [Grouping(row, level)], results.count)
      return Table.Row(style: .plain, label: level, cells: cells + [total])
    }
    let totals = columns.map { results.cell("count", at: [Grouping(column, $0)], results.count) }
    let all = results.cell("subjects", at: [], results.count)
    rows.append(Table.Row(style: .plain, label: "All", cells: totals + [all]))
    return table(
      results.analysis.title, corner: row == "first" ? "First reading" : "Baseline",
      spans: [Table.Span(title: header, detail: "", count: columns.count + 1)],
      columns: (columns + ["All"]).map { [$0] }, rows)
  }

  // MARK: Methods

  private mutating func tests(_ caption: String) -> Table {
    let methods = results.methods(at: []).filter { results.has("p_value", of: $0) }
    let rows = methods.map { row(of: $0, at: [], style: .plain) }
    return methodTable(caption, corner: "Test", rows)
  }

  private mutating func comparisons() -> Table {
    var rows: [Table.Row] = []
    let ofAll = results.methods(at: [])
    if !ofAll.isEmpty {
      rows.append(Table.Row(style: .heading, label: "All groups", cells: []))
      rows += ofAll.map { row(of: $0, at: [], style: .indented) }
    }
    for group in results.levels(of: "group") {
      let place = [Grouping("group", group)]
      let methods = results.methods(at: place)
      guard !methods.isEmpty else { continue }
      rows.append(
        Table.Row(style: .heading, label: group + " against the reference", cells: []))
      rows += methods.map { row(of: $0, at: place, style: .indented) }
    }
    return methodTable("comparisons", corner: "Method", rows)
  }

  /// What a method gives at a place: of proportional odds over all groups the test of its assumption.
  private mutating func row(
    of method: MethodNote, at place: [Grouping], style: Table.Row.Style
  ) -> Table.Row {
    let isAssumption =
      results.statistic(
        "proportionality_p_value", method: method.name, at: place) != nil
    let prefix = isAssumption ? "proportionality_" : ""
    let print = results.numbers.general
    return Table.Row(
      style: style, label: method.title + (isAssumption ? ": proportionality" : ""),
      cells: [
        results.cell("estimate", method: method.name, at: place, print),
        results.interval(method: method.name, at: place, print),
        results.cell(prefix + "statistic", method: method.name, at: place, print),
        results.cell(prefix + "df", method: method.name, at: place, results.count),
        results.cell(prefix + "p_value", method: method.name, at: place, print),
      ])
  }

  /// A table of the rows above, without the columns in which none has anything.
  private mutating func methodTable(
    _ caption: String, corner: String, _ rows: [Table.Row]
  ) -> Table {
    let titles = ["Estimate", results.interval, "Statistic", "df", "p"]
    let (kept, used) = rows.withoutEmptyColumns(of: titles.count)
    return table(results.caption(caption), corner: corner, columns: used.map { [titles[$0]] }, kept)
  }

  private mutating func winShares() -> [Table] {
    let rows = results.levels(of: "group").compactMap { group -> Table.Row? in
      let place = [Grouping("group", group)]
      guard results.statistic("theta", method: "win-odds", at: place) != nil else { return nil }
      let shares = ["win", "tie", "loss"].map { name in
        results.cell(name, method: "win-odds", at: place, results.share)
      }
      let others = ["theta", "theta_standard_error", "net_benefit"].map { name in
        results.cell(name, method: "win-odds", at: place, results.numbers.general)
      }
      return Table.Row(style: .plain, label: group, cells: shares + others)
    }
    guard !rows.isEmpty else { return [] }
    return [
      table(
        results.caption("pairs of a subject of the group and one of the reference"),
        corner: "Group",
        columns: [["Win (%)"], ["Tie (%)"], ["Loss (%)"], ["θ"], ["SE(θ)"], ["Net benefit"]], rows,
        note: "Win: the subject of the group has the higher grade; θ: wins and half of the ties.")
    ]
  }

  private mutating func kappas() -> Table {
    let print = results.numbers.general
    let rows = results.methods(at: []).map { method in
      let numbers = ["estimate", "standard_error"].map {
        results.cell($0, method: method.name, at: [], print)
      }
      let interval = results.interval(method: method.name, at: [], print)
      let others = ["z", "p_value", "observed_agreement", "expected_agreement"].map {
        results.cell($0, method: method.name, at: [], print)
      }
      return Table.Row(
        style: .plain, label: method.title, cells: [numbers[0], interval, numbers[1]] + others)
    }
    return table(
      results.caption("agreement"), corner: "Measure",
      columns: [
        ["Estimate"], [results.interval], ["SE"], ["z"], ["p"], ["Observed", "agreement"],
        ["Expected", "agreement"],
      ], rows)
  }

  private mutating func changes() -> Table {
    let names = [("worsened", "Worsened"), ("unchanged", "Unchanged"), ("improved", "Improved")]
    let rows = names.map { name, label in
      let count = results.cell(name, at: [], results.count)
      let percent = results.cell(name + "_percent", at: [], results.percent)
      let interval = results.interval(
        name + "_", method: "clopper-pearson", at: [], results.share)
      return Table.Row(style: .plain, label: label, cells: [count, percent, interval])
    }
    return table(
      results.caption("subjects by the change of their grade"), corner: "Change",
      columns: [["n"], ["%"], ["Clopper–Pearson", results.interval]], rows)
  }

  // MARK: Parts

  private var outcome: String {
    results.analysis.groups.first.map(\.place.level).flatMap { $0.isEmpty ? nil : $0 } ?? "Grade"
  }

  private mutating func table(
    _ caption: String, corner: String, spans: [Table.Span] = [], columns: [[String]],
    _ rows: [Table.Row], note: String? = nil
  ) -> Table {
    let notes = note.map { [Footnote(mark: "", text: $0)] } ?? []
    return Table(
      caption: caption, corner: corner, spans: spans,
      columns: columns.map { Table.Column(title: $0) }, rows: rows,
      footnotes: notes + results.takeFootnotes())
  }
}

extension GradedResults {
  /// Whether `method` has a statistic of this name, or bounds of it, over all subjects.
  fileprivate func has(_ name: String, of method: MethodNote) -> Bool {
    [name, name + "_minimum"].contains { statistic($0, method: method.name, at: []) != nil }
  }
}
