import Results

/// The tables of a dose-response analysis: effective doses first, then what they rest on.
struct DoseResponseTables {
  private static let errors = [
    ("standard_error", "expected"), ("standard_error_observed", "observed"),
    ("standard_error_sandwich", "sandwich"),
  ]

  private let results: DoseResponseResults

  init(_ results: DoseResponseResults) {
    self.results = results
  }

  var tables: [Table] {
    let tables = [
      estimates("effective_dose", "effective doses", intervals: results.intervals),
      estimates("parameter", "parameters", intervals: results.intervals),
    ]
    return tables.compactMap { $0 } + FitTables(results).tables + ContrastTables(results).tables
      + LotTables(results).tables
  }

  /// The effective doses with their first interval, or else how the fits ended; what was pooled.
  var shortTables: [Table] {
    let doses = estimates(
      "effective_dose", "effective doses", intervals: Array(results.intervals.prefix(1)),
      hasErrors: false)
    return (doses.map { [$0] } ?? Array(FitTables(results).tables.prefix(1)))
      + LotTables(results).tables
  }

  /// A row for each parameter, or effective dose, of each fit.
  private func estimates(
    _ variable: String, _ subject: String, intervals: [String], hasErrors: Bool = true
  ) -> Table? {
    let isDose = variable == "effective_dose"
    let models = results.models + (isDose ? [DoseResponseResults.average] : [])
    let levels = results.placed.levels(of: variable)
    let isOneEach = levels.count == 1 && results.models.count == 1
    var writer = CellWriter(results.numbers)
    var rows: [Table.Row] = []
    var units: [String] = []
    for part in results.parts {
      let title = results.title(of: part)
      var own: [Table.Row] = []
      for (model, level) in models.flatMap({ model in levels.map { (model, $0) } }) {
        let found = results.statistics(variable, level, of: model, at: part)
        guard !found.isEmpty else { continue }
        let unit = found.first("estimate")?.unit ?? ""
        let parameter = unit.isEmpty ? level : "\(level) (\(unit))"
        let label = isDose ? results.title(ofDose: level) : parameter
        if isDose { units.append(unit) }
        own.append(
          Table.Row(
            style: isOneEach || title.isEmpty ? .plain : .indented,
            label: isOneEach && !title.isEmpty ? title : label,
            cells: cells(found, of: model, at: part, intervals, hasErrors, isDose, &writer)))
      }
      guard !own.isEmpty else { continue }
      if !isOneEach, !title.isEmpty {
        rows.append(Table.Row(style: .heading, label: title, cells: []))
      }
      rows += own
    }
    guard !rows.isEmpty else { return nil }
    let unit = units.unique.count == 1 && !units[0].isEmpty ? " (\(units[0]))" : ""
    let only = isOneEach && isDose ? results.title(ofDose: levels[0]) : ""
    let intervalColumns = intervals.enumerated().map { index, interval in
      let title = ["[\(results.level) CI]", results.title(ofModel: interval)]
      return Table.Column(title: index == 0 ? ["Estimate\(unit)"] + title : title)
    }
    let isCensored = rows.contains { row in
      row.cells.contains { $0.text.contains("> ") || $0.text.contains("< ") }
    }
    return writer.table(
      caption: results.analysis.caption(only.isEmpty ? subject : only),
      corner: isOneEach ? "Curve" : isDose ? "Effective dose" : "Parameter",
      columns: [Table.Column(title: ["Model"], alignment: .leading)]
        + (intervals.isEmpty ? [Table.Column(title: ["Estimate\(unit)"])] : intervalColumns)
        + Self.errors.map { Table.Column(title: ["SE", $0.1]) }
        + [Table.Column(title: ["Fit"], alignment: .leading)],
      rows,
      abbreviations: (intervals.isEmpty ? [] : ["CI: confidence interval"])
        + (hasErrors ? ["SE: standard error, by the information named"] : [])
        + (isCensored ? ["> and <: beyond the doses tested"] : []))
  }

  private func cells(
    _ found: [Statistic], of model: String, at part: DoseResponseResults.Part,
    _ intervals: [String], _ hasErrors: Bool, _ isDose: Bool, _ writer: inout CellWriter
  ) -> [Table.Cell] {
    let estimate = found.first("estimate")
    let limits = intervals.enumerated().map { index, method in
      writer.estimate(
        index == 0 ? estimate : nil, found.first("lower", method: method),
        found.first("upper", method: method))
    }
    let errors = Self.errors.map { writer.number(hasErrors ? found.first($0.0) : nil) }
    let isNamed = results.models.count > 1 || model == DoseResponseResults.average
    return [Table.Cell(text: isNamed ? results.title(ofModel: model) : "")]
      + (intervals.isEmpty ? [writer.number(estimate)] : limits) + errors
      + [isDose ? writer.quietVerdict(results.status(of: model, at: part)) : Table.Cell(text: "")]
  }
}
