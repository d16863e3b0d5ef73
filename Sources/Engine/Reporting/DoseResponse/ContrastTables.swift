import Results

/// Tables of curves held against a reference curve.
struct ContrastTables {
  private let results: DoseResponseResults

  init(_ results: DoseResponseResults) {
    self.results = results
  }

  var tables: [Table] {
    let places = results.placed.places.filter { $0.level(of: "reference") != nil }
    var writer = CellWriter(results.numbers)
    let rows = places.map(\.groups).unique.flatMap { groups -> [Table.Row] in
      let own = places.filter { $0.groups == groups }
      let rows = own.flatMap { place in
        results.placed[place].keys.map { row($0, at: place, &writer) }
      }
      return [Table.Row(style: .heading, label: title(of: own[0]), cells: [])] + rows
    }
    guard !rows.isEmpty else { return [] }
    let columns = [
      ["Ratio"], ["[\(results.level) CI]"], ["Statistic"], ["df"], ["p"], ["Within", "margins"],
    ]
    return [
      writer.table(
        caption: results.analysis.caption("comparisons with the reference"), corner: "Comparison",
        columns: columns.map { Table.Column(title: $0) }, rows,
        notes: places.contains { $0.level == "relative-potency" }
          ? ["Relative potency: ED50 of the reference over ED50 of the curve."] : [],
        abbreviations: ["CI: confidence interval", "df: degrees of freedom"])
    ]
  }

  /// One model and method at a place.
  private func row(
    _ key: StatisticKey, at place: RowPlace, _ writer: inout CellWriter
  ) -> Table.Row {
    let found = results.placed[place].filter {
      $0.key.measure == key.measure && $0.key.method == key.method
    }
    let numbers = results.numbers
    let df = ["df", "df2"].compactMap { found.first($0)?.value.text(numbers.short) }
    let isEquivalent = found.first("equivalent")?.value.stored.map { $0 == 1 }
    let method = key.method.isEmpty ? [] : [results.title(ofModel: key.method)]
    let model = results.models.count > 1 ? [results.title(ofModel: key.measure)] : []
    return Table.Row(
      style: .indented, label: ([place.contrast] + method + model).joined(separator: ", "),
      cells: [
        writer.number(found.first("estimate")),
        writer.limits(found.first("lower"), found.first("upper")),
        writer.number(found.first("statistic")), Table.Cell(text: df.joined(separator: ", ")),
        writer.pValue(found.first("p_value")),
        Table.Cell(
          text: isEquivalent.map { $0 ? "yes" : "no" } ?? "",
          tone: isEquivalent.map { $0 ? .calm : .strong }),
      ])
  }

  private func title(of place: RowPlace) -> String {
    let names = ["curve", "reference"].map { name in
      let level = place.level(of: name) ?? ""
      return results.analysis.labels[Grouping("curve", level)] ?? level
    }
    return "\(names[0]) against \(names[1])"
  }
}

extension [Statistic] {
  /// Each model and method once, without a name.
  fileprivate var keys: [StatisticKey] {
    map { StatisticKey(measure: $0.key.measure, method: $0.key.method, name: "") }.unique
  }
}

extension RowPlace {
  /// What is compared, in words.
  fileprivate var contrast: String {
    switch (variable, level) {
    case ("ratio", _): "Ratio of \(level)"
    case (_, "parallelism"): "Parallelism"
    case (_, "equal-ed50"): "Equal ED50"
    case (_, "relative-potency"): "Relative potency"
    default: level
    }
  }
}
