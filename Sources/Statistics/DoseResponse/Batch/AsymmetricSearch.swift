import CFitKernels

/// The search for the least sums of squares of some asymmetric curves, from starts of several
/// asymmetries.
struct AsymmetricSearch: ~Copyable {
  private let design: AsymmetricDesign
  private let instructions: Int32
  private let isThorough: Bool
  private let levels: Int
  private let candidates: UnsafeMutablePointer<Double>
  /// The starts of each curve that are still to be tried, as bits.
  private let left: UnsafeMutablePointer<Int>
  private let places: UnsafeMutablePointer<Int>
  private let restPlaces: UnsafeMutablePointer<Int>
  /// The searches of a turn, one a curve, and those of them that go on.
  private var turn: CurveTile
  private var rest: CurveTile

  private static let ofEach = Int(ASYMMETRIC_CANDIDATES)

  init(
    _ design: AsymmetricDesign, _ instructions: Int32, isThorough: Bool, stride: Int, doses: Int,
    _ memory: WorkspaceMemory
  ) {
    self.design = design
    self.instructions = instructions
    self.isThorough = isThorough
    levels = Int(design.grid.pointee.asymmetries)
    let rows = Int(asymmetric_row_count.rawValue)
    turn = CurveTile(memory, stride: stride, doses: doses, stateRows: rows)
    rest = CurveTile(memory, stride: stride, doses: doses, stateRows: rows)
    candidates = memory.zeros(
      levels * Self.ofEach * Int(asymmetric_candidate_row_count.rawValue) * stride)
    left = memory.zeros(stride, of: Int.self)
    places = memory.zeros(stride, of: Int.self)
    restPlaces = memory.zeros(stride, of: Int.self)
  }

  /// Leaves in the state of `best` the least sums of squares found; `scale`: what they stand for.
  mutating func run(_ best: borrowing CurveTile, isWeighted: Bool, scale: Double) {
    curves_start_asymmetric(
      instructions, design.design, isWeighted ? design.weightedGrid : design.grid,
      best.paddedCount, best.stride, best.means, isWeighted ? best.weights : nil, candidates)
    for i in 0..<best.count {
      best.row(curve_squares)[i] = .infinity
      best.row(curve_done)[i] = 0
      left[i] = starts(i) { isThorough || $0 }
    }
    search(best, isWeighted, scale)
    guard !isThorough else { return }
    for i in 0..<best.count {
      left[i] = best.isDoubtful(i, scale, design.squareUnit) ? starts(i) { !$0 } : 0
    }
    search(best, isWeighted, scale)
  }

  /// Searches from all starts that are left, one of each curve a turn.
  private mutating func search(
    _ best: borrowing CurveTile, _ isWeighted: Bool, _ scale: Double
  ) {
    while true {
      turn.count = 0
      for i in 0..<best.count where left[i] != 0 {
        let start = left[i].trailingZeroBitCount
        left[i] &= ~(1 << start)
        best.copy(i, to: turn.count, of: turn)
        turn.row(curve_slope)[turn.count] = row(asymmetric_candidate_slope, start)[i]
        turn.row(curve_location)[turn.count] = row(asymmetric_candidate_location, start)[i]
        turn.row(asymmetric_log_asymmetry)[turn.count] =
          design.grid.pointee.log_asymmetries[start / Self.ofEach]
        turn.row(curve_evaluations)[turn.count] = 0
        places[turn.count] = i
        turn.count += 1
      }
      guard turn.count > 0 else { return }
      turn.pad()
      descend(isWeighted)
      for j in 0..<turn.count { take(j, for: places[j], in: best, scale) }
    }
  }

  private func row(
    _ row: asymmetric_candidate_row, _ candidate: Int
  ) -> UnsafeMutablePointer<Double> {
    candidates
      + (candidate * Int(asymmetric_candidate_row_count.rawValue) + Int(row.rawValue)) * turn.stride
  }

  /// Starts as bits: those that are promising or those that are not, as `isWanted` says.
  ///
  /// Promising are asymmetries that explain no less than their neighbours, and the least, where each
  /// gap between doses may have its own minimum.
  private func starts(_ i: Int, _ isWanted: (Bool) -> Bool) -> Int {
    func score(_ level: Int, _ rank: Int) -> Double {
      guard 0..<levels ~= level else { return -1 }
      return row(asymmetric_candidate_score, level * Self.ofEach + rank)[i]
    }
    var bits = 0
    for level in 0..<levels {
      let own = score(level, 0)
      let isPromising = level == 0 || own >= score(level - 1, 0) && own >= score(level + 1, 0)
      for rank in 0..<Self.ofEach where isWanted(isPromising) && score(level, rank) > 0 {
        bits |= 1 << (level * Self.ofEach + rank)
      }
    }
    return bits
  }

  /// Descends from where the curves of this turn are.
  private mutating func descend(_ isWeighted: Bool) {
    func descend(_ tile: borrowing CurveTile, _ evaluations: Int32) {
      curves_descend_asymmetric(
        instructions, design.design, tile.paddedCount, tile.stride, tile.means,
        isWeighted ? tile.weights : nil, evaluations, tile.state)
    }
    descend(turn, 6)
    for evaluations: Int32 in [4, 6, 10, 20, 40, 80] {
      rest.count = 0
      for j in 0..<turn.count where turn.row(curve_done)[j] == 0 {
        turn.copy(j, to: rest.count, of: rest)
        restPlaces[rest.count] = j
        rest.count += 1
      }
      guard rest.count > 0 else { return }
      rest.pad()
      descend(rest, evaluations)
      for j in 0..<rest.count { rest.copyState(j, to: restPlaces[j], of: turn) }
    }
  }

  /// Takes what search `j` of this turn found for curve `i`.
  private func take(_ j: Int, for i: Int, in best: borrowing CurveTile, _ scale: Double) {
    let (found, known) = (turn.row(curve_squares)[j], best.row(curve_squares)[i])
    let areDone = turn.row(curve_done)[j] != 0 && best.row(curve_done)[i] != 0
    // A second minimum within the limits of the least.
    if areDone {
      let total = scale * min(found, known) + best.row(curve_pure_error)[i] / design.squareUnit
      let difference = scale * abs(found - known)
      let critical = best.row(curve_critical_value)[i]
      let variance = total / best.row(curve_degrees_of_freedom)[i]
      let isNear = difference > 1e-6 * total && difference <= variance * critical * critical
      if found < known || isNear { best.row(curve_has_near_minimum)[i] = isNear ? 1 : 0 }
    }
    // Of two that only rounding tells apart the one that is done.
    let (isDone, wasDone) = (turn.row(curve_done)[j] != 0, best.row(curve_done)[i] != 0)
    let gain = isDone == wasDone ? 0 : isDone ? 1e-11 : -1e-11
    guard known == .infinity || found < known * (1 + gain) else { return }
    turn.copyState(j, to: i, of: best)
  }
}

extension CurveTile {
  /// Whether the minimum found may not be the least: it is at a bound or not determined, its asymmetry
  /// is uncertain by as much as it is, or another minimum is near.
  fileprivate func isDoubtful(_ i: Int, _ scale: Double, _ squareUnit: Double) -> Bool {
    let variance =
      (scale * row(curve_squares)[i] + row(curve_pure_error)[i] / squareUnit)
      / (scale * row(curve_degrees_of_freedom)[i])
    return row(curve_done)[i] != 1 || !(row(curve_inflation)[i] <= 1e4)
      || row(curve_has_near_minimum)[i] != 0
      || !(variance * row(asymmetric_asymmetry_asymmetry)[i] < 1)
  }

  fileprivate func row(_ row: asymmetric_row) -> UnsafeMutablePointer<Double> {
    state + Int(row.rawValue) * stride
  }
}
