import LinearAlgebra

extension LeastSquaresProblem {
  /// The most linearisations that a descent over all rows may take.
  static let passLimit = 60

  /// Gauss and Newton's steps from near a minimum until the residuals are at right angles with the
  /// space of J within 5e-12 or come no nearer to it; where such a step does not lead down, a descent.
  ///
  /// `nil` if there is no value at the start.
  func settled(from start: LevenbergMarquardt.Outcome) -> LevenbergMarquardt.Outcome? {
    let parameters = clipped(start.parameters)
    guard let point = linearization(parameters) else { return nil }
    var best = LevenbergMarquardt.Outcome(
      parameters: parameters, point: point, iterations: start.iterations,
      cosine: point.cosine(free(parameters, point)))
    var offset = relativeOffset(best)
    let rounding = 4e-15 * responseNorm * norm(point.residuals)
    var isDescended = false
    for _ in 0..<Self.passLimit where offset > 5e-12 {
      let free = free(best.parameters, best.point)
      let ceiling = best.sumOfSquares * (1 + 1e-14) + rounding
      if let next = outcome(of: gaussNewtonStep(best, free), from: best, free, ceiling) {
        let reached = relativeOffset(next)
        if reached < 0.5 * offset {
          (best, offset) = (next, reached)
          continue
        }
      }
      // Within the rounding of the sums there is nothing to descend to.
      guard !isDescended, offset > 1e-10,
        let end = LevenbergMarquardt(strategy: .moré, maximumIterations: Self.passLimit)
          .descend(self, from: best.parameters), end.sumOfSquares <= ceiling
      else { break }
      isDescended = true
      best = end
      best.iterations += start.iterations
      offset = relativeOffset(best)
    }
    return best
  }
}

extension Matrix {
  /// The condition number of the columns at `indices` scaled to length 1.
  func conditionWhereFree(_ indices: [Int]) -> Double {
    selectingColumns(indices).scaledConditionNumber
  }
}
