import Glibc
import Results

/// Where everything stands in a scatter plot, in SVG user units.
private struct ScatterLayout {
  static let width = 920.0
  private static let maximumLabels = 10

  private let plot: ScatterPlot
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let height: Double

  init(_ plot: ScatterPlot) {
    self.plot = plot
    let size = plot.isSquare ? 480.0 : 420
    left = plot.isSquare ? (Self.width - size) / 2 : 72
    right = plot.isSquare ? left + size : Self.width - 40
    top = plot.legend.isEmpty ? 40 : 62
    bottom = top + size
    height = bottom + 60 + 18 * Double(plot.notes.count)
  }

  func x(_ value: Double) -> Double {
    left + (right - left) * plot.horizontal.axis.place(of: value)
  }

  func y(_ value: Double) -> Double {
    let place = plot.vertical.axis.place(of: value)
    return top + (bottom - top) * (plot.isInverted ? place : 1 - place)
  }

  /// A line as far as it runs within both axes.
  func ends(_ line: ScatterPlot.Line) -> [(x: Double, y: Double)] {
    let (from, to) = (unclipped(line.from), unclipped(line.to))
    var range = (start: 0.0, end: 1.0)
    for (start, end, least, most) in [
      (from.x, to.x, left, right), (from.y, to.y, top, bottom),
    ] where start != end {
      let crossings = [(least - start) / (end - start), (most - start) / (end - start)].sorted()
      range = (max(range.start, crossings[0]), min(range.end, crossings[1]))
    }
    guard range.start < range.end else { return [] }
    return [range.start, range.end].map { part in
      (from.x + part * (to.x - from.x), from.y + part * (to.y - from.y))
    }
  }

  /// Where a place is, or would be beyond the axes.
  func unclipped(_ place: (x: Double, y: Double)) -> (x: Double, y: Double) {
    let x = plot.horizontal.axis.unclippedPlace(of: place.x)
    let y = plot.vertical.axis.unclippedPlace(of: place.y)
    return (left + (right - left) * x, top + (bottom - top) * (plot.isInverted ? y : 1 - y))
  }

  var labels: [PointLabel] {
    let circles = plot.points.map { point in
      let (x, y, radius) = (x(point.x), y(point.y), point.radius)
      return Box(left: x - radius, right: x + radius, top: y - radius, bottom: y + radius)
    }
    let order = plot.points.indices.filter { !plot.points[$0].label.isEmpty }
      .sorted { plot.points[$0].prominence > plot.points[$1].prominence }
    return PointLabel.labels(
      plot.points.map(\.label), of: circles, order: order,
      within: Box(left: left + 4, right: Self.width - 4, top: top - 12, bottom: bottom),
      maximum: Self.maximumLabels)
  }
}

extension Axis {
  /// Where a value stands, beyond 0 to 1 where it is beyond the ends.
  fileprivate func unclippedPlace(of value: Double) -> Double {
    guard !isLogarithmic else {
      let bounded = min(max(value, 1e-300), 1e300)
      return (log10(bounded) - log10(minimum)) / (log10(maximum) - log10(minimum))
    }
    return (value - minimum) / (maximum - minimum)
  }
}

extension ScatterPlot {
  func drawing(named name: String) -> Markup {
    let layout = ScatterLayout(self)
    return canvas(
      named: name, width: ScatterLayout.width, height: layout.height, summary: summary
    ) { svg in
      let places = legendPlaces(legend, from: layout.left, to: layout.right)
      for (index, place) in places.enumerated() {
        svg.study(x: place.x + 6, y: place.y, radius: 4.5, isFilled: index == 0)
        svg.label(legend[index], x: place.x + 18, y: place.y + 4)
      }
      drawAxes(layout, &svg)
      if !shades.isEmpty { drawShades(layout, clip: name + "-clip", &svg) }
      for line in lines { draw(line, layout, &svg) }
      for point in points {
        svg.element("g", [:]) { svg in
          svg.element("title", point.hover)
          svg.study(
            x: layout.x(point.x), y: layout.y(point.y), radius: point.radius,
            isFilled: point.isFilled)
        }
      }
      for label in layout.labels {
        svg.label(label.text, x: label.x, y: label.y, anchor: label.anchor, isOnLines: true)
      }
    }
  }

  private func drawAxes(_ layout: ScatterLayout, _ svg: inout Markup) {
    // Large circles may stand on the axes: they keep clear of the labels.
    let room = max(0, (points.first?.radius ?? 0) - 5)
    for tick in horizontal.axis.ticks {
      let x = layout.x(tick)
      svg.rule((x, layout.top), (x, layout.bottom), "grid")
      svg.label(
        horizontal.axis.label(of: tick, numbers), x: x,
        y: layout.bottom + Distance.tickLabel + room, anchor: "middle")
    }
    for tick in vertical.axis.ticks {
      let y = layout.y(tick)
      svg.rule((layout.left, y), (layout.right, y), "grid")
      svg.label(
        vertical.axis.label(of: tick, numbers), x: layout.left - 8 - room, y: y + 4,
        anchor: "end")
    }
    svg.rule((layout.left, layout.top), (layout.left, layout.bottom), "axis")
    svg.rule((layout.left, layout.bottom), (layout.right, layout.bottom), "axis")
    svg.label(
      vertical.title, x: max(12, layout.left - 64), y: layout.top - Distance.verticalTitle)
    let middle = (layout.left + layout.right) / 2
    svg.label(
      horizontal.title, x: middle, y: layout.bottom + Distance.axisTitle + room, anchor: "middle")
    svg.notes(notes, x: layout.left, y: layout.bottom + Distance.note + room)
  }

  private func drawShades(_ layout: ScatterLayout, clip: String, _ svg: inout Markup) {
    svg.element("clipPath", ["id": clip]) { svg in
      svg.empty(
        "rect",
        [
          "x": length(layout.left), "y": length(layout.top),
          "width": length(layout.right - layout.left),
          "height": length(layout.bottom - layout.top),
        ])
    }
    svg.element("g", ["clip-path": "url(#\(clip))"]) { svg in
      for shade in shades {
        let corners = shade.corners.map(layout.unclipped)
          .map { "\(length($0.x)) \(length($0.y))" }
        svg.empty(
          "path",
          [
            "d": "M\(corners.joined(separator: "L"))z", "fill": FigureColours.palette[6],
            "fill-opacity": "0.09",
          ])
      }
    }
  }

  private func draw(_ line: Line, _ layout: ScatterLayout, _ svg: inout Markup) {
    let ends = layout.ends(line)
    guard ends.count == 2 else { return }
    svg.empty(
      "line",
      [
        "class": "axis", "x1": length(ends[0].x), "y1": length(ends[0].y),
        "x2": length(ends[1].x), "y2": length(ends[1].y), "stroke": FigureColours.axis,
        "stroke-dasharray": line.isDashed ? "5 4" : nil,
      ])
  }
}

extension Markup {
  /// A study, or a hollow circle for one that was filled in.
  fileprivate mutating func study(x: Double, y: Double, radius: Double, isFilled: Bool) {
    empty(
      "circle",
      [
        "cx": length(x), "cy": length(y), "r": length(radius), "fill": PlotMark.study,
        "fill-opacity": isFilled ? "0.65" : "0.05", "stroke": PlotMark.study,
      ])
  }
}
