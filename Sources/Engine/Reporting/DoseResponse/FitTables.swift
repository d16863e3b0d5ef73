import Results

/// Tables of how well models fit, how their fits ended, and which model was chosen.
struct FitTables {
  private typealias Entry = (
    name: String, title: [String], print: @Sendable (NumberText, Double) -> String
  )

  private static let quality: [Entry] = [
    ("n", ["n"], { $0.short($1) }), ("df", ["df"], { $0.short($1) }),
    ("rss", ["RSS"], { $0.measured($1) }), ("deviance", ["Deviance"], { $0.measured($1) }),
    ("sigma", ["σ"], { $0.measured($1) }), ("theta", ["θ"], { $0.measured($1) }),
    ("log_likelihood", ["log L"], { $0.measured($1) }), ("aicc", ["AICc"], { $0.measured($1) }),
    ("lack_of_fit_p_value", ["Lack of fit", "p"], { $0.pValue($1) }),
    ("flatness_p_value", ["Flat", "p"], { $0.pValue($1) }),
    ("outliers", ["Outliers", "removed"], { $0.short($1) }),
  ]
  private static let convergence: [Entry] = [
    ("iterations", ["Iterations"], { $0.short($1) }),
    ("minima", ["Distinct", "minima"], { $0.short($1) }),
    ("gradient_norm", ["Gradient"], { $0.measured($1) }),
    ("condition", ["Condition"], { $0.measured($1) }),
  ]

  private let results: DoseResponseResults

  init(_ results: DoseResponseResults) {
    self.results = results
  }

  var tables: [Table] {
    [
      table(
        "fit", Self.quality, hasStatus: true,
        abbreviations: [
          "df: residual degrees of freedom", "RSS: (weighted) sum of squared residuals",
          "σ: residual standard deviation", "AICc: Akaike's criterion, corrected",
          "lack of fit: against one mean a dose", "flat: against a constant response",
        ]),
      table("convergence", Self.convergence, hasStatus: false, abbreviations: []), selection,
    ].compactMap { $0 }
  }

  /// A row a fit: of each curve and model, or of each curve where there is one model.
  private func table(
    _ subject: String, _ entries: [Entry], hasStatus: Bool, abbreviations: [String]
  ) -> Table? {
    var writer = CellWriter(results.numbers)
    let rows = fits { model, part -> [Table.Cell]? in
      let found = results.statistics("fit", of: model, at: part)
      let cells = entries.map { entry in
        writer.number(found.first(entry.name)) { [numbers = results.numbers] in
          entry.print(numbers, $0)
        }
      }
      guard cells.contains(where: { !$0.text.isEmpty }) || hasStatus && !found.isEmpty else {
        return nil
      }
      return [hasStatus ? writer.verdict(found.first("status")) : Table.Cell(text: "")] + cells
    }
    guard !rows.isEmpty else { return nil }
    let shown = Set(rows.withoutEmptyColumns(of: entries.count + 1).columns)
    let names = entries.indices.filter { shown.contains($0 + 1) }.map { entries[$0].title }
    return writer.table(
      caption: results.analysis.caption(subject), corner: corner,
      columns: [Table.Column(title: ["Status"], alignment: .leading)]
        + entries.map { Table.Column(title: $0.title) }, rows,
      abbreviations: abbreviations.filter { text in
        names.contains { text.lowercased().hasPrefix($0[0].lowercased() + ":") }
      })
  }

  private var selection: Table? {
    var writer = CellWriter(results.numbers)
    let levels = results.placed.levels(of: "selection")
    var rows: [Table.Row] = []
    for part in results.parts {
      let title = results.title(of: part)
      let own = levels.compactMap { model -> Table.Row? in
        let found = results.selection(of: model, at: part)
        guard !found.isEmpty else { return nil }
        let isSelected = found.first("selected")?.value == .number(1)
        return Table.Row(
          style: title.isEmpty ? .plain : .indented, label: results.title(ofModel: model),
          cells: [
            writer.number(found.first("aicc")), writer.number(found.first("delta_aicc")),
            writer.number(found.first("weight")), writer.pValue(found.first("p_value")),
            Table.Cell(text: isSelected ? "chosen" : "", tone: isSelected ? .calm : nil),
          ])
      }
      if !title.isEmpty, !own.isEmpty {
        rows.append(Table.Row(style: .heading, label: title, cells: []))
      }
      rows += own
    }
    guard !rows.isEmpty else { return nil }
    return writer.table(
      caption: results.analysis.caption("selection of the model"), corner: "Model",
      columns: [
        Table.Column(title: ["AICc"]), Table.Column(title: ["ΔAICc"]),
        Table.Column(title: ["Akaike", "weight"]), Table.Column(title: ["F test", "p"]),
        Table.Column(title: ["Choice"], alignment: .leading),
      ], rows)
  }

  private var isOneModel: Bool { results.models.count == 1 }

  private var isNameless: Bool { results.parts.allSatisfy { results.title(of: $0).isEmpty } }

  private var corner: String { isOneModel && !isNameless ? "Curve" : "Model" }

  private func fits(
    _ cells: (String, DoseResponseResults.Part) -> [Table.Cell]?
  ) -> [Table.Row] {
    results.parts.flatMap { part -> [Table.Row] in
      let title = results.title(of: part)
      let isFlat = isOneModel || title.isEmpty
      let own = results.models.compactMap { model in
        cells(model, part).map { cells in
          Table.Row(
            style: isFlat ? .plain : .indented,
            label: isOneModel && !title.isEmpty ? title : results.title(ofModel: model),
            cells: cells)
        }
      }
      return isFlat || own.isEmpty
        ? own : [Table.Row(style: .heading, label: title, cells: [])] + own
    }
  }
}

extension DoseResponseResults {
  /// What was found of a model when models were held against each other, whatever the way.
  fileprivate func selection(of model: String, at part: Part) -> [Statistic] {
    placed.places.filter {
      $0.variable == "selection" && $0.level == model
        && $0.level(of: "curve") ?? "" == part.curve && $0.level(of: "lot") ?? "" == part.lot
    }.flatMap { placed[$0] }
  }
}
