import DoseResponse
import Glibc
import Inference
import Probability
import Testing

/// Fits of many asymmetric curves are those of each curve by itself.
@Suite struct AsymmetricBatchTests {
  private static let evenDoses = (0..<8).map { 0.01 * exp(Double($0) * log(10_000) / 7) }

  /// Curves with three points at each dose, asymmetries spread about 1.
  private static func curves(
    _ curve: ResponseCurve, count: Int, noise: Double = 0.02, seed: UInt64
  ) -> AsymmetricCurves {
    let isLogDose = curve.model == .logLogistic5
    let doses = (isLogDose ? evenDoses : (1...8).map(Double.init)).flatMap { [$0, $0, $0] }
    var stream = RandomStream(seed: seed)
    let responses = (0..<count).flatMap { _ -> [Double] in
      let parameters = curve.parameters.map { parameter -> Double in
        switch parameter {
        case .slope: (isLogDose ? 1 : 0.7) * exp(0.7 * stream.uniform())
        case .lower: 0.1 * stream.uniform()
        case .upper: 0.9 + 0.2 * stream.uniform()
        case .asymmetry: exp(0.5 * stream.normal())
        default: isLogDose ? 0.3 * exp(2.3 * stream.uniform()) : 3 + 3 * stream.uniform()
        }
      }
      return doses.map {
        curve.response(dose: $0, parameters: parameters) + noise * stream.normal()
      }
    }
    return AsymmetricCurves(curve: curve, doses: doses, responses: responses)
  }

  private func request(
    _ curve: ResponseCurve, search: BatchSearch = .global, interval: CurveIntervalMethod = .waldLog
  ) -> BatchRequest {
    BatchRequest(curve, effects: [10, 50, 90], interval: interval, search: search)
  }

  /// Rows are those of single fits on each set of instructions, where the minimum is determined.
  private func expectAgreement(_ curves: AsymmetricCurves, _ request: BatchRequest) throws {
    let fits = try curves.singleFits()
    for instructions in FitInstructions.available {
      let rows = try curves.rows(request, instructions: instructions)
      for (fit, row) in zip(fits, rows) {
        let verdict = fit.findings(level: request.level)[0].verdict
        let last = row.count - 4
        #expect(row[last] <= fit.fit.residualSumOfSquares * (1 + 1e-6), "\(instructions)")
        #expect(row[last + 2] == Double(fit.degreesOfFreedom))
        guard verdict != .notIdentified else { continue }
        #expect(row[last] <= fit.fit.residualSumOfSquares * (1 + 1e-10), "\(instructions)")
        // Which minima else are found depends on the starts.
        if ![verdict.code, row[0]].contains(FitVerdict.severalMinima.code) {
          #expect(row[0] == verdict.code)
        }
        for index in fit.estimates.indices {
          let error = try fit.standardError(.parameter(index), .expected)
          #expect(abs(row[1 + 2 * index] - fit.estimates[index]) <= 1e-6 * error)
          #expect(abs(row[2 + 2 * index] / error - 1) <= 1e-6)
        }
        try expectLimits(row, fit, request)
      }
    }
  }

  private func expectLimits(
    _ row: [Double], _ fit: CurveSetFit, _ request: BatchRequest
  ) throws {
    for percent in request.effects {
      let target = SetTarget.dose(.relative(percent: percent), curve: 0)
      let dose = try fit.set.evaluate(target, fit.estimates).value
      let error = try fit.standardError(target, .expected)
      let limits =
        request.interval == .wald
        ? try fit.waldInterval(target, information: .expected, level: request.level)
        : try fit.waldLogInterval(target, information: .expected, level: request.level)
      let place = request.layout.columns.firstIndex(of: "ed\(Int(percent))")!
      #expect(abs(row[place] - dose) <= 1e-6 * error)
      for (own, limit) in zip(row[(place + 1)...], [limits.lower!, limits.upper!])
      where own != limit {
        // A limit far out is as uncertain as it is large.
        #expect(abs(own - limit) <= 1e-6 * max(error, abs(limit)))
      }
    }
  }

  @Test(
    arguments: [DoseResponseModel.logLogistic5, .logistic5], [BatchSearch.fast, .global])
  func fitsAreThoseOfSingleCurves(model: DoseResponseModel, search: BatchSearch) throws {
    let curve = ResponseCurve(model)
    try expectAgreement(
      Self.curves(curve, count: 40, seed: 1), request(curve, search: search, interval: .wald))
  }

  @Test func limitsOnTheLogarithmAreThoseOfSingleCurves() throws {
    let curve = ResponseCurve(.logLogistic5)
    try expectAgreement(Self.curves(curve, count: 20, seed: 2), request(curve))
  }

  @Test func aPlateauMayBeFixed() throws {
    let curve = ResponseCurve(.logLogistic5, fixing: [.lower: 0])
    try expectAgreement(Self.curves(curve, count: 30, seed: 3), request(curve))
  }

  @Test func bothPlateausMayBeFixed() throws {
    let curve = ResponseCurve(.logLogistic5, fixing: [.lower: 0, .upper: 50])
    try expectAgreement(Self.curves(curve, count: 30, noise: 1, seed: 9), request(curve))
  }

  @Test func weightsAreKeptAndMissingPointsLeftOut() throws {
    let curve = ResponseCurve(.logLogistic5)
    var curves = Self.curves(curve, count: 30, seed: 4)
    var stream = RandomStream(seed: 5)
    curves.weights = curves.responses.map { _ in
      stream.uniform() < 0.1 ? 0 : 0.2 + 2 * stream.uniform()
    }
    for place in curves.responses.indices where stream.uniform() < 0.1 {
      curves.responses[place] = .nan
    }
    try expectAgreement(curves, request(curve))
  }

  /// At a minimum the residuals are at right angles with the derivatives by all parameters, and the
  /// dose of half the way is where the response is half-way.
  @Test func theEquationsHoldWhenPutBack() throws {
    let curve = ResponseCurve(.logLogistic5)
    let curves = Self.curves(curve, count: 200, seed: 6)
    let request = request(curve)
    let place = request.layout.columns.firstIndex(of: "ed50")!
    for (index, row) in try curves.rows(request).enumerated()
    where row[0] < FitVerdict.notIdentified.code {
      let theta = curve.parameters.indices.map { row[1 + 2 * $0] }
      var (products, lengths, square) = ([Double](repeating: 0, count: 5), [0.0, 0, 0, 0, 0], 0.0)
      for point in curves.points(index) {
        let residual = point.response - curve.response(dose: point.dose, parameters: theta)
        square += residual * residual
        for (j, change) in curve.gradient(dose: point.dose, parameters: theta).enumerated() {
          products[j] += residual * change
          lengths[j] += change * change
        }
      }
      for (product, length) in zip(products, lengths) {
        #expect(abs(product) <= 1e-9 * (length * square).squareRoot())
      }
      let half = curve.response(dose: row[place], parameters: theta)
      #expect(abs(half - (theta[1] + theta[2]) / 2) <= 1e-10)
    }
  }

  @Test func aCurveThroughAllPointsIsPerfect() throws {
    let curve = ResponseCurve(.logLogistic5)
    let truth = [1.3, 0.1, 1, 1.5, 0.6]
    let exact = AsymmetricCurves(
      curve: curve, doses: Self.evenDoses,
      responses: Self.evenDoses.map { curve.response(dose: $0, parameters: truth) })
    let row = try exact.rows(request(curve))[0]
    #expect(row[0] == FitVerdict.perfectFit.code)
    for (index, value) in truth.enumerated() {
      #expect(abs(row[1 + 2 * index] / value - 1) <= 1e-8)
    }
  }

  /// Of a Weibull curve the asymmetry is infinite, which no data determine.
  @Test func anAsymmetryWithoutBoundIsNotIdentified() throws {
    let weibull = ResponseCurve(.weibull1With4)
    var stream = RandomStream(seed: 7)
    let responses = Self.evenDoses.map {
      weibull.response(dose: $0, parameters: [1, 0.1, 1, 2]) + 1e-5 * stream.normal()
    }
    let curve = ResponseCurve(.logLogistic5)
    let row = try AsymmetricCurves(curve: curve, doses: Self.evenDoses, responses: responses)
      .rows(request(curve))[0]
    #expect(row[0] == FitVerdict.notIdentified.code)
    #expect(row[9] > 1000)
  }

  @Test func equalResponsesLeaveNoResiduals() throws {
    let curve = ResponseCurve(.logLogistic5)
    let row = try AsymmetricCurves(
      curve: curve, doses: Self.evenDoses, responses: [Double](repeating: 2, count: 8)
    ).rows(request(curve))[0]
    #expect(row[row.count - 4] == 0)
  }

  /// The units of doses and responses change nothing but the units of what is told.
  @Test(arguments: [1e-12, 1e9], [1e-9, 1e12])
  func unitsDoNotMatter(doseUnit: Double, responseUnit: Double) throws {
    let curve = ResponseCurve(.logLogistic5)
    let curves = Self.curves(curve, count: 50, seed: 8)
    let other = AsymmetricCurves(
      curve: curve, doses: curves.doses.map { $0 * doseUnit },
      responses: curves.responses.map { $0 * responseUnit })
    for (row, scaled) in zip(try curves.rows(request(curve)), try other.rows(request(curve)))
    where row[0] < FitVerdict.notIdentified.code {
      #expect(scaled[0] == row[0])
      let units = [1, responseUnit, responseUnit, doseUnit, 1]
      for (index, unit) in units.enumerated() {
        let error = row[2 + 2 * index]
        #expect(abs(scaled[1 + 2 * index] / unit - row[1 + 2 * index]) <= 1e-6 * error)
        #expect(abs(scaled[2 + 2 * index] / unit / error - 1) <= 1e-5)
      }
    }
  }
}

/// Responses of curves measured at the same doses.
private struct AsymmetricCurves {
  let curve: ResponseCurve
  let doses: [Double]
  /// Curves × points.
  var responses: [Double]
  var weights: [Double]?

  /// The points of curve `index` that are not missing.
  func points(_ index: Int) -> [DoseResponsePoint] {
    doses.indices.compactMap { k in
      let place = index * doses.count + k
      guard responses[place].isFinite, weights?[place] != 0 else { return nil }
      return DoseResponsePoint(
        dose: doses[k], response: responses[place], weight: weights?[place] ?? 1)
    }
  }

  func singleFits() throws -> [CurveSetFit] {
    try (0..<(responses.count / doses.count)).map {
      try CurveSet(curve, [CurveData(points($0))]).fit()
    }
  }

  /// The rows of results of the batch.
  func rows(
    _ request: BatchRequest, instructions: FitInstructions = .best
  ) throws -> [[Double]] {
    let batch = try BatchRegression(request, doses: doses, instructions: instructions)
    let (count, width) = (responses.count / doses.count, batch.layout.columns.count)
    var results = [Double](repeating: 0, count: count * width)
    responses.withUnsafeBufferPointer { responses in
      results.withUnsafeMutableBufferPointer { results in
        guard let weights else { return batch.fit(responses, into: results) }
        weights.withUnsafeBufferPointer { batch.fit(responses, weights: $0, into: results) }
      }
    }
    return (0..<count).map { Array(results[($0 * width)..<(($0 + 1) * width)]) }
  }
}
