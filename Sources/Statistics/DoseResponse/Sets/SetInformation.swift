import Glibc
public import Inference
public import LinearAlgebra

extension CurveSetFit {
  /// σ̂² = RSS/(n − p), for counts 1; for robust fits that by which their covariance scales.
  ///
  /// - Throws: `NotEstimable` with as many parameters as observations.
  public func dispersion() throws(NotEstimable) -> Double {
    switch problem.deviation {
    case .binomial, .poisson: return 1
    case .normal:
      guard let variance = fit.residualVariance else {
        throw NotEstimable("as many parameters as observations leave no variance")
      }
      return variance
    case .robust: return try robustMoments().dispersion
    }
  }

  /// The covariance of the estimates; rows and columns of parameters at a bound are 0.
  ///
  /// - Throws: `NotEstimable` where the data do not determine all parameters or leave no variance.
  public func covariance(_ information: FitInformation) throws(NotEstimable) -> Matrix {
    guard fit.conditionNumber.isFinite else {
      throw NotEstimable("the data do not determine all parameters")
    }
    let unscaled =
      switch information {
      case .expected: try inverseInformation().scaled(by: try dispersion())
      case .observed: try inverseHessian().scaled(by: try hessianDispersion())
      case .sandwich: try sandwich()
      }
    guard unscaled.isFinite else { throw NotEstimable("the data do not determine all parameters") }
    return unscaled
  }

  /// That by which the inverse of half the second derivatives scales.
  private func hessianDispersion() throws(NotEstimable) -> Double {
    if case .robust = problem.deviation { return try robustMoments().rise }
    return try dispersion()
  }

  /// The parameters that are not at a bound.
  var inside: [Int] { estimates.indices.filter { !fit.parametersAtBounds.contains($0) } }

  /// √(w/V) ∂f/∂θ of one observation.
  private func informationRow(_ row: SetProblem.Row) -> [Double] {
    let values = set.values(estimates, of: row.curve)
    let mean = set.curve.response(dose: row.dose, parameters: values)
    let gradient = set.curve.gradient(dose: row.dose, parameters: values)
    var result = [Double](repeating: 0, count: estimates.count)
    for (place, change) in zip(set.places[row.curve], gradient) where change != 0 {
      result[place] +=
        problem.deviation.information(mean: mean, weight: row.weight).squareRoot() * change
    }
    return result
  }

  /// (JᵀWJ)⁻¹.
  private func inverseInformation() throws(NotEstimable) -> Matrix {
    let inside = inside
    let rows = problem.rows.map { row in
      let all = informationRow(row)
      return inside.map { all[$0] }
    }
    guard !inside.isEmpty,
      let solution = try? LeastSquares(problem.informationMatrix(rows), rows.map { _ in 0 }),
      solution.rank == inside.count
    else { throw NotEstimable("the data do not determine all parameters") }
    return solution.unscaledCovariance.spread(over: estimates.count, at: inside)
  }

  /// The inverse of half the matrix of second derivatives of the objective.
  ///
  /// By central differences of sixth order of its analytic gradient.
  private func inverseHessian() throws(NotEstimable) -> Matrix {
    let expected = try inverseInformation().scaled(by: try dispersion())
    let inside = inside
    var hessian = Matrix(repeating: 0, rows: inside.count, columns: inside.count)
    for (k, index) in inside.enumerated() {
      var width = 0.01 * expected[index, index].squareRoot()
      if problem.isLogarithm[index] { width = min(width, 0.003 * estimates[index]) }
      guard let changes = changes(of: index, by: width) else {
        throw NotEstimable("the likelihood ends too near the estimates")
      }
      for (i, row) in inside.enumerated() { hessian[i, k] = changes[row] }
    }
    let symmetric = Matrix(
      (0..<hessian.rows).map { i in
        (0..<hessian.columns).map { (hessian[i, $0] + hessian[$0, i]) / 2 }
      })
    let scales = (0..<symmetric.rows).map { 1 / abs(symmetric[$0, $0]).squareRoot() }
    guard scales.allSatisfy(\.isFinite),
      let factor = try? Cholesky(
        symmetric.scalingColumns(by: scales).scalingRows(by: scales))
    else { throw NotEstimable("the observed information is not positive definite") }
    return factor.inverse.scalingColumns(by: scales).scalingRows(by: scales)
      .spread(over: estimates.count, at: inside)
  }

  /// The derivative of the gradient by one parameter, with a width that stays where there is a value.
  private func changes(of index: Int, by width: Double) -> [Double]? {
    var width = width
    for _ in 0..<12 {
      let gradients = [-3.0, -2, -1, 1, 2, 3].map { gradient(moving: index, by: $0 * width) }
      if gradients.allSatisfy({ $0 != nil }) {
        let g = gradients.compactMap(\.self)
        return estimates.indices.map { j in
          (45 * (g[3][j] - g[2][j]) - 9 * (g[4][j] - g[1][j]) + (g[5][j] - g[0][j]))
            / (60 * width)
        }
      }
      width /= 4
    }
    return nil
  }

  /// Half the gradient of the objective by the parameters themselves.
  private func gradient(moving index: Int, by width: Double) -> [Double]? {
    var values = estimates
    values[index] += width
    guard let point = problem.linearization(problem.coordinates(values)) else { return nil }
    let byCoordinate = point.jacobian.transposedTimes(point.residuals)
    return byCoordinate.indices.map {
      -byCoordinate[$0] / (problem.isLogarithm[$0] ? values[$0] : 1)
    }
  }

  /// A⁻¹ (Σ sᵢ sᵢᵀ/(1 − hᵢ)²) A⁻¹, A the expected information, sᵢ the score of observation i.
  ///
  /// For robust fits a residual is s ψ over the mean of ψ′.
  private func sandwich() throws(NotEstimable) -> Matrix {
    let bread = try inverseInformation()
    var meat = Matrix(repeating: 0, rows: estimates.count, columns: estimates.count)
    for (index, sample) in set.samples.enumerated() {
      for point in sample.points {
        let row = SetProblem.Row(
          curve: index, dose: point.dose, response: point.response, weight: point.weight)
        let direction = informationRow(row)
        let leverage = dot(direction, bread * direction)
        guard leverage < 1 - 1e-10 else {
          throw NotEstimable("an observation determines a parameter alone")
        }
        let mean = response(dose: point.dose, of: index)
        let root = problem.deviation.information(mean: mean, weight: point.weight).squareRoot()
        let factor = try scored(root * (point.response - mean)) / (1 - leverage)
        for j in estimates.indices {
          for i in estimates.indices {
            meat[i, j] += factor * factor * direction[i] * direction[j]
          }
        }
      }
    }
    return bread * meat * bread
  }
}

extension CurveSetFit {
  /// A residual as the objective sees it.
  private func scored(_ residual: Double) throws(NotEstimable) -> Double {
    guard case .robust(let loss, let scale) = problem.deviation else { return residual }
    return scale * loss.psi(residual / scale) / (try robustMoments().slope)
  }
}

extension Matrix {
  /// Every element times `factor`.
  func scaled(by factor: Double) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: elements.map { $0 * factor })
  }

  /// √(gᵀ V g), V this covariance: the standard error along a gradient, by the delta method.
  public func standardError(along gradient: [Double]) -> Double {
    max(0, dot(gradient, self * gradient)).squareRoot()
  }
}
