import CFitKernels

/// The search of the kernels for the least of all minima of each curve of a tile.
///
/// Descents lead to minima from the best peaks of a wide grid, from the place of the best with a gentle
/// slope, and from the best jump.
struct KernelSearch: ~Copyable {
  /// Peaks of the grid from which a descent starts.
  private static let candidates = 3
  private static let gentle = candidates
  private static let jump = candidates + 1
  private static let starts = candidates + 2
  /// The evaluations of each round that follows, the first of them in single precision.
  private static let evaluations: [Int32] = [6, 3, 6, 8, 10, 24]
  /// From too steep a slope a step may lead to where all doses lie on plateaus and nothing leads back.
  private static let slopeShare = 0.6
  private static let gentleShare = 0.3

  private let design: KernelDesign
  private let instructions: Int32
  private let stride: Int
  /// The state of each start, one after the other, and what candidates there are.
  private let states: UnsafeMutablePointer<Double>
  private let found: UnsafeMutablePointer<Double>
  private var queue: CurveTile
  /// The curves that some search went on for in the last round.
  private var active: [Int] = []
  /// Of each search in the queue where its state begins, and its curve.
  private let origins: UnsafeMutablePointer<Int>
  private let curves: UnsafeMutablePointer<Int>
  /// 1 where the best jump is one that less steep curves only come near to, −1 where some are better.
  private var limits: UnsafeMutablePointer<Double> {
    found + (2 * Self.starts + Self.candidates) * stride
  }

  private static let rows = Int(curve_row_count.rawValue)

  init(_ design: KernelDesign, _ instructions: Int32, stride: Int, _ memory: WorkspaceMemory) {
    self.design = design
    self.instructions = instructions
    self.stride = stride
    states = memory.zeros(Self.starts * Self.rows * stride)
    found = memory.zeros((2 * Self.starts + Self.candidates + 1) * stride)
    queue = CurveTile(memory, stride: stride, doses: design.doses.count)
    origins = memory.zeros(stride, of: Int.self)
    curves = memory.zeros(stride, of: Int.self)
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
      slopes + Self.jump * stride, locations + Self.jump * stride, limits)
    for i in 0..<tile.paddedCount {
      for start in 0..<Self.candidates {
        let j = start * stride + i
        slopes[j] *= Self.slopeShare
        locations[j] = design.location(locations[j], slope: slopes[j], within: design.farthestStart)
      }
      slopes[Self.gentle * stride + i] = slopes[i] * Self.gentleShare
      locations[Self.gentle * stride + i] = locations[i]
    }
    for start in 0..<Self.starts {
      state(start, curve_slope).update(from: slopes + start * stride, count: tile.paddedCount)
      state(start, curve_location).update(from: locations + start * stride, count: tile.paddedCount)
      state(start, curve_enough).update(from: tile.row(curve_enough), count: tile.paddedCount)
      state(start, curve_evaluations).update(repeating: 0, count: tile.paddedCount)
      let own = states + start * Self.rows * stride
      if start == Self.jump {
        curves_descend(
          instructions, design.design, tile.paddedCount, stride, tile.means, weights, 2, 0, own)
      } else {
        state(start, curve_done).update(repeating: 0, count: tile.paddedCount)
        state(start, curve_span).update(repeating: 1, count: tile.paddedCount)
        curves_approach(
          instructions, design.design, nil, tile.paddedCount, stride, tile.means, weights, 4, 1,
          own,
          nil, 0)
      }
    }
    active.removeAll(keepingCapacity: true)
    active.append(contentsOf: 0..<tile.count)
    for (round, evaluations) in Self.evaluations.enumerated() {
      goOn(tile, weights != nil, round: round, evaluations)
    }
    for i in 0..<tile.count { choose(i, tile, scale) }
  }

  /// Goes on with the descents that are not done and may yet lead to the lowest minimum.
  private mutating func goOn(
    _ tile: borrowing CurveTile, _ isWeighted: Bool, round: Int, _ evaluations: Int32
  ) {
    queue.count = 0
    var remaining = 0
    for i in active {
      let best = lowest(i)
      var goesOn = false
      for start in 0..<Self.starts
      where state(start, curve_done)[i] == 0
        && (start == best || isPromising(start, best, i, round: round))
      {
        origins[queue.count] = start * Self.rows * stride + i
        curves[queue.count] = i
        queue.count += 1
        goesOn = true
        if queue.count == stride { descend(tile, isWeighted, round, evaluations) }
      }
      if goesOn {
        active[remaining] = i
        remaining += 1
      }
    }
    active.removeLast(active.count - remaining)
    descend(tile, isWeighted, round, evaluations)
  }

  /// Whether a search may still lead below the lowest: it is not on the way to the same minimum, nor to
  /// a jump that is no better than the best jump, and steps promise enough.
  private func isPromising(_ start: Int, _ best: Int, _ i: Int, round: Int) -> Bool {
    if best == Self.jump, limits[i] < 1, start == lowest(i, but: Self.jump) { return true }
    guard round < 3, !isNear(start, best, i) else { return false }
    let own = state(start, curve_squares)[i]
    // The first two rounds follow single precision.
    let isEarly = round < 2
    if isEarly, start == 0, own == .infinity { return true }
    let promise = state(start, curve_promise)[i]
    if leadsToJump(start, i, own, promise, isEarly: isEarly) { return false }
    let hope = (isEarly ? 30 : 10) * promise
    return own - hope <= squares(best, i) * (isEarly ? 1 + 1e-4 : 1 - 1e-9)
  }

  /// Whether a search leads to the best jump and nowhere else, or to a jump that is no better.
  ///
  /// With no more than one dose on its flank it can only become a jump: to eleven digits from 24 units of z
  /// between doses on, and from 6 where it is on the way to the best jump and less steep curves are worse. On
  /// that way a step promises at least half of what is left.
  private func leadsToJump(
    _ start: Int, _ i: Int, _ own: Double, _ promise: Double, isEarly: Bool
  ) -> Bool {
    let steepness = abs(state(start, curve_slope)[i]) * design.gap
    guard steepness > 6 else { return false }
    let distance = state(start, curve_location)[i] - state(Self.jump, curve_location)[i]
    let isAtLimit = limits[i] > 0 && abs(distance) <= design.gap
    guard isAtLimit || steepness > 24 else { return false }
    let jump = state(Self.jump, curve_squares)[i]
    return own - (isAtLimit ? 1 : 2) * promise >= jump * (isEarly ? 1 - 1e-6 : 1)
  }

  /// The start whose sum of squares is the least, turned curves left aside.
  private func lowest(_ i: Int, but other: Int? = nil) -> Int {
    var best = 0
    for start in 1..<Self.starts where start != other && squares(start, i) < squares(best, i) {
      best = start
    }
    return best
  }

  private func squares(_ start: Int, _ i: Int) -> Double {
    let isTurned = design.model.isOrdered && state(start, curve_span)[i] < 0
    return isTurned ? .infinity : state(start, curve_squares)[i]
  }

  /// By how much the whole sum of squares may rise within the limits of a parameter.
  private func allowance(
    _ squares: Double, _ i: Int, _ tile: borrowing CurveTile, _ scale: Double
  ) -> Double {
    let t = tile.row(curve_critical_value)[i]
    let total = scale * squares + tile.row(curve_pure_error)[i]
    return total / tile.row(curve_degrees_of_freedom)[i] * t * t
  }

  /// Whether two searches are on their way to one minimum.
  private func isNear(_ one: Int, _ other: Int, _ i: Int) -> Bool {
    let (slope, reference) = (abs(state(one, curve_slope)[i]), abs(state(other, curve_slope)[i]))
    func place(_ start: Int, _ slope: Double) -> Double {
      design.location(state(start, curve_location)[i], slope: slope, within: design.farthestTurn)
    }
    return abs(slope - reference) <= 0.1 * reference
      && abs(place(one, slope) - place(other, reference)) * reference <= 0.1
  }

  /// Goes on with the searches in the queue and empties it.
  private mutating func descend(
    _ tile: borrowing CurveTile, _ isWeighted: Bool, _ round: Int, _ evaluations: Int32
  ) {
    let count = queue.count
    guard count > 0 else { return }
    queue.gatherData(
      from: tile, UnsafeBufferPointer(start: curves, count: count), isWeighted: isWeighted)
    let places = UnsafeBufferPointer(start: origins, count: count)
    queue.gather(Self.rows, of: states, stride, places, into: queue.state)
    queue.pad()
    let weights = isWeighted ? UnsafePointer(queue.weights) : nil
    if round == 0 {
      curves_approach(
        instructions, design.design, nil, queue.paddedCount, stride, queue.means, weights,
        evaluations, 0, queue.state, nil, 0)
    } else {
      curves_descend(
        instructions, design.design, queue.doublePaddedCount, stride, queue.means, weights,
        evaluations, 0, queue.state)
    }
    for row in 0..<Self.rows {
      let (from, to) = (queue.state + row * stride, states + row * stride)
      for j in 0..<count { to[origins[j]] = from[j] }
    }
    queue.count = 0
  }

  /// Copies the lowest minimum of curve `i` into the tile and says whether another is near.
  private func choose(_ i: Int, _ tile: borrowing CurveTile, _ scale: Double) {
    let best = lowest(i)
    let least = squares(best, i)
    let total = scale * least + tile.row(curve_pure_error)[i]
    let allowed = allowance(least, i, tile, scale)
    let isAnotherNear = (0..<Self.starts).contains { start in
      guard state(start, curve_done)[i] == 1, state(start, curve_inflation)[i] <= 1e4 else {
        return false
      }
      let more = scale * (squares(start, i) - least)
      return more > 1e-6 * (total + more) && more <= allowed
    }
    tile.row(curve_has_near_minimum)[i] = isAnotherNear ? 1 : 0
    for row in 0..<Self.rows {
      tile.state[row * stride + i] = states[(best * Self.rows + row) * stride + i]
    }
    if least == .infinity || best == Self.jump && limits[i] < 0 { tile.row(curve_done)[i] = 0 }
  }
}
