import Results

/// A dot plot of an incidence: events down the side, a marker with its interval for each arm.
struct DotPlot {
  /// More events than these are no longer read from a plot.
  static let maximumEvents = 60

  /// One arm's marker, on the scale of the axis.
  struct Point {
    let arm: Int
    let estimate: Double
    /// The end of the interval, or the estimate where it has none.
    let lower: Double
    let upper: Double
    /// Whether the interval goes on beyond the axis.
    let isUnbounded: Bool
  }

  struct Row {
    let style: Table.Row.Style
    let label: String
    let points: [Point]
  }

  let title: String
  let axisTitle: String
  let numbers: NumberText
  let axis: Axis
  let arms: [String]
  let rows: [Row]
  /// The number of events that are not shown.
  let omitted: Int

  /// `nil` where there is nothing to show.
  init?(_ grid: IncidenceGrid, of analysis: AnalysisResult, numbers: NumberText) {
    let method = grid.methods.first
    let all = grid.rows.map { Row($0, method: method?.name) }
    rows = mostFrequent(all, maximum: Self.maximumEvents)
    guard rows.contains(where: { !$0.points.isEmpty }) else { return nil }
    omitted = eventCount(all) - eventCount(rows)
    self.numbers = numbers
    arms = grid.arms.map(\.label)
    title = [analysis.title, grid.trial].compactMap { $0 }.joined(separator: " – ")
    let interval = method.map { " and \(numbers.level(analysis.level)) CI (\($0.title))" }
    let reach = rows.flatMap(\.points).map { max($0.estimate, $0.upper) }.max() ?? 0
    switch grid.measure {
    case .risk:
      axisTitle = "Subjects with the event (%)" + (interval ?? "")
      axis = Axis(reaching: reach, limit: 100)
    case .rate(let unit):
      axisTitle = "Rate" + (unit.isEmpty ? "" : " (\(unit))") + (interval ?? "")
      axis = Axis(reaching: reach, limit: .infinity)
    }
  }

  /// Says that there are more events than are shown.
  var omission: String? {
    omitted > 0
      ? "The \(Self.maximumEvents) most frequent events; \(omitted) more are in the results." : nil
  }

  /// What the figure shows, for those who cannot see it.
  var summary: String {
    let events = eventCount(rows) == 1 ? "1 row" : "\(eventCount(rows)) rows"
    let named = arms.filter { !$0.isEmpty }
    let shown = named.isEmpty ? events : events + " in " + named.joined(separator: ", ")
    return ["Dot plot of \(shown).", "Axis: \(axisTitle).", omission].compactMap { $0 }
      .joined(separator: " ")
  }
}

extension DotPlot.Row {
  fileprivate init(_ row: IncidenceGrid.Row, method: String?) {
    style = row.style
    label = row.label
    points = row.cells.enumerated().compactMap { arm, cell in
      cell.flatMap { DotPlot.Point($0, arm: arm, method: method) }
    }
  }
}

extension DotPlot.Point {
  fileprivate init?(_ cell: IncidenceCell, arm: Int, method: String?) {
    guard let statistic = cell.estimate, case .number(let estimate) = statistic.value else {
      return nil
    }
    let limits = method.flatMap { cell.limits[$0] }
    self.arm = arm
    self.estimate = estimate
    lower = limits?.lower.flatMap { cell.onAxis($0) } ?? estimate
    upper = limits?.upper.flatMap { cell.onAxis($0) } ?? estimate
    isUnbounded = limits?.upper?.value == .unbounded(.above)
  }
}

extension IncidenceCell {
  /// A limit on the scale of the axis: percent for risks.
  fileprivate func onAxis(_ limit: Statistic) -> Double? {
    guard case .number(let value) = limit.value else { return nil }
    return measure == .risk ? limit.percentage(value) : value
  }
}

private func eventCount(_ rows: [DotPlot.Row]) -> Int {
  rows.reduce(0) { $0 + ($1.style == .heading ? 0 : 1) }
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
