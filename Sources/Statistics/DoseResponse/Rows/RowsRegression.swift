import Glibc
public import Inference
import LinearAlgebra

/// The least-squares fit of one curve to very many rows, in memory that does not grow with them.
///
/// Where doses repeat the rows are first reduced to the means of their doses, which loses nothing.
/// Otherwise one pass sums their moments by narrow intervals of dose; means at two doses an interval
/// have the same moments, and lead from several starts to the minimum; a few passes of Gauss–Newton
/// over all rows then end it.
public struct RowsRegression: Sendable {
  public let curve: ResponseCurve
  public let bounds: [CurveParameter: ClosedRange<Double>]
  public let instructions: FitInstructions

  private let kernel: RowsKernel

  /// Prepares fits of `curve`; `nil` for models that do not pass between two plateaus.
  public init?(
    _ curve: ResponseCurve, bounds: [CurveParameter: ClosedRange<Double>] = [:],
    instructions: FitInstructions = .best
  ) {
    guard let kernel = RowsKernel(curve.form) else { return nil }
    self.curve = curve
    self.bounds = bounds
    self.instructions = instructions
    self.kernel = kernel
  }

  /// The curve nearest to `rows`; `spread` may compute the parts of a pass at once, which changes no
  /// digit.
  ///
  /// - Throws: `NotEstimable` if there are fewer rows than parameters, one dose only, a dose that is
  ///   none of the model's, or no curve within the bounds.
  public func fit(
    _ rows: DoseRows, spread: RowsSpread = oneByOne
  ) throws(NotEstimable) -> RowsFit {
    try withoutActuallyEscaping(spread) { spread throws(NotEstimable) in
      let summary = try RowsSummary(rows, curve.form, instructions, spread)
      let data = summary.data
      let count = curve.parameters.count
      guard data.count >= count else {
        throw NotEstimable("\(data.count) observations for \(count) parameters")
      }
      if summary.isExact, data.means.count <= 256 {
        let curves = try CurveSet(curve, [data], bounds: bounds).fit()
        return RowsFit(curves: curves, passes: summary.passes, isGrouped: true)
      }
      guard data.means.count > 1 || count == 1 else { throw NotEstimable("all doses are equal") }
      return try fit(rows, summary, spread)
    }
  }

  private func fit(
    _ rows: DoseRows, _ summary: RowsSummary, _ spread: @escaping RowsSpread
  ) throws(NotEstimable) -> RowsFit {
    let data = summary.data
    let columns = MeanColumns(data.means)
    defer { columns.deallocate() }
    let minima = descents(data, columns.rows, summary.responseNorm)
    guard let nearest = minima.min(by: { $0.outcome.sumOfSquares < $1.outcome.sumOfSquares }) else {
      throw NotEstimable("no curve is within the bounds")
    }
    let problem = RowsProblem(
      kernel: kernel, box: nearest.box, bounds: bounds,
      parts: RowsParts(summary.isExact ? columns.rows : rows), responseNorm: summary.responseNorm,
      instructions: instructions, spread: spread)
    var passes = 0
    let squares = problem.problem { passes += 1 }
    guard var best = squares.settled(from: nearest.outcome) else {
      throw NotEstimable("the curve is beyond all bounds")
    }
    // Products square the condition of J.
    let condition = best.point.jacobian.conditionWhereFree(
      squares.free(best.parameters, best.point))
    if condition > 1e4, let point = problem.accurateLinearization(best.parameters) {
      passes += 2
      best.point = point
      best.cosine = point.cosine(squares.free(best.parameters, point))
    }
    // Means alone were read.
    if summary.isExact { passes = 0 }
    let total = best.sumOfSquares + (summary.isExact ? data.pureErrorSumOfSquares : 0)
    let others = minima.map { total + $0.outcome.sumOfSquares - nearest.outcome.sumOfSquares }
    let (natural, outcome) = curve.natural(
      squares, best, nearest.box, freeLinear: problem.freeLinear)
    let fit = try LeastSquaresFit(
      outcome, of: natural, observations: data.count,
      pureError: summary.isExact ? data.pureErrorSumOfSquares : 0, minima: distinctMinima(others),
      limit: LeastSquaresProblem.passLimit)
    return RowsFit(
      curves: CurveSetFit(curve, data, bounds: bounds, fit), passes: passes + summary.passes,
      isGrouped: summary.isExact)
  }

  /// The minima over the means of a summary that several starts lead to.
  private func descents(
    _ data: CurveData, _ rows: DoseRows, _ responseNorm: Double
  ) -> [(box: SearchBox, outcome: LevenbergMarquardt.Outcome)] {
    let boxes = SearchBox.boxes(curve, doses: data.means.map(\.dose), bounds: bounds)
    return RowsStarts(curve, data, bounds: bounds).minima.prefix(8).compactMap { minimum in
      guard let box = boxes.first(where: { $0.sign == minimum.box.sign }) else { return nil }
      let problem = RowsProblem(
        kernel: kernel, box: box, bounds: bounds, parts: RowsParts(rows),
        responseNorm: responseNorm, instructions: instructions, spread: oneByOne)
      let start = problem.freeLinear.map { minimum.end.linear[$0] } + minimum.end.coordinates
      return problem.problem().descended(from: start).map { (box, $0) }
    }
  }
}

/// The means of a summary as rows.
private struct MeanColumns {
  private let numbers: UnsafeMutableBufferPointer<Double>
  let rows: DoseRows

  init(_ means: [CurveData.DoseMean]) {
    let count = means.count
    numbers = .allocate(capacity: 3 * count)
    _ = numbers.initialize(from: means.map(\.dose) + means.map(\.mean) + means.map(\.weight))
    let all = UnsafeBufferPointer(numbers)
    rows = DoseRows(
      doses: UnsafeBufferPointer(rebasing: all[..<count]),
      responses: UnsafeBufferPointer(rebasing: all[count..<(2 * count)]),
      weights: UnsafeBufferPointer(rebasing: all[(2 * count)...]))
  }

  func deallocate() { numbers.deallocate() }
}
