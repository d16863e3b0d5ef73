import LinearAlgebra

extension LeastSquaresProblem {
  /// Newton's steps, or Gauss and Newton's where those do worse, until the residuals come no nearer
  /// to right angles with the space of J.
  ///
  /// They go along directions in which QR makes JᵀJ the identity, so that the conditioning of J is
  /// not squared. The sum of squares stays below the first but for rounding.
  func polished(_ start: LevenbergMarquardt.Outcome) -> LevenbergMarquardt.Outcome {
    var best = start
    var offset = relativeOffset(best)
    let rounding = 4e-15 * responseNorm * norm(start.point.residuals)
    let ceiling = start.sumOfSquares * (1 + 1e-12) + rounding
    for _ in 0..<60 where offset > 0 {
      let free = free(best.parameters, best.point)
      guard !free.isEmpty else { break }
      // Where a step does well the other need not be tried.
      var nearest: (outcome: LevenbergMarquardt.Outcome, offset: Double)?
      for step in [newtonStep, gaussNewtonStep] {
        guard nearest.map({ $0.offset > offset / 2 }) ?? true,
          let next = outcome(of: step(best, free), from: best, free, ceiling)
        else { continue }
        let reached = relativeOffset(next)
        if reached < nearest?.offset ?? offset { nearest = (next, reached) }
      }
      guard let nearest else { break }
      (best, offset) = nearest
    }
    return best
  }

  /// ‖Qᵀr‖/‖r‖, QR = J: the part of the residuals within the space of the free columns.
  ///
  /// Unlike angles with single columns it tells also what hides between columns that are nearly one.
  /// Bates & Watts (1981), Technometrics 23:179.
  func relativeOffset(_ outcome: LevenbergMarquardt.Outcome) -> Double {
    let length = norm(outcome.point.residuals)
    let free = free(outcome.parameters, outcome.point)
    guard length > 0, !free.isEmpty else { return 0 }
    let jacobian = outcome.point.jacobian.selectingColumns(free)
    let norms = free.map { norm(outcome.point.jacobian.column($0)) }
    guard
      let factors = try? PivotedQR(jacobian.scalingColumns(by: norms.map { $0 > 0 ? 1 / $0 : 1 }))
    else { return outcome.cosine }
    return norm(
      factors.orthogonalFactor.transposedTimes(outcome.point.residuals.map { $0 / length }))
  }

  func outcome(
    of change: [Double]?, from current: LevenbergMarquardt.Outcome, _ free: [Int], _ ceiling: Double
  ) -> LevenbergMarquardt.Outcome? {
    guard let change else { return nil }
    var next = current.parameters
    for (j, value) in zip(free, change) { next[j] += value }
    next = clipped(next)
    guard next != current.parameters, let point = linearization(next),
      point.sumOfSquares <= ceiling
    else { return nil }
    return LevenbergMarquardt.Outcome(
      parameters: next, point: point, iterations: current.iterations + 1,
      cosine: point.cosine(self.free(next, point)))
  }

  func gaussNewtonStep(
    _ current: LevenbergMarquardt.Outcome, _ free: [Int]
  ) -> [Double]? {
    let solution = try? LeastSquares(
      current.point.jacobian.selectingColumns(free), current.point.residuals)
    return solution?.coefficients
  }

  /// H⁻¹ Jᵀr along the parameters at `free`; `nil` where H is not positive definite.
  private func newtonStep(_ current: LevenbergMarquardt.Outcome, _ free: [Int]) -> [Double]? {
    let point = current.point
    let jacobian = point.jacobian.selectingColumns(free)
    let norms = free.map { norm(point.jacobian.column($0)) }
    guard
      let factors = try? PivotedQR(jacobian.scalingColumns(by: norms.map { 1 / $0 })),
      factors.rank == free.count
    else { return nil }
    let basis = factors.orthogonalFactor
    let directions = Matrix(
      rows: free.count, columns: free.count,
      elements: free.indices.flatMap { k in
        (try? LeastSquares(jacobian, basis.column(k)))?.coefficients ?? norms
      })
    // A direction moves the fitted values by a thousandth of the residuals, but no parameter by more
    // than a ten-thousandth: what is hardly determined soon leaves the straight line.
    func width(_ direction: [Double]) -> Double {
      zip(free, direction).reduce(1e-3 * norm(point.residuals)) { width, term in
        let size = abs(current.parameters[term.0])
        return size > 0 && term.1 != 0 ? min(width, 1e-4 * size / abs(term.1)) : width
      }
    }
    func slope(_ direction: [Double], _ width: Double) -> [Double]? {
      var near = current.parameters
      for (j, value) in zip(free, direction) { near[j] += width * value }
      guard let there = linearization(near) else { return nil }
      return directions.transposedTimes(
        there.jacobian.selectingColumns(free).transposedTimes(there.residuals))
    }
    var hessian = Matrix(repeating: 0, rows: free.count, columns: free.count)
    for j in free.indices {
      let direction = directions.column(j)
      let width = width(direction)
      guard let above = slope(direction, width), let below = slope(direction, -width) else {
        return nil
      }
      for i in free.indices { hessian[i, j] = (below[i] - above[i]) / (2 * width) }
    }
    guard hessian.isFinite, let factor = try? Cholesky(hessian) else { return nil }
    return directions * factor.solve(basis.transposedTimes(point.residuals))
  }
}
