import Results

/// The wells of plates in their places, coloured by response and by residual.
struct PlatePlot: Plot {
  /// More plates than these are not looked at.
  static let maximumPlates = 12
  /// The rows and columns of plates that are made.
  private static let formats = [
    (2, 3), (3, 4), (4, 6), (6, 8), (8, 12), (16, 24), (32, 48),
  ]

  struct Well {
    let plate: String
    /// From 1.
    let row: Int
    let column: Int
    let role: String
    /// The number that colours the well, of each map.
    let values: [Double?]
    let hover: String

    var isMeasured: Bool { values[0] != nil }
  }

  /// What one map of each plate shows.
  struct Map {
    let title: String
    let scale: ColourScale
  }

  let title: String
  let numbers: NumberText
  let maps: [Map]
  let plates: [(title: String, wells: [Well])]
  let rows: Int
  let columns: Int
  let notes: [String]
  let summary: String

  /// `nil` where no well has a place.
  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard let series = SeriesColumns("wells", of: analysis) else { return nil }
    let hasPercent = series.numbers("percent").contains { $0 != nil }
    let response = hasPercent ? "percent" : "response"
    let hasResiduals = series.numbers("residual").contains { $0 != nil }
    let wells = Self.wells(
      series, values: [response] + (hasResiduals ? ["residual"] : []), numbers)
    guard !wells.isEmpty else { return nil }
    let names = wells.map(\.plate).unique
    let members = Dictionary(grouping: wells, by: \.plate)
    plates = names.prefix(Self.maximumPlates).map { name in
      let label = analysis.labels[Grouping("plate", name)] ?? name
      return (title: "Plate \(label)", wells: members[name] ?? [])
    }
    let extent = (rows: wells.map(\.row).max() ?? 1, columns: wells.map(\.column).max() ?? 1)
    let format = Self.formats.first { $0.0 >= extent.rows && $0.1 >= extent.columns }
    (rows, columns) = format ?? (extent.rows, extent.columns)
    let responses = plates.flatMap { $0.wells.compactMap { $0.values[0] } }
    let responseTitle = analysis.labels[Grouping("axis", "response")] ?? "Response"
    let residuals = plates.flatMap { $0.wells.compactMap { $0.values.last ?? nil } }
    // The few wells beyond 5 have the colours of the ends.
    let limit = min(max(residuals.map(abs).max() ?? 0, 2), 5)
    maps =
      [
        Map(
          title: hasPercent
            ? analysis.labels[Grouping("axis", "percent")] ?? "\(responseTitle), % of vehicle"
            : responseTitle,
          scale: .sequential(
            from: min(0, responses.min() ?? 0), to: responses.max() ?? 1))
      ]
      + (hasResiduals
        ? [
          Map(
            title: "Standardised residual of the fitted curve", scale: .diverging(reaching: limit))
        ] : [])
    self.numbers = numbers
    title = analysis.caption("wells in their places")
    let size = rows * columns
    let hasEmpty = plates.contains { $0.wells.count(where: \.isMeasured) < size }
    notes =
      (hasEmpty ? ["Struck out: not measured."] : [])
      + (hasResiduals && residuals.contains { abs($0) > limit }
        ? ["Residuals beyond \(numbers.measured(limit)) have the colours of the ends."] : [])
      + (names.count > plates.count
        ? ["The first \(plates.count) of \(names.count) plates."] : [])
    summary =
      "Wells of \(plates.count == 1 ? "1 plate" : "\(plates.count) plates") in \(rows) rows and "
      + "\(columns) columns, coloured by \(maps.map(\.title).joined(separator: " and by "))."
  }

  /// The wells of a series that have a place, with the columns of these names as their values.
  private static func wells(
    _ series: SeriesColumns, values names: [String], _ numbers: NumberText
  ) -> [Well] {
    let (plates, roles) = (series.texts("plate"), series.texts("role"))
    let (rows, columns) = (series.numbers("row"), series.numbers("column"))
    let (compounds, doses) = (series.texts("compound"), series.numbers("dose"))
    let (responses, residuals) = (series.numbers("response"), series.numbers("residual"))
    let values = names.map { series.numbers($0) }
    return (0..<series.count).compactMap { index in
      guard let row = rows[index], let column = columns[index], (1...702).contains(row),
        (1...702).contains(column)
      else { return nil }
      let texts = [
        rowLetters(Int(row)) + "\(Int(column))", roles[index], compounds[index],
        doses[index].map { "dose \(numbers.measured($0))" } ?? "",
        responses[index].map { "response \(numbers.measured($0))" } ?? "not measured",
        residuals[index].map { "residual \(numbers.fixed($0, decimals: 2))" } ?? "",
      ]
      return Well(
        plate: plates[index], row: Int(row), column: Int(column), role: roles[index],
        values: values.map { $0[index] },
        hover: texts.filter { !$0.isEmpty }.joined(separator: " · "))
    }
  }
}

/// The letters of a row of a plate: A to Z, then AA.
func rowLetters(_ row: Int) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  let (before, last) = ((row - 1) / 26, (row - 1) % 26)
  return (before > 0 ? String(letters[before - 1]) : "") + String(letters[last])
}
