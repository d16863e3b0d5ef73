import LinearAlgebra

/// The fit of one curve to very many rows.
public struct RowsFit: Sendable {
  /// The curve with what it takes to tell how far its parameters are known; its data are what the rows
  /// were summarised by.
  public let curves: CurveSetFit

  /// How often all rows were read.
  public let passes: Int

  /// Whether the rows were reduced to the means of their doses.
  public let isGrouped: Bool

  public var fit: LeastSquaresFit { curves.fit }
}

extension CurveSetFit {
  /// A fit to rows of which `data` are a summary, whose sum of squares has another minimum than that of
  /// the rows, if only a little.
  ///
  /// From the mean responses is taken what of their residuals lies in the space of J, so that the
  /// minimum is at the estimates, and what counts as pure error becomes what makes it that of the rows.
  init(
    _ curve: ResponseCurve, _ data: CurveData, bounds: [CurveParameter: ClosedRange<Double>],
    _ fit: LeastSquaresFit
  ) {
    let inside = fit.parameters.indices.filter { !fit.parametersAtBounds.contains($0) }
    let roots = data.means.map { $0.weight.squareRoot() }
    var residuals: [Double] = []
    var jacobian = Matrix(repeating: 0, rows: roots.count, columns: inside.count)
    for (i, mean) in data.means.enumerated() {
      let fitted = curve.response(dose: mean.dose, parameters: fit.parameters)
      let gradient = curve.gradient(dose: mean.dose, parameters: fit.parameters)
      residuals.append(roots[i] * (mean.mean - fitted))
      for (j, place) in inside.enumerated() { jacobian[i, j] = roots[i] * gradient[place] }
    }
    let moved =
      (try? LeastSquares(jacobian, residuals)).map { jacobian * $0.coefficients }
      ?? residuals.map { _ in 0 }
    let means = data.means.indices.map { i in
      let mean = data.means[i]
      return CurveData.DoseMean(
        dose: mean.dose, plate: mean.plate, mean: mean.mean - moved[i] / roots[i],
        weight: mean.weight, count: mean.count)
    }
    let between = zip(residuals, moved).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let pureError = max(0, fit.residualSumOfSquares - between)
    let set = CurveSet(
      curve, [CurveData(means: means, pureErrorSumOfSquares: pureError)], bounds: bounds)
    let problem = SetProblem(set, Deviation(.continuous))
    self.init(
      set: set, fit: fit, problem: problem, coordinates: problem.coordinates(fit.parameters),
      pureError: pureError)
  }
}
