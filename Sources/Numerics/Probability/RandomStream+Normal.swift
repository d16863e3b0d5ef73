import Glibc

extension RandomStream {
  /// The stream with number `index` at this place of this stream, which does not advance.
  ///
  /// It depends on the number and not on which other streams were split before.
  public func split(at index: UInt64) -> RandomStream {
    var seeds = RandomStream(seed: index)
    return split(by: seeds.next())
  }

  /// A standard normal number.
  ///
  /// The ziggurat: the density is covered by 128 layers of one area, of which all but the lowest are
  /// rectangles; a point of a layer that lies under the layer above needs no further test. Marsaglia &
  /// Tsang (2000), J. Stat. Softw. 5(8), with the layer and the abscissa from separate bits, as Doornik
  /// (2005), An Improved Ziggurat Method to Generate Normal Random Samples, asks.
  public mutating func standardNormal() -> Double {
    while true {
      let bits = next()
      let layer = Int(bits & 127)
      // Uniform on (−1, 1), of the upper 53 bits.
      let u = (Double(bits >> 11) + 0.5) * 0x1p-52 - 1
      let x = u * ziggurat.widths[layer]
      if abs(x) < ziggurat.widths[layer + 1] { return x }
      if layer == 0 { return u < 0 ? -tail() : tail() }
      let (low, high) = (ziggurat.heights[layer], ziggurat.heights[layer + 1])
      if low + uniform() * (high - low) < exp(-x * x / 2) { return x }
    }
  }

  /// A normal number that is beyond where the lowest layer's rectangle ends.
  ///
  /// Marsaglia (1964), Technometrics 6:101.
  private mutating func tail() -> Double {
    while true {
      let beyond = -log(uniform()) / Ziggurat.edge
      if -2 * log(uniform()) > beyond * beyond { return Ziggurat.edge + beyond }
    }
  }
}

/// Layers of one area under exp(−x²/2), the lowest with the tail.
private struct Ziggurat: Sendable {
  /// Where the tail begins, and the area of a layer, for 128 layers.
  static let edge = 3.442619855899
  private static let area = 9.91256303526217e-3

  /// Half the width of each layer, from the lowest, which is as wide as the area demands; then 0.
  let widths: [Double]
  /// exp(−x²/2) at each width, the lower edges of the layers from the second on; at last 1.
  let heights: [Double]

  init() {
    var widths = [Self.area / Self.height(Self.edge), Self.edge]
    while widths.count < 128 {
      let x = widths[widths.count - 1]
      widths.append((-2 * log(Self.area / x + Self.height(x))).squareRoot())
    }
    widths.append(0)
    self.widths = widths
    heights = widths.map(Self.height)
  }

  private static func height(_ x: Double) -> Double { exp(-x * x / 2) }
}

private let ziggurat = Ziggurat()
