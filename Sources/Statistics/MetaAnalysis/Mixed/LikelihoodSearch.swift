import Inference

extension LikelihoodModel {
  /// The highest maximum over the parameters at `means` and `spreads`; others stay as in `start`.
  ///
  /// With the standard deviations given, the likelihood has one maximum. Over the last of them its
  /// profile may have several: each rise that is followed by a fall, on a grid from 0 upwards, is
  /// climbed, and 0 itself is one where the derivative by the variance is not positive there.
  func maximum(
    from start: [Double], means: [Int], spreads: [Int]
  ) throws(NotEstimable) -> LikelihoodMaximum {
    guard let last = spreads.last else { return try ascent(from: start, free: means) }
    var origin = start
    origin[last] = 0
    let others = Array(spreads.dropLast())
    let boundary = try maximum(from: origin, means: means, spreads: others)
    let square = last - meanIndices.count
    var risesBefore = boundary.evaluation.squares[square] > 0
    var best: LikelihoodMaximum? = risesBefore ? nil : boundary
    var before = boundary
    for spread in Self.grid {
      var point = before.parameters
      point[last] = spread
      for other in others { point[other] = max(0.1, abs(point[other])) }
      guard let here = try? ascent(from: point, free: means + others) else { break }
      let rises = here.evaluation.squares[square] > 0
      if risesBefore, !rises {
        let higher = here.value > before.value || before.parameters[last] == 0 ? here : before
        let top = try ascent(from: higher.parameters, free: means + spreads)
        if best.map({ top.value > $0.value }) ?? true { best = top }
      }
      (before, risesBefore) = (here, rises)
    }
    guard let best else { throw NotEstimable("the likelihood rises with τ² without bound") }
    return best
  }

  /// Standard deviations on the scale of logarithms of odds or rates.
  private static let grid = (0..<12).map { step in
    (0..<step).reduce(0.08) { spread, _ in spread * 1.6 }
  }
}
