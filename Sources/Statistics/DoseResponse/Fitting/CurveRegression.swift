import Glibc
public import Inference
import LinearAlgebra

/// The least-squares fits of one curve to data on one design: the same doses and weights.
///
/// The starts are searched over a grid on which the linear parameters are eliminated; from each of
/// its lowest places a descent leads to a minimum, and the lowest minimum is polished in all
/// parameters by QR. With both plateaus and the slope free, lower ≤ upper.
public struct CurveRegression: Sendable {
  public let curve: ResponseCurve
  public let bounds: [CurveParameter: ClosedRange<Double>]

  private let means: [CurveData.DoseMean]
  private let scan: CurveScan

  /// Prepares fits of `curve` to data on the doses and weights of `design`.
  public init(
    _ curve: ResponseCurve, design: CurveData, bounds: [CurveParameter: ClosedRange<Double>] = [:]
  ) {
    self.curve = curve
    self.bounds = bounds
    means = design.means
    scan = CurveScan(
      curve, doses: design.means.map(\.dose), weights: design.means.map(\.weight), bounds: bounds)
  }

  /// The curve nearest to `data`, whose doses and weights are those of the design.
  ///
  /// - Throws: `NotEstimable` if there are fewer points than parameters, one dose only, or no curve
  ///   within the bounds.
  public func fit(_ data: CurveData) throws(NotEstimable) -> LeastSquaresFit {
    try checkSize(data)
    let minima = scan.minima(data.means.map(\.mean))
    guard let best = minima.min(by: { $0.end.sumOfSquares < $1.end.sumOfSquares }) else {
      throw NotEstimable("no curve is within the bounds")
    }
    return try summary(best, minima.filter(\.end.isSettled), data)
  }

  /// The parameters of the curve nearest to `data`, to about six digits.
  func estimates(_ data: CurveData) throws(NotEstimable) -> [Double] {
    try checkSize(data)
    let minima = scan.minima(data.means.map(\.mean), .brisk)
    guard let best = minima.min(by: { $0.end.sumOfSquares < $1.end.sumOfSquares }) else {
      throw NotEstimable("no curve is within the bounds")
    }
    return best.parameters
  }

  private func checkSize(_ data: CurveData) throws(NotEstimable) {
    precondition(
      data.means.map(\.dose) == means.map(\.dose), "the data have doses of another design")
    if case .sigmoid(let sigmoid) = curve.form, sigmoid.isLogDose, means[0].dose < 0 {
      throw NotEstimable("a dose is negative")
    }
    let count = curve.parameters.count
    guard data.count >= count else {
      throw NotEstimable("\(data.count) observations for \(count) parameters")
    }
    guard means.count > 1 || count == 1 else { throw NotEstimable("all doses are equal") }
  }

  private func summary(
    _ best: CurveScan.Minimum, _ minima: [CurveScan.Minimum], _ data: CurveData
  ) throws(NotEstimable) -> LeastSquaresFit {
    let roots = data.means.map { $0.weight.squareRoot() }
    let projection = CompleteCurve(
      box: best.box, doses: data.means.map(\.dose), roots: roots,
      responses: zip(roots, data.means).map { $0 * $1.mean }, bounds: bounds)
    let free = projection.freeLinear
    let complete = projection.complete
    let start = free.map { best.end.linear[$0] } + best.end.coordinates
    guard let point = complete.linearization(start) else {
      throw NotEstimable("the curve is beyond all bounds")
    }
    let polished = complete.polished(
      LevenbergMarquardt.Outcome(
        parameters: start, point: point, iterations: best.end.iterations,
        cosine: point.cosine(complete.free(start, point))))
    let (problem, outcome) = curve.natural(complete, polished, best.box, freeLinear: free)
    return try LeastSquaresFit(
      outcome, of: problem, observations: data.count, pureError: data.pureErrorSumOfSquares,
      minima: distinctMinima(
        minima.map { $0.end.sumOfSquares + data.pureErrorSumOfSquares }),
      limit: CurveScan.Effort.full.iterations)
  }
}

extension ResponseCurve {
  /// The curve of this model nearest to `data`.
  ///
  /// - Throws: `NotEstimable` if there are fewer points than parameters, one dose only, or no curve
  ///   within the bounds.
  public func fit(
    _ data: CurveData, bounds: [CurveParameter: ClosedRange<Double>] = [:]
  ) throws(NotEstimable) -> LeastSquaresFit {
    try CurveRegression(self, design: data, bounds: bounds).fit(data)
  }

  /// An outcome in a box's coordinates, the free linear parameters first, in the curve's own parameters
  /// and their order.
  func natural(
    _ problem: LeastSquaresProblem, _ outcome: LevenbergMarquardt.Outcome, _ box: SearchBox,
    freeLinear: [Int]
  ) -> (LeastSquaresProblem, LevenbergMarquardt.Outcome) {
    let linear = freeLinear.map { form.linear[$0] }
    let places = parameters.map { (linear + box.parameters).firstIndex(of: $0)! }
    func value(_ place: Int, _ coordinates: [Double]) -> (value: Double, slope: Double) {
      place < linear.count
        ? (coordinates[place], 1) : box.natural(place - linear.count, coordinates[place])
    }
    let ends = places.map { place in
      [value(place, problem.lower).value, value(place, problem.upper).value].sorted()
    }
    let values = places.map { value($0, outcome.parameters) }
    var result = outcome
    result.parameters = values.map(\.value)
    result.point = Linearization(
      residuals: outcome.point.residuals,
      jacobian: outcome.point.jacobian.selectingColumns(places)
        .scalingColumns(by: values.map { 1 / $0.slope }))
    return (
      LeastSquaresProblem(
        lower: ends.map { $0[0] }, upper: ends.map { $0[1] },
        responseNorm: problem.responseNorm, linearization: { _ in nil }),
      result
    )
  }
}
