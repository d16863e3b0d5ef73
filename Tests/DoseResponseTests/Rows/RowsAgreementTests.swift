import DoseResponse
import Foundation
import Inference
import TestSupport
import Testing

@Suite("Rows: the same answers as by the engine of single fits")
struct RowsAgreementTests {
  /// Parameters within 1e-6 of their standard errors, these to 1e-6, the sum of squares to 1e-10.
  private func expectAgreement(
    _ fit: LeastSquaresFit, _ other: LeastSquaresFit, _ name: String
  ) throws {
    #expect(fit.converged, "\(name): \(fit.termination)")
    #expect(fit.degreesOfFreedom == other.degreesOfFreedom)
    #expect(
      relativeError(fit.residualSumOfSquares, other.residualSumOfSquares) <= 1e-10, "\(name)")
    let (errors, others) = (try #require(fit.standardErrors), try #require(other.standardErrors))
    for j in fit.parameters.indices {
      #expect(
        abs(fit.parameters[j] - other.parameters[j]) <= 1e-6 * others[j], "\(name) parameter \(j)")
      #expect(relativeError(errors[j], others[j]) <= 1e-6, "\(name) error \(j)")
    }
    #expect(relativeError(fit.conditionNumber, other.conditionNumber) <= 1e-6, "\(name)")
  }

  @Test("every model, with every set of instructions", arguments: SimulatedRows.models)
  func models(_ model: DoseResponseModel) throws {
    let rows = SimulatedRows(model, count: 5000)
    let curve = ResponseCurve(model)
    let expected = try CurveSet(curve, [CurveData(rows.points)]).fit()
    for instructions in FitInstructions.available {
      let regression = try #require(RowsRegression(curve, instructions: instructions))
      let found = try rows.fit(regression)
      #expect(!found.isGrouped)
      #expect(found.passes <= 8, "\(model): \(found.passes) passes")
      try expectAgreement(found.fit, expected.fit, "\(model) \(instructions)")
      #expect(
        found.curves.findings(level: .percent95).map(\.verdict)
          == expected.findings(level: .percent95).map(\.verdict))
    }
  }

  @Test(
    "weights, missing rows, dose 0 and doses that repeat now and then", arguments: [false, true])
  func irregularRows(_ isWeighted: Bool) throws {
    var rows = SimulatedRows(.logLogistic4, count: 6003)
    var random = SplitMix(state: 7)
    if isWeighted { rows.weights = rows.doses.map { _ in 0.5 + 3 * random.next() } }
    for i in stride(from: 0, to: 6003, by: 17) { rows.doses[i] = 0 }
    for i in stride(from: 3, to: 6003, by: 29) { rows.responses[i] = .nan }
    for i in stride(from: 5, to: 6003, by: 31) { rows.responses[i] = .infinity }
    for i in stride(from: 8, to: 6003, by: 12) { rows.doses[i] = 2.5 }
    if isWeighted {
      for i in stride(from: 6, to: 6003, by: 37) { rows.weights![i] = 0 }
    }
    let curve = ResponseCurve(.logLogistic4)
    let expected = try CurveSet(curve, [CurveData(rows.points)]).fit()
    for instructions in FitInstructions.available {
      let found = try rows.fit(RowsRegression(curve, instructions: instructions)!)
      try expectAgreement(found.fit, expected.fit, "\(instructions)")
    }
  }

  @Test("doses few enough to be grouped, in every number of rows")
  func repeatedDoses() throws {
    for (doses, count) in [(8, 50_000), (300, 9000), (1500, 6000)] {
      var rows = SimulatedRows(.logLogistic4, count: count)
      rows.doses = rows.doses.indices.map { 0.01 * Double(1 + $0 % doses) * 300 / Double(doses) }
      for i in rows.doses.indices {
        rows.responses[i] = 1 / (1 + rows.doses[i] * rows.doses[i]) + 0.01 * Double(i * 7 % 13)
      }
      let curve = ResponseCurve(.logLogistic4)
      let expected = try CurveSet(curve, [CurveData(rows.points)]).fit()
      let found = try rows.fit(RowsRegression(curve)!)
      #expect(found.isGrouped && found.passes < 3)
      try expectAgreement(found.fit, expected.fit, "\(doses) doses")
    }
  }

  @Test(
    "columns that are nearly one have the standard errors of QR",
    arguments: zip([0.3, 0.1], [1e3, 1e4]))
  func nearlyDependentColumns(_ reach: Double, _ condition: Double) throws {
    var rows = SimulatedRows(.logLogistic4, count: 5000)
    let curve = ResponseCurve(.logLogistic4)
    var random = SplitMix(state: 21)
    for i in rows.doses.indices {
      rows.doses[i] = 1.4 * exp(reach * (2 * random.next() - 1))
      rows.responses[i] =
        curve.response(dose: rows.doses[i], parameters: [1.3, 0.02, 0.97, 1.4])
        + 1e-7 * random.nextNormal()
    }
    let expected = try CurveSet(curve, [CurveData(rows.points)]).fit()
    for instructions in FitInstructions.available {
      let found = try rows.fit(RowsRegression(curve, instructions: instructions)!)
      #expect(found.fit.conditionNumber > condition)
      try expectAgreement(found.fit, expected.fit, "\(instructions)")
    }
  }

  @Test("the bounds keep a parameter, and its limits are those of the single fit")
  func bounds() throws {
    let rows = SimulatedRows(.logLogistic4, count: 5000)
    let curve = ResponseCurve(.logLogistic4)
    let bounds: [CurveParameter: ClosedRange<Double>] = [.slope: 0.2...1.1, .lower: 0...1]
    let expected = try CurveSet(curve, [CurveData(rows.points)], bounds: bounds).fit()
    let found = try rows.fit(RowsRegression(curve, bounds: bounds)!)
    #expect(found.fit.parameters[0] == 1.1 && found.fit.parametersAtBounds.contains(0))
    #expect(found.fit.parametersAtBounds == expected.fit.parametersAtBounds)
    #expect(
      relativeError(found.fit.residualSumOfSquares, expected.fit.residualSumOfSquares) <= 1e-10)
    #expect(found.curves.findings(level: .percent95).map(\.verdict).contains(.atBound))
  }

  @Test("limits by the profile of the summary are those of all points")
  func profileLimits() throws {
    for model in [DoseResponseModel.logLogistic4, .weibull1With4] {
      let rows = SimulatedRows(model, count: 5000)
      let curve = ResponseCurve(model)
      let expected = try CurveSet(curve, [CurveData(rows.points)]).fit()
      let found = try rows.fit(RowsRegression(curve)!)
      let target = SetTarget.dose(.relative(percent: 50), curve: 0)
      let error = try expected.standardError(target, .expected)
      let (limits, others) = (
        try found.curves.profileInterval(target, level: .percent95),
        try expected.profileInterval(target, level: .percent95)
      )
      #expect(abs(limits.lower! - others.lower!) <= 1e-6 * error)
      #expect(abs(limits.upper! - others.upper!) <= 1e-6 * error)
      let wald = try found.curves.waldInterval(target, information: .expected, level: .percent95)
      let other = try expected.waldInterval(target, information: .expected, level: .percent95)
      #expect(abs(wald.lower! - other.lower!) <= 1e-6 * error)
    }
  }
}
