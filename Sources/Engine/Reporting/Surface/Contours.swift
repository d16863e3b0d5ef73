/// Heights over a grid of places, and the lines of equal height between them.
package struct ContourGrid {
  let xs: [Double]
  let ys: [Double]
  /// The height at each place; the row of each of ``ys`` after the other.
  let heights: [Double]

  /// `nil` where `points` are not one height for each place of a grid of at least two by two.
  package init?(_ points: [(x: Double, y: Double, height: Double)]) {
    let (xs, ys) = (Set(points.map(\.x)).sorted(), Set(points.map(\.y)).sorted())
    guard xs.count > 1, ys.count > 1, points.count == xs.count * ys.count else { return nil }
    let (columns, rows) = (
      Dictionary(uniqueKeysWithValues: zip(xs, 0...)),
      Dictionary(uniqueKeysWithValues: zip(ys, 0...))
    )
    var heights = [Double?](repeating: nil, count: points.count)
    for point in points {
      guard let column = columns[point.x], let row = rows[point.y] else { return nil }
      heights[row * xs.count + column] = point.height
    }
    self.xs = xs
    self.ys = ys
    self.heights = heights.compactMap { $0 }
    guard self.heights.count == points.count else { return nil }
  }

  private func height(_ column: Int, _ row: Int) -> Double { heights[row * xs.count + column] }

  /// The heights at the corners of a cell, counter-clockwise from the one of least x and y.
  private func corners(_ column: Int, _ row: Int) -> [Double] {
    [
      height(column, row), height(column + 1, row), height(column + 1, row + 1),
      height(column, row + 1),
    ]
  }

  /// The parts of the grid above `level`, as polygons: whole cells in runs, cut cells one by one.
  package func polygons(above level: Double) -> [[(x: Double, y: Double)]] {
    (0..<ys.count - 1).flatMap { row -> [[(x: Double, y: Double)]] in
      var polygons: [[(x: Double, y: Double)]] = []
      var start: Int?
      for column in 0..<xs.count {
        let heights = column < xs.count - 1 ? corners(column, row) : []
        let isWhole = !heights.isEmpty && heights.allSatisfy { $0 > level }
        if isWhole {
          start = start ?? column
          continue
        }
        if let first = start { polygons.append(rectangle(from: first, to: column, row)) }
        start = nil
        if heights.contains(where: { $0 > level }) {
          polygons.append(cut(heights, at: level, column, row))
        }
      }
      return polygons
    }
  }

  private func rectangle(from start: Int, to end: Int, _ row: Int) -> [(x: Double, y: Double)] {
    [(xs[start], ys[row]), (xs[end], ys[row]), (xs[end], ys[row + 1]), (xs[start], ys[row + 1])]
  }

  /// The part of a cell above `level`, along its edges.
  private func cut(
    _ heights: [Double], at level: Double, _ column: Int, _ row: Int
  ) -> [(x: Double, y: Double)] {
    let places = rectangle(from: column, to: column + 1, row)
    return (0..<4).flatMap { edge -> [(x: Double, y: Double)] in
      let (height, next) = (heights[edge], heights[(edge + 1) % 4])
      let corner = height > level ? [places[edge]] : []
      guard (height > level) != (next > level) else { return corner }
      return corner + [crossing(edge, (level - height) / (next - height), column, row)]
    }
  }

  /// The mean height of a cell.
  private func mean(_ column: Int, _ row: Int) -> Double { corners(column, row).reduce(0, +) / 4 }

  /// The pieces of the line at `level`, by marching squares.
  ///
  /// A cell whose opposite corners lie on one side of the level is cut as its mean says.
  /// Lorensen & Cline (1987), Comput. Graph. 21:163, in two dimensions.
  package func segments(
    at level: Double
  ) -> [(from: (x: Double, y: Double), to: (x: Double, y: Double))] {
    (0..<ys.count - 1).flatMap { row in
      (0..<xs.count - 1).flatMap { column in segments(at: level, column, row) }
    }
  }

  private func segments(
    at level: Double, _ column: Int, _ row: Int
  ) -> [(from: (x: Double, y: Double), to: (x: Double, y: Double))] {
    let heights = corners(column, row)
    let isAbove = heights.map { $0 > level }
    // Edge k leads from corner k to the next.
    let crossed = (0..<4).filter { isAbove[$0] != isAbove[($0 + 1) % 4] }
    let places = crossed.map { edge in
      crossing(
        edge, (level - heights[edge]) / (heights[(edge + 1) % 4] - heights[edge]), column, row)
    }
    switch places.count {
    case 2: return [(places[0], places[1])]
    case 4:
      // A line goes around a corner that is not on the side of the middle.
      let isFirstCornerCut = isAbove[0] != (mean(column, row) > level)
      return isFirstCornerCut
        ? [(places[0], places[3]), (places[1], places[2])]
        : [(places[0], places[1]), (places[2], places[3])]
    default: return []
    }
  }

  private func crossing(
    _ edge: Int, _ share: Double, _ column: Int, _ row: Int
  ) -> (x: Double, y: Double) {
    let (left, right) = (xs[column], xs[column + 1])
    let (low, high) = (ys[row], ys[row + 1])
    return switch edge {
    case 0: (left + share * (right - left), low)
    case 1: (right, low + share * (high - low))
    case 2: (right + share * (left - right), high)
    default: (left, high + share * (low - high))
    }
  }
}
