import Results

/// Where everything stands in a figure of stacked bars, in SVG user units.
private struct StackedBarsLayout {
  static let width = 920.0
  static let maximumLabel = 40
  static let barHeight = 34.0
  private static let barDistance = 50.0

  let left: Double
  let right = StackedBarsLayout.width - 28
  let top: Double
  let legend: [(x: Double, y: Double)]
  let bottom: Double
  let height: Double

  init(_ plot: StackedBars) {
    let longest = plot.bars.map { min($0.label.count, Self.maximumLabel) }.max() ?? 0
    left = 32 + characterWidth * Double(max(longest, 8))
    legend = legendPlaces(plot.grades, from: left, to: right)
    top = 34 + (legend.last?.y ?? -10)
    bottom = top + Self.barDistance * Double(plot.bars.count)
    height = bottom + 52
  }

  func middle(of bar: Int) -> Double { top + Self.barDistance * (Double(bar) + 0.5) }

  /// Where a percentage stands.
  func position(_ percent: Double) -> Double { left + (right - left) * percent / 100 }
}

extension StackedBars {
  func drawing(named name: String) -> Markup {
    let layout = StackedBarsLayout(self)
    return canvas(
      named: name, width: StackedBarsLayout.width, height: layout.height, summary: summary
    ) { svg in
      drawAxis(layout, &svg)
      for (grade, place) in layout.legend.enumerated() {
        svg.swatch(
          x: place.x, y: place.y - 6, width: 12, height: 12, GradeColour(grade, of: grades.count))
        svg.label(grades[grade], x: place.x + 18, y: place.y + 4)
      }
      for index in bars.indices { draw(bars[index], at: index, layout, &svg) }
    }
  }

  private func drawAxis(_ layout: StackedBarsLayout, _ svg: inout Markup) {
    for tick in stride(from: 0.0, through: 100, by: 20) {
      let x = layout.position(tick)
      svg.rule((x, layout.top), (x, layout.bottom), tick == 0 ? "axis" : "grid")
      svg.label(
        numbers.fixed(tick, decimals: 0), x: x, y: layout.bottom + Distance.tickLabel,
        anchor: "middle")
    }
    svg.rule((layout.left, layout.bottom), (layout.right, layout.bottom), "axis")
    svg.label(
      "Subjects (%)", x: (layout.left + layout.right) / 2,
      y: layout.bottom + Distance.axisTitle, anchor: "middle")
  }

  private func draw(
    _ bar: Bar, at index: Int, _ layout: StackedBarsLayout, _ svg: inout Markup
  ) {
    let middle = layout.middle(of: index)
    svg.label(
      clip(bar.label, StackedBarsLayout.maximumLabel), x: layout.left - 14, y: middle + 4,
      anchor: "end")
    var before = 0.0
    for (grade, part) in bar.parts.enumerated() where part.count > 0 {
      let (start, end) = (layout.position(before), layout.position(before + part.percent))
      before += part.percent
      let colour = GradeColour(grade, of: grades.count)
      svg.element("g", [:]) { svg in
        svg.element("title", "\(bar.label) · \(grades[grade]): \(text(of: part))")
        // A line of paper between the parts, and never less of a part than can be seen.
        svg.swatch(
          x: start, y: middle - StackedBarsLayout.barHeight / 2, width: max(1, end - start - 1),
          height: StackedBarsLayout.barHeight, colour)
      }
      let full = text(of: part)
      let short = numbers.fixed(part.count, decimals: 0)
      let shown = [full, short].first { characterWidth * Double($0.count) + 8 < end - start }
      guard let shown else { continue }
      svg.element(
        "text",
        [
          "x": length((start + end - 1) / 2), "y": length(middle + 4), "text-anchor": "middle",
          "fill": colour.ink,
        ], shown)
    }
  }
}

/// The colour of a grade: the higher, the darker and redder, and told apart with any colour vision.
///
/// Between five colours after ColorBrewer's YlOrRd, whose lightness falls. Harrower & Brewer
/// (2003), Cartogr. J. 40:27.
private struct GradeColour {
  private static let anchors: [[Double]] = [
    [255, 237, 160], [254, 204, 92], [253, 141, 60], [227, 26, 28], [140, 0, 38],
  ]

  private let channels: [Double]

  init(_ grade: Int, of count: Int) {
    let place = count > 1 ? Double(grade) / Double(count - 1) * Double(Self.anchors.count - 1) : 0
    let lower = min(Int(place), Self.anchors.count - 2)
    let share = place - Double(lower)
    channels = zip(Self.anchors[lower], Self.anchors[lower + 1]).map { $0 + share * ($1 - $0) }
  }

  var fill: String { hex(channels) }

  var ink: String { inkOn(channels) }
}

extension Markup {
  fileprivate mutating func swatch(
    x: Double, y: Double, width: Double, height: Double, _ colour: GradeColour
  ) {
    empty(
      "rect",
      [
        "x": length(x), "y": length(y), "width": length(width), "height": length(height),
        "fill": colour.fill,
      ])
  }
}
