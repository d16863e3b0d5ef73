import CFitKernels

/// The rounds of descents that settle the curves of a tile, those not done in one going on in the next.
struct KernelRounds: ~Copyable {
  private let request: BatchRequest
  private let design: KernelDesign
  private let instructions: Int32
  private var queue: CurveTile
  private var search: KernelSearch
  private var asymmetric: AsymmetricSearch?
  private let points: Int
  private let places: UnsafeMutablePointer<Int>

  init(_ fit: KernelFit, _ memory: WorkspaceMemory) {
    request = fit.request
    design = fit.design
    instructions = fit.instructions
    queue = CurveTile(memory, stride: KernelFit.fewStride, doses: design.doses.count)
    search = KernelSearch(design, instructions, stride: KernelFit.fewStride, memory)
    if let own = fit.asymmetric {
      asymmetric = AsymmetricSearch(
        own, instructions, isThorough: request.search == .global, stride: fit.stride,
        doses: design.doses.count, memory)
    }
    points = design.places.count
    places = memory.zeros(fit.stride, of: Int.self)
  }

  /// Leaves in the tile's state the least sum of squares found.
  ///
  /// Where its search did not end, `curve_done` is 0. Meanwhile as many curves as these are fetched from
  /// `ahead`.
  mutating func settle(
    _ tile: inout CurveTile, isWeighted: Bool, scale: Double, ahead: UnsafePointer<Double>? = nil
  ) {
    if asymmetric?.run(tile, isWeighted: isWeighted, scale: scale) != nil { return }
    // Curves that must rise with q may first be found falling.
    guard request.search == .fast, !design.model.isOrdered else {
      search.run(tile, isWeighted: isWeighted, scale: scale)
      return
    }
    let weights = isWeighted ? UnsafePointer(tile.weights) : nil
    curves_approach(
      instructions, design.design, isWeighted ? design.weightedGrid : design.grid,
      tile.paddedCount, tile.stride, tile.means, weights, 4, 2, tile.state,
      ahead, points)
    curves_finish(
      instructions, design.design, tile.paddedCount, tile.stride, tile.means, weights, tile.state)
    for evaluations: Int32 in [3, 5, 8] {
      for curves in Self.few(of: unfinished(tile)) {
        queue.fill(from: tile, curves, isWeighted: isWeighted)
        curves_descend(
          instructions, design.design, queue.doublePaddedCount, queue.stride, queue.means,
          isWeighted ? UnsafePointer(queue.weights) : nil, evaluations, 0, queue.state)
        queue.copyState(to: curves, of: tile)
      }
    }
    // The first minimum found may not be the least.
    for curves in Self.few(of: doubtful(tile)) {
      queue.fill(from: tile, curves, isWeighted: isWeighted)
      search.run(queue, isWeighted: isWeighted, scale: scale)
      queue.copyState(to: curves, of: tile)
      let (from, to) = (queue.row(curve_has_near_minimum), tile.row(curve_has_near_minimum))
      for (j, i) in curves.enumerated() { to[i] = from[j] }
    }
  }

  /// As many of `curves` at a time as the queue has room for.
  private static func few(
    of curves: UnsafeBufferPointer<Int>
  ) -> some Sequence<UnsafeBufferPointer<Int>> {
    stride(from: 0, to: curves.count, by: KernelFit.few).lazy.map { first in
      UnsafeBufferPointer(rebasing: curves[first..<min(first + KernelFit.few, curves.count)])
    }
  }

  /// The curves whose search has not ended.
  private func unfinished(_ tile: borrowing CurveTile) -> UnsafeBufferPointer<Int> {
    let done = tile.row(curve_done)
    var count = 0
    for i in 0..<tile.count {
      places[count] = i
      count += done[i] == 0 ? 1 : 0
    }
    return UnsafeBufferPointer(start: places, count: count)
  }

  /// The curves whose search has not ended or ended at a bound, whose parameters make up for each other,
  /// or half of whose way is not among the doses.
  private func doubtful(_ tile: borrowing CurveTile) -> UnsafeBufferPointer<Int> {
    let (done, inflation) = (tile.row(curve_done), tile.row(curve_inflation))
    let location = tile.row(curve_location)
    let (first, last) = (tile.row(curve_first_position), tile.row(curve_last_position))
    var count = 0
    for i in 0..<tile.count {
      let isSound =
        done[i] == 1 && inflation[i] <= 1e4 && location[i] >= first[i] && location[i] <= last[i]
      places[count] = i
      count += isSound ? 0 : 1
    }
    return UnsafeBufferPointer(start: places, count: count)
  }
}
