/// Colours for numbers between two ends, told apart with any colour vision.
struct ColourScale {
  let minimum: Double
  let maximum: Double
  /// Red, green and blue, 0 to 255, at even steps.
  private let anchors: [[Double]]

  /// From light to dark blue.
  ///
  /// Harrower & Brewer (2003), Cartogr. J. 40:27, their Blues.
  static func sequential(from minimum: Double, to maximum: Double) -> ColourScale {
    ColourScale(
      minimum: minimum, maximum: maximum > minimum ? maximum : minimum + 1,
      anchors: [
        [247, 251, 255], [198, 219, 239], [107, 174, 214], [33, 113, 181], [8, 48, 107],
      ])
  }

  /// From blue below 0 to orange above it.
  ///
  /// After Okabe & Ito (2008), Color Universal Design.
  static func diverging(reaching limit: Double) -> ColourScale {
    ColourScale(
      minimum: -limit, maximum: limit,
      anchors: [
        [0, 60, 100], [0, 114, 178], [130, 185, 216], [247, 247, 247], [240, 165, 105],
        [213, 94, 0], [120, 50, 0],
      ])
  }

  private func channels(_ value: Double) -> [Double] {
    let share = (value - minimum) / (maximum - minimum)
    let place = min(max(share, 0), 1) * Double(anchors.count - 1)
    let lower = min(Int(place), anchors.count - 2)
    let part = place - Double(lower)
    return zip(anchors[lower], anchors[lower + 1]).map { $0 + part * ($1 - $0) }
  }

  /// The colour of a number; one beyond an end has that of the end.
  func fill(_ value: Double) -> String { hex(channels(value)) }

  /// Black on light colours, white on dark ones.
  func ink(_ value: Double) -> String { inkOn(channels(value)) }
}

/// `#rrggbb` of red, green and blue, 0 to 255.
func hex(_ channels: [Double]) -> String {
  "#"
    + channels.map { channel in
      let digits = String(Int(channel.rounded()), radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
}

/// Black on light colours, white on dark ones.
func inkOn(_ channels: [Double]) -> String {
  let lightness = zip(channels, [0.299, 0.587, 0.114]).reduce(0) { $0 + $1.0 * $1.1 }
  return lightness > 115 ? FigureColours.ink : FigureColours.paper
}

extension Markup {
  /// A bar of the colours with the numbers they stand for, its title above it.
  mutating func colourBar(
    _ scale: ColourScale, _ title: String, x: Double, y: Double, width: Double,
    _ numbers: NumberText
  ) {
    let steps = 40
    let axis = Axis(from: scale.minimum, reaching: scale.maximum)
    label(title, x: x, y: y - 6)
    for step in 0..<steps {
      let share = (Double(step) + 0.5) / Double(steps)
      let (left, right) = (width * Double(step) / Double(steps), width / Double(steps))
      empty(
        "rect",
        [
          "class": "cell", "x": length(x + left), "y": length(y), "width": length(right + 0.3),
          "height": "10",
          "fill": scale.fill(scale.minimum + share * (scale.maximum - scale.minimum)),
        ])
    }
    let widest = axis.ticks.map { axis.label(of: $0, numbers).count }.max() ?? 1
    let room = width / (scale.maximum - scale.minimum) * (axis.ticks[1] - axis.ticks[0])
    let every = Int((characterWidth * Double(widest + 1) / room).rounded(.up))
    let ticks = stride(from: 0, to: axis.ticks.count, by: max(1, every)).map { axis.ticks[$0] }
    for tick in ticks where (scale.minimum...scale.maximum).contains(tick) {
      let place = x + width * (tick - scale.minimum) / (scale.maximum - scale.minimum)
      rule((place, y + 10), (place, y + 14), "axis")
      label(axis.label(of: tick, numbers), x: place, y: y + 26, anchor: "middle")
    }
  }
}
