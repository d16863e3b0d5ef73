import LinearAlgebra

/// The least-squares problem of one curve in all its parameters.
struct CompleteCurve {
  let box: SearchBox
  let doses: [Double]
  /// √w.
  let roots: [Double]
  /// √w y.
  let responses: [Double]
  let bounds: [CurveParameter: ClosedRange<Double>]

  var curve: ResponseCurve { box.curve }

  /// The indices of the linear parameters that are not fixed.
  var freeLinear: [Int] {
    curve.form.linear.indices.filter { curve.fixedValues[curve.form.linear[$0]] == nil }
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
