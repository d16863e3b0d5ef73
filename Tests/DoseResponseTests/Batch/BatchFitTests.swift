import DoseResponse
import Glibc
import Inference
import Probability
import Testing

/// Fits of many curves are those of each curve by itself.
@Suite struct BatchFitTests {
  static let models: [DoseResponseModel] = [
    .logLogistic2, .logLogistic3, .logLogistic3u, .logLogistic4, .logNormal2, .logNormal3,
    .logNormal4, .weibull1With2, .weibull1With3, .weibull1With4, .weibull2With2, .weibull2With3,
    .weibull2With4, .gompertz2, .gompertz3, .gompertz4,
  ]

  private func request(
    _ model: DoseResponseModel, _ search: BatchSearch = .fast,
    interval: CurveIntervalMethod = .wald
  ) -> BatchRequest {
    BatchRequest(
      ResponseCurve(model), effects: [10, 50, 90], interval: interval, search: search)
  }

  private func expectAgreement(_ curves: BatchCurves, _ request: BatchRequest) throws {
    for instructions in FitInstructions.available {
      let found = try BatchAgreement(
        curves, curves.rows(request, instructions: instructions), request)
      let what = "\(curves.curve.model.rawValue), \(request.search), \(instructions)"
      #expect(found.squares <= 1e-10, "\(what)")
      #expect(found.estimates <= 1e-6, "\(what)")
      #expect(found.errors <= 1e-6, "\(what)")
      #expect(found.otherStatuses == [], "\(what)")
    }
  }

  private func doses(_ model: DoseResponseModel) -> [Double] {
    model.rawValue.hasPrefix("gompertz")
      ? threefold((1...8).map(Double.init)) : threefold(evenDoses)
  }

  @Test(arguments: models, BatchSearch.allCases)
  func fitsAreThoseOfSingleCurves(model: DoseResponseModel, search: BatchSearch) throws {
    try expectAgreement(
      BatchCurves(model, count: 37, doses: doses(model)), request(model, search))
  }

  @Test(arguments: models)
  func missingPointsAreLeftOut(model: DoseResponseModel) throws {
    var curves = BatchCurves(model, count: 33, seed: 2, doses: doses(model))
    var stream = RandomStream(seed: 3)
    for place in curves.responses.indices where stream.uniform() < 0.15 {
      curves.responses[place] = .nan
    }
    try expectAgreement(curves, request(model))
  }

  @Test(arguments: models)
  func weightsAreKept(model: DoseResponseModel) throws {
    var curves = BatchCurves(model, count: 33, seed: 4, doses: doses(model))
    var stream = RandomStream(seed: 5)
    curves.weights = curves.responses.map { _ in
      stream.uniform() < 0.1 ? 0 : 0.2 + 2 * stream.uniform()
    }
    try expectAgreement(curves, request(model))
  }

  /// Six points of the vehicle, and doses at unequal distances.
  @Test(arguments: models.filter { !$0.rawValue.hasPrefix("gompertz") }, BatchSearch.allCases)
  func dosesMayBeUnequallyTested(model: DoseResponseModel, search: BatchSearch) throws {
    let doses =
      [Double](repeating: 0, count: 6) + [30, 10, 3, 1, 0.3, 0.1, 0.04].flatMap { [$0, $0] }
    try expectAgreement(
      BatchCurves(model, count: 33, seed: 6, doses: doses), request(model, search))
  }

  @Test func limitsOnTheLogarithmAreThoseOfSingleCurves() throws {
    try expectAgreement(
      BatchCurves(.logLogistic4, count: 100, seed: 7),
      request(.logLogistic4, interval: .waldLog))
  }

  /// The units of doses and responses change nothing but the units of what is told.
  @Test(arguments: [1e-12, 1e9], [1e-9, 1e12])
  func unitsDoNotMatter(doseUnit: Double, responseUnit: Double) throws {
    let curves = BatchCurves(.logLogistic4, count: 50, seed: 8)
    var other = BatchCurves(
      .logLogistic4, count: 0, doses: curves.doses.map { $0 * doseUnit })
    other.responses = curves.responses.map { $0 * responseUnit }
    let request = request(.logLogistic4)
    for (row, scaled) in zip(try curves.rows(request), try other.rows(request)) {
      #expect(scaled[0] == row[0])
      #expect(abs(scaled[1] / row[1] - 1) <= 1e-9)
      #expect(abs(scaled[5] / responseUnit / row[5] - 1) <= 1e-9)
      #expect(abs(scaled[7] / doseUnit / row[7] - 1) <= 1e-9)
      #expect(abs(scaled[8] / doseUnit / row[8] - 1) <= 1e-6)
    }
  }

  /// Curves are fitted alike wherever they stand in a batch and whatever stands beside them.
  @Test func neighboursDoNotMatter() throws {
    let curves = BatchCurves(.logLogistic4, count: 70, seed: 9)
    let rows = try curves.rows(request(.logLogistic4))
    for index in [0, 13, 69] {
      var alone = curves
      alone.responses = Array(curves.responses[(index * 24)..<((index + 1) * 24)])
      let row = try alone.rows(request(.logLogistic4))[0]
      for (one, other) in zip(rows[index], row) where one != other {
        #expect(abs(one / other - 1) <= 1e-12)
      }
    }
  }

  @Test func boundsAreKept() throws {
    let bounds: [CurveParameter: ClosedRange<Double>] = [.lower: 0...0.05, .slope: 0.5...1.2]
    let curves = BatchCurves(.logLogistic4, count: 40, seed: 10)
    let request = BatchRequest(curves.curve, bounds: bounds, effects: [50], interval: .wald)
    try expectAgreement(curves, request)
  }
}
