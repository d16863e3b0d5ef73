import Glibc
import Results

/// Results of plates, surfaces and guides to troubleshooting as the tests need them.
extension Sample {
  /// Two plates of 96 wells, whose corners were not measured.
  static var plates: AnalysisResult {
    var analysis = AnalysisResult(
      id: "plates", kind: "plate-quality", title: "Quality of the plates", level: 0.95)
    analysis.labels = [Grouping("axis", "response"): "Absorbance"]
    let numbers: [(String, Double)] = [
      ("vehicle_wells", 8), ("vehicle_mean", 1.1934), ("vehicle_sd", 0.0734), ("cv", 0.0615),
      ("blank_wells", 8), ("blank_mean", 0.0482), ("positive_wells", 8),
      ("positive_mean", 0.1532), ("positive_sd", 0.0213), ("positive_percent", 9.17),
      ("z_prime", 0.7271), ("robust_z_prime", 0.7011), ("ssmd", -13.6), ("edge_effect", -6.25),
      ("edge_p_value", 0.0004), ("row_effect_p_value", 0.3), ("nrfe", 8.31),
    ]
    analysis.groups = [("1", "passed", nil), ("2", "failed", "Z′ 0.31 is below 0.4")].map {
      plate, status, reason in
      let place = RowPlace(groups: [Grouping("plate", plate)], variable: "plate", level: plate)
      return ResultGroup(
        place,
        [
          Statistic(
            StatisticKey(measure: "quality", name: "status"), .verdict(status), warning: reason)
        ] + group(place, numbers.map { ("quality//\($0.0)", .number($0.1)) }).statistics)
    }
    let wells = ["1", "2"].flatMap { plate in
      (1...8).flatMap { row in (1...12).map { (plate: plate, row: row, column: $0) } }
    }.filter { ($0.row, $0.column) != (1, 1) && ($0.row, $0.column) != (8, 12) }
    let roles = [1: "vehicle", 12: "positive", 11: "blank"]
    let percents = wells.map { well in
      let edge = [1, 8].contains(well.row) ? -7.0 : 0
      let base =
        [1: 100.0, 12: 9, 11: 0][well.column] ?? 100 / (1 + pow(Double(well.column) / 6, 4))
      return base + edge + 4 * sin(Double(13 * well.row + 7 * well.column))
    }
    analysis.series = [
      Series(
        "wells",
        [
          Series.Column("plate", .texts(wells.map(\.plate))),
          Series.Column("row", .numbers(wells.map { Double($0.row) })),
          Series.Column("column", .numbers(wells.map { Double($0.column) })),
          Series.Column("role", .texts(wells.map { roles[$0.column] ?? "sample" })),
          Series.Column("compound", .texts(wells.map { roles[$0.column] == nil ? "H" : "" })),
          Series.Column("response", .numbers(percents.map { $0 / 80 })),
          Series.Column("percent", .numbers(percents)),
          Series.Column(
            "residual",
            .numbers(
              wells.map { well in
                roles[well.column] == nil
                  ? 3 * sin(Double(13 * well.row + 7 * well.column))
                    - ([1, 8].contains(well.row) ? 2 : 0) : nil
              })),
        ])
    ]
    return analysis
  }

  /// A surface over two factors with its best point within.
  static func surface(factors: Int = 2) -> AnalysisResult {
    var analysis = AnalysisResult(
      id: "cocktail", kind: "response-surface", title: "Cytokine cocktail", level: 0.95)
    analysis.labels = [
      Grouping("axis", "response"): "CD41⁺ cells (%)", Grouping("axis", "TPO"): "TPO (ng/mL)",
      Grouping("axis", "SCF"): "SCF (ng/mL)",
    ]
    func height(_ x: Double, _ y: Double) -> Double {
      40 - pow((x - 55) / 12, 2) - pow((y - 30) / 10, 2) + (x - 55) * (y - 30) / 400
    }
    func place(_ variable: String, _ level: String, axis: String? = nil) -> RowPlace {
      RowPlace(groups: axis.map { [Grouping("axis", $0)] } ?? [], variable: variable, level: level)
    }
    func row(
      _ place: RowPlace, _ names: [String], _ values: [Double], method: String = ""
    ) -> ResultGroup {
      group(
        place,
        zip(names, values).map { ("response-surface/\(method)/\($0)", .number($1)) })
    }
    let limits = ["estimate", "standard_error", "lower", "upper"]
    analysis.groups = [
      row(
        place("coefficient", "intercept"), limits + ["t", "df", "p_value"],
        [21.23, 1.1, 18.9, 23.6, 19.3, 7, 0.0000004]),
      row(
        place("coefficient", "TPO²"), limits + ["t", "df", "p_value"],
        [-0.00694, 0.0012, -0.0098, -0.0041, -5.8, 7, 0.0007]),
      row(
        place("fit", ""), ["rss", "sigma", "df", "r_squared", "adjusted_r_squared"],
        [12.4, 1.33, 7, 0.951, 0.916]),
      row(place("stationary_point", "TPO"), limits, [55, 4.1, 45.3, 64.7], method: "delta"),
      row(place("response", "stationary point"), limits, [40, 0.7, 38.3, 41.7]),
      row(place("canonical", "1"), ["eigenvalue", "standard_error"], [-0.006, 0.001]),
      row(place("direction", "TPO", axis: "1"), ["estimate"], [0.98]),
      row(place("optimum", "TPO"), ["estimate"], [55]),
      ResultGroup(
        place("surface", ""),
        [
          Statistic(
            StatisticKey(measure: "response-surface", name: "status"), .verdict("maximum"))
        ]),
    ]
    if factors > 1 {
      analysis.groups += [
        row(place("stationary_point", "SCF"), limits, [30, 9.5, 7.5, 82.5], method: "delta"),
        row(place("optimum", "SCF"), ["estimate"], [30]),
      ]
    }
    let ys = factors > 1 ? (0...40).map { Double($0) * 1.25 } : [30]
    let grid = ys.flatMap { y in (0...40).map { (x: Double($0) * 2.5, y: y) } }
    analysis.series = [
      Series(
        "surface",
        [
          Series.Column("x_factor", .texts(grid.map { _ in "TPO" })),
          Series.Column("y_factor", .texts(grid.map { _ in factors > 1 ? "SCF" : "" })),
          Series.Column("x", .numbers(grid.map(\.x))),
          Series.Column("y", .numbers(grid.map { factors > 1 ? $0.y : nil })),
          Series.Column("response", .numbers(grid.map { height($0.x, $0.y) })),
        ]),
      Series(
        "design",
        [
          Series.Column("TPO", .numbers([0, 0, 100, 100, 50, 50, 50, 15, 85])),
          Series.Column("SCF", .numbers([0, 50, 0, 50, 25, 25, 25, 25, 25])),
          Series.Column("response", .numbers([12.1, 14, 17.3, 23.2, 40, 39.1, 40.7, 28, 33])),
        ]),
    ]
    return analysis
  }

  /// The guide to elevated liver enzymes with one step of each verdict.
  static var troubleshooting: AnalysisResult {
    var analysis = AnalysisResult(
      id: "guide", kind: "troubleshoot", title: "Elevated liver enzymes", level: 0.95)
    let rows = [
      ("Direct hepatotoxicity", "Dose reduction", "supported", "Trend p = 0.0012."),
      ("Direct hepatotoxicity", "In vitro assessment", "not-supported", "IC50 > 100 µM."),
      ("Metabolites", "Human and animal", "inconclusive", "Ratio 1.3 [0.6, 2.9]."),
      ("Idiosyncratic reaction", "Immune activation", "no-data", ""),
    ]
    analysis.groups = rows.map { cause, step, verdict, _ in
      ResultGroup(
        RowPlace(
          groups: [Grouping("cause", cause), Grouping("step", step)], variable: "evidence",
          level: ""),
        [
          Statistic(
            StatisticKey(measure: "troubleshoot", name: "status"), .verdict(verdict),
            warning: verdict == "no-data" ? "nothing was measured" : nil)
        ])
    }
    analysis.series = [
      Series(
        "findings",
        [
          Series.Column("cause", .texts(rows.map(\.0))),
          Series.Column("step", .texts(rows.map(\.1))),
          Series.Column(
            "question", .texts(rows.map { _ in "Does the effect grow with the dose?" })),
          Series.Column("test", .texts(rows.map { _ in "Cochran–Armitage, exact" })),
          Series.Column("evidence", .texts(rows.map(\.3))),
          Series.Column("verdict", .texts(rows.map(\.2))),
          Series.Column(
            "next", .texts(rows.map { _ in "Test lower doses and follow the enzymes weekly." })),
        ])
    ]
    return analysis
  }
}
