import Results

/// Where everything stands in a dot plot, in SVG user units.
private struct DotPlotLayout {
  static let width = 920.0
  /// The width of a character of the labels, on average.
  private static let characterWidth = 6.3
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
    left = 32 + Self.characterWidth * Double(max(longest, 8))
    legend = Self.legend(plot.arms, from: left, to: right)
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

  /// The places of the legend's items, in as many lines as they need.
  private static func legend(
    _ arms: [String], from left: Double, to right: Double
  ) -> [(x: Double, y: Double)] {
    guard arms.count > 1 else { return [] }
    var (x, y) = (left, 16.0)
    return arms.map { arm in
      let width = 34 + characterWidth * Double(arm.count)
      if x > left, x + width > right { (x, y) = (left, y + 20) }
      defer { x += width }
      return (x, y)
    }
  }
}

extension DotPlot {
  /// The figure as an SVG file of its own.
  func file(named name: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing(named: name).source + "\n"
  }

  /// The `svg` element; `name` keeps its ids apart from those of other figures on a page.
  func drawing(named name: String) -> Markup {
    let layout = DotPlotLayout(self)
    let size = (width: length(DotPlotLayout.width), height: length(layout.height))
    var svg = Markup()
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(size.width) \(size.height)",
        "width": size.width, "height": size.height, "role": "img",
        "aria-labelledby": "\(name)-title \(name)-desc", "font-size": "12",
        "font-family": "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif",
      ]
    ) { svg in
      svg.element("title", ["id": "\(name)-title"], title)
      svg.element("desc", ["id": "\(name)-desc"], summary)
      svg.empty(
        "rect",
        ["class": "paper", "width": size.width, "height": size.height, "fill": "#ffffff"])
      drawLegend(layout, &svg)
      drawAxis(layout, &svg)
      for index in rows.indices { draw(rows[index], at: index, layout, &svg) }
    }
    return svg
  }

  private func drawLegend(_ layout: DotPlotLayout, _ svg: inout Markup) {
    for (arm, place) in layout.legend.enumerated() {
      ArmMark(arm).draw(x: place.x + 6, y: place.y, &svg)
      label(arms[arm], x: place.x + 16, y: place.y + 4, &svg)
    }
  }

  private func drawAxis(_ layout: DotPlotLayout, _ svg: inout Markup) {
    for tick in axis.ticks {
      let x = position(tick, layout)
      line((x, layout.top), (x, layout.bottom), tick == 0 ? "axis" : "grid", &svg)
      let text = numbers.fixed(tick, decimals: axis.decimals)
      label(text, x: x, y: layout.bottom + 17, anchor: "middle", &svg)
      if rows.count > 30 { label(text, x: x, y: layout.top - 6, anchor: "middle", &svg) }
    }
    line((layout.left, layout.bottom), (layout.right, layout.bottom), "axis", &svg)
    let middle = (layout.left + layout.right) / 2
    label(axisTitle, x: middle, y: layout.bottom + 39, anchor: "middle", &svg)
    if let omission {
      label(omission, x: middle, y: layout.bottom + 59, anchor: "middle", &svg)
    }
  }

  private func draw(_ row: Row, at index: Int, _ layout: DotPlotLayout, _ svg: inout Markup) {
    let middle = layout.middles[index]
    let isHeading = row.style == .heading
    let short =
      row.label.count > DotPlotLayout.maximumLabel
      ? row.label.prefix(DotPlotLayout.maximumLabel - 1) + "…" : row.label
    let x = isHeading ? 12 : layout.left - 14
    label(
      short, x: x, y: middle + 4, anchor: isHeading ? "start" : "end", isBold: isHeading, &svg)
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

  private func label(
    _ text: String, x: Double, y: Double, anchor: String? = nil, isBold: Bool = false,
    _ svg: inout Markup
  ) {
    svg.element(
      "text",
      [
        "class": "ink", "x": length(x), "y": length(y), "text-anchor": anchor,
        "font-weight": isBold ? "bold" : nil, "fill": "#1a1a1a",
      ], text)
  }

  private func line(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ kind: String,
    _ svg: inout Markup
  ) {
    svg.empty(
      "line",
      [
        "class": kind, "x1": length(from.x), "y1": length(from.y), "x2": length(to.x),
        "y2": length(to.y), "stroke": kind == "axis" ? "#4d4d4d" : "#dedede",
      ])
  }
}
