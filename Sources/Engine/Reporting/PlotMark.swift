/// How an arm or a contrast is drawn: a colour and a shape, so that neither alone tells arms apart.
struct PlotMark {
  private enum Shape: CaseIterable {
    case circle, square, triangle, diamond, wedge, cross
  }

  let colour: String
  private let shape: Shape

  init(_ arm: Int) {
    self.init(
      colour: FigureColours.palette[arm % FigureColours.palette.count],
      shape: Shape.allCases[arm % Shape.allCases.count])
  }

  private init(colour: String, shape: Shape) {
    self.colour = colour
    self.shape = shape
  }

  /// What belongs to no single arm.
  static let contrast = PlotMark(colour: FigureColours.contrast, shape: .diamond)

  /// What belongs to one stratum alone.
  static let stratum = PlotMark(colour: FigureColours.stratum, shape: .circle)

  func draw(x: Double, y: Double, _ svg: inout Markup) {
    let centre = "M\(length(x)) \(length(y))"
    switch shape {
    case .circle:
      svg.empty("circle", ["cx": length(x), "cy": length(y), "r": "3.8", "fill": colour])
    case .square: path(centre + "m-3.5 -3.5h7v7h-7z", &svg)
    case .triangle: path(centre + "m0 -4.4l4.5 7.7h-9z", &svg)
    case .diamond: path(centre + "m0 -4.8l4.8 4.8l-4.8 4.8l-4.8 -4.8z", &svg)
    case .wedge: path(centre + "m0 4.4l4.5 -7.7h-9z", &svg)
    case .cross: path(centre + "m-1.3 -4.5h2.6v3.2h3.2v2.6h-3.2v3.2h-2.6v-3.2h-3.2v-2.6h3.2z", &svg)
    }
  }

  private func path(_ data: String, _ svg: inout Markup) {
    svg.empty("path", ["d": data, "fill": colour])
  }
}

/// A length in SVG user units, to a tenth.
func length(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
}
