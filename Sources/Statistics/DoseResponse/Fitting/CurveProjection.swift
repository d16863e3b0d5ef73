import LinearAlgebra

/// The least-squares problem of one curve, its linear parameters eliminated.
///
/// For given nonlinear parameters the linear ones follow from linear least squares within their
/// bounds. Golub & Pereyra (1973), SIAM J. Numer. Anal. 10:413; the derivative of the projected
/// residuals without its second term: Kaufman (1975), BIT 15:49.
struct CurveProjection {
  let box: SearchBox
  let doses: [Double]
  /// √w.
  let roots: [Double]
  /// √w y.
  let responses: [Double]
  let bounds: [CurveParameter: ClosedRange<Double>]

  var curve: ResponseCurve { box.curve }

  /// The linear parameters of one place, all of them, and which are neither fixed nor at a bound.
  struct Solution {
    let linear: [Double]
    let inside: [Int]
    let basis: OrthonormalColumns
    let residuals: [Double]
  }

  /// The indices of the linear parameters that are not fixed.
  var freeLinear: [Int] {
    curve.form.linear.indices.filter { curve.fixedValues[curve.form.linear[$0]] == nil }
  }

  /// Whether of two mirrored curves, with plateaus exchanged and the slope turned, one is left out.
  var plateausAreOrdered: Bool {
    guard case .sigmoid(let sigmoid) = curve.form, sigmoid.composition == .plateaus else {
      return false
    }
    return freeLinear.count == 2 && box.parameters.contains(.slope)
  }

  /// The best linear parameters for `columns` (one for each, weights taken in).
  func solution(_ columns: [[Double]]) -> Solution? {
    var linear = curve.form.linear.map { curve.fixedValues[$0] ?? 0 }
    let free = freeLinear
    let limits = free.map { bounds[curve.form.linear[$0]] ?? (-.infinity)...(.infinity) }
    // Each parameter inside, at its lower or at its upper bound; inside first, which mostly holds.
    var best: Solution?
    var bestSum = Double.infinity
    for choice in 0..<power(3, free.count) {
      let places = free.indices.map { choice / power(3, $0) % 3 }
      for k in free.indices where places[k] > 0 {
        linear[free[k]] = places[k] == 1 ? limits[k].lowerBound : limits[k].upperBound
      }
      let inside = free.indices.filter { places[$0] == 0 }
      for k in inside { linear[free[k]] = 0 }
      guard linear.allSatisfy(\.isFinite) else { continue }
      let basis = OrthonormalColumns(inside.map { columns[free[$0]] })
      let rest = residuals(columns, linear)
      let values = basis.coefficients(basis.projections(rest))
      guard zip(inside, values).allSatisfy({ limits[$0].contains($1) }) else { continue }
      for (k, value) in zip(inside, values) { linear[free[k]] = value }
      let residuals = basis.complement(rest)
      let sum = product(residuals, residuals)
      if sum < bestSum {
        bestSum = sum
        best = Solution(
          linear: linear, inside: inside.map { free[$0] }, basis: basis, residuals: residuals)
      }
      if choice == 0 { break }
    }
    guard let best else { return nil }
    // Rounding does not turn a flat curve.
    let isReversed =
      best.linear.count > 1 && best.linear[0] - best.linear[1] > 1e-9 * abs(best.linear[0])
    return plateausAreOrdered && isReversed ? nil : best
  }

  private func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }

  /// √w (y − Σ aₖ φₖ).
  private func residuals(_ columns: [[Double]], _ linear: [Double]) -> [Double] {
    var rest = responses
    for (k, value) in linear.enumerated() where value != 0 {
      for i in rest.indices { rest[i] -= value * columns[k][i] }
    }
    return rest
  }

  /// √w φ and √w ∂φ by each of the box's coordinates, a column for each linear parameter.
  func columns(_ coordinates: [Double]) -> (values: [[Double]], changes: [[[Double]]]) {
    let nonlinear = box.nonlinear(coordinates)
    let count = curve.form.linear.count
    let zeros = [[Double]](
      repeating: [Double](repeating: 0, count: doses.count), count: count)
    var values = zeros
    var changes = [[[Double]]](repeating: zeros, count: box.parameters.count)
    let places = box.parameters.map { curve.form.nonlinear.firstIndex(of: $0)! }
    let slopes = box.parameters.indices.map { box.natural($0, coordinates[$0]).slope }
    for (i, dose) in doses.enumerated() {
      let columns = curve.form.columns(dose, nonlinear)
      for k in 0..<count {
        values[k][i] = roots[i] * columns.values[k]
        for j in places.indices {
          changes[j][k][i] = roots[i] * slopes[j] * columns.byNonlinear[places[j]][k]
        }
      }
    }
    return (values, changes)
  }

  /// The problem in all free parameters: first the linear ones, then the coordinates of the box.
  var complete: LeastSquaresProblem {
    let free = freeLinear
    let limits = free.map { bounds[curve.form.linear[$0]] ?? (-.infinity)...(.infinity) }
    return LeastSquaresProblem(
      lower: limits.map(\.lowerBound) + box.lower, upper: limits.map(\.upperBound) + box.upper,
      responseNorm: norm(responses)
    ) { parameters in
      let (values, changes) = columns(Array(parameters[free.count...]))
      var linear = curve.form.linear.map { curve.fixedValues[$0] ?? 0 }
      for (k, index) in free.enumerated() { linear[index] = parameters[k] }
      let elements =
        free.flatMap { values[$0] } + changes.flatMap { combined($0, linear) }
      let point = Linearization(
        residuals: residuals(values, linear),
        jacobian: Matrix(rows: doses.count, columns: parameters.count, elements: elements))
      return point.isFinite ? point : nil
    }
  }

  private func combined(_ columns: [[Double]], _ linear: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: doses.count)
    for (k, value) in linear.enumerated() where value != 0 {
      for i in sum.indices { sum[i] += value * columns[k][i] }
    }
    return sum
  }
}
