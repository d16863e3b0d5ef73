import CFitKernels

/// The search of the kernels for the least of all minima of each curve of a tile.
///
/// From the best peaks of a wide grid, and from the best jump, descents lead to minima.
struct KernelSearch: ~Copyable {
  /// Peaks of the grid from which a descent starts.
  private static let candidates = 4
  private static let starts = candidates + 1

  private let design: KernelDesign
  private let instructions: Int32
  private let stride: Int
  /// The state of each start, one after the other, and what candidates there are.
  private let states: UnsafeMutablePointer<Double>
  private let found: UnsafeMutablePointer<Double>
  private var queue: CurveTile
  private let places: UnsafeMutablePointer<(start: Int32, curve: Int32)>

  private static let rows = Int(curve_row_count.rawValue)

  init(_ design: KernelDesign, _ instructions: Int32, stride: Int) {
    self.design = design
    self.instructions = instructions
    self.stride = stride
    states = .allocate(capacity: Self.starts * Self.rows * stride)
    states.initialize(repeating: 0, count: Self.starts * Self.rows * stride)
    found = .allocate(capacity: 3 * Self.starts * stride)
    queue = CurveTile(stride: stride, doses: design.doses.count)
    places = .allocate(capacity: stride)
  }

  deinit {
    states.deallocate()
    found.deallocate()
    places.deallocate()
  }

  private func state(_ start: Int, _ row: curve_row) -> UnsafeMutablePointer<Double> {
    states + (start * Self.rows + Int(row.rawValue)) * stride
  }

  /// Leaves in the tile's state the lowest minimum of each curve; where the search for it did not end,
  /// `curve_done` is 0.
  mutating func run(_ tile: borrowing CurveTile, isWeighted: Bool, scale: Double) {
    let weights = isWeighted ? UnsafePointer(tile.weights) : nil
    let grid = isWeighted ? design.weightedWideGrid : design.wideGrid
    let (slopes, locations) = (found, found + Self.starts * stride)
    curves_candidates(
      instructions, design.design, grid, tile.paddedCount, stride, tile.means, weights,
      Int32(Self.candidates), slopes, locations, locations + Self.starts * stride)
    curves_jump(
      instructions, design.design, tile.paddedCount, stride, tile.means, weights,
      slopes + Self.candidates * stride,
      locations + Self.candidates * stride)
    for start in 0..<Self.starts {
      for i in 0..<tile.paddedCount {
        state(start, curve_slope)[i] = slopes[start * stride + i]
        state(start, curve_location)[i] = locations[start * stride + i]
        state(start, curve_enough)[i] = tile.row(curve_enough)[i]
        state(start, curve_evaluations)[i] = 0
      }
      curves_descend(
        instructions, design.design, tile.paddedCount, stride, tile.means, weights, 4,
        start < Self.candidates ? 1 : 0, states + start * Self.rows * stride)
    }
    for evaluations: Int32 in [4, 8, 16, 40] {
      goOn(tile, weights != nil, evaluations)
    }
    for i in 0..<tile.count { choose(i, tile, scale) }
  }

  /// Goes on with the descents that are not done and may yet lead below the lowest.
  private mutating func goOn(
    _ tile: borrowing CurveTile, _ isWeighted: Bool, _ evaluations: Int32
  ) {
    queue.count = 0
    for i in 0..<tile.count {
      var lowest = Double.infinity
      for start in 0..<Self.starts { lowest = min(lowest, state(start, curve_squares)[i]) }
      for start in 0..<Self.starts where state(start, curve_done)[i] == 0 {
        let squares = state(start, curve_squares)[i]
        guard squares - 10 * state(start, curve_promise)[i] <= 1.5 * lowest else { continue }
        for k in 0..<tile.doses {
          queue.means[k * stride + queue.count] = tile.means[k * stride + i]
          if isWeighted { queue.weights[k * stride + queue.count] = tile.weights[k * stride + i] }
        }
        for row in 0..<Self.rows {
          queue.state[row * stride + queue.count] =
            states[(start * Self.rows + row) * stride + i]
        }
        places[queue.count] = (Int32(start), Int32(i))
        queue.count += 1
        if queue.count == stride { empty(isWeighted, evaluations) }
      }
    }
    empty(isWeighted, evaluations)
  }

  /// Descends with what is in the queue and puts it back.
  private mutating func empty(_ isWeighted: Bool, _ evaluations: Int32) {
    guard queue.count > 0 else { return }
    queue.pad()
    curves_descend(
      instructions, design.design, queue.paddedCount, stride, queue.means,
      isWeighted ? UnsafePointer(queue.weights) : nil, evaluations, 0, queue.state)
    for j in 0..<queue.count {
      let place = places[j]
      for row in 0..<Self.rows {
        states[(Int(place.start) * Self.rows + row) * stride + Int(place.curve)] =
          queue.state[row * stride + j]
      }
    }
    queue.count = 0
  }

  /// Copies the lowest minimum of curve `i` into the tile and says whether another is near.
  private func choose(_ i: Int, _ tile: borrowing CurveTile, _ scale: Double) {
    var best = 0
    func squares(_ start: Int) -> Double {
      let isTurned = design.model.isOrdered && state(start, curve_span)[i] < 0
      return isTurned ? .infinity : state(start, curve_squares)[i]
    }
    for start in 1..<Self.starts where squares(start) < squares(best) { best = start }
    let pure = tile.row(curve_pure_error)[i]
    let total = scale * squares(best) + pure
    let t = tile.row(curve_critical_value)[i]
    let allowed = total / tile.row(curve_degrees_of_freedom)[i] * t * t
    let isNear = (0..<Self.starts).contains { start in
      guard state(start, curve_done)[i] == 1 else { return false }
      let other = scale * squares(start) + pure
      return other - total > 1e-6 * other && other - total <= allowed
    }
    tile.row(curve_has_near_minimum)[i] = isNear ? 1 : 0
    for row in 0..<Self.rows {
      tile.state[row * stride + i] = states[(best * Self.rows + row) * stride + i]
    }
    if squares(best) == .infinity { tile.row(curve_done)[i] = 0 }
  }
}
