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
  /// A fit to rows of which `data` are a summary: what it counts as pure error becomes what makes the
  /// sum of squares at the estimates that of the rows.
  init(
    _ curve: ResponseCurve, _ data: CurveData, bounds: [CurveParameter: ClosedRange<Double>],
    _ fit: LeastSquaresFit
  ) {
    let between = data.means.reduce(0) { sum, mean in
      let residual = mean.mean - curve.response(dose: mean.dose, parameters: fit.parameters)
      return sum + mean.weight * residual * residual
    }
    let pureError = max(0, fit.residualSumOfSquares - between)
    let set = CurveSet(
      curve, [CurveData(means: data.means, pureErrorSumOfSquares: pureError)], bounds: bounds)
    let problem = SetProblem(set, Deviation(.continuous))
    self.init(
      set: set, fit: fit, problem: problem, coordinates: problem.coordinates(fit.parameters),
      pureError: pureError)
  }
}
