import Results

/// The table of what lots have in common and how far they differ.
struct LotTables {
  private let results: DoseResponseResults

  init(_ results: DoseResponseResults) {
    self.results = results
  }

  var tables: [Table] {
    var writer = CellWriter(results.numbers)
    var rows: [Table.Row] = []
    for (curve, model) in results.curves.flatMap({ curve in results.models.map { (curve, $0) } }) {
      let own = results.pooledQuantities.compactMap { variable, level -> Table.Row? in
        let found = results.pooled(variable, level, of: model, curve: curve)
        guard !found.isEmpty else { return nil }
        let unit = found.first("estimate")?.unit ?? ""
        return Table.Row(
          style: .indented, label: unit.isEmpty ? level : "\(level) (\(unit))",
          cells: cells(found, &writer))
      }
      guard !own.isEmpty else { continue }
      let names = [curve, results.models.count > 1 ? results.title(ofModel: model) : ""]
      let heading = names.filter { !$0.isEmpty }.joined(separator: ", ")
      rows.append(
        Table.Row(style: .heading, label: heading.isEmpty ? "All lots" : heading, cells: []))
      rows += own
    }
    guard !rows.isEmpty else { return [] }
    let level = results.level
    return [
      writer.table(
        caption: results.analysis.caption("pooled over lots"), corner: "Quantity",
        columns: [
          ["Lots"], ["Estimate [\(level) CI]"], ["SE"], ["SD", "between lots"],
          ["CV", "between lots (%)"], ["New lot [\(level) PI]"], ["Q"], ["df"], ["p"],
        ].map { Table.Column(title: $0) }, rows,
        abbreviations: [
          "CI: confidence interval", "PI: prediction interval", "SD: standard deviation",
          "CV: coefficient of variation", "Q: heterogeneity of the lots",
        ])
    ]
  }

  private func cells(_ found: [Statistic], _ writer: inout CellWriter) -> [Table.Cell] {
    let numbers = results.numbers
    return [
      writer.count(found.first("lots")),
      writer.estimate(found.first("estimate"), found.first("lower"), found.first("upper")),
      writer.number(found.first("standard_error")), writer.number(found.first("between_lot_sd")),
      writer.percent(found.first("between_lot_cv")),
      writer.limits(found.first("prediction_lower"), found.first("prediction_upper")),
      writer.number(found.first("q")) { numbers.fixed($0, decimals: 2) },
      writer.count(found.first("q_df")), writer.pValue(found.first("q_p_value")),
    ]
  }
}

extension DoseResponseResults {
  /// The effective doses and parameters that were pooled over lots.
  var pooledQuantities: [(variable: String, level: String)] {
    ["effective_dose", "parameter"].flatMap { variable in
      placed.places.filter { place in
        place.variable == variable && placed[place].contains { $0.key.method == Self.pooling }
      }.map(\.level).unique.map { (variable, $0) }
    }
  }
}
