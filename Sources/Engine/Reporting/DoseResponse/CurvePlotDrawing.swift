/// Where everything stands in a figure of curves, in SVG user units.
private struct CurveLayout {
  static let width = 920.0

  let legend: [(x: Double, y: Double)]
  let boxes: [Box]
  /// Whether a panel stands at the left, and at the bottom, of those drawn.
  let edges: [(isLeft: Bool, isLowest: Bool)]
  let bottom: Double
  let height: Double

  init(_ plot: CurvePlot, legend items: [String]) {
    let labels = plot.response.ticks.map { plot.response.label(of: $0, plot.numbers).count }
    let left = max(64, 20 + characterWidth * Double(labels.max() ?? 1))
    let right = Self.width - 24
    legend = legendPlaces(items, from: left, to: right)
    let top = 46 + (legend.last.map { $0.y + 4 } ?? 0)
    let count = plot.panels.count
    let columns = count == 1 ? 1 : count <= 9 ? 3 : 4
    let gaps = (x: 26.0, y: plot.isOfMany ? 46.0 : 0)
    let size = (
      width: (right - left - gaps.x * Double(columns - 1)) / Double(columns),
      height: plot.isOfMany ? 150.0 : 380
    )
    let first = top + (plot.isOfMany ? 22 : 0)
    boxes = (0..<count).map { index in
      let x = left + (size.width + gaps.x) * Double(index % columns)
      let y = first + (size.height + gaps.y) * Double(index / columns)
      return Box(left: x, right: x + size.width, top: y, bottom: y + size.height)
    }
    edges = (0..<count).map { ($0 % columns == 0, $0 + columns >= count) }
    bottom = boxes.map(\.bottom).max() ?? top
    height = bottom + 58 + 18 * Double(plot.notes.count)
  }
}

extension CurvePlot {
  func drawing(named name: String) -> Markup {
    let items = isOfMany || panels[0].count == 1 ? [] : panels[0].map { $0.title }
    let layout = CurveLayout(self, legend: items.map { clip($0, 60) })
    return canvas(named: name, width: CurveLayout.width, height: layout.height, summary: summary) {
      svg in
      for (index, place) in layout.legend.enumerated() {
        PlotMark(index).draw(x: place.x + 6, y: place.y, &svg)
        svg.label(clip(items[index], 60), x: place.x + 18, y: place.y + 4)
      }
      let first = layout.boxes[0]
      svg.label(responseTitle, x: 12, y: first.top - (isOfMany ? 40 : Distance.verticalTitle))
      for (index, curves) in panels.enumerated() {
        let panel = CurvePanel(plot: self, curves: curves, box: layout.boxes[index])
        panel.draw(
          named: "\(name)-\(index + 1)", isLeft: layout.edges[index].isLeft,
          isLowest: layout.edges[index].isLowest, &svg)
      }
      let middle = (first.left + (layout.boxes.map(\.right).max() ?? 0)) / 2
      svg.label(
        dose.title, x: middle, y: layout.bottom + Distance.axisTitle, anchor: "middle")
      svg.notes(notes, x: first.left, y: layout.bottom + Distance.note)
    }
  }
}

/// The axes of a figure with some of its curves.
private struct CurvePanel {
  let plot: CurvePlot
  let curves: [CurvePlot.Curve]
  let box: Box

  func draw(named name: String, isLeft: Bool, isLowest: Bool, _ svg: inout Markup) {
    svg.verticalAxis(plot.response, box, plot.numbers, hasLabels: isLeft)
    svg.doseAxis(plot.dose, box, hasLabels: isLowest)
    if curves.count == 1, !curves[0].title.isEmpty {
      let room = Int(box.width / characterWidth)
      svg.element("g", [:]) { svg in
        svg.element("title", curves[0].title)
        svg.label(
          clip(curves[0].title, room), x: plot.isOfMany ? box.left : box.left + box.width / 2,
          y: box.top - 8, anchor: plot.isOfMany ? nil : "middle", isBold: true)
      }
    }
    svg.clip(name, box)
    svg.element("g", ["clip-path": "url(#\(name))"]) { svg in
      for (index, curve) in curves.enumerated() {
        drawBand(of: curve, PlotMark(index).colour, &svg)
      }
      for (index, curve) in curves.enumerated() {
        drawFit(of: curve, PlotMark(index).colour, &svg)
      }
    }
    for (index, curve) in curves.enumerated() { drawPoints(of: curve, PlotMark(index), &svg) }
    var taken: [Box] = []
    for (index, curve) in curves.enumerated() {
      for effect in curve.effects {
        draw(effect, of: curve, PlotMark(index).colour, &taken, &svg)
      }
    }
  }

  private func x(_ dose: Double) -> Double { box.x(plot.dose.place(of: dose)) }

  private func y(_ response: Double) -> Double { box.y(plot.response.place(of: response)) }

  /// The places of a fit in pieces: what stands left of the break is a short level line.
  private func pieces(_ curve: CurvePlot.Curve) -> [[(x: Double, place: CurvePlot.Place)]] {
    let isApart = { (place: CurvePlot.Place) in plot.dose.hasBreak && place.dose <= 0 }
    let apart = curve.fit.filter(isApart).prefix(1).map { place in
      [-1, 1].map { (x: x(0) + $0 * (plot.isOfMany ? 5 : 8), place: place) }
    }
    let others = curve.fit.filter { !isApart($0) }.map { (x: x($0.dose), place: $0) }
    return (apart + [others]).filter { $0.count > 1 }
  }

  private func drawBand(of curve: CurvePlot.Curve, _ colour: String, _ svg: inout Markup) {
    for piece in pieces(curve) {
      let limits = piece.compactMap { x, place -> (x: Double, lower: Double, upper: Double)? in
        guard let lower = place.lower, let upper = place.upper else { return nil }
        return (x, y(lower), y(upper))
      }
      guard limits.count > 1 else { continue }
      let outline =
        limits.map { (x: $0.x, y: $0.upper) } + limits.reversed().map { (x: $0.x, y: $0.lower) }
      svg.empty(
        "path", ["d": pathData(outline) + "z", "fill": colour, "fill-opacity": "0.14"])
    }
  }

  private func drawFit(of curve: CurvePlot.Curve, _ colour: String, _ svg: inout Markup) {
    for piece in pieces(curve) {
      svg.empty(
        "path",
        [
          "d": pathData(piece.map { (x: $0.x, y: y($0.place.response)) }), "fill": "none",
          "stroke": colour, "stroke-width": "2", "stroke-linejoin": "round",
        ])
    }
  }

  private func drawPoints(
    of curve: CurvePlot.Curve, _ mark: PlotMark, _ svg: inout Markup
  ) {
    guard !curve.points.isEmpty else { return }
    svg.element("g", ["fill-opacity": plot.isOfMany ? "0.6" : "0.75"]) { svg in
      for point in curve.points {
        svg.element("g", [:]) { svg in
          svg.element("title", point.hover)
          let (x, y) = (x(point.dose), y(point.response))
          if point.isRemoved {
            svg.empty(
              "path",
              [
                "d": "M\(length(x)) \(length(y))m-4 -4l8 8m-8 0l8 -8", "fill": "none",
                "stroke": mark.colour, "stroke-width": "1.8",
              ])
          } else {
            mark.draw(x: x, y: y, &svg)
          }
        }
      }
    }
  }

  // MARK: Effective doses

  /// A ring on the curve with its interval; what lies beyond the axis is an arrow at its end.
  private func draw(
    _ effect: CurvePlot.Effect, of curve: CurvePlot.Curve, _ colour: String,
    _ taken: inout [Box], _ svg: inout Markup
  ) {
    guard let ends = EffectEnds(effect, on: plot.dose),
      let response = curve.response(at: ends.dose)
        ?? (ends.dose > (curve.fit.first?.dose ?? 0) ? curve.fit.last : curve.fit.first)?.response
    else { return }
    let y = y(response)
    let (start, end) = (x(ends.lower), x(ends.upper))
    svg.element("g", [:]) { svg in
      svg.element("title", (curve.title.isEmpty ? "" : curve.title + ": ") + effect.text)
      if curves.count == 1, !plot.isOfMany, ends.isRing {
        svg.empty(
          "line",
          [
            "class": "axis", "x1": length(x(ends.dose)), "x2": length(x(ends.dose)),
            "y1": length(y), "y2": length(box.bottom), "stroke": FigureColours.axis,
            "stroke-dasharray": "2 4",
          ])
      }
      // An arrow by itself is as long as can be seen.
      let least = 26.0
      let from = ends.isOpen.left && !ends.isOpen.right ? min(start, end - least) : start
      let to = ends.isOpen.right && !ends.isOpen.left ? max(end, start + least) : end
      let shift = min(0, box.right - to)
      svg.interval(
        from: from + shift, to: to + shift, y: y, isOpen: ends.isOpen, colour: colour, width: 2)
      if ends.isRing {
        svg.empty(
          "circle",
          [
            "class": "paper", "cx": length(x(ends.dose)), "cy": length(y),
            "r": plot.isOfMany ? "3.4" : "5",
            "fill": FigureColours.paper, "stroke": colour, "stroke-width": "2",
          ])
      }
      drawLabel(effect, of: curve, ends, y: y, &taken, &svg)
    }
  }

  /// The name of an effective dose, clear of the curve and of other names.
  private func drawLabel(
    _ effect: CurvePlot.Effect, of curve: CurvePlot.Curve, _ ends: EffectEnds, y: Double,
    _ taken: inout [Box], _ svg: inout Markup
  ) {
    guard curves.count == 1, !plot.isOfMany else { return }
    let rises = (curve.fit.last?.response ?? 0) > (curve.fit.first?.response ?? 0)
    let width = characterWidth * Double(effect.text.count)
    let x = x(ends.dose)
    let fitsRight = x + 12 + width < box.right
    let fitsLeft = x - 12 - width > box.left
    let isRight = rises ? !fitsLeft : fitsRight
    let left = isRight ? min(x + 12, box.right - width) : max(x - 12 - width, box.left + 4)
    // Above the mark, unless the curve is there.
    let base = isRight == rises ? y + 20 : y - 10
    let label = Box(left: left, right: left + width, top: base - 12, bottom: base + 4)
    guard !taken.contains(where: { $0.overlaps(label) }) else { return }
    taken.append(label)
    svg.label(effect.text, x: left, y: base, isOnLines: true)
  }
}
