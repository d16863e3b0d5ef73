/// All combinations of places along some axes.
struct CoordinateGrid: Sendable {
  let cells: [[Double]]
  private let counts: [Int]

  init(_ axes: [[Double]]) {
    cells = axes.reduce([[]]) { cells, values in
      cells.flatMap { cell in values.map { cell + [$0] } }
    }
    counts = axes.map(\.count)
  }

  /// The cells that score no worse than their neighbours, lowest first, at most `limit`.
  func lowest(_ scores: [Double], limit: Int) -> [[Double]] {
    let lowest = cells.indices.filter { cell in
      guard scores[cell] < .infinity else { return false }
      var (stride, rest) = (cells.count, cell)
      return counts.allSatisfy { count in
        stride /= count
        let place = rest / stride
        rest %= stride
        return (place == 0 || scores[cell] <= scores[cell - stride])
          && (place + 1 == count || scores[cell] <= scores[cell + stride])
      }
    }
    return lowest.sorted { scores[$0] < scores[$1] }.prefix(limit).map { cells[$0] }
  }
}
