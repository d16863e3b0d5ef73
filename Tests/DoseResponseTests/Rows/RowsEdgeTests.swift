import DoseResponse
import Foundation
import Inference
import TestSupport
import Testing

@Suite("Rows: edges")
struct RowsEdgeTests {
  private let curve = ResponseCurve(.logLogistic4)

  private func rows(_ doses: [Double], _ responses: [Double]) -> SimulatedRows {
    var rows = SimulatedRows(.logLogistic4, count: 0)
    (rows.doses, rows.responses) = (doses, responses)
    return rows
  }

  @Test("too few rows, or doses that the model does not have, are refused")
  func refusals() throws {
    let regression = RowsRegression(curve)!
    let many = SimulatedRows(.logLogistic4, count: 9000)
    var negative = many
    negative.doses[4321] = -1
    var endless = many
    endless.doses[4321] = .infinity
    var missing = many
    missing.responses = many.responses.map { _ in .nan }
    for refused in [
      rows([], []), rows([1], [0.5]), rows([1, 2, 3], [1, 0.5, 0.1]),
      rows([2, 2, 2, 2, 2], [1, 2, 3, 4, 5]), rows(many.doses.map { _ in 2 }, many.responses),
      negative, endless, missing,
    ] {
      #expect(throws: NotEstimable.self) { try refused.fit(regression) }
    }
    #expect(RowsRegression(ResponseCurve(.quadratic)) == nil)
  }

  @Test("a missing row may have any dose")
  func missingDoses() throws {
    var rows = SimulatedRows(.logLogistic4, count: 9000)
    let kept = try rows.fit(RowsRegression(curve)!).fit
    rows.doses += [-1, .nan, .infinity, 0]
    rows.responses += [.nan, .nan, .nan, .nan]
    let fit = try rows.fit(RowsRegression(curve)!).fit
    #expect(fit.degreesOfFreedom == kept.degreesOfFreedom)
    #expect(relativeError(fit.residualSumOfSquares, kept.residualSumOfSquares) <= 1e-13)
  }

  @Test("as many rows as parameters are fitted exactly")
  func exactFit() throws {
    let fit = try rows([0.1, 1, 3, 20], [0.95, 0.6, 0.3, 0.05]).fit(RowsRegression(curve)!).fit
    #expect(fit.degreesOfFreedom == 0 && fit.residualSumOfSquares < 1e-20)
  }

  @Test("a large common part of the responses takes only the digits that it must")
  func offset() throws {
    let rows = SimulatedRows(.logLogistic4, count: 20_000)
    var high = rows
    high.responses = rows.responses.map { 1e8 + $0 }
    // What is left of the responses.
    var rounded = rows
    rounded.responses = high.responses.map { $0 - 1e8 }
    let (fit, other) = (
      try high.fit(RowsRegression(curve)!).fit, try rounded.fit(RowsRegression(curve)!).fit
    )
    #expect(fit.converged)
    #expect(relativeError(fit.residualSumOfSquares, other.residualSumOfSquares) <= 1e-7)
    for j in [0, 3] {
      #expect(abs(fit.parameters[j] - other.parameters[j]) <= 1e-4 * other.standardErrors![j])
    }
    #expect(abs(fit.parameters[2] - 1e8 - other.parameters[2]) <= 1e-7)
  }

  @Test("curves without noise are found, shallow or steep", arguments: [0.5, 2, 20, 200])
  func noNoise(_ slope: Double) throws {
    let rows = SimulatedRows(.logLogistic4, count: 20_000, slope: slope, noise: 0)
    let fit = try rows.fit(RowsRegression(curve)!).fit
    for (value, truth) in zip(fit.parameters, [slope, 0.02, 0.97, 1.4]) {
      #expect(relativeError(value, truth) <= 1e-9, "\(fit.termination)")
    }
  }

  @Test("a steep curve among noise is found", arguments: [50.0, 400])
  func steep(_ slope: Double) throws {
    let rows = SimulatedRows(.logLogistic4, count: 50_000, slope: slope)
    let fit = try rows.fit(RowsRegression(curve)!).fit
    #expect(fit.converged)
    for (j, truth) in [slope, 0.02, 0.97, 1.4].enumerated() {
      #expect(abs(fit.parameters[j] - truth) <= 4.5 * fit.standardErrors![j], "parameter \(j)")
    }
  }

  @Test("one dose far from the others keeps its weight")
  func outlyingDoses() throws {
    for outlier in [1e-200, 1e200] {
      var rows = SimulatedRows(.logLogistic4, count: 5000)
      rows.doses[777] = outlier
      rows.responses[777] = outlier < 1 ? 0.9 : 0.1
      let expected = try CurveSet(curve, [CurveData(rows.points)]).fit().fit
      let fit = try rows.fit(RowsRegression(curve)!).fit
      #expect(relativeError(fit.residualSumOfSquares, expected.residualSumOfSquares) <= 1e-10)
    }
  }

  @Test("what the doses do not determine is said")
  func notIdentified() throws {
    var rows = SimulatedRows(.logLogistic4, count: 9000)
    // Far below the middle the curve is flat.
    rows.doses = rows.doses.map { 1e-4 * $0 }
    var random = SplitMix(state: 5)
    rows.responses = rows.doses.map { _ in 0.97 + 0.04 * random.nextNormal() }
    let fit = try rows.fit(RowsRegression(curve)!)
    let verdicts = fit.curves.findings(level: .percent95).map(\.verdict)
    #expect(verdicts != [.converged])
  }
}
