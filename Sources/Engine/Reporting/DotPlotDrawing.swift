import Results

/// Where everything stands in a dot plot, in SVG user units.
private struct DotPlotLayout {
  static let width = 920.0
  static let maximumLabel = 48

  let left: Double
  let right = DotPlotLayout.width - 28
  let top: Double
  /// The middle of each row.
  let middles: [Double]
  let legend: [(x: Double, y: Double)]
  let bottom: Double
  let height: Double

  init(_ plot: DotPlot) {
    let longest = plot.rows.map { min($0.label.count, Self.maximumLabel) }.max() ?? 0
    left = 32 + characterWidth * Double(max(longest, 8))
    legend = plot.arms.count > 1 ? legendPlaces(plot.arms, from: left, to: right) : []
    top = 30 + (legend.last?.y ?? -10)
    let full = max(20, 9 * Double(plot.arms.count) + 7)
    var y = top
    middles = plot.rows.map { row in
      let height = row.points.isEmpty ? 22 : full
      defer { y += height }
      return y + height / 2
    }
    bottom = y
    height = bottom + (plot.omission == nil ? 52 : 72)
  }
}

extension DotPlot: Plot {
  func drawing(named name: String) -> Markup {
    let layout = DotPlotLayout(self)
    return canvas(
      named: name, width: DotPlotLayout.width, height: layout.height, summary: summary
    ) { svg in
      drawLegend(layout, &svg)
      drawAxis(layout, &svg)
      for index in rows.indices { draw(rows[index], at: index, layout, &svg) }
    }
  }

  private func drawLegend(_ layout: DotPlotLayout, _ svg: inout Markup) {
    for (arm, place) in layout.legend.enumerated() {
      ArmMark(arm).draw(x: place.x + 6, y: place.y, &svg)
      svg.label(arms[arm], x: place.x + 16, y: place.y + 4)
    }
  }

  private func drawAxis(_ layout: DotPlotLayout, _ svg: inout Markup) {
    for tick in axis.ticks {
      let x = position(tick, layout)
      svg.rule((x, layout.top), (x, layout.bottom), tick == 0 ? "axis" : "grid")
      let text = numbers.fixed(tick, decimals: axis.decimals)
      svg.label(text, x: x, y: layout.bottom + 17, anchor: "middle")
      if rows.count > 30 { svg.label(text, x: x, y: layout.top - 6, anchor: "middle") }
    }
    svg.rule((layout.left, layout.bottom), (layout.right, layout.bottom), "axis")
    let middle = (layout.left + layout.right) / 2
    svg.label(axisTitle, x: middle, y: layout.bottom + 39, anchor: "middle")
    if let omission {
      svg.label(omission, x: middle, y: layout.bottom + 59, anchor: "middle")
    }
  }

  private func draw(_ row: Row, at index: Int, _ layout: DotPlotLayout, _ svg: inout Markup) {
    let middle = layout.middles[index]
    let isHeading = row.style == .heading
    let short =
      row.label.count > DotPlotLayout.maximumLabel
      ? row.label.prefix(DotPlotLayout.maximumLabel - 1) + "…" : row.label
    let x = isHeading ? 12 : layout.left - 14
    svg.label(
      short, x: x, y: middle + 4, anchor: isHeading ? "start" : "end", isBold: isHeading)
    for point in row.points {
      let offset = 9 * (Double(point.arm) - Double(arms.count - 1) / 2)
      draw(point, y: middle + offset, layout, &svg)
    }
  }

  private func draw(_ point: Point, y: Double, _ layout: DotPlotLayout, _ svg: inout Markup) {
    let mark = ArmMark(point.arm)
    let end = point.isUnbounded ? layout.right : position(point.upper, layout)
    if end > position(point.lower, layout) {
      svg.empty(
        "line",
        [
          "x1": length(position(point.lower, layout)), "x2": length(end), "y1": length(y),
          "y2": length(y), "stroke": mark.colour, "stroke-width": "1.5",
        ])
    }
    if point.isUnbounded {
      let (x, y) = (length(end), length(y))
      svg.empty("path", ["d": "M\(x) \(y)l-6 -3.5v7z", "fill": mark.colour])
    }
    mark.draw(x: position(point.estimate, layout), y: y, &svg)
  }

  private func position(_ value: Double, _ layout: DotPlotLayout) -> Double {
    layout.left + (layout.right - layout.left) * min(max(value, 0), axis.maximum) / axis.maximum
  }
}
