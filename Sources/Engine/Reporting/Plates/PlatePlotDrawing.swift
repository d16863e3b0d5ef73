/// Where everything stands in a figure of plates, in SVG user units.
private struct PlateLayout {
  static let width = 920.0
  private static let largestWell = 30.0

  /// The side of a well.
  let well: Double
  /// The left edge of the wells of each map.
  let lefts: [Double]
  /// The upper edge of the wells of each plate.
  let tops: [Double]
  let legend: [(x: Double, y: Double)]
  let bottom: Double
  let height: Double

  init(_ plot: PlatePlot, legend items: [String]) {
    let margin = 36.0
    let room = (Self.width - 24) / Double(plot.maps.count) - margin
    well = min(Self.largestWell, room / Double(plot.columns))
    lefts = plot.maps.indices.map { margin + Double($0) * (room + margin) }
    legend = legendPlaces(items, from: margin, to: Self.width - 24)
    let first = 124 + (legend.last?.y ?? -10)
    let distance = well * Double(plot.rows) + 56
    tops = plot.plates.indices.map { first + distance * Double($0) }
    bottom = first + distance * Double(plot.plates.count) - 40
    height = bottom + 18 + 18 * Double(plot.notes.count)
  }
}

extension PlatePlot {
  /// The roles that have a sign, in the order of the legend.
  private static let roles = ["vehicle", "blank", "positive"]

  func drawing(named name: String) -> Markup {
    let found = Set(plates.flatMap { $0.wells.map(\.role) })
    let roles = Self.roles.filter(found.contains)
    let layout = PlateLayout(self, legend: roles)
    return canvas(named: name, width: PlateLayout.width, height: layout.height, summary: summary) {
      svg in
      for (role, place) in zip(roles, layout.legend) {
        svg.roleSign(role, x: place.x + 6, y: place.y, size: 5, colour: nil)
        svg.label(role, x: place.x + 18, y: place.y + 4)
      }
      for (map, left) in zip(maps, layout.lefts) {
        let y = 36 + (layout.legend.last?.y ?? -10)
        svg.colourBar(map.scale, map.title, x: left, y: y, width: 240, numbers)
      }
      for (plate, top) in zip(plates, layout.tops) {
        svg.label(clip(plate.title, 60), x: layout.lefts[0], y: top - 26, isBold: true)
        for (map, left) in layout.lefts.enumerated() {
          draw(plate.wells, map: map, left: left, top: top, side: layout.well, &svg)
        }
      }
      svg.notes(notes, x: layout.lefts[0], y: layout.bottom + 14)
    }
  }

  private func draw(
    _ wells: [Well], map: Int, left: Double, top: Double, side: Double, _ svg: inout Markup
  ) {
    // Where wells are small, not every row and column is named.
    let every = side < 7 ? 8 : side < 14 ? 4 : side < 20 ? 2 : 1
    for row in stride(from: 1, through: rows, by: every) {
      let y = top + (Double(row) - 0.5) * side
      svg.label(rowLetters(row), x: left - 6, y: y + 4, anchor: "end", isQuiet: true)
    }
    for column in stride(from: 1, through: columns, by: every) {
      let x = left + (Double(column) - 0.5) * side
      svg.label("\(column)", x: x, y: top - 6, anchor: "middle", isQuiet: true)
    }
    svg.empty(
      "path",
      [
        "class": "grid", "d": emptyWells(wells, left: left, top: top, side: side),
        "fill": "none", "stroke": FigureColours.grid,
      ])
    for well in wells {
      let (x, y) = (left + Double(well.column - 1) * side, top + Double(well.row - 1) * side)
      let value = well.values[map]
      svg.element("g", [:]) { svg in
        svg.element("title", well.hover)
        svg.empty(
          "rect",
          [
            "class": value == nil ? "grid" : "cell", "x": length(x + 0.5), "y": length(y + 0.5),
            "width": length(side - 1), "height": length(side - 1),
            "rx": side > 12 ? "2" : nil,
            "fill": value.map { maps[map].scale.fill($0) } ?? "none",
            "stroke": value == nil ? FigureColours.grid : nil,
          ])
        svg.roleSign(
          well.role, x: x + side / 2, y: y + side / 2, size: min(5, side / 3.4),
          colour: value.map { maps[map].scale.ink($0) })
      }
    }
  }

  /// The outlines of wells that were not measured, struck out.
  private func emptyWells(
    _ wells: [Well], left: Double, top: Double, side: Double
  ) -> String {
    let measured = Set(wells.filter(\.isMeasured).map { [$0.row, $0.column] })
    var data = ""
    for row in 1...rows {
      for column in 1...columns where !measured.contains([row, column]) {
        let x = length(left + Double(column - 1) * side + 1)
        let y = length(top + Double(row - 1) * side + 1)
        let size = length(side - 2)
        data += "M\(x) \(y)h\(size)v\(size)h-\(size)zm0 \(size)l\(size) -\(size)"
      }
    }
    return data
  }
}

extension Markup {
  /// A circle for vehicle, a bar for blank and a plus sign for positive controls.
  fileprivate mutating func roleSign(
    _ role: String, x: Double, y: Double, size: Double, colour: String?
  ) {
    let (arm, whole) = (length(size), length(2 * size))
    let data: String
    switch role {
    case "vehicle":
      data = "m-\(arm) 0a\(arm) \(arm) 0 1 0 \(whole) 0a\(arm) \(arm) 0 1 0 -\(whole) 0"
    case "blank": data = "m-\(arm) 0h\(whole)"
    case "positive": data = "m-\(arm) 0h\(whole)m-\(arm) -\(arm)v\(whole)"
    default: return
    }
    empty(
      "path",
      [
        "class": colour == nil ? "axis" : "cell", "d": "M\(length(x)) \(length(y))\(data)",
        "fill": "none", "stroke": colour ?? FigureColours.axis,
        "stroke-width": size < 3 ? "1" : "1.6",
      ])
  }
}
