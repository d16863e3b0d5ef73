import DoseResponse
import Inference
import TestSupport
import Testing

@Suite struct EffectiveDoseTests {
  /// Doses on the curves of published bioassays.
  @Test func dosesMatchReference() throws {
    var worst = Worst()
    for row in try referenceTable("DoseResponse", "high-precision") {
      let curve = try ResponseCurve(#require(DoseResponseModel(rawValue: row["model"])))
      let estimates = numbers(row["estimates"])
      let number = row.double("name")
      let found =
        row["statistic"] == "effective_dose"
        ? try curve.effectiveDose(percent: number, parameters: estimates)
        : try curve.dose(atResponse: number, parameters: estimates)
      worst.check(found.dose, "value", of: row, within: 1e-13)
    }
    worst.report("doses on published curves")
  }

  /// Curves that rise and fall, one of each model.
  static let curves: [(DoseResponseModel, [Double])] = [
    (.logLogistic4, [1.4, 0.8, 9.5, 8]), (.logLogistic4, [-1.4, 0.8, 9.5, 8]),
    (.logLogistic5, [2.1, 0.5, 9, 6, 0.55]), (.logLogistic5, [-2.1, 0.5, 9, 6, 3]),
    (.logistic4, [1.7, 1, 8, -0.4]), (.logistic5, [-1.7, 1, 8, 0.4, 2]),
    (.logNormal4, [0.8, 0.7, 9, 12]), (.logNormal4, [-0.8, 0.7, 9, 12]),
    (.weibull1With4, [0.9, 0.6, 8, 15]), (.weibull1With4, [-0.9, 0.6, 8, 15]),
    (.weibull2With4, [1.1, 0.6, 8, 6]), (.weibull2With4, [-1.1, 0.6, 8, 6]),
    (.gompertz4, [1.2, 0.5, 7, 0.3]), (.gompertz4, [-1.2, 0.5, 7, 0.3]),
    (.exponentialDecay3, [0.5, 8, 20]), (.asymptoticRegression3, [1, 7, 25]),
    (.michaelisMenten3, [1, 9, 12]), (.brainCousens5, [1.9, 0.5, 6, 7, 1.2]),
    (.cedergreen5, [1.9, 0.5, 6, 15, 4]), (.emax, [2, -6, 9]), (.sigmoidEmax, [2, 6, 9, 1.6]),
  ]

  /// The response there has gone that part of the way, and a change of a parameter moves the dose as
  /// the gradient says.
  @Test(arguments: curves)
  func effectiveDosesSolveTheirEquation(model: DoseResponseModel, parameters: [Double]) throws {
    let curve = ResponseCurve(model)
    var previous = -Double.infinity
    let (start, end) = ends(curve, parameters)
    for percent in [0.01, 10, 50, 90, 99.9] {
      let found = try curve.effectiveDose(percent: percent, parameters: parameters)
      let response = curve.response(dose: found.dose, parameters: parameters)
      let target = start + percent / 100 * (end - start)
      #expect(abs(response - target) <= 1e-11 * abs(end - start), "\(model) \(percent)")
      #expect(found.dose > previous)
      previous = found.dose
      expectGradient(found, parameters) {
        try curve.effectiveDose(percent: percent, parameters: $0).dose
      }
    }
  }

  @Test(
    arguments: curves + [
      (.linear, [2, 0.3]), (.quadratic, [2, 0.5, 0.01]), (.exponential, [2, 1, 9]),
    ])
  func absoluteDosesSolveTheirEquation(model: DoseResponseModel, parameters: [Double]) throws {
    let curve = ResponseCurve(model)
    for response in model == .emax ? [1, 0, -2.5] : [2.5, 4, 5.5] {
      let found = try curve.dose(atResponse: response, parameters: parameters)
      let value = curve.response(dose: found.dose, parameters: parameters)
      #expect(abs(value - response) <= 1e-11, "\(model) \(response)")
      expectGradient(found, parameters) {
        try curve.dose(atResponse: response, parameters: $0).dose
      }
    }
  }

  /// Beyond the maximum, the curve does not come back to the response.
  @Test func hormesisIsLeftBehind() throws {
    let curve = ResponseCurve(.brainCousens5)
    let parameters = [2.2, 0.5, 6, 7, 3]
    let found = try curve.effectiveDose(percent: 10, parameters: parameters)
    for factor in [1.001, 1.1, 2, 10, 1e4] {
      #expect(
        curve.response(dose: found.dose * factor, parameters: parameters)
          < curve.response(dose: found.dose, parameters: parameters))
    }
    #expect(found.dose > 7)
  }

  @Test func whatDoesNotExistIsNotEstimable() {
    let noLimit = NotEstimable("the curve has no limit at high doses")
    for model in [DoseResponseModel.linear, .quadratic, .exponential, .constant] {
      let curve = ResponseCurve(model)
      #expect(throws: noLimit) {
        try curve.effectiveDose(percent: 50, parameters: curve.parameters.map { _ in 1 })
      }
    }
    #expect(throws: NotEstimable("with a slope of at most 1 the curve has no limit at high doses"))
    {
      try ResponseCurve(.brainCousens5).effectiveDose(percent: 50, parameters: [1, 0.5, 6, 7, 1])
    }
    #expect(throws: NotEstimable("the curve is flat")) {
      try ResponseCurve(.logLogistic4).effectiveDose(percent: 50, parameters: [1, 4, 4, 7])
    }
    let unreached = NotEstimable("the curve does not reach this response")
    #expect(throws: unreached) {
      try ResponseCurve(.logLogistic4).dose(atResponse: 9, parameters: [1, 2, 8, 7])
    }
    #expect(throws: unreached) {
      try ResponseCurve(.quadratic).dose(atResponse: 9, parameters: [1, 0, -2])
    }
    #expect(throws: unreached) {
      try ResponseCurve(.constant).dose(atResponse: 9, parameters: [1])
    }
    #expect(throws: NotEstimable("the dose is beyond all bounds")) {
      try ResponseCurve(.logLogistic4).effectiveDose(percent: 90, parameters: [1e-4, 2, 8, 7])
    }
  }

  /// The responses between which effective doses are counted.
  private func ends(_ curve: ResponseCurve, _ parameters: [Double]) -> (Double, Double) {
    let isPosition = curve.model.rawValue.hasPrefix("logistic") || curve.model == .gompertz4
    return (
      curve.response(dose: isPosition ? -1e9 : 0, parameters: parameters),
      curve.response(dose: isPosition ? 1e9 : 1e200, parameters: parameters)
    )
  }

  private func expectGradient(
    _ found: EffectiveDose, _ parameters: [Double], _ dose: ([Double]) throws -> Double
  ) {
    for index in parameters.indices {
      let width = 1e-5 * abs(parameters[index])
      var (above, below) = (parameters, parameters)
      above[index] += width
      below[index] -= width
      guard let high = try? dose(above), let low = try? dose(below) else { continue }
      let difference = (high - low) / (2 * width)
      let size = abs(found.dose / parameters[index]) + abs(found.gradient[index])
      #expect(
        abs(found.gradient[index] - difference) <= 1e-6 * size,
        "\(parameters) \(index): \(found.gradient[index]) for \(difference)")
    }
  }
}
