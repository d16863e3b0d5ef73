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
  /// - Throws: `NotEstimable` if there are too few points or doses, or no curve is possible.
  ///
  /// Where blanks are uncertain, by generalised least squares, σ² and curves settled together: the
  /// responses of a plate then have an error in common.
  public func fit() throws(NotEstimable) -> CurveSetFit {
    guard hasUncertainBlanks else {
      return try fitWithoutBlanks()
    }
    var known: [CurveData] = []
    for sample in samples {
      guard let data = try? sample.onOnePlate else { throw NotEstimable("no curve has points") }
      known.append(data)
    }
    var fit = try CurveSet(curve, known, shared: shared, bounds: bounds).fitWithoutBlanks()
    guard var variance = fit.fit.residualVariance, variance > 0 else { return fit }
    for _ in 0..<50 {
      fit = try self.fit(
        SetProblem(self, .normal, variance: variance), from: [fit.estimates])
      guard let next = fit.fit.residualVariance, next > 0 else { break }
      let change = abs(next - variance)
      variance = next
      if change <= 1e-12 * next { break }
    }
    return fit
  }

  private func fitWithoutBlanks() throws(NotEstimable) -> CurveSetFit {
    let problem = SetProblem(self, Deviation(response))
    if samples.count == 1, response == .continuous {
      let fit = try curve.fit(samples[0], bounds: bounds)
      return CurveSetFit(
        set: self, fit: fit, problem: problem, coordinates: problem.coordinates(fit.parameters),
        pureError: samples[0].pureErrorSumOfSquares)
    }
    return try fit(problem, from: try starts())
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
