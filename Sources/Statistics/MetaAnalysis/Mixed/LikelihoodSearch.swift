import Inference

extension LikelihoodModel {
  /// The highest maximum over the parameters at `means` and `spreads`; others stay as in `start`.
  ///
  /// With the standard deviations given, the likelihood has one maximum. Over the last of them its
  /// profile may have several: each rise that is followed by a fall, on a grid from 0 upwards, is
  /// climbed, and 0 itself is one where the derivative by the variance is not positive there. The
  /// grid, whose steps are by `gridRatio`, ends where the likelihood has fallen by e¹⁰.
  func maximum(
    from start: [Double], means: [Int], spreads: [Int], gridRatio: Double = 1.6
  ) throws(NotEstimable) -> LikelihoodMaximum {
    guard let last = spreads.last else { return try ascent(from: start, free: means) }
    var origin = start
    origin[last] = 0
    let others = Array(spreads.dropLast())
    let boundary = try maximum(from: origin, means: means, spreads: others, gridRatio: gridRatio)
    let square = last - meanIndices.count
    var risesBefore = boundary.evaluation.squares[square] > 0
    var best: LikelihoodMaximum? = risesBefore ? nil : boundary
    var before = boundary
    var highest = boundary.value
    var spread = Self.narrowest
    // As far as the grid reaches, and further while the likelihood still rises.
    while spread < (risesBefore ? 1000 : 20), before.value > highest - 10 {
      var point = before.parameters
      point[last] = spread
      for other in others { point[other] = max(0.1, abs(point[other])) }
      guard let here = try? ascent(from: point, free: means + others, isRough: true) else { break }
      let rises = here.evaluation.squares[square] > 0
      if risesBefore, !rises {
        let higher = here.value > before.value || before.parameters[last] == 0 ? here : before
        let top = try ascent(from: higher.parameters, free: means + spreads)
        if best.map({ top.value > $0.value }) ?? true { best = top }
      }
      highest = max(highest, here.value)
      (before, risesBefore) = (here, rises)
      spread *= gridRatio
    }
    guard let best else { throw NotEstimable("the likelihood rises with τ² without bound") }
    return best
  }

  /// The higher of the maxima next to `start` and at a last standard deviation of 0.
  ///
  /// This is for the profiles of a likelihood whose evaluation takes long.
  func maximum(
    near start: [Double], means: [Int], spreads: [Int]
  ) throws(NotEstimable) -> LikelihoodMaximum {
    guard let last = spreads.last else { return try ascent(from: start, free: means) }
    var start = start
    // At a standard deviation of 0 the derivative by it vanishes, and an ascent would stay there.
    for other in spreads.dropLast() { start[other] = max(0.1, abs(start[other])) }
    var point = start
    point[last] = 0
    let boundary = try ascent(from: point, free: means + spreads.dropLast())
    let rises = boundary.evaluation.squares[last - meanIndices.count] > 0
    if !rises, start[last] == 0 { return boundary }
    point = start[last] == 0 ? boundary.parameters : start
    point[last] = max(0.3, abs(start[last]))
    let inner = try ascent(from: point, free: means + spreads)
    return rises || inner.value > boundary.value ? inner : boundary
  }

  /// The least standard deviation of the grid, on the scale of logarithms of odds or rates.
  private static let narrowest = 0.08
}
