import Results

/// The tables of a response surface: where its best is, what shape it has, its coefficients, its fit.
struct SurfaceTables {
  private static let points = [
    ("stationary_point", "stationary point", "Stationary point"), ("optimum", "optimum", "Optimum"),
  ]

  private let results: SurfaceResults

  init(_ results: SurfaceResults) {
    self.results = results
  }

  var tables: [Table] { [points, canonical, coefficients, fit].compactMap { $0 } }

  var shortTables: [Table] { [points ?? coefficients].compactMap { $0 } }

  private var estimateColumns: [Table.Column] {
    [["Estimate [\(results.level) CI]"], ["SE"]].map { Table.Column(title: $0) }
  }

  /// The stationary point and the optimum, with the responses there and the shape of the surface.
  private var points: Table? {
    var writer = CellWriter(results.numbers)
    var rows: [Table.Row] = []
    for (variable, responseLevel, title) in Self.points {
      let places = results.placed.levels(of: variable).map { factor in
        (results.title(ofFactor: factor), results.statistics(variable, factor))
      }
      let response = (
        results.responseTitle, results.statistics("response", responseLevel)
      )
      let own = (places + [response]).filter { !$0.1.isEmpty }
      guard !own.isEmpty else { continue }
      rows.append(Table.Row(style: .heading, label: title, cells: []))
      rows += own.map { label, found in
        Table.Row(style: .indented, label: label, cells: estimate(found, &writer) + [Self.empty])
      }
    }
    if let shape = results.statistics("surface").first("status") {
      let cells = [Self.empty, Self.empty, writer.verdict(shape)]
      rows.insert(Table.Row(style: .plain, label: "Shape", cells: cells), at: 0)
    }
    guard !rows.isEmpty else { return nil }
    return writer.table(
      caption: results.analysis.caption("best point"), corner: "Quantity",
      columns: estimateColumns + [Table.Column(title: ["Verdict"], alignment: .leading)], rows,
      notes: results.placed.levels(of: "optimum").isEmpty
        ? [] : ["Optimum: the best point within the ranges of the factors that were tested."],
      abbreviations: ["CI: confidence interval", "SE: standard error"])
  }

  private var canonical: Table? {
    var writer = CellWriter(results.numbers)
    let factors = results.placed.levels(of: "direction")
    let rows = results.placed.levels(of: "canonical").map { axis in
      let found = results.statistics("canonical", axis)
      let directions = factors.map { factor in
        writer.number(
          results.placed[[Grouping("axis", axis)], "direction", factor].first("estimate"))
      }
      return Table.Row(
        style: .plain, label: axis,
        cells: [
          writer.estimate(
            found.first("eigenvalue"), found.first("lower"), found.first("upper")),
          writer.number(found.first("standard_error")),
        ] + directions)
    }
    guard !rows.isEmpty else { return nil }
    return writer.table(
      caption: results.analysis.caption("canonical analysis"), corner: "Axis",
      columns: [["Eigenvalue", "[\(results.level) CI]"], ["SE"]].map { Table.Column(title: $0) }
        + factors.map { Table.Column(title: ["Direction", results.title(ofFactor: $0)]) }, rows,
      notes: ["All eigenvalues below 0: a maximum; all above: a minimum; of both signs: a saddle."],
      abbreviations: ["CI: confidence interval", "SE: standard error"])
  }

  private var coefficients: Table? {
    var writer = CellWriter(results.numbers)
    let rows = results.placed.levels(of: "coefficient").map { term in
      let found = results.statistics("coefficient", term)
      return Table.Row(
        style: .plain, label: term,
        cells: estimate(found, &writer) + [
          writer.number(found.first("t")), writer.count(found.first("df")),
          writer.pValue(found.first("p_value")),
        ])
    }
    guard !rows.isEmpty else { return nil }
    return writer.table(
      caption: results.analysis.caption("coefficients"), corner: "Term",
      columns: estimateColumns + [["t"], ["df"], ["p"]].map { Table.Column(title: $0) }, rows,
      abbreviations: [
        "CI: confidence interval", "SE: standard error", "df: degrees of freedom",
      ])
  }

  private var fit: Table? {
    var writer = CellWriter(results.numbers)
    let found = results.statistics("fit")
    guard !found.isEmpty else { return nil }
    let names = [
      ("rss", ["RSS"]), ("df", ["df"]), ("sigma", ["σ"]), ("r_squared", ["R²"]),
      ("adjusted_r_squared", ["Adjusted", "R²"]),
    ]
    let cells =
      [writer.verdict(found.first("status"))]
      + names.map { writer.number(found.first($0.0)) }
      + [writer.pValue(found.first("lack_of_fit_p_value"))]
    return writer.table(
      caption: results.analysis.caption("fit"), corner: "",
      columns: [Table.Column(title: ["Status"], alignment: .leading)]
        + (names.map(\.1) + [["Lack of fit", "p"]]).map { Table.Column(title: $0) },
      [Table.Row(style: .plain, label: results.responseTitle, cells: cells)],
      abbreviations: [
        "RSS: sum of squared residuals", "df: residual degrees of freedom",
        "σ: residual standard deviation",
      ])
  }

  private static let empty = Table.Cell(text: "")

  private func estimate(
    _ found: [Statistic], _ writer: inout CellWriter
  ) -> [Table.Cell] {
    [
      writer.estimate(found.first("estimate"), found.first("lower"), found.first("upper")),
      writer.number(found.first("standard_error")),
    ]
  }
}
