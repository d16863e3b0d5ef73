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

  init(stride: Int, doses: Int, stateRows: Int? = nil) {
    self.stride = stride
    self.doses = doses
    self.stateRows = stateRows ?? Int(curve_row_count.rawValue)
    func rows(_ count: Int) -> UnsafeMutablePointer<Double> {
      let pointer = UnsafeMutablePointer<Double>.allocate(capacity: count * stride)
      pointer.initialize(repeating: 0, count: count * stride)
      return pointer
    }
    means = rows(doses)
    weights = rows(doses)
    state = rows(self.stateRows)
    data = rows(Int(curve_data_row_count.rawValue))
  }

  deinit {
    for pointer in [means, weights, state, data] { pointer.deallocate() }
  }

  /// The count as the kernels want it.
  var paddedCount: Int { (count + 31) / 32 * 32 }

  func row(_ row: curve_row) -> UnsafeMutablePointer<Double> {
    state + Int(row.rawValue) * stride
  }

  func row(_ row: curve_data_row) -> UnsafeMutablePointer<Double> {
    data + Int(row.rawValue) * stride
  }

  /// Repeats the last curve up to the padded count.
  func pad() {
    guard count > 0, paddedCount > count else { return }
    for i in count..<paddedCount { copy(count - 1, to: i, of: self) }
  }

  /// Copies curve `index` to place `place` of another tile.
  func copy(_ index: Int, to place: Int, of other: borrowing CurveTile) {
    for k in 0..<doses {
      other.means[k * other.stride + place] = means[k * stride + index]
      other.weights[k * other.stride + place] = weights[k * stride + index]
    }
    for r in 0..<Int(curve_data_row_count.rawValue) {
      other.data[r * other.stride + place] = data[r * stride + index]
    }
    copyState(index, to: place, of: other)
  }

  func copyState(_ index: Int, to place: Int, of other: borrowing CurveTile) {
    for r in 0..<stateRows {
      other.state[r * other.stride + place] = state[r * stride + index]
    }
  }
}
