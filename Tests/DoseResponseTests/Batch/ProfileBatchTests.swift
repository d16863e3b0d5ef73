import DoseResponse
import Foundation
import Inference
import Probability
import Testing

/// Profile limits of a batch, curve by curve those of the engine of single fits.
@Suite struct ProfileBatchTests {
  private static let models: [DoseResponseModel] = [
    .logLogistic2, .logLogistic3, .logLogistic3u, .logLogistic4, .weibull1With3, .weibull1With4,
    .weibull2With4, .logNormal3, .logNormal4,
  ]

  private static func request(_ curve: ResponseCurve) -> BatchRequest {
    BatchRequest(curve, effects: [10, 50], interval: .profile)
  }

  /// The limits that differ from those of single fits by more than 10⁻⁶ of the standard error of the
  /// logarithm of the dose.
  private static func differences(
    _ curves: BatchCurves, instructions: FitInstructions = .best
  ) throws -> [String] {
    let request = request(curves.curve)
    let columns = request.layout.columns
    var found: [String] = []
    for (index, row) in try curves.rows(request, instructions: instructions).enumerated() {
      guard let data = try? CurveData(curves.points(index)),
        let fit = try? CurveSet(curves.curve, [data]).fit()
      else { continue }
      for percent in request.effects {
        let target = SetTarget.dose(.relative(percent: percent), curve: 0)
        let place = try #require(columns.firstIndex(of: "ed\(Int(percent))_lower"))
        let own = try? fit.profileInterval(target, level: request.level)
        let dose = try fit.set.evaluate(target, fit.estimates).value
        let error = min(1, (try? fit.standardError(target, .expected)).map { $0 / dose } ?? 1)
        for (limit, one) in zip([own?.lower, own?.upper], row[place...(place + 1)]) {
          let isSame =
            limit.map { $0 == one || abs(log($0) - log(one)) <= 1e-6 * error } ?? one.isNaN
          if !isSame { found.append("\(index): ED\(percent) \(one), not \(limit ?? .nan)") }
        }
      }
    }
    return found
  }

  @Test(arguments: models)
  func completeCurvesHaveTheLimitsOfSingleFits(model: DoseResponseModel) throws {
    #expect(try Self.differences(BatchCurves(model, count: 40, seed: 11)).isEmpty)
  }

  @Test(arguments: models)
  func noisyCurvesHaveTheLimitsOfSingleFits(model: DoseResponseModel) throws {
    #expect(try Self.differences(BatchCurves(model, count: 20, noise: 0.15, seed: 12)).isEmpty)
  }

  /// Of which many limits are open.
  @Test(arguments: models)
  func curvesWithoutAPlateauHaveTheLimitsOfSingleFits(model: DoseResponseModel) throws {
    let doses = threefold(evenDoses).map { 0.03 * $0 }
    #expect(
      try Self.differences(BatchCurves(model, count: 20, noise: 0.06, seed: 13, doses: doses))
        .isEmpty)
  }

  @Test(arguments: FitInstructions.available)
  func allInstructionsGiveTheLimitsOfSingleFits(instructions: FitInstructions) throws {
    for model in Self.models {
      let curves = BatchCurves(model, count: 24, seed: 14)
      #expect(try Self.differences(curves, instructions: instructions).isEmpty)
    }
  }

  @Test(arguments: FitInstructions.available)
  func missingPointsAndWeightsCountAsInSingleFits(instructions: FitInstructions) throws {
    var curves = BatchCurves(.logLogistic4, count: 40, seed: 15)
    var stream = RandomStream(seed: 16)
    for index in curves.responses.indices where stream.uniform() < 0.15 {
      curves.responses[index] = .nan
    }
    // A dose without any response.
    for point in 9..<12 { curves.responses[point] = .nan }
    #expect(try Self.differences(curves, instructions: instructions).isEmpty)
    curves.weights = curves.responses.map { _ in 0.5 + stream.uniform() }
    #expect(try Self.differences(curves, instructions: instructions).isEmpty)
  }

  /// With the ED50 held at a limit the least sum of squares is S (1 + t²/(n − p)).
  @Test func theSumOfSquaresAtALimitIsTheOneAllowed() throws {
    let curves = BatchCurves(.logLogistic4, count: 60, noise: 0.03, seed: 17)
    let request = Self.request(curves.curve)
    let columns = request.layout.columns
    let place = try #require(columns.firstIndex(of: "ed50_lower"))
    let t = StudentT(degreesOfFreedom: 20).quantile(upperTail: 0.025)
    for (index, row) in try curves.rows(request).enumerated() {
      for limit in row[place...(place + 1)] where limit > 0 && limit.isFinite {
        let held = ResponseCurve(.logLogistic4, fixing: [.ed50: limit])
        let fit = try CurveSet(held, [CurveData(curves.points(index))]).fit()
        let allowed = row[columns.count - 4] * (1 + t * t / 20)
        #expect(abs(fit.fit.residualSumOfSquares / allowed - 1) <= 1e-11)
      }
    }
  }

  @Test func limitsMoveWithTheUnitsOfDoseAndResponse() throws {
    let curves = BatchCurves(.logLogistic4, count: 200, seed: 18)
    var others = BatchCurves(
      .logLogistic4, count: 200, seed: 18, doses: curves.doses.map { 1e3 * $0 })
    others.responses = curves.responses.map { 7 - 250 * $0 }
    let request = Self.request(curves.curve)
    let place = try #require(request.layout.columns.firstIndex(of: "ed50_lower"))
    for (one, other) in zip(try curves.rows(request), try others.rows(request)) {
      for column in place...(place + 1) where one[column] > 0 && one[column].isFinite {
        #expect(abs(other[column] / one[column] - 1000) <= 1e-5)
      }
    }
  }
}
