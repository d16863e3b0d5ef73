import Results

/// A table of any results, one statistic a row: for kinds without a table of their own.
func longTable(_ analysis: AnalysisResult, numbers: NumberText) -> Table {
  var footnotes = Footnotes()
  var rows: [Table.Row] = []
  for group in analysis.groups.prefix(ShownEvents.maximum) {
    let label = placeText(group.place, labels: analysis.labels)
    for statistic in group.statistics {
      let remarks = [statistic.value.reason, statistic.warning].compactMap { $0 }
      let value = Table.Cell(
        text: statistic.value.text(numbers.general),
        marks: remarks.map { footnotes.mark(for: $0) })
      let texts = [statistic.key.measure, statistic.key.method, statistic.key.name]
        .map { Table.Cell(text: $0) }
      let unit = Table.Cell(text: statistic.unit)
      let status = Table.Cell(text: statistic.status == "ok" ? "" : statistic.status)
      rows.append(
        Table.Row(style: .plain, label: label, cells: texts + [value, unit, status]))
    }
  }
  let omitted = analysis.groups.count - ShownEvents.maximum
  let omission =
    omitted > 0 ? "The first \(ShownEvents.maximum) places; \(omitted) more are in ard.csv." : nil
  return Table(
    caption: analysis.title, corner: "Result", spans: [],
    columns: [
      Table.Column(title: ["Measure"], alignment: .leading),
      Table.Column(title: ["Method"], alignment: .leading),
      Table.Column(title: ["Statistic"], alignment: .leading),
      Table.Column(title: ["Value"]),
      Table.Column(title: ["Unit"], alignment: .leading),
      Table.Column(title: ["Status"], alignment: .leading),
    ],
    rows: rows, footnotes: omission.footnotes + footnotes.notes)
}

/// The levels of a place in a line: `Phase III · Placebo · Headache`.
func placeText(_ place: RowPlace, labels: [Grouping: String]) -> String {
  let trial = place.level(of: "trial")
  let levels = place.groups.compactMap { $0 }.map { group in
    let qualified = trial.flatMap { trial in
      group.name == "arm" ? labels[Grouping("trial/arm", "\(trial)/\(group.level)")] : nil
    }
    return qualified ?? labels[group] ?? group.level
  }
  let variable = labels[Grouping(place.variable, place.level)] ?? place.level
  return (levels + [variable]).filter { !$0.isEmpty }.joined(separator: " · ")
}
