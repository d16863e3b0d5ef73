import Results

/// Where everything stands in a dot plot, in SVG user units.
private struct DotPlotLayout {
  static let width = 920.0
  static let maximumLabel = 48
  private static let panelDistance = 36.0

  let left: Double
  let right = DotPlotLayout.width - 28
  let top: Double
  /// The middle of each row.
  let middles: [Double]
  let legend: [(x: Double, y: Double)]
  /// The ends of each panel.
  let panels: [(left: Double, right: Double)]
  /// The lines of each panel's title.
  let titles: [[String]]
  let bottom: Double
  let height: Double

  init(_ plot: DotPlot) {
    let longest = plot.rows.map { min($0.label.count, Self.maximumLabel) }.max() ?? 0
    let left = 32 + characterWidth * Double(max(longest, 8))
    self.left = left
    legend = legendPlaces(plot.legend, from: left, to: right)
    top = 30 + (legend.last?.y ?? -10)
    let lanes = plot.rows.flatMap(\.points).map { abs($0.lane) }.max() ?? 0
    let full = max(20, 18 * lanes + 16)
    var y = top
    middles = plot.rows.map { row in
      let height = row.points.isEmpty ? 22 : full
      defer { y += height }
      return y + height / 2
    }
    bottom = y
    let gaps = Self.panelDistance * Double(plot.panels.count - 1)
    let width = (right - left - gaps) / Double(plot.panels.count)
    panels = plot.panels.indices.map { index in
      let start = left + Double(index) * (width + Self.panelDistance)
      return (start, start + width)
    }
    titles = plot.panels.map { panel in
      // The last line has room for the sides.
      wrapped(panel.title, width: Int(width / characterWidth)) + (panel.sides == nil ? [] : [""])
    }
    let lines = titles.map(\.count).max() ?? 0
    height = bottom + 37 + 15 * Double(lines) + (plot.omission == nil ? 0 : 20)
  }

  func position(_ value: Double, _ axis: Axis, panel: Int) -> Double {
    panels[panel].left + (panels[panel].right - panels[panel].left) * axis.place(of: value)
  }
}

extension DotPlot {
  func drawing(named name: String) -> Markup {
    let layout = DotPlotLayout(self)
    return canvas(
      named: name, width: DotPlotLayout.width, height: layout.height, summary: summary
    ) { svg in
      for (item, place) in layout.legend.enumerated() {
        PlotMark(item).draw(x: place.x + 6, y: place.y, &svg)
        svg.label(legend[item], x: place.x + 16, y: place.y + 4)
      }
      for index in panels.indices { drawAxis(of: index, layout, &svg) }
      if let omission { svg.notes([omission], x: layout.left, y: layout.height - 13) }
      for index in rows.indices { draw(rows[index], at: index, layout, &svg) }
    }
  }

  private func drawAxis(of index: Int, _ layout: DotPlotLayout, _ svg: inout Markup) {
    let panel = panels[index]
    let ends = layout.panels[index]
    for tick in panel.axis.ticks {
      let x = layout.position(tick, panel.axis, panel: index)
      svg.rule((x, layout.top), (x, layout.bottom), tick == panel.reference ? "axis" : "grid")
      let text = panel.axis.label(of: tick, numbers)
      svg.label(text, x: x, y: layout.bottom + Distance.tickLabel, anchor: "middle")
      if rows.count > 30 { svg.label(text, x: x, y: layout.top - 6, anchor: "middle") }
    }
    svg.rule((ends.left, layout.bottom), (ends.right, layout.bottom), "axis")
    drawSides(of: index, layout, &svg)
    for (line, text) in layout.titles[index].enumerated() where !text.isEmpty {
      svg.label(
        text, x: (ends.left + ends.right) / 2,
        y: layout.bottom + Distance.axisTitle + 15 * Double(line), anchor: "middle")
    }
  }

  /// Which group has more on either side of the reference, below the title of a panel.
  private func drawSides(of index: Int, _ layout: DotPlotLayout, _ svg: inout Markup) {
    guard let sides = panels[index].sides else { return }
    let ends = layout.panels[index]
    let room = Int((ends.right - ends.left) / 2 / characterWidth) - 3
    let y = layout.bottom + Distance.axisTitle + 15 * Double(layout.titles[index].count - 1)
    let prefix = "more with "
    let fits = max(sides.left.count, sides.right.count) + prefix.count <= room
    for (name, isLeft) in [(sides.left, true), (sides.right, false)] {
      let text = fits ? prefix + name : clip(name, room)
      svg.label(
        isLeft ? "← " + text : text + " →", x: isLeft ? ends.left : ends.right, y: y,
        anchor: isLeft ? "start" : "end", isQuiet: true)
    }
  }

  private func draw(_ row: Row, at index: Int, _ layout: DotPlotLayout, _ svg: inout Markup) {
    guard let hover = row.hover else { return drawContent(of: row, at: index, layout, &svg) }
    svg.element("g", [:]) { svg in
      svg.element("title", hover)
      drawContent(of: row, at: index, layout, &svg)
    }
  }

  private func drawContent(
    of row: Row, at index: Int, _ layout: DotPlotLayout, _ svg: inout Markup
  ) {
    let middle = layout.middles[index]
    let isHeading = row.style == .heading
    svg.label(
      clip(row.label, DotPlotLayout.maximumLabel), x: isHeading ? 12 : layout.left - 14,
      y: middle + 4, anchor: isHeading ? "start" : "end", isBold: isHeading,
      isQuiet: row.isStratum)
    for remark in row.remarks {
      let panel = panels[remark.panel]
      let value = row.points.first { $0.panel == remark.panel }?.estimate ?? panel.reference
      let isLeft = panel.axis.place(of: value) < 0.6
      svg.label(
        remark.text, x: layout.position(value, panel.axis, panel: remark.panel) + (isLeft ? 9 : -9),
        y: middle + 4, anchor: isLeft ? "start" : "end", isQuiet: true, isOnLines: true)
    }
    for point in row.points { draw(point, y: middle + 9 * point.lane, layout, &svg) }
  }

  private func draw(_ point: Point, y: Double, _ layout: DotPlotLayout, _ svg: inout Markup) {
    let axis = panels[point.panel].axis
    let ends = [point.lower, point.upper].map { layout.position($0, axis, panel: point.panel) }
    svg.interval(
      from: ends[0], to: ends[1], y: y,
      isOpen: (point.lower < axis.minimum, point.upper > axis.maximum), colour: point.mark.colour)
    guard axis.shows(point.estimate) else { return }
    point.mark.draw(
      x: layout.position(point.estimate, axis, panel: point.panel), y: y, &svg)
  }
}
