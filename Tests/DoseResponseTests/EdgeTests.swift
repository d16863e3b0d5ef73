import DoseResponse
import Inference
import LinearAlgebra
import TestSupport
import Testing

@Suite struct EdgeTests {
  static let designs: [(String, [Double], [Double])] = [
    ("flat", [0, 0, 1, 1, 10, 10, 100], [3, 3, 3, 3, 3, 3, 3]),
    ("zeros", [0, 0, 1, 1, 10, 10, 100], [0, 0, 0, 0, 0, 0, 0]),
    ("two doses", [0, 0, 0, 5, 5, 5, 5], [1, 2, 3, 4, 5, 6, 7]),
    ("tiny doses", [0, 1e-12, 2e-12, 4e-12, 8e-12, 1e-11, 2e-11], [9, 8, 8, 5, 3, 2, 1]),
    ("wide doses", [0, 1e-12, 1e-6, 1, 1e4, 1e8, 1e12], [9, 8, 8, 5, 3, 2, 1]),
    ("large responses", [0, 0.1, 0.3, 1, 3, 10, 30], [9e9, 8e9, 8e9, 5e9, 3e9, 2e9, 1e9]),
    ("close doses", [1, 1.0001, 1.0002, 1.0003, 2, 2.0001, 4], [9, 8, 8, 5, 3, 2, 1]),
  ]

  /// Whatever the data, what leaves is a number or a reason.
  @Test(arguments: designs)
  func noFitIsNotANumber(name: String, doses: [Double], responses: [Double]) throws {
    let data = try CurveData(
      zip(doses, responses).map { DoseResponsePoint(dose: $0, response: $1) })
    for model in DoseResponseModel.allCases where model != .logLogistic5 {
      let fit = try ResponseCurve(model).fit(data)
      let isFinite = fit.parameters.allSatisfy(\.isFinite)
      #expect(isFinite, "\(name) \(model) \(fit.parameters)")
      #expect(fit.residualSumOfSquares.isFinite && fit.gradientNorm.isFinite, "\(name) \(model)")
      #expect(fit.covariance?.isFinite ?? true, "\(name) \(model)")
      let mean = responses.reduce(0, +) / 7
      let null = responses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // A model with a free level is at least as near as the mean.
      guard ResponseCurve(model).fixedValues.isEmpty else { continue }
      #expect(fit.residualSumOfSquares <= null * (1 + 1e-9) + 1e-25, "\(name) \(model)")
    }
  }

  @Test(arguments: [0.0, 5])
  func oneDoseIsNoCurve(dose: Double) throws {
    let data = try CurveData(
      (1...7).map { DoseResponsePoint(dose: dose, response: Double($0)) })
    #expect(throws: NotEstimable("all doses are equal")) {
      try ResponseCurve(.logLogistic4).fit(data)
    }
    let mean = try ResponseCurve(.constant).fit(data)
    #expect(mean.parameters == [4])
  }

  @Test func negativeDosesHaveNoLogarithm() throws {
    let data = try CurveData(
      [-1, 0, 1, 2, 3].map { DoseResponsePoint(dose: $0, response: 2 * $0) })
    #expect(throws: NotEstimable("a dose is negative")) {
      try ResponseCurve(.logLogistic4).fit(data)
    }
    let line = try ResponseCurve(.linear).fit(data)
    #expect(line.residualSumOfSquares < 1e-25)
  }

  /// 1/θ − 1 would be the mean of the responses at θ = ⅓.
  @Test func aBoundHoldsAnyModel() throws {
    let regression = NonlinearRegression(responses: [1, 2, 3]) { theta in
      let slope = -1 / (theta[0] * theta[0])
      return MeanResponse(
        values: [Double](repeating: 1 / theta[0] - 1, count: 3),
        jacobian: Matrix(column: [slope, slope, slope]))
    }
    let bounded = try regression.fit(start: [1], bounds: [0.5...2])
    #expect(bounded.parametersAtBounds == [0])
    #expect(bounded.parameters == [0.5])
    let free = try regression.fit(start: [1])
    #expect(relativeError(free.parameters[0], 1.0 / 3) <= 1e-14)
  }
}
