import LinearAlgebra

/// The descent of a sum of squares by damped linear least squares.
///
/// A step δ minimises ‖r − Jδ‖² + μ‖Dδ‖² by QR; μ follows the gain as Nielsen (1999), IMM-REP-1999-05.
/// At bounds the parameters that are pushed outwards stay, the others are clipped.
struct LevenbergMarquardt {
  enum Strategy: CaseIterable {
    /// D holds the largest norms so far of the columns of J. Moré (1978), LNM 630:105.
    case moré
    /// D = I, with second-order correction of the step. Transtrum & Sethna (2012), arXiv:1201.5885.
    case geodesic
  }

  /// Where a descent ended.
  struct Outcome {
    var parameters: [Double]
    var point: Linearization
    var iterations: Int
    /// The largest cosine between residuals and free columns.
    var cosine: Double
    var sumOfSquares: Double { point.sumOfSquares }
  }

  let strategy: Strategy
  var maximumIterations = 400
  /// The cosine at which to stop.
  var tolerance = 1e-10

  /// Descends from `start`; `nil` if the model has no value there.
  func descend(_ problem: LeastSquaresProblem, from start: [Double]) -> Outcome? {
    var parameters = problem.clipped(start)
    guard var point = problem.linearization(parameters) else { return nil }
    var sum = point.sumOfSquares
    var scales = [Double](repeating: 0, count: start.count)
    var (damping, growth) = (1e-3, 2.0)
    var (iterations, stalls) = (0, 0)
    while iterations < maximumIterations {
      let free = problem.free(parameters, point)
      let norms = parameters.indices.map { norm(point.jacobian.column($0)) }
      update(&scales, norms)
      guard !free.isEmpty, sum > 0, point.cosine(free) > tolerance else { break }
      iterations += 1
      guard let step = step(problem, parameters, point, free, scales, damping) else {
        (damping, growth) = (damping * growth, growth * 2)
        if damping > 1e30 { break }
        continue
      }
      let next = problem.clipped(zip(parameters, step.change).map { $0 + $1 })
      if next == parameters { break }
      let there = problem.linearization(next)
      let gain = there.map { (sum - $0.sumOfSquares) / step.predicted } ?? -1
      guard let there, gain > 1e-4 || isAsGood(there, sum, step.predicted) else {
        (damping, growth) = (damping * growth, growth * 2)
        if damping > 1e30 { break }
        continue
      }
      // What rounding hides may still bring the residuals at right angles, but not for ever.
      stalls = sum - there.sumOfSquares > 1e-14 * sum ? 0 : stalls + 1
      let ratio = 2 * gain - 1
      damping = max(1e-20, damping * max(1.0 / 3, 1 - ratio * ratio * ratio))
      growth = 2
      (parameters, point, sum) = (next, there, there.sumOfSquares)
      if stalls >= 10 { break }
    }
    return Outcome(
      parameters: parameters, point: point, iterations: iterations,
      cosine: point.cosine(problem.free(parameters, point)))
  }

  private func isAsGood(_ there: Linearization, _ sum: Double, _ predicted: Double) -> Bool {
    predicted <= 1e-13 * sum && there.sumOfSquares <= sum * (1 + 1e-14)
  }

  private func update(_ scales: inout [Double], _ norms: [Double]) {
    for j in scales.indices {
      switch strategy {
      case .moré: scales[j] = max(scales[j], norms[j] > 0 ? norms[j] : 1e-300)
      case .geodesic: scales[j] = 1
      }
    }
  }

  private func step(
    _ problem: LeastSquaresProblem, _ parameters: [Double], _ point: Linearization, _ free: [Int],
    _ scales: [Double], _ damping: Double
  ) -> (change: [Double], predicted: Double)? {
    let damped = Damped(
      jacobian: point.jacobian.selectingColumns(free),
      diagonal: free.map { damping.squareRoot() * scales[$0] })
    guard var change = damped.solve(point.residuals) else { return nil }
    let predicted = damped.predictedReduction(change)
    guard predicted > 0 else { return nil }
    if strategy == .geodesic, predicted > 1e-10 * point.sumOfSquares {
      guard
        let bend = bend(problem, parameters, point, free, change),
        let second = damped.solve(bend)
      else { return nil }
      // Beyond this the quadratic picture of the path does not hold.
      guard 2 * norm(second) <= 0.75 * norm(change) else { return nil }
      change = zip(change, second).map { $0 + $1 / 2 }
    }
    var all = [Double](repeating: 0, count: parameters.count)
    for (j, value) in zip(free, change) { all[j] = value }
    return (all, predicted)
  }

  /// Minus the second derivative of the fitted values along `change`, by a difference.
  private func bend(
    _ problem: LeastSquaresProblem, _ parameters: [Double], _ point: Linearization, _ free: [Int],
    _ change: [Double]
  ) -> [Double]? {
    let h = 0.1
    var near = parameters
    for (j, value) in zip(free, change) { near[j] += h * value }
    guard let there = problem.linearization(near) else { return nil }
    let along = point.jacobian.selectingColumns(free) * change
    return point.residuals.indices.map { i in
      2 / h * ((there.residuals[i] - point.residuals[i]) / h + along[i])
    }
  }
}

/// The least-squares problem of one damped step.
private struct Damped {
  let jacobian: Matrix
  /// √μ D.
  let diagonal: [Double]

  func solve(_ residuals: [Double]) -> [Double]? {
    let padding = [Double](repeating: 0, count: diagonal.count)
    var elements: [Double] = []
    elements.reserveCapacity((jacobian.rows + diagonal.count) * diagonal.count)
    for j in diagonal.indices {
      elements += jacobian.column(j)
      elements += diagonal.indices.map { $0 == j ? diagonal[j] : 0 }
    }
    let stacked = Matrix(
      rows: jacobian.rows + diagonal.count, columns: diagonal.count, elements: elements)
    guard let solution = try? LeastSquares(stacked, residuals + padding) else { return nil }
    return solution.coefficients.allSatisfy(\.isFinite) ? solution.coefficients : nil
  }

  /// ‖r‖² − ‖r − Jδ‖² = ‖Jδ‖² + 2μ‖Dδ‖².
  func predictedReduction(_ change: [Double]) -> Double {
    let along = jacobian * change
    let damping = zip(diagonal, change).reduce(0) { $0 + ($1.0 * $1.1) * ($1.0 * $1.1) }
    return along.reduce(0) { $0 + $1 * $1 } + 2 * damping
  }
}
