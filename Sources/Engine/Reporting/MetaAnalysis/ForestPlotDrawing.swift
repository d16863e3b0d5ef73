import Results

/// Where everything stands in a forest plot, in SVG user units.
private struct ForestLayout {
  static let width = 920.0
  private static let margin = 12.0
  private static let gap = 18.0
  private static let minimumPanel = 240.0

  /// The most characters of a label.
  let maximumLabel: Int
  /// The right end of each column of texts.
  let columns: [Double]
  let left: Double
  let right: Double
  let top: Double
  /// The middle of each row.
  let middles: [Double]
  let legend: [(x: Double, y: Double)]
  let titleTop: Double
  let bottom: Double
  let height: Double

  init(_ plot: ForestPlot) {
    let widths = plot.columns.enumerated().map { index, column in
      let texts = plot.rows.lazy.filter { !$0.texts.isEmpty }.map(\.texts[index])
      let longest = max(texts.map(\.count).max() ?? 0, column.title.map(\.count).max() ?? 0)
      return characterWidth * Double(longest)
    }
    func total(isLeft: Bool) -> Double {
      zip(plot.columns, widths).reduce(0) { $0 + ($1.0.isLeft == isLeft ? $1.1 + Self.gap : 0) }
    }
    let (leftTexts, rightTexts) = (total(isLeft: true), total(isLeft: false))
    // A pooled row has no counts, and so its label may reach into their columns.
    let labels = plot.rows.map { row in
      let width = 12 + characterWidth * Double(row.label.count)
      let hasRoom = row.style == .nested || row.style == .heading
      return hasRoom ? width - leftTexts : width
    }
    let wanted = max(labels.max() ?? 0, characterWidth * Double(plot.corner.count))
    let available =
      Self.width - 2 * Self.margin - leftTexts - rightTexts - Self.gap - Self.minimumPanel
    let labelWidth = min(wanted, max(available, 120))
    maximumLabel = Int((labelWidth - 12) / characterWidth)
    var x = Self.margin + labelWidth
    var places: [Double] = []
    for (column, width) in zip(plot.columns, widths) where column.isLeft {
      x += Self.gap + width
      places.append(x)
    }
    left = x + Self.gap
    right = Self.width - Self.margin - rightTexts
    x = right
    for (column, width) in zip(plot.columns, widths) where !column.isLeft {
      x += Self.gap + width
      places.append(x)
    }
    columns = places
    legend = legendPlaces(plot.legend.map { $0 + "     " }, from: left, to: Self.width)
    let lines = plot.columns.map(\.title.count).max() ?? 1
    titleTop = 22 + (legend.last.map { $0.y + 6 } ?? 0)
    top = titleTop + 15 * Double(lines - 1) + 12
    var y = top + 4
    middles = plot.rows.map { row in
      let height = row.height
      defer { y += height }
      return y + height / 2
    }
    bottom = y + 4
    height = bottom + 56 + 18 * Double(plot.notes.count)
  }

  static func indent(_ row: ForestPlot.Row) -> Double {
    row.style == .indented || row.style == .nested ? 12 : 0
  }

  func labelPlace(_ row: ForestPlot.Row) -> Double { Self.margin + Self.indent(row) }

  /// `label` as far as there is room for it.
  func clipped(_ row: ForestPlot.Row) -> String {
    let hasRoom = row.style == .nested || row.style == .heading
    let room = left - Self.margin - Self.indent(row) - 6
    return clip(row.label, max(hasRoom ? Int(room / characterWidth) : maximumLabel, 8))
  }

  func position(_ value: Double, _ axis: Axis) -> Double {
    left + (right - left) * axis.place(of: value)
  }
}

extension ForestPlot.Row {
  fileprivate var height: Double {
    switch (style, mark) {
    case (.heading, _): 26
    case (_, .line): 2
    case (.nested, _): 22
    default: 20
    }
  }
}

extension ForestPlot {
  func drawing(named name: String) -> Markup {
    let layout = ForestLayout(self)
    return canvas(
      named: name, width: ForestLayout.width, height: layout.height, summary: summary
    ) { svg in
      for (index, place) in layout.legend.enumerated() {
        svg.verdictInterval(
          from: place.x - 8, to: place.x + 20, y: place.y, isOpen: (false, false),
          isFilled: index == 0)
        svg.verdict(x: place.x + 6, y: place.y, isFilled: index == 0)
        svg.label(legend[index], x: place.x + 26, y: place.y + 4)
      }
      drawTitles(layout, &svg)
      drawAxis(layout, &svg)
      for index in rows.indices { draw(rows[index], y: layout.middles[index], layout, &svg) }
      svg.notes(notes, x: 12, y: layout.bottom + Distance.note)
    }
  }

  private func drawTitles(_ layout: ForestLayout, _ svg: inout Markup) {
    let lines = columns.map(\.title.count).max() ?? 1
    let last = layout.titleTop + 15 * Double(lines - 1)
    svg.label(corner, x: 12, y: last, isBold: true)
    for (column, x) in zip(columns, layout.columns) {
      for (line, text) in column.title.enumerated() {
        let y = last - 15 * Double(column.title.count - 1 - line)
        svg.label(text, x: x, y: y, anchor: "end", isBold: true)
      }
    }
    svg.rule((12, layout.top - 3), (ForestLayout.width - 12, layout.top - 3), "axis")
  }

  private func drawAxis(_ layout: ForestLayout, _ svg: inout Markup) {
    for tick in axis.ticks {
      let x = layout.position(tick, axis)
      svg.rule((x, layout.top), (x, layout.bottom), tick == reference ? "axis" : "grid")
      svg.label(
        axis.label(of: tick, numbers), x: x, y: layout.bottom + Distance.tickLabel,
        anchor: "middle")
    }
    if let guide, axis.shows(guide) {
      let x = layout.position(guide, axis)
      svg.empty(
        "line",
        [
          "class": "axis", "x1": length(x), "x2": length(x), "y1": length(layout.top),
          "y2": length(layout.bottom), "stroke": FigureColours.axis, "stroke-dasharray": "2 4",
        ])
    }
    svg.rule((layout.left, layout.bottom), (layout.right, layout.bottom), "axis")
    svg.label(
      axisTitle, x: (layout.left + layout.right) / 2, y: layout.bottom + Distance.axisTitle,
      anchor: "middle")
  }

  private func draw(_ row: Row, y: Double, _ layout: ForestLayout, _ svg: inout Markup) {
    if !row.label.isEmpty {
      let label = layout.clipped(row)
      svg.element("g", [:]) { svg in
        if label != row.label { svg.element("title", row.label) }
        svg.label(label, x: layout.labelPlace(row), y: y + 4, isBold: row.style == .heading)
      }
    }
    for (text, x) in zip(row.texts, layout.columns) where !text.isEmpty {
      svg.label(text, x: x, y: y + 4, anchor: "end")
    }
    if row.isDrawn {
      svg.element("g", [:]) { svg in
        let texts = [row.label] + row.texts.filter { !$0.isEmpty }
        svg.element("title", row.hover ?? texts.joined(separator: " · "))
        drawMark(of: row, y: y, layout, &svg)
      }
    }
    guard let remark = row.remark else { return }
    let value = row.estimate.map { max(axis.minimum, min($0, axis.maximum)) } ?? reference
    let x = layout.position(value ?? axis.minimum, axis)
    let isLeft = x < (layout.left + layout.right) / 2 + 1
    svg.label(
      remark, x: x + (isLeft ? 12 : -12), y: y + 4, anchor: isLeft ? "start" : "end", isQuiet: true,
      isOnLines: true)
  }

  private func drawMark(of row: Row, y: Double, _ layout: ForestLayout, _ svg: inout Markup) {
    let ends = [row.lower, row.upper].map { value in
      (value ?? row.estimate).map { layout.position($0, axis) } ?? layout.left
    }
    let isOpen = (
      left: row.lower.map { $0 < axis.minimum } ?? false,
      right: row.upper.map { $0 > axis.maximum } ?? false
    )
    let estimate = row.estimate.flatMap { axis.shows($0) ? layout.position($0, axis) : nil }
    switch row.mark {
    case .square(let share):
      svg.interval(from: ends[0], to: ends[1], y: y, isOpen: isOpen, colour: PlotMark.study)
      // An area in proportion to the weight, and a side that can be seen.
      if let estimate { svg.square(x: estimate, y: y, side: max(3, 15 * share.squareRoot())) }
    case .circle(let isFilled):
      svg.verdictInterval(
        from: ends[0], to: ends[1], y: y, isOpen: isOpen, isFilled: isFilled)
      if let estimate { svg.verdict(x: estimate, y: y, isFilled: isFilled) }
    case .diamond:
      svg.diamond(from: ends[0], at: estimate, to: ends[1], y: y, isOpen: isOpen)
    case .bar:
      svg.bar(from: ends[0], to: ends[1], y: y, isOpen: isOpen)
    case .line:
      svg.interval(
        from: ends[0], to: ends[1], y: y, isOpen: (false, false), colour: FigureColours.palette[5],
        width: 1)
      if let estimate { svg.square(x: estimate, y: y, side: 2.4) }
    }
  }
}
