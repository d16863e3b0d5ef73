import DoseResponse
import Inference
import LinearAlgebra
import Probability
import TestSupport
import Testing

/// Where there is little or nothing to fit.
@Suite struct SetEdgeTests {
  private let doses = [0, 0.1, 0.3, 1, 3, 10, 30, 100]

  /// Everything that may be asked of a fit is a number, or a reason.
  private func expectNoNaN(_ fit: CurveSetFit, _ name: String) {
    func check(_ value: Double?) { #expect(value.map { !$0.isNaN } ?? true, "\(name)") }
    fit.estimates.forEach { check($0) }
    check(fit.fit.residualSumOfSquares)
    for information in FitInformation.allCases {
      (try? fit.covariance(information))?.elements.forEach { check($0) }
    }
    for target in SetTarget.ofOneCurve + [.dose(.response(constant: 0, control: 0.5), curve: 0)] {
      if case .parameter(let index) = target, index >= fit.estimates.count { continue }
      if let found = try? fit.set.evaluate(target, fit.estimates) {
        check(found.value)
        found.gradient.forEach { check($0) }
      }
      let interval = try? fit.profileInterval(target, level: .percent95)
      check(interval?.lower)
      check(interval?.upper)
    }
    check(try? fit.logLikelihood())
    check(try? fit.aicc())
    check(try? fit.lackOfFit().pValue)
    #expect(!fit.findings(level: .percent95).isEmpty)
  }

  private func fit(
    _ responses: [Double], doses: [Double]? = nil, weights: [Double]? = nil,
    _ response: ResponseKind = .continuous, _ model: DoseResponseModel = .logLogistic4
  ) throws -> CurveSetFit {
    let doses = doses ?? self.doses
    let data = try CurveData(
      responses.indices.map {
        DoseResponsePoint(
          dose: doses[$0], response: responses[$0], weight: weights?[$0] ?? 1)
      })
    return try CurveSet(ResponseCurve(model), [data], response: response).fit()
  }

  @Test func tooFewPointsAndDosesAreReasons() throws {
    #expect(throws: NotEstimable("3 observations for 4 parameters")) {
      try fit([1, 2, 3], doses: [0, 1, 2])
    }
    #expect(throws: NotEstimable("all doses are equal")) {
      try fit([1, 2, 3, 4, 5], doses: [1, 1, 1, 1, 1])
    }
    let few = try fit([1, 1.1, 2, 2.1, 3], doses: [0, 0, 1, 1, 2])
    #expect(few.findings(level: .percent95)[0].verdict == .notIdentified)
    expectNoNaN(few, "three doses")
    expectNoNaN(try fit([1, 1.1, 2, 2.1, 1.9], doses: [0, 0, 7, 7, 7]), "0 and one dose")
  }

  @Test func perfectFitsHaveNoVariance() throws {
    let exact = try fit(
      doses.map { ResponseCurve(.logLogistic4).response(dose: $0, parameters: [2, 0, 1, 3]) })
    #expect(exact.findings(level: .percent95).map(\.verdict).contains(.perfectFit))
    expectNoNaN(exact, "exact")
  }

  @Test(arguments: [1.0, 0, -7, 1e-300, 1e150])
  func flatDataGiveNoNaN(level: Double) throws {
    expectNoNaN(try fit(doses.map { _ in level }), "flat \(level)")
    expectNoNaN(
      try fit(doses.indices.map { level * (1 + 0.01 * Double($0 % 2)) }), "nearly flat \(level)")
  }

  private let falling = [1.02, 0.97, 1.0, 0.86, 0.52, 0.2, 0.06, 0.03]

  @Test(arguments: [1e-140, 1e-30, 1, 1e30, 1e140], [1e-140, 1, 1e140])
  func hugeAndTinyUnitsGiveTheSameCurve(dose: Double, response: Double) throws {
    let plain = try fit(falling)
    let scaled = try fit(falling.map { response * $0 }, doses: doses.map { dose * $0 })
    #expect(relativeError(scaled.estimates[3], dose * plain.estimates[3]) <= 1e-9)
    #expect(relativeError(scaled.estimates[2], response * plain.estimates[2]) <= 1e-9)
    expectNoNaN(scaled, "\(dose) \(response)")
  }

  @Test func negativeResponsesAreResponses() throws {
    let plain = try fit(falling)
    let shifted = try fit(falling.map { $0 - 10 })
    #expect(abs(shifted.estimates[2] - plain.estimates[2] + 10) <= 1e-10)
    #expect(relativeError(shifted.estimates[3], plain.estimates[3]) <= 1e-9)
  }

  @Test func weightsOfTwelveOrdersGiveNoNaN() throws {
    let weights = [1e6, 1e-6, 1, 1e4, 1e-3, 1e2, 1e-6, 1e6]
    let weighted = try fit(falling, weights: weights)
    expectNoNaN(weighted, "weights")
    #expect(weighted.fit.residualSumOfSquares < 1e6)
  }

  @Test func countsWithoutAndWithAllEvents() throws {
    let totals = doses.map { _ in 20.0 }
    let none = [0.0, 0, 0, 0, 0, 0, 0, 0]
    let all = none.map { _ in 1.0 }
    let step = [0.0, 0, 0, 0, 1, 1, 1, 1]
    let some = [0.0, 0, 0.05, 0.1, 0.4, 0.9, 1, 1]
    for (name, shares) in [("none", none), ("all", all), ("step", step), ("some", some)] {
      for model in [DoseResponseModel.logLogistic2, .logLogistic3, .logLogistic4] {
        guard let found = try? fit(shares, weights: totals, .binomial, model) else { continue }
        expectNoNaN(found, "\(name) \(model)")
      }
      guard let poisson = try? fit(shares, .poisson, .logLogistic3) else { continue }
      expectNoNaN(poisson, "Poisson \(name)")
    }
  }

  /// An event where the model gives none a chance is named by its dose.
  @Test func anImpossibleEventIsNamed() throws {
    let curves = try published("selenium", .binomial, curve: "1")
    let data = try CurveData(curves[0].points)
    let set = CurveSet(ResponseCurve(.logLogistic2), [data], response: .binomial)
    do {
      _ = try set.fit()
      Issue.record("deaths without selenium have probability 0")
    } catch {
      #expect(error.reason.contains("at dose 0"), "\(error.reason)")
    }
  }

  @Test func robustFitsOfLittleAreReasons() throws {
    let exact = doses.map {
      ResponseCurve(.logLogistic4).response(dose: $0, parameters: [2, 0, 1, 3])
    }
    let set = try fit(exact).set
    for method in RobustMethod.allCases where method != .none {
      #expect(throws: NotEstimable.self, "\(method)") { try set.robustFit(method) }
    }
    let counts = CurveSet(
      ResponseCurve(.logLogistic3), set.samples, response: .poisson)
    #expect(throws: NotEstimable("counts have no robust fit")) { try counts.robustFit(.huber) }
    #expect(throws: NotEstimable.self) { try counts.powerOfMeanFit(theta: 1) }
  }

  /// The one point that was added, and no other, is left out.
  @Test func routRemovesTheOutlier() throws {
    let data = try published("outlier")[0].points
    let set = CurveSet(ResponseCurve(.logLogistic4), [try CurveData(data)])
    let robust = try set.robustFit(.rout)
    #expect(robust.removed.map(\.point) == [DoseResponsePoint(dose: 7.5, response: 6.9)])
    let without = try curveSet("ryegrass").fit()
    #expect(robust.fit.estimates == without.estimates)
  }
}
