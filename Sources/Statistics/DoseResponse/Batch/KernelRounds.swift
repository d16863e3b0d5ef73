import CFitKernels

/// The rounds of descents that settle the curves of a tile, those not done in one going on in the next.
struct KernelRounds: ~Copyable {
  private let request: BatchRequest
  private let design: KernelDesign
  private let instructions: Int32
  private var queue: CurveTile
  private var search: KernelSearch
  private var asymmetric: AsymmetricSearch?
  private let places: UnsafeMutablePointer<Int>

  init(_ fit: KernelFit, stride: Int) {
    request = fit.request
    design = fit.design
    instructions = fit.instructions
    queue = CurveTile(stride: stride, doses: design.doses.count)
    search = KernelSearch(design, instructions, stride: stride)
    if let own = fit.asymmetric {
      asymmetric = AsymmetricSearch(
        own, instructions, isThorough: request.search == .global, stride: stride,
        doses: design.doses.count)
    }
    places = .allocate(capacity: stride)
  }

  deinit { places.deallocate() }

  /// Leaves in the tile's state the least sum of squares found; where its search did not end,
  /// `curve_done` is 0.
  mutating func settle(_ tile: inout CurveTile, isWeighted: Bool, scale: Double) {
    if asymmetric?.run(tile, isWeighted: isWeighted, scale: scale) != nil { return }
    // Curves that must rise with q may first be found falling.
    guard request.search == .fast, !design.model.isOrdered else {
      search.run(tile, isWeighted: isWeighted, scale: scale)
      return
    }
    let weights = isWeighted ? UnsafePointer(tile.weights) : nil
    curves_approach(
      instructions, design.design, isWeighted ? design.weightedGrid : design.grid,
      tile.paddedCount, tile.stride, tile.means, weights, 4, 2, tile.state)
    descend(tile, weights, 2)
    for evaluations: Int32 in [3, 5, 8] {
      fillQueue(tile) { i, tile in tile.row(curve_done)[i] == 0 }
      guard queue.count > 0 else { break }
      descend(queue, isWeighted ? UnsafePointer(queue.weights) : nil, evaluations)
      emptyQueue(into: tile)
    }
    // The first minimum found may not be the least.
    fillQueue(tile) { i, tile in tile.isDoubtful(i) }
    guard queue.count > 0 else { return }
    search.run(queue, isWeighted: isWeighted, scale: scale)
    emptyQueue(into: tile)
  }

  private func descend(
    _ tile: borrowing CurveTile, _ weights: UnsafePointer<Double>?, _ evaluations: Int32
  ) {
    curves_descend(
      instructions, design.design, tile.paddedCount, tile.stride, tile.means, weights, evaluations,
      0, tile.state)
  }

  private mutating func fillQueue(
    _ tile: borrowing CurveTile, where isChosen: (Int, borrowing CurveTile) -> Bool
  ) {
    queue.count = 0
    for i in 0..<tile.count where isChosen(i, tile) {
      tile.copy(i, to: queue.count, of: queue)
      places[queue.count] = i
      queue.count += 1
    }
    queue.pad()
  }

  private func emptyQueue(into tile: borrowing CurveTile) {
    for j in 0..<queue.count {
      queue.copyState(j, to: places[j], of: tile)
      tile.row(curve_has_near_minimum)[places[j]] = queue.row(curve_has_near_minimum)[j]
    }
  }
}

extension CurveTile {
  /// Whether the search has not ended or ended at a bound, parameters make up for each other, or half
  /// of the way is not among the doses.
  fileprivate func isDoubtful(_ i: Int) -> Bool {
    let location = row(curve_location)[i]
    return row(curve_done)[i] != 1 || !(row(curve_inflation)[i] <= 1e4)
      || location < row(curve_first_position)[i] || location > row(curve_last_position)[i]
  }
}
