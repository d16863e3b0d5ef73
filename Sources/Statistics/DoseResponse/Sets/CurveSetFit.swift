public import Inference
import LinearAlgebra

/// The best curves of a set, with what it takes to tell how far their parameters are known.
public struct CurveSetFit: Sendable {
  public let set: CurveSet

  /// The estimates, in the order of the set's parameters, and how they were reached.
  ///
  /// For counts its residual sum of squares is the deviance.
  public let fit: LeastSquaresFit

  let problem: SetProblem
  /// The estimates in the coordinates of the solver.
  let coordinates: [Double]
  /// The objective within doses, which no curve changes.
  let pureError: Double

  public var estimates: [Double] { fit.parameters }

  /// n − p.
  public var degreesOfFreedom: Int { fit.degreesOfFreedom }

  /// The estimates of curve `index` in the order of its own parameters.
  public func values(of index: Int) -> [Double] { set.values(estimates, of: index) }

  /// The fitted response of curve `index`.
  public func response(dose: Double, of index: Int) -> Double {
    set.curve.response(dose: dose, parameters: values(of: index))
  }

  /// The derivative of the fitted response of curve `index` by the set's parameters.
  public func responseGradient(dose: Double, of index: Int) -> [Double] {
    var gradient = [Double](repeating: 0, count: estimates.count)
    let own = set.curve.gradient(dose: dose, parameters: values(of: index))
    for (place, change) in zip(set.places[index], own) { gradient[place] += change }
    return gradient
  }

  /// √w (y − f), of counts the signed root of their part of the deviance; `nil` where the curve gives
  /// the response probability 0.
  public func residual(
    _ response: Double, dose: Double, weight: Double, of index: Int
  ) -> Double? {
    Deviation(set.response).residual(
      response, mean: self.response(dose: dose, of: index), weight: weight)?.value
  }
}

extension CurveSet {
  /// The curves nearest to the data: least squares, for counts maximum likelihood.
  ///
  /// Where blanks are uncertain, by generalised least squares.
  ///
  /// - Throws: `NotEstimable` if there are too few points or doses, or no curve is possible.
  public func fit() throws(NotEstimable) -> CurveSetFit {
    if hasUncertainBlanks { return try fitWithBlanks() }
    let problem = SetProblem(self, Deviation(response))
    if response == .continuous, shared.isEmpty { return try separateFit(problem) }
    return try fit(problem, from: try starts())
  }

  /// Each curve by itself, and what is told of all.
  private func separateFit(_ problem: SetProblem) throws(NotEstimable) -> CurveSetFit {
    var fits: [LeastSquaresFit] = []
    for sample in samples { fits.append(try curve.fit(sample, bounds: bounds)) }
    let pureError = samples.reduce(0) { $0 + $1.pureErrorSumOfSquares }
    let coordinates = problem.coordinates(joined(fits.map(\.parameters)))
    guard samples.count > 1, let point = problem.linearization(coordinates) else {
      return CurveSetFit(
        set: self, fit: fits[0], problem: problem, coordinates: coordinates, pureError: pureError)
    }
    let squares = problem.problem
    let best = LevenbergMarquardt.Outcome(
      parameters: coordinates, point: point, iterations: fits.map(\.iterations).max() ?? 0,
      cosine: point.cosine(squares.free(coordinates, point)))
    let total = best.sumOfSquares + pureError
    let minima = fits.flatMap { fit in fit.minima.map { total + $0 - fit.minima[0] } }
    let fit = try LeastSquaresFit(
      best.natural(problem), of: squares.natural(problem), observations: count,
      pureError: pureError, minima: distinctMinima(minima),
      limit: CurveScan.Effort.full.iterations)
    return CurveSetFit(
      set: self, fit: fit, problem: problem, coordinates: coordinates, pureError: pureError)
  }

  /// The lowest of the minima that descents from `starts` lead to.
  func fit(_ problem: SetProblem, from starts: [[Double]]) throws(NotEstimable) -> CurveSetFit {
    try checkSize()
    let squares = problem.problem
    let limit = 200
    let ends = starts.compactMap { start in
      squares.descended(
        from: squares.clipped(problem.coordinates(start)), maximumIterations: limit)
    }
    guard let nearest = ends.min(by: { $0.sumOfSquares < $1.sumOfSquares }) else {
      throw problem.whatIsImpossible(starts)
    }
    let pureError = samples.reduce(0) { $0 + problem.deviation.withinDoses($1) }
    let best = squares.polished(nearest)
    let fit = try LeastSquaresFit(
      best.natural(problem), of: squares.natural(problem), observations: count,
      pureError: pureError, minima: distinctMinima(ends.map { $0.sumOfSquares + pureError }),
      limit: limit)
    return CurveSetFit(
      set: self, fit: fit, problem: problem, coordinates: best.parameters, pureError: pureError)
  }

  /// - Throws: `NotEstimable` if there are fewer points than parameters or but one dose.
  private func checkSize() throws(NotEstimable) {
    guard count >= parameters.count else {
      throw NotEstimable("\(count) observations for \(parameters.count) parameters")
    }
    let own = curve.parameters.count - shared.count
    for sample in samples {
      if case .sigmoid(let sigmoid) = curve.form, sigmoid.isLogDose, sample.means[0].dose < 0 {
        throw NotEstimable("a dose is negative")
      }
      guard sample.doseCount > 1 || own <= 1 else { throw NotEstimable("all doses are equal") }
    }
  }
}

extension LeastSquaresProblem {
  /// The minimum that a descent from `start` leads to; `nil` if there is no value at the start.
  func descended(
    from start: [Double], maximumIterations: Int = 200
  ) -> LevenbergMarquardt.Outcome? {
    guard
      let end = LevenbergMarquardt(strategy: .moré, maximumIterations: maximumIterations)
        .descend(self, from: start)
    else { return nil }
    guard end.cosine > 1e-6,
      let other = LevenbergMarquardt(
        strategy: .geodesic, maximumIterations: maximumIterations
      ).descend(self, from: end.parameters), other.sumOfSquares <= end.sumOfSquares
    else { return end }
    return other
  }

  /// The bounds of the parameters themselves.
  fileprivate func natural(_ problem: SetProblem) -> LeastSquaresProblem {
    LeastSquaresProblem(
      lower: problem.natural(lower), upper: problem.natural(upper), responseNorm: responseNorm,
      linearization: { _ in nil })
  }
}

extension LevenbergMarquardt.Outcome {
  /// The same by the parameters themselves.
  fileprivate func natural(_ problem: SetProblem) -> Self {
    let values = problem.natural(parameters)
    var result = self
    result.parameters = values
    result.point = Linearization(
      residuals: point.residuals,
      jacobian: point.jacobian.scalingColumns(
        by: zip(values, problem.isLogarithm).map { $1 ? 1 / $0 : 1 }))
    return result
  }
}

extension Deviation {
  /// The objective of the points of each dose about their mean.
  func withinDoses(_ sample: CurveData) -> Double {
    switch self {
    case .normal, .robust: return sample.pureErrorSumOfSquares
    case .binomial, .poisson:
      let means = Dictionary(uniqueKeysWithValues: sample.means.map { ($0.dose, $0.mean) })
      return sample.points.reduce(0) { sum, point in
        let residual = residual(
          point.response, mean: means[point.dose] ?? 0, weight: point.weight)
        return sum + (residual.map { $0.value * $0.value } ?? 0)
      }
    }
  }
}
