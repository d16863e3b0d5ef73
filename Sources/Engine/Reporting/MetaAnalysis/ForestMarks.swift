extension PlotMark {
  /// The colour of a single study.
  static let study = FigureColours.palette[0]
  /// The colour of what is pooled of studies.
  static let pooled = FigureColours.palette[1]

  /// The colour of an interval that excludes the value of no effect, or of one that does not.
  static func verdict(isFilled: Bool) -> String {
    isFilled ? FigureColours.palette[1] : FigureColours.palette[0]
  }
}

extension Markup {
  /// An interval, with an arrow at each end that lies beyond the axis.
  mutating func interval(
    from left: Double, to right: Double, y: Double, isOpen: (left: Bool, right: Bool),
    colour: String, width: Double = 1.5
  ) {
    // The line ends within its arrows, so that their tips stay sharp.
    let (start, end) = (left + (isOpen.left ? 4 : 0), right - (isOpen.right ? 4 : 0))
    if end > start {
      empty(
        "line",
        [
          "x1": length(start), "x2": length(end), "y1": length(y), "y2": length(y),
          "stroke": colour, "stroke-width": length(width),
        ])
    }
    if isOpen.left { arrow("M\(length(left)) \(length(y))l6 -3.5v7z", colour) }
    if isOpen.right { arrow("M\(length(right)) \(length(y))l-6 -3.5v7z", colour) }
  }

  private mutating func arrow(_ data: String, _ colour: String) {
    empty("path", ["d": data, "fill": colour])
  }

  /// A study, around its estimate.
  mutating func square(x: Double, y: Double, side: Double) {
    empty(
      "rect",
      [
        "x": length(x - side / 2), "y": length(y - side / 2), "width": length(side),
        "height": length(side), "fill": PlotMark.study,
      ])
  }

  /// A method: filled where its interval excludes the value of no effect, hollow where it does not.
  mutating func verdict(x: Double, y: Double, isFilled: Bool) {
    let colour = PlotMark.verdict(isFilled: isFilled)
    empty(
      "circle",
      [
        "class": isFilled ? nil : "paper", "cx": length(x), "cy": length(y), "r": "5",
        "fill": isFilled ? colour : FigureColours.paper, "stroke": colour, "stroke-width": "1.8",
      ])
  }

  /// The line that goes with a method's mark: thick where its interval excludes no effect.
  mutating func verdictInterval(
    from left: Double, to right: Double, y: Double, isOpen: (left: Bool, right: Bool),
    isFilled: Bool
  ) {
    interval(
      from: left, to: right, y: y, isOpen: isOpen, colour: PlotMark.verdict(isFilled: isFilled),
      width: isFilled ? 2.8 : 1.4)
  }

  /// A pooled effect as wide as its interval; a line where the effect is beyond the axis.
  mutating func diamond(
    from left: Double, at middle: Double?, to right: Double, y: Double,
    isOpen: (left: Bool, right: Bool)
  ) {
    if middle == nil || isOpen.left || isOpen.right {
      interval(from: left, to: right, y: y, isOpen: isOpen, colour: PlotMark.pooled)
    }
    guard let middle else { return }
    let points = [(left, y), (middle, y - 6.5), (right, y), (middle, y + 6.5)]
    let data = points.map { "\(length($0.0)) \(length($0.1))" }.joined(separator: "L")
    empty("path", ["d": "M\(data)z", "fill": PlotMark.pooled])
  }

  /// A prediction interval.
  mutating func bar(
    from left: Double, to right: Double, y: Double, isOpen: (left: Bool, right: Bool)
  ) {
    interval(from: left, to: right, y: y, isOpen: isOpen, colour: FigureColours.palette[2])
    empty(
      "rect",
      [
        "x": length(left + (isOpen.left ? 7 : 0)), "y": length(y - 3),
        "width": length(max(0, right - left - (isOpen.left ? 7 : 0) - (isOpen.right ? 7 : 0))),
        "height": "6", "fill": FigureColours.palette[2], "fill-opacity": "0.45",
      ])
  }
}
