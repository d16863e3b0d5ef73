/// Where everything stands in a figure of a surface, in SVG user units.
private struct SurfaceLayout {
  static let width = 920.0
  private static let side = 480.0
  /// The steps of colour from one line of equal response to the next.
  static let bandsOfALevel = 5.0

  let box: Box
  let height: Double
  private let grid: ContourGrid

  init(_ plot: SurfacePlot) {
    grid = plot.grid
    let (left, top) = (120.0, 44.0)
    box = Box(left: left, right: left + Self.side, top: top, bottom: top + Self.side)
    height = box.bottom + 58 + 18 * Double(plot.notes.count)
  }

  func x(_ value: Double) -> Double {
    let (least, most) = (grid.xs[0], grid.xs[grid.xs.count - 1])
    return box.x((value - least) / (most - least))
  }

  func y(_ value: Double) -> Double {
    let (least, most) = (grid.ys[0], grid.ys[grid.ys.count - 1])
    return box.y((value - least) / (most - least))
  }
}

extension SurfacePlot {
  func drawing(named name: String) -> Markup {
    let layout = SurfaceLayout(self)
    let box = layout.box
    return canvas(
      named: name, width: SurfaceLayout.width, height: layout.height, summary: summary
    ) { svg in
      drawBands(layout, &svg)
      svg.clip(name + "-clip", box)
      svg.element("g", ["clip-path": "url(#\(name)-clip)"]) { svg in drawLines(layout, &svg) }
      drawAxes(layout, &svg)
      for run in runs { draw(run, layout, &svg) }
      for mark in marks { draw(mark, layout, &svg) }
      drawLegend(layout, &svg)
      svg.notes(notes, x: box.left, y: box.bottom + Distance.note)
    }
  }

  /// The bands of colours, from the lowest up, each upon all that lies below it.
  private func drawBands(_ layout: SurfaceLayout, _ svg: inout Markup) {
    let step = levels.count > 1 ? (levels[1] - levels[0]) / SurfaceLayout.bandsOfALevel : 0
    let first = (levels.first ?? scale.minimum) - 2 * step
    let count = step > 0 ? Int(((scale.maximum - first) / step).rounded(.up)) : 1
    for band in 0..<count {
      let floor = first + step * Double(band)
      guard floor + step > scale.minimum else { continue }
      let isLowest = floor <= scale.minimum
      let outlines =
        isLowest
        ? [
          [
            (x: grid.xs[0], y: grid.ys[0]), (x: grid.xs[0], y: grid.ys[grid.ys.count - 1]),
            (x: grid.xs[grid.xs.count - 1], y: grid.ys[grid.ys.count - 1]),
            (x: grid.xs[grid.xs.count - 1], y: grid.ys[0]),
          ]
        ]
        : grid.polygons(above: floor)
      let data = outlines.map { outline in
        pathData(outline.map { (x: layout.x($0.x), y: layout.y($0.y)) }) + "z"
      }
      guard !data.isEmpty else { continue }
      svg.empty(
        "path", ["class": "cell", "d": data.joined(), "fill": scale.fill(floor + step / 2)])
    }
  }

  /// The lines of equal response, each with its response where there is room.
  private func drawLines(_ layout: SurfaceLayout, _ svg: inout Markup) {
    var taken = marks.map { mark in
      Box(centre: (layout.x(mark.x.estimate), layout.y(mark.y.estimate)), width: 36, height: 30)
    }
    taken += runs.map { Box(centre: (layout.x($0.x), layout.y($0.y)), width: 14, height: 14) }
    for level in levels {
      let pieces = grid.segments(at: level)
      let data = pieces.map { piece in
        pathData(
          [piece.from, piece.to].map { (x: layout.x($0.x), y: layout.y($0.y)) })
      }
      guard !data.isEmpty else { continue }
      let ink = scale.ink(level)
      svg.empty(
        "path",
        [
          "class": "cell", "d": data.joined(), "fill": "none", "stroke": ink,
          "stroke-opacity": "0.55", "stroke-width": "1.2", "stroke-linecap": "round",
        ])
      let text = Axis(from: scale.minimum, reaching: scale.maximum).label(of: level, numbers)
      let size = (characterWidth * Double(text.count) + 6, 16.0)
      let places = pieces.map { piece in
        (x: layout.x((piece.from.x + piece.to.x) / 2), y: layout.y((piece.from.y + piece.to.y) / 2))
      }
      // Towards the middle of the line, so that labels do not crowd at the edges.
      let order = places.indices.sorted {
        layout.distanceToEdge(places[$0]) > layout.distanceToEdge(places[$1])
      }
      let free = order.lazy.map { places[$0] }.first { place in
        let label = Box(centre: place, width: size.0, height: size.1)
        return layout.box.contains(label) && !taken.contains { $0.overlaps(label) }
      }
      guard let free else { continue }
      taken.append(Box(centre: free, width: size.0 + 8, height: size.1 + 8))
      svg.element(
        "text",
        [
          "x": length(free.x), "y": length(free.y + 4), "text-anchor": "middle", "fill": ink,
          "stroke": scale.fill(level), "stroke-width": "4", "paint-order": "stroke",
        ], text)
    }
  }

  private func drawAxes(_ layout: SurfaceLayout, _ svg: inout Markup) {
    let box = layout.box
    for tick in horizontal.axis.ticks {
      let x = layout.x(tick)
      guard (box.left - 0.5...box.right + 0.5).contains(x) else { continue }
      svg.rule((x, box.bottom), (x, box.bottom + 5), "axis")
      svg.label(
        horizontal.axis.label(of: tick, numbers), x: x, y: box.bottom + Distance.tickLabel,
        anchor: "middle")
    }
    for tick in vertical.axis.ticks {
      let y = layout.y(tick)
      guard (box.top - 0.5...box.bottom + 0.5).contains(y) else { continue }
      svg.rule((box.left - 5, y), (box.left, y), "axis")
      svg.label(vertical.axis.label(of: tick, numbers), x: box.left - 9, y: y + 4, anchor: "end")
    }
    svg.rule((box.left, box.top), (box.left, box.bottom), "axis")
    svg.rule((box.left, box.bottom), (box.right, box.bottom), "axis")
    svg.label(vertical.title, x: 12, y: box.top - Distance.verticalTitle)
    svg.label(
      horizontal.title, x: box.x(0.5), y: box.bottom + Distance.axisTitle, anchor: "middle")
  }

  private func draw(_ run: Run, _ layout: SurfaceLayout, _ svg: inout Markup) {
    svg.element("g", [:]) { svg in
      svg.element("title", run.hover)
      svg.run(x: layout.x(run.x), y: layout.y(run.y))
    }
  }

  /// A point with the limits of its coordinates, as far as they are drawn.
  private func draw(_ mark: Mark, _ layout: SurfaceLayout, _ svg: inout Markup) {
    let (x, y) = (layout.x(mark.x.estimate), layout.y(mark.y.estimate))
    let box = layout.box
    if let lower = mark.x.lower, let upper = mark.x.upper {
      let ends = (from: layout.x(lower), to: layout.x(upper))
      svg.limits(
        (max(ends.from, box.left), y), (min(ends.to, box.right), y),
        isOpen: (ends.from < box.left, ends.to > box.right))
    }
    if let lower = mark.y.lower, let upper = mark.y.upper {
      let ends = (from: layout.y(lower), to: layout.y(upper))
      svg.limits(
        (x, min(ends.from, box.bottom)), (x, max(ends.to, box.top)),
        isOpen: (ends.from > box.bottom, ends.to < box.top))
    }
    svg.element("g", [:]) { svg in
      svg.element("title", mark.title)
      svg.best(x: x, y: y, isOptimum: mark.isOptimum)
    }
  }

  private func drawLegend(_ layout: SurfaceLayout, _ svg: inout Markup) {
    let x = layout.box.right + 36
    let y = layout.box.top + 20
    svg.colourBar(scale, responseTitle, x: x, y: y, width: 220, numbers)
    var line = y + 66
    if !runs.isEmpty {
      svg.run(x: x + 8, y: line)
      svg.label("runs of the design", x: x + 28, y: line + 4)
      line += 24
    }
    for mark in marks {
      svg.best(x: x + 8, y: line, isOptimum: mark.isOptimum)
      let place = [mark.x.estimate, mark.y.estimate].map(numbers.measured).joined(separator: ", ")
      svg.label("\(mark.title) (\(place))", x: x + 28, y: line + 4)
      line += 24
    }
  }
}

extension SurfaceLayout {
  fileprivate func distanceToEdge(_ place: (x: Double, y: Double)) -> Double {
    min(place.x - box.left, box.right - place.x, place.y - box.top, box.bottom - place.y)
  }
}

extension Box {
  fileprivate init(centre: (x: Double, y: Double), width: Double, height: Double) {
    self.init(
      left: centre.x - width / 2, right: centre.x + width / 2, top: centre.y - height / 2,
      bottom: centre.y + height / 2)
  }
}

extension Markup {
  /// A run of the design.
  fileprivate mutating func run(x: Double, y: Double) {
    empty(
      "circle",
      [
        "class": "cell", "cx": length(x), "cy": length(y), "r": "4", "fill": FigureColours.paper,
        "stroke": FigureColours.ink, "stroke-width": "1.4",
      ])
  }

  /// The optimum as a triangle, the stationary point as a diamond; both with a light rim.
  fileprivate mutating func best(x: Double, y: Double, isOptimum: Bool) {
    let data = isOptimum ? "m0 -7l6 10.5h-12z" : "m0 -12l12 12l-12 12l-12 -12z"
    empty(
      "path",
      [
        "class": "cell", "d": "M\(length(x)) \(length(y))\(data)",
        "fill": FigureColours.palette[isOptimum ? 4 : 1], "stroke": FigureColours.paper,
        "stroke-width": "1.6",
      ])
  }

  /// An interval across or up, dark with a light rim; without an end where it is open.
  fileprivate mutating func limits(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), isOpen: (Bool, Bool)
  ) {
    let isAcross = from.y == to.y
    let cap = isAcross ? "m0 -4v8" : "m-4 0h8"
    let arrows =
      isAcross ? ["m6 -4l-6 4l6 4", "m-6 -4l6 4l-6 4"] : ["m-4 -6l4 6l4 -6", "m-4 6l4 -6l4 6"]
    let start = "M\(length(from.x)) \(length(from.y))"
    let end = "M\(length(to.x)) \(length(to.y))"
    let data =
      start + (isOpen.0 ? arrows[0] : cap) + end + (isOpen.1 ? arrows[1] : cap) + start
      + "L\(length(to.x)) \(length(to.y))"
    for (colour, width) in [(FigureColours.paper, "4"), (FigureColours.ink, "1.6")] {
      empty(
        "path",
        ["class": "cell", "d": data, "fill": "none", "stroke": colour, "stroke-width": width])
    }
  }
}
