import Results

extension DotPlot {
  /// What both groups have, beside `measure` with the interval of its first method.
  ///
  /// The rows and their order are those of the table; `nil` where nothing can be shown.
  init?(_ grid: ComparisonGrid, of measure: ComparisonGrid.Measure, numbers: NumberText) {
    guard !grid.isOfOneEvent else { return nil }
    let counted = measure.contrast.counted
    let shown = firstRows(grid.rows, maximum: Self.maximumRows)
    rows = shown.map { Row($0, measure, counted: counted, numbers) }
    guard rows.contains(where: { !$0.points.isEmpty }) else { return nil }
    let omitted = eventCount(grid.rows) - eventCount(shown) + grid.omitted
    omission =
      omitted > 0
      ? "The first \(Self.maximumRows) rows of the table; \(omitted) more are in the results."
      : nil
    self.numbers = numbers
    let isLeading = measure.contrast == grid.leading?.contrast
    title = isLeading ? grid.title : "\(grid.title) – \(measure.contrast.title.lowercased())"
    legend = grid.sides
    let counts = rows.flatMap(\.points).filter { $0.panel == 0 }.map(\.estimate)
    let kind = grid.rows.lazy.compactMap { $0.cell?.count(.treatment, counted)?.measure }.first
    let incidence = kind ?? .risk
    let points = rows.flatMap(\.points).filter { $0.panel == 1 }
    panels = [
      Panel(title: incidence.axisTitle, axis: incidence.axis(reaching: counts.max() ?? 0)),
      Panel(
        measure, points, sides: grid.sides,
        title: measure.axisTitle(grid, numbers, measure.methods.first?.title)),
    ]
  }

  /// The intervals of one measure of a single event by each method, beneath each other.
  init?(_ grid: ComparisonGrid, methodsOf measure: ComparisonGrid.Measure, numbers: NumberText) {
    guard grid.isOfOneEvent, measure.methods.count > 1,
      let cell = grid.rows.lazy.compactMap(\.cell).first
    else { return nil }
    rows = measure.methods.map { method in
      let interval = cell.interval(measure.contrast, method.name)
      let point = Point(interval, measure.contrast, panel: 0, mark: .contrast)
      return Row(
        style: .plain, label: method.title, points: [point].compactMap { $0 },
        remarks: interval.remarks(panel: 0), hover: interval.text(measure.contrast, numbers))
    }
    guard rows.contains(where: { !$0.points.isEmpty }) else { return nil }
    self.numbers = numbers
    title = "\(grid.title) – \(measure.contrast.title.lowercased()) by method"
    legend = []
    omission = nil
    panels = [
      Panel(
        measure, rows.flatMap(\.points), sides: grid.sides,
        title: measure.axisTitle(grid, numbers, nil))
    ]
  }
}

extension Contrast {
  /// How the events that it contrasts are counted.
  var counted: String {
    self == .rateDifference || self == .rateRatio ? "rate" : "risk"
  }
}

extension ContrastInterval {
  /// `−3.1 (−12.4, 5.2)`.
  func text(_ contrast: Contrast, _ numbers: NumberText) -> String {
    var writer = ComparisonCellWriter(numbers: numbers)
    return writer.contrast(self, contrast).text
  }

  /// What is missing.
  fileprivate func remarks(panel: Int) -> [(panel: Int, text: String)] {
    if estimate?.value.extended == nil { return [(panel, "not estimable")] }
    return limits.contains { $0.value.extended == nil } ? [(panel, "interval not estimable")] : []
  }
}

extension ComparisonGrid.Measure {
  /// `Risk Difference % (95% CI, Newcombe)`.
  func axisTitle(_ grid: ComparisonGrid, _ numbers: NumberText, _ method: String?) -> String {
    let interval = methods.isEmpty ? nil : numbers.level(grid.level) + " CI"
    let details = [unit.isEmpty ? nil : unit, interval, method].compactMap { $0 }
    return contrast.header + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
  }
}

extension DotPlot.Panel {
  /// An axis for `points`; far limits of ratios are left beyond it.
  fileprivate init(
    _ measure: ComparisonGrid.Measure, _ points: [DotPlot.Point], sides: [String], title: String
  ) {
    let estimates = points.map(\.estimate).filter(\.isFinite)
    let limits = points.flatMap { [$0.lower, $0.upper] }.filter(\.isFinite)
    let axis =
      measure.contrast.isRatio
      ? Axis(ratios: estimates + limits.map { $0 > 0 ? min(max($0, 0.01), 100) : 1 })
      : Axis(
        from: min(0, (estimates + limits).min() ?? 0), reaching: (estimates + limits).max() ?? 0)
    self.init(
      title: title, axis: axis, reference: measure.contrast.nullValue,
      sides: (left: sides[1], right: sides[0]))
  }
}

extension DotPlot.Row {
  fileprivate init(
    _ row: ComparisonGrid.Row, _ measure: ComparisonGrid.Measure, counted: String,
    _ numbers: NumberText
  ) {
    guard let cell = row.cell else {
      self.init(style: row.style, label: row.label, points: [])
      return
    }
    let counts = ComparisonCell.Side.allCases.enumerated().compactMap { index, side in
      cell.count(side, counted)?.estimate?.value.stored.map { value in
        DotPlot.Point(
          mark: PlotMark(index), lane: index == 0 ? -0.3 : 0.3, estimate: value, lower: value,
          upper: value)
      }
    }
    let interval = cell.interval(measure.contrast, measure.methods.first?.name)
    let contrast = DotPlot.Point(
      interval, measure.contrast, panel: 1, mark: row.isStratum ? .stratum : .contrast)
    self.init(
      style: row.style, label: row.label, points: counts + [contrast].compactMap { $0 },
      remarks: interval.remarks(panel: 1),
      isStratum: row.isStratum,
      hover: "\(row.label): \(interval.text(measure.contrast, numbers))")
  }
}

extension DotPlot.Point {
  /// `nil` where the contrast cannot be estimated.
  fileprivate init?(
    _ interval: ContrastInterval, _ contrast: Contrast, panel: Int, mark: PlotMark
  ) {
    func place(_ statistic: Statistic?) -> Double? {
      statistic.flatMap { statistic in
        statistic.value.extended.map { contrast.shown($0, of: statistic) }
      }
    }
    guard let estimate = place(interval.estimate) else { return nil }
    self.init(
      panel: panel, mark: mark, estimate: estimate,
      lower: place(interval.lower) ?? estimate, upper: place(interval.upper) ?? estimate)
  }
}

private func eventCount(_ rows: [ComparisonGrid.Row]) -> Int {
  rows.reduce(0) { $0 + ($1.style == .heading ? 0 : 1) }
}

/// The first rows with their headings.
private func firstRows(_ rows: [ComparisonGrid.Row], maximum: Int) -> [ComparisonGrid.Row] {
  var count = 0
  let end = rows.firstIndex { row in
    if row.style != .heading { count += 1 }
    return count > maximum
  }
  let shown = rows[..<(end ?? rows.endIndex)]
  // A heading whose rows are cut off says nothing.
  return end != nil && shown.last?.style == .heading ? Array(shown.dropLast()) : Array(shown)
}
