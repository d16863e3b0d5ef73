import Results

/// The quality of plates as it is shown.
struct PlateQualityDisplay: KindDisplay {
  private typealias Printer = (inout CellWriter, Statistic?) -> Table.Cell

  let analysis: AnalysisResult
  let numbers: NumberText
  private let placed: PlacedStatistics

  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard analysis.kind == "plate-quality", !analysis.groups.isEmpty else { return nil }
    self.analysis = analysis
    self.numbers = numbers
    placed = PlacedStatistics(analysis)
  }

  var tables: [Table] { [quality, controls, space].compactMap { $0 } }

  var shortTables: [Table] { [quality].compactMap { $0 } }

  var plots: [(parts: [String], plot: any Plot)] {
    PlatePlot(analysis, numbers: numbers).map { [([], $0)] } ?? []
  }

  private var quality: Table? {
    table(
      "",
      [
        ("status", ["Verdict"], { $0.verdict($1) }), ("z_prime", ["Z′"], measured),
        ("robust_z_prime", ["Robust Z′"], measured), ("ssmd", ["SSMD"], measured),
        ("cv", ["Vehicle", "CV (%)"], { $0.percent($1) }),
        ("positive_percent", ["Positive", "% of vehicle"], measured),
        ("signal_window", ["Signal", "window"], measured),
        ("signal_to_background", ["Signal to", "background"], measured),
        ("nrfe", ["NRFE"], measured),
      ],
      [
        "Z′: 1 − 3 (sum of the controls' SDs) / |difference of their means|",
        "SSMD: strictly standardised mean difference of the controls",
        "CV: coefficient of variation", "NRFE: normalised residual error of the fitted curves",
      ])
  }

  private var controls: Table? {
    let parts = [("vehicle", "Vehicle"), ("blank", "Blank"), ("positive", "Positive")]
    let columns = parts.flatMap { name, title -> [(String, [String], Printer)] in
      [
        ("\(name)_wells", [title, "wells"], { $0.count($1) }),
        ("\(name)_mean", [title, "mean"], measured), ("\(name)_sd", [title, "SD"], measured),
      ]
    }
    return table("controls", columns, ["SD: standard deviation"])
  }

  private var space: Table? {
    table(
      "effects of place on the plate",
      [
        ("edge_effect", ["Edge − interior", "% of vehicle"], measured),
        ("edge_p_value", ["Edge", "p"], { $0.pValue($1) }),
        ("row_effect_p_value", ["Rows", "p"], { $0.pValue($1) }),
        ("column_effect_p_value", ["Columns", "p"], { $0.pValue($1) }),
      ], [])
  }

  private var measured: Printer { { $0.number($1) } }

  private func table(
    _ subject: String, _ columns: [(name: String, title: [String], print: Printer)],
    _ abbreviations: [String]
  ) -> Table? {
    var writer = CellWriter(numbers)
    let rows = placed.places.filter { $0.variable == "plate" }.map { place in
      let level = place.level(of: "plate") ?? place.level
      return Table.Row(
        style: .plain, label: analysis.labels[Grouping("plate", level)] ?? level,
        cells: columns.map { $0.print(&writer, placed[place].first($0.name)) })
    }
    guard rows.contains(where: { $0.cells.contains { !$0.text.isEmpty } }) else { return nil }
    let used = Set(rows.withoutEmptyColumns(of: columns.count).columns)
    let titles = columns.indices.filter(used.contains).map {
      columns[$0].title.joined(separator: " ")
    }
    return writer.table(
      caption: analysis.caption(subject), corner: "Plate",
      columns: columns.map {
        Table.Column(title: $0.title, alignment: $0.name == "status" ? .leading : .trailing)
      }, rows,
      abbreviations: abbreviations.filter { text in
        let term = text.prefix { $0 != ":" }
        return titles.contains { $0.contains(term) }
      })
  }
}
