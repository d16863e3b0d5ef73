import CFitKernels

/// Some curves on their way through the kernels: rows of `stride` numbers, one a curve.
struct CurveTile: ~Copyable {
  let stride: Int
  let doses: Int
  /// The mean of each dose; their weights, used where they are not all 1.
  let means: UnsafeMutablePointer<Double>
  let weights: UnsafeMutablePointer<Double>
  /// The rows of `curve_row`, perhaps with more after them, and of `curve_data_row`.
  let stateRows: Int
  let state: UnsafeMutablePointer<Double>
  let data: UnsafeMutablePointer<Double>
  /// The number of curves.
  var count = 0

  init(_ memory: WorkspaceMemory, stride: Int, doses: Int, stateRows: Int? = nil) {
    self.stride = stride
    self.doses = doses
    self.stateRows = stateRows ?? Int(curve_row_count.rawValue)
    means = memory.zeros(doses * stride)
    state = memory.zeros(self.stateRows * stride)
    data = memory.zeros(Int(curve_data_row_count.rawValue) * stride)
    weights = memory.zeros(doses * stride)
  }

  /// The count as all kernels want it, and as those in double precision do.
  var paddedCount: Int { (count + 31) / 32 * 32 }
  var doublePaddedCount: Int { (count + 15) / 16 * 16 }

  func row(_ row: curve_row) -> UnsafeMutablePointer<Double> {
    state + Int(row.rawValue) * stride
  }

  func row(_ row: curve_data_row) -> UnsafeMutablePointer<Double> {
    data + Int(row.rawValue) * stride
  }

  /// Repeats the last curve up to the padded count.
  func pad() {
    guard count > 0, paddedCount > count else { return }
    for (rows, first) in [(doses, means), (doses, weights), (stateRows, state), (dataRows, data)] {
      for r in 0..<rows {
        (first + r * stride + count).update(
          repeating: first[r * stride + count - 1], count: paddedCount - count)
      }
    }
  }

  /// Copies curve `index` to place `place` of another tile.
  func copy(_ index: Int, to place: Int, of other: borrowing CurveTile) {
    for k in 0..<doses {
      other.means[k * other.stride + place] = means[k * stride + index]
      other.weights[k * other.stride + place] = weights[k * stride + index]
    }
    for r in 0..<dataRows { other.data[r * other.stride + place] = data[r * stride + index] }
    copyState(index, to: place, of: other)
  }

  func copyState(_ index: Int, to place: Int, of other: borrowing CurveTile) {
    for r in 0..<stateRows {
      other.state[r * other.stride + place] = state[r * stride + index]
    }
  }

  private var dataRows: Int { Int(curve_data_row_count.rawValue) }

  /// Makes of these curves of another tile those of this one.
  mutating func fill(
    from other: borrowing CurveTile, _ places: UnsafeBufferPointer<Int>, isWeighted: Bool
  ) {
    count = places.count
    gatherData(from: other, places, isWeighted: isWeighted)
    gather(stateRows, of: other.state, other.stride, places, into: state)
    gather(dataRows, of: other.data, other.stride, places, into: data)
    pad()
  }

  /// Takes over the means, and the weights, of these curves of another tile.
  func gatherData(
    from other: borrowing CurveTile, _ places: UnsafeBufferPointer<Int>, isWeighted: Bool
  ) {
    gather(doses, of: other.means, other.stride, places, into: means)
    if isWeighted { gather(doses, of: other.weights, other.stride, places, into: weights) }
  }

  /// Takes over what stands at `places` of each of some rows.
  func gather(
    _ rows: Int, of source: UnsafeMutablePointer<Double>, _ sourceStride: Int,
    _ places: UnsafeBufferPointer<Int>, into target: UnsafeMutablePointer<Double>
  ) {
    for row in 0..<rows {
      let (from, to) = (source + row * sourceStride, target + row * stride)
      for j in places.indices { to[j] = from[places[j]] }
    }
  }

  /// Copies the state of each curve to its place in another tile.
  func copyState(to places: UnsafeBufferPointer<Int>, of other: borrowing CurveTile) {
    for r in 0..<stateRows {
      let (from, to) = (state + r * stride, other.state + r * other.stride)
      for j in places.indices { to[places[j]] = from[j] }
    }
  }
}
