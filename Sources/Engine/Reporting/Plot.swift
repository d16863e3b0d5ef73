/// A figure that can be drawn.
protocol Plot {
  var title: String { get }

  /// The `svg` element; `name` keeps its ids apart from those of other figures on a page.
  func drawing(named name: String) -> Markup
}

extension Plot {
  /// The figure as an SVG file of its own, light or dark as where it is shown.
  func file(named name: String) -> String {
    var style = Markup()
    style.element(
      "style", "@media screen and (prefers-color-scheme: dark) {\n\(FigureColours.darkStyle)}")
    let drawing = drawing(named: name).source
    // The first tag ends where the first > is, for attributes hold none.
    let end = drawing.firstIndex(of: ">").map(drawing.index(after:)) ?? drawing.startIndex
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing[..<end] + style.source
      + drawing[end...] + "\n"
  }

  /// An `svg` element of this size on paper, described by the title and `summary`.
  func canvas(
    named name: String, width: Double, height: Double, summary: String,
    content: (inout Markup) -> Void
  ) -> Markup {
    let size = (width: length(width), height: length(height))
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
        ["class": "paper", "width": size.width, "height": size.height, "fill": FigureColours.paper])
      content(&svg)
    }
    return svg
  }
}

/// How far from a panel what belongs to it stands, in every figure.
enum Distance {
  /// The base lines of tick labels, of the title of the axis, and of the first note, below a panel.
  static let tickLabel = 17.0
  static let axisTitle = 39.0
  static let note = 60.0
  static let betweenNotes = 18.0
  /// The base line of a vertical axis's title, above the panel.
  static let verticalTitle = 18.0
}

/// The width of a character of a figure's labels, on average.
let characterWidth = 6.3

/// The places of a legend's items, in as many lines as they need.
func legendPlaces(
  _ items: [String], from left: Double, to right: Double
) -> [(x: Double, y: Double)] {
  var (x, y) = (left, 16.0)
  return items.map { item in
    let width = 34 + characterWidth * Double(item.count)
    if x > left, x + width > right { (x, y) = (left, y + 20) }
    defer { x += width }
    return (x, y)
  }
}

extension Markup {
  /// A text in a figure; what stands on lines has a rim of paper around it.
  mutating func label(
    _ text: String, x: Double, y: Double, anchor: String? = nil, isBold: Bool = false,
    isQuiet: Bool = false, isOnLines: Bool = false
  ) {
    element(
      "text",
      [
        "class": isOnLines ? "ink halo" : "ink", "x": length(x), "y": length(y),
        "text-anchor": anchor,
        "font-weight": isBold ? "bold" : nil, "fill": FigureColours.ink,
        "fill-opacity": isQuiet ? "0.7" : nil, "stroke": isOnLines ? FigureColours.paper : nil,
        "stroke-width": isOnLines ? "3" : nil, "paint-order": isOnLines ? "stroke" : nil,
      ], text)
  }

  /// Notes below each other, the first at the base line `y`.
  mutating func notes(_ notes: [String], x: Double, y: Double) {
    for (line, note) in notes.enumerated() {
      label(note, x: x, y: y + Distance.betweenNotes * Double(line))
    }
  }

  /// A line of an axis, or of its grid.
  mutating func rule(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ kind: String
  ) {
    empty(
      "line",
      [
        "class": kind, "x1": length(from.x), "y1": length(from.y), "x2": length(to.x),
        "y2": length(to.y), "stroke": kind == "axis" ? FigureColours.axis : FigureColours.grid,
      ])
  }
}
