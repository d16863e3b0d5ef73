/// A rectangle in a figure, in SVG user units.
struct Box {
  let left, right, top, bottom: Double

  var width: Double { right - left }
  var height: Double { bottom - top }

  /// Where a share of the width, from the left, or of the height, from the bottom, is.
  func x(_ share: Double) -> Double { left + width * share }
  func y(_ share: Double) -> Double { bottom - height * share }

  func overlaps(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// Whether the larger of two circles, by the boxes around them, covers more than a quarter of the
  /// other's diameter.
  func liesUpon(_ other: Box) -> Bool {
    let (x, y) = (left + right - other.left - other.right, top + bottom - other.top - other.bottom)
    let distance = (x * x + y * y).squareRoot() / 2
    return distance < (max(width, other.width) + min(width, other.width) / 2) / 2
  }

  func union(_ other: Box) -> Box {
    Box(
      left: min(left, other.left), right: max(right, other.right), top: min(top, other.top),
      bottom: max(bottom, other.bottom))
  }

  func contains(_ other: Box) -> Bool {
    left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom
  }
}

/// The name of a point in a figure, beside it.
struct PointLabel {
  let text: String
  let x: Double
  let anchor: String
  let box: Box

  /// Where the base line of the text is.
  var y: Double { box.bottom - 3 }

  private init(_ text: String, x: Double, top: Double, anchor: String, width: Double) {
    let left = anchor == "start" ? x : anchor == "end" ? x - width : x - width / 2
    self.text = text
    self.x = x
    self.anchor = anchor
    box = Box(left: left, right: left + width, top: top, bottom: top + 14)
  }

  /// At most `maximum` labels of the first points in `order`, clear of each other and of `circles`.
  ///
  /// Points that lie upon each other share a label.
  static func labels(
    _ names: [String], of circles: [Box], order: [Int], within bounds: Box, maximum: Int
  ) -> [PointLabel] {
    var labels: [PointLabel] = []
    var named: Set<Int> = []
    for index in order.prefix(maximum * 5) where labels.count < maximum && !named.contains(index) {
      let together = order.filter { !named.contains($0) && circles[index].liesUpon(circles[$0]) }
      let others = circles.indices.filter { !together.contains($0) }.map { circles[$0] }
      let place = together.map { circles[$0] }.reduce(circles[index]) { $0.union($1) }
      let text = joined(together.map { names[$0] })
      let label = places(of: text, beside: place, within: bounds).first { label in
        bounds.contains(label.box) && !labels.contains { $0.box.overlaps(label.box) }
          && !others.contains { $0.overlaps(label.box) }
      }
      guard let label else { continue }
      labels.append(label)
      named.formUnion(together)
    }
    return labels
  }

  /// `Nausea, Vomiting + 3 more`.
  private static func joined(_ names: [String]) -> String {
    guard names.count > 1 else { return clip(names.first ?? "", 36) }
    let shown = names.prefix(2).map { clip($0, 24) }.joined(separator: ", ")
    return names.count > 2 ? "\(shown) + \(names.count - 2) more" : shown
  }

  /// Right and left of a circle, then above and below it.
  private static func places(
    of text: String, beside circle: Box, within bounds: Box
  ) -> [PointLabel] {
    let width = characterWidth * Double(text.count)
    let beside = (circle.top + circle.bottom) / 2 - 7
    // A long label above or below a circle at the edge moves in.
    let middle = min(
      max((circle.left + circle.right) / 2, bounds.left + 1 + width / 2),
      bounds.right - 1 - width / 2)
    return [
      PointLabel(text, x: circle.right + 4, top: beside, anchor: "start", width: width),
      PointLabel(text, x: circle.left - 4, top: beside, anchor: "end", width: width),
      PointLabel(text, x: middle, top: circle.top - 15, anchor: "middle", width: width),
      PointLabel(text, x: middle, top: circle.bottom + 1, anchor: "middle", width: width),
    ]
  }
}
