import Results

extension DotPlot {
  /// Events down the side, a marker with its interval for each arm; `nil` where there are none.
  init?(_ grid: IncidenceGrid, of analysis: AnalysisResult, numbers: NumberText) {
    let method = grid.methods.first
    let all = grid.rows.map { Row($0, grid, method: method, numbers) }
    rows = mostFrequent(all, maximum: Self.maximumRows)
    guard rows.contains(where: { !$0.points.isEmpty }) else { return nil }
    let omitted = eventCount(all) - eventCount(rows) + grid.omitted
    omission =
      omitted > 0
      ? "The \(Self.maximumRows) most frequent events; \(omitted) more are in the results." : nil
    self.numbers = numbers
    legend = grid.arms.count > 1 ? grid.arms.map(\.label) : []
    title = [analysis.title, grid.trial].compactMap { $0 }.joined(separator: " – ")
    let interval = method.map { " and \(numbers.level(analysis.level)) CI (\($0.title))" } ?? ""
    let reach =
      rows.flatMap(\.points).flatMap { [$0.estimate, $0.upper] }
      .filter(\.isFinite).max() ?? 0
    panels = [
      Panel(title: grid.measure.axisTitle + interval, axis: grid.measure.axis(reaching: reach))
    ]
  }
}

extension IncidenceMeasure {
  var axisTitle: String {
    switch self {
    case .risk: "Subjects with the event (%)"
    case .rate(let unit): "Rate" + (unit.isEmpty ? "" : " (\(unit))")
    }
  }

  func axis(reaching value: Double) -> Axis {
    Axis(reaching: value, limit: self == .risk ? 100 : .infinity)
  }
}

extension DotPlot.Row {
  fileprivate init(
    _ row: IncidenceGrid.Row, _ grid: IncidenceGrid, method: IncidenceGrid.Method?,
    _ numbers: NumberText
  ) {
    let middle = Double(row.cells.count - 1) / 2
    let points = row.cells.enumerated().compactMap { arm, cell in
      cell.flatMap {
        DotPlot.Point($0, mark: PlotMark(arm), lane: Double(arm) - middle, method: method?.name)
      }
    }
    var writer = IncidenceCellWriter(measure: grid.measure, numbers: numbers)
    let texts = zip(grid.arms, row.cells).compactMap { arm, cell -> String? in
      guard let cell else { return nil }
      let cells = writer.cells(cell, methods: method.map { [$0] } ?? [], showsDenominator: true)
      return ([arm.label] + cells.map(\.text)).filter { !$0.isEmpty }.joined(separator: " ")
    }
    self.init(
      style: row.style, label: row.label, points: points,
      hover: texts.isEmpty ? nil : "\(row.label): \(texts.joined(separator: "; "))")
  }
}

extension DotPlot.Point {
  fileprivate init?(_ cell: IncidenceCell, mark: PlotMark, lane: Double, method: String?) {
    guard let statistic = cell.estimate, case .number(let estimate) = statistic.value else {
      return nil
    }
    let limits = method.flatMap { cell.limits[$0] }
    self.init(
      mark: mark, lane: lane, estimate: estimate,
      lower: limits?.lower.flatMap { cell.onAxis($0) } ?? estimate,
      upper: limits?.upper.flatMap { cell.onAxis($0) } ?? estimate)
  }
}

extension IncidenceCell {
  /// A limit on the scale of the axis: percent for risks.
  fileprivate func onAxis(_ limit: Statistic) -> Double? {
    guard let value = limit.value.extended else { return nil }
    return measure == .risk ? limit.percentage(value) : value
  }
}

/// The events that are most frequent in any arm, in their own order, with their headings.
private func mostFrequent(_ rows: [DotPlot.Row], maximum: Int) -> [DotPlot.Row] {
  guard eventCount(rows) > maximum else { return rows }
  let frequencies = rows.indices.filter { rows[$0].style != .heading }
    .map { (index: $0, estimate: rows[$0].points.map(\.estimate).max() ?? -1) }
    .sorted { ($1.estimate, $0.index) < ($0.estimate, $1.index) }
  let kept = Set(frequencies.prefix(maximum).map(\.index))
  return rows.indices.filter { index in
    guard rows[index].style == .heading else { return kept.contains(index) }
    let block = rows[(index + 1)...].prefix { $0.style == .indented }
    return block.indices.contains { kept.contains($0) }
  }.map { rows[$0] }
}
