import DoseResponse
import Foundation
import Inference
import Probability
import Testing

/// Profile limits of a batch, curve by curve those of the engine of single fits.
@Suite struct ProfileBatchTests {
  private static let doses = (0..<24).map { 0.01 * exp(Double($0 / 3) * log(10_000) / 7) }

  /// Curves whose ED50 lies where `middle` says, in doses.
  private static func rows(
    _ curve: ResponseCurve, _ count: Int, middle: ClosedRange<Double> = 0.1...10,
    noise: Double = 0.04
  ) -> [[Double]] {
    var random = RandomStream(seed: 3)
    func uniform(_ low: Double, _ high: Double) -> Double {
      low + (high - low) * random.uniform()
    }
    func normal() -> Double {
      (-2 * log(random.uniform())).squareRoot() * cos(2 * .pi * random.uniform())
    }
    return (0..<count).map { _ in
      let (slope, place) = (
        exp(uniform(log(0.5), log(3))), exp(uniform(log(middle.lowerBound), log(middle.upperBound)))
      )
      let (lower, upper) = (uniform(0, 0.1), uniform(0.9, 1.1))
      let parameters = curve.parameters.map { parameter in
        switch parameter {
        case .slope: curve.model == .gompertz4 ? 0.2 * slope : slope
        case .lower: lower
        case .upper: upper
        default: place
        }
      }
      return doses.map { curve.response(dose: $0, parameters: parameters) + noise * normal() }
    }
  }

  private static func limits(
    _ curve: ResponseCurve, _ rows: [[Double]], doses: [Double] = doses, percent: Double,
    instructions: FitInstructions = .best
  ) throws -> [(lower: Double, upper: Double)] {
    let request = BatchRequest(curve, effects: [percent], interval: .profile)
    let batch = try BatchRegression(request, doses: doses, instructions: instructions)
    let columns = batch.layout.columns
    var results = [Double](repeating: 0, count: rows.count * columns.count)
    rows.flatMap { $0 }.withUnsafeBufferPointer { responses in
      results.withUnsafeMutableBufferPointer { batch.fit(responses, into: $0) }
    }
    let place = try #require(columns.firstIndex(of: "ed\(Int(percent))_lower"))
    return rows.indices.map {
      (results[$0 * columns.count + place], results[$0 * columns.count + place + 1])
    }
  }

  private static func fit(_ curve: ResponseCurve, _ row: [Double]) throws -> CurveSetFit {
    let points = zip(doses, row).map { DoseResponsePoint(dose: $0, response: $1) }
    return try CurveSet(curve, [CurveData(points)]).fit()
  }

  /// How many limits differ by more than 10⁻⁶ of what may serve for a standard error.
  private static func differences(
    _ curve: ResponseCurve, _ rows: [[Double]], percent: Double,
    instructions: FitInstructions = .best
  ) throws -> Int {
    let found = try limits(curve, rows, percent: percent, instructions: instructions)
    let target = SetTarget.dose(.relative(percent: percent), curve: 0)
    var count = 0
    for (row, limits) in zip(rows, found) {
      let fit = try fit(curve, row)
      guard let own = try? fit.profileInterval(target, level: .percent95), let lower = own.lower,
        let upper = own.upper
      else { continue }
      let centre = try fit.set.evaluate(target, fit.estimates).value
      let place = curve.model == .gompertz4 ? { (dose: Double) in dose } : { log($0) }
      let errors = [lower, upper].map { abs(place($0) - place(centre)) }.filter(\.isFinite)
      let unit = (errors.min() ?? 2) / 2
      for (one, other) in [(limits.lower, lower), (limits.upper, upper)]
      where one != other && !(abs(place(one) - place(other)) <= 1e-6 * unit) { count += 1 }
    }
    return count
  }

  private static let models: [DoseResponseModel] = [
    .logLogistic2, .logLogistic3, .logLogistic3u, .logLogistic4, .weibull1With4, .weibull2With4,
    .logNormal4, .gompertz4,
  ]

  @Test(arguments: models, [10.0, 50])
  func completeCurvesHaveTheLimitsOfSingleFits(model: DoseResponseModel, percent: Double) throws {
    let curve = ResponseCurve(model)
    #expect(try Self.differences(curve, Self.rows(curve, 60), percent: percent) == 0)
  }

  @Test(arguments: models)
  func curvesWithoutAPlateauHaveTheLimitsOfSingleFits(model: DoseResponseModel) throws {
    let curve = ResponseCurve(model)
    let rows = Self.rows(curve, 60, middle: 10...300, noise: 0.08)
    #expect(try Self.differences(curve, rows, percent: 50) == 0)
  }

  @Test func flatCurvesHaveTheLimitsOfSingleFits() throws {
    let curve = ResponseCurve(.logLogistic4)
    let rows = Self.rows(curve, 40, middle: 3000...100_000)
    #expect(try Self.differences(curve, rows, percent: 50) == 0)
  }

  @Test(arguments: FitInstructions.available)
  func allInstructionsGiveTheSameLimits(instructions: FitInstructions) throws {
    let curve = ResponseCurve(.logLogistic4)
    let rows = Self.rows(curve, 40)
    #expect(
      try Self.differences(curve, rows, percent: 90, instructions: instructions) == 0)
  }

  /// With the ED50 held at a limit the sum of squares is S (1 + t²/(n − p)).
  @Test func theSumOfSquaresAtALimitIsTheOneAllowed() throws {
    let free = ResponseCurve(.logLogistic4)
    let rows = Self.rows(free, 40)
    let t = StudentT(degreesOfFreedom: 20).quantile(upperTail: 0.025)
    for (row, limits) in zip(rows, try Self.limits(free, rows, percent: 50)) {
      let least = try Self.fit(free, row).fit.residualSumOfSquares
      for limit in [limits.lower, limits.upper] where limit > 0 && limit.isFinite {
        let held = ResponseCurve(.logLogistic4, fixing: [.ed50: limit])
        let sum = try Self.fit(held, row).fit.residualSumOfSquares
        #expect(abs(sum / (least * (1 + t * t / 20)) - 1) <= 1e-10)
      }
    }
  }

  @Test func limitsMoveWithTheUnitOfTheDose() throws {
    let curve = ResponseCurve(.logLogistic4)
    let rows = Self.rows(curve, 100)
    let own = try Self.limits(curve, rows, percent: 50)
    let others = try Self.limits(curve, rows, doses: Self.doses.map { 1000 * $0 }, percent: 50)
    for (one, other) in zip(own, others) {
      #expect(abs(other.lower - 1000 * one.lower) <= 1e-9 * other.lower)
      #expect(other.upper == 1000 * one.upper || abs(other.upper / one.upper - 1000) <= 1e-6)
    }
  }

  @Test func limitsMoveWithTheUnitOfTheResponse() throws {
    let curve = ResponseCurve(.logLogistic4)
    let rows = Self.rows(curve, 100)
    let own = try Self.limits(curve, rows, percent: 50)
    let others = try Self.limits(curve, rows.map { $0.map { 7 - 250 * $0 } }, percent: 50)
    for (one, other) in zip(own, others) {
      #expect(abs(other.lower - one.lower) <= 1e-8 * one.lower)
      #expect(other.upper == one.upper || abs(other.upper / one.upper - 1) <= 1e-8)
    }
  }
}
