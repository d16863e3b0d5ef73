import Results

/// Where everything stands in a volcano plot, in SVG user units.
private struct VolcanoLayout {
  static let width = 920.0
  static let height = 580.0
  static let left = 64.0
  static let right = width - 72
  static let top = 58.0
  static let bottom = height - 74
  /// The radius of the most frequent event.
  private static let maximumRadius = 13.0
  private static let minimumRadius = 2.5
  private static let maximumLabels = 12

  private let plot: VolcanoPlot
  private let maximumCount: Double

  init(_ plot: VolcanoPlot) {
    self.plot = plot
    maximumCount = max(1, plot.events.first?.count ?? 1)
  }

  func x(_ contrast: Double) -> Double {
    Self.left + (Self.right - Self.left) * plot.contrastAxis.place(of: contrast)
  }

  func y(_ evidence: Double) -> Double {
    Self.bottom - (Self.bottom - Self.top) * plot.evidenceAxis.place(of: evidence)
  }

  func radius(_ event: VolcanoPlot.Event) -> Double {
    max(Self.minimumRadius, Self.maximumRadius * (event.count / maximumCount).squareRoot())
  }

  func circle(_ event: VolcanoPlot.Event) -> Box {
    let radius = radius(event)
    let (x, y) = (x(event.contrast), y(event.evidence))
    return Box(left: x - radius, right: x + radius, top: y - radius, bottom: y + radius)
  }

  /// The labels of the most extreme events, beside their circles and clear of all others.
  var labels: [PointLabel] {
    let order = plot.events.indices.filter { plot.events[$0].evidence > 0 }
      .sorted { plot.events[$0].evidence > plot.events[$1].evidence }
    return PointLabel.labels(
      plot.events.map(\.label), of: plot.events.map(circle), order: order,
      within: Box(
        left: Self.left + 4, right: Self.right, top: Self.top - 16, bottom: .infinity),
      maximum: Self.maximumLabels)
  }
}

extension VolcanoPlot {
  func drawing(named name: String) -> Markup {
    let layout = VolcanoLayout(self)
    return canvas(
      named: name, width: VolcanoLayout.width, height: VolcanoLayout.height, summary: summary
    ) { svg in
      let places = legendPlaces(legend, from: VolcanoLayout.left, to: VolcanoLayout.right)
      for (index, place) in places.enumerated() {
        svg.circle(x: place.x + 6, y: place.y, radius: 5, passes: index == 0)
        svg.label(legend[index], x: place.x + 18, y: place.y + 4)
      }
      drawAxes(layout, &svg)
      for event in events {
        svg.element("g", [:]) { svg in
          svg.element("title", event.hover)
          svg.circle(
            x: layout.x(event.contrast), y: layout.y(event.evidence),
            radius: layout.radius(event), passes: event.passes)
        }
      }
      for label in layout.labels {
        svg.label(label.text, x: label.x, y: label.y, anchor: label.anchor, isOnLines: true)
      }
    }
  }

  private func drawAxes(_ layout: VolcanoLayout, _ svg: inout Markup) {
    let (left, right) = (VolcanoLayout.left, VolcanoLayout.right)
    let (top, bottom) = (VolcanoLayout.top, VolcanoLayout.bottom)
    for tick in contrastAxis.ticks {
      let x = layout.x(tick)
      svg.rule((x, top), (x, bottom), tick == nullValue ? "axis" : "grid")
      svg.label(
        contrastAxis.label(of: tick, numbers), x: x, y: bottom + Distance.tickLabel,
        anchor: "middle")
    }
    for tick in evidenceAxis.ticks {
      let y = layout.y(tick)
      svg.rule((left, y), (right, y), tick == 0 ? "axis" : "grid")
      svg.label(evidenceAxis.label(of: tick, numbers), x: left - 8, y: y + 4, anchor: "end")
    }
    let y = layout.y(threshold)
    svg.empty(
      "line",
      [
        "class": "axis", "x1": length(left), "x2": length(right), "y1": length(y),
        "y2": length(y), "stroke": FigureColours.axis, "stroke-dasharray": "5 4",
      ])
    svg.label("p = \(significance)", x: right + 6, y: y + 4)
    svg.label(evidenceTitle, x: 12, y: top - Distance.verticalTitle)
    let middle = (left + right) / 2
    svg.label(contrastTitle, x: middle, y: bottom + Distance.axisTitle, anchor: "middle")
    let beyond = events.contains { !contrastAxis.shows($0.contrast) }
    let note =
      "Area: subjects with the event in both groups."
      + (beyond ? " Ratios of 0 and ∞ stand at the edge." : "")
    svg.notes([note], x: left, y: bottom + Distance.note)
  }
}

extension Markup {
  /// The mark of an event: those that pass are filled, so that colour alone tells nothing.
  fileprivate mutating func circle(x: Double, y: Double, radius: Double, passes: Bool) {
    let colour = FigureColours.palette[passes ? 1 : 0]
    empty(
      "circle",
      [
        "cx": length(x), "cy": length(y), "r": length(radius), "fill": colour,
        "fill-opacity": passes ? "0.6" : "0.08", "stroke": colour,
      ])
  }
}
