import Glibc

extension ProjectedCurve {
  /// Where a search ended.
  struct End {
    var coordinates: [Double]
    /// All linear parameters there.
    var linear: [Double]
    var sumOfSquares: Double
    var iterations: Int
    /// Whether the steps became so short that the sum of squares hardly changed, and not because of
    /// the limit of iterations.
    var isSettled: Bool
  }

  /// Descends by Levenberg's and Marquardt's steps within the box from `start`.
  ///
  /// The few normal equations are solved by Cholesky: what rounding leaves is for QR to polish. It
  /// stops once a step promises less than `tolerance` of the sum of squares.
  mutating func descend(
    from start: [Double], tolerance: Double, maximumIterations: Int
  ) -> End? {
    var place = zip(box.lower, zip(box.upper, start)).map { max($0, min($1.0, $1.1)) }
    var sum = evaluate(place)
    guard sum.isFinite else { return nil }
    var system = NormalEquations(order: place.count)
    var (damping, growth) = (1e-3, 2.0)
    var iterations = 0
    var isSettled = place.isEmpty
    var needsJacobian = true
    var next = place
    while iterations < maximumIterations, !isSettled {
      if needsJacobian { system.fill(jacobian, residuals, place, box) }
      iterations += 1
      guard system.solve(damping: damping) else {
        (damping, growth) = (damping * growth, growth * 2)
        if damping > 1e20 { isSettled = true }
        needsJacobian = false
        continue
      }
      for j in place.indices {
        next[j] = max(box.lower[j], min(box.upper[j], place[j] + system.step[j]))
      }
      let predicted = system.predictedReduction(damping: damping)
      if next == place || predicted <= tolerance * sum {
        isSettled = true
        break
      }
      let value = evaluate(next)
      let gain = (sum - value) / predicted
      if gain > 1e-4 {
        swap(&place, &next)
        if sum - value <= tolerance * sum, damping < 1 { isSettled = true }
        sum = value
        let ratio = 2 * gain - 1
        damping = max(1e-12, damping * max(1.0 / 3, 1 - ratio * ratio * ratio))
        growth = 2
        needsJacobian = true
      } else {
        (damping, growth) = (damping * growth, growth * 2)
        if damping > 1e20 { isSettled = true }
        needsJacobian = false
      }
    }
    _ = evaluate(place)
    return End(
      coordinates: place, linear: linear, sumOfSquares: sum, iterations: iterations,
      isSettled: isSettled)
  }
}

/// (JᵀJ + μ D) δ = Jᵀr for a few coordinates, D the diagonal of JᵀJ.
private struct NormalEquations {
  private let order: Int
  private var products: [Double]
  private var factor: [Double]
  private var gradient: [Double]
  private var scales: [Double]
  private var isFree: [Bool]
  private(set) var step: [Double]

  init(order: Int) {
    self.order = order
    products = [Double](repeating: 0, count: order * order)
    factor = products
    gradient = [Double](repeating: 0, count: order)
    scales = gradient
    step = gradient
    isFree = [Bool](repeating: true, count: order)
  }

  /// Coordinates at a bound that the sum of squares pushes outwards stay, and those without effect.
  mutating func fill(
    _ jacobian: [Double], _ residuals: [Double], _ place: [Double], _ box: SearchBox
  ) {
    let rows = residuals.count
    func product(_ j: Int, _ k: Int) -> Double {
      var sum = 0.0
      for i in 0..<rows { sum += jacobian[j * rows + i] * jacobian[k * rows + i] }
      return sum
    }
    for j in 0..<order {
      var sum = 0.0
      for i in 0..<rows { sum += jacobian[j * rows + i] * residuals[i] }
      gradient[j] = sum
      isFree[j] =
        box.lower[j] < box.upper[j] && gradient[j] != 0
        && !(place[j] <= box.lower[j] && gradient[j] <= 0)
        && !(place[j] >= box.upper[j] && gradient[j] >= 0)
    }
    for j in 0..<order {
      for k in 0...j {
        products[j * order + k] = isFree[j] && isFree[k] ? product(j, k) : 0
      }
      scales[j] = max(scales[j], products[j * order + j])
    }
  }

  /// Whether the damped equations have a solution, which is then ``step``.
  mutating func solve(damping: Double) -> Bool {
    for j in 0..<order {
      for k in 0...j {
        var value = products[j * order + k]
        if j == k { value += isFree[j] ? damping * scales[j] : 1 }
        for l in 0..<k { value -= factor[j * order + l] * factor[k * order + l] }
        if j == k {
          guard value > 0 else { return false }
          factor[j * order + j] = value.squareRoot()
        } else {
          factor[j * order + k] = value / factor[k * order + k]
        }
      }
    }
    for j in 0..<order {
      var value = isFree[j] ? gradient[j] : 0
      for k in 0..<j { value -= factor[j * order + k] * step[k] }
      step[j] = value / factor[j * order + j]
    }
    for j in (0..<order).reversed() {
      var value = step[j]
      for k in (j + 1)..<max(order, j + 1) { value -= factor[k * order + j] * step[k] }
      step[j] = value / factor[j * order + j]
    }
    return step.allSatisfy(\.isFinite)
  }

  /// gᵀδ + μ ‖δ‖²_D.
  func predictedReduction(damping: Double) -> Double {
    var sum = 0.0
    for j in 0..<order where isFree[j] {
      sum += step[j] * (gradient[j] + damping * scales[j] * step[j])
    }
    return sum
  }
}
