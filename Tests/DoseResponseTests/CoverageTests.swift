import DoseResponse
import Foundation
import Inference
import LinearAlgebra
import Probability
import TestSupport
import Testing

/// A tenth of the study that `Benchmarks/coverage` runs, on the same design: vehicle and eight doses
/// up to 100 µM, plateaus 1 and 0, slope 1.2, σ = 0.06.
@Suite struct CoverageTests {
  private static let curve = ResponseCurve(.logLogistic4)
  private static let count = 400
  private static let stream = RandomStream(seed: 20_261_122)

  /// Samples without effect, or with the ED50 given.
  private static func sample(_ index: Int, ed50: Double?) throws -> CurveData {
    var stream = stream.split(named: "\(ed50 ?? 0) \(index)")
    let doses =
      [Double](repeating: 0, count: 6)
      + (0..<8).flatMap { [Double](repeating: 100 / pow(3, Double($0)), count: 3) }
    return try CurveData(
      doses.map { dose in
        let mean = ed50.map { 1 / (1 + pow(dose / $0, 1.2)) } ?? 1
        let error = Normal.standard.quantile(lowerTail: stream.uniform())
        return DoseResponsePoint(dose: dose, response: mean + 0.06 * error)
      })
  }

  /// Twice the Monte-Carlo error of a share near 0.95 of 400: 0.022.
  private static let leeway = 2 * (0.95 * 0.05 / Double(count)).squareRoot()

  /// Complete, incomplete, and beyond the range of doses: 94 to 97 %, give or take the leeway.
  @Test(arguments: [10.0, 60, 150])
  func profileIntervalsHoldTheTrueDose(ed50: Double) throws {
    var covering = 0
    for index in 0..<Self.count {
      let fit = try CurveSet(Self.curve, [Self.sample(index, ed50: ed50)]).fit()
      let interval = try fit.profileInterval(
        .dose(.relative(percent: 50), curve: 0), level: .percent95)
      // Vehicle and the low doses bound it from below, however far the fit runs off.
      #expect(interval.lower ?? 0 > 0, "\(ed50), sample \(index): \(interval)")
      if interval.contains(ed50) { covering += 1 }
    }
    let coverage = Double(covering) / Double(Self.count)
    print("profile intervals of an ED50 of \(ed50) cover \(coverage)")
    #expect(coverage >= 0.94 - Self.leeway && coverage <= 0.97 + Self.leeway)
  }

  @Test func curvesWithoutEffectPassAsFlat() throws {
    let test = FlatnessTest(
      Self.curve, try Self.sample(0, ed50: nil), samples: 9999,
      stream: Self.stream.split(named: "calibration"))
    let kept = try (0..<Self.count).count { test.pValue(try Self.sample($0, ed50: nil)) > 0.05 }
    let share = Double(kept) / Double(Self.count)
    print("of curves without effect \(share) pass as flat")
    #expect(abs(share - 0.95) <= Self.leeway)
  }
}
