import Comparison
import Incidence
import Inference
import Probability
import Testing

/// A test has p < 1 − level exactly when the interval of its family leaves the null value out.
@Suite struct FamilyTests {
  @Test(arguments: [
    (TwoByTwoTest.chiSquare, RiskInterval.difference(.mee)),
    (.chiSquare, .ratio(.koopman)),
    (.chiSquare, .oddsRatio(.score)),
    (.reducedChiSquare, .difference(.miettinenNurminen)),
    (.reducedChiSquare, .ratio(.miettinenNurminen)),
    (.reducedChiSquare, .oddsRatio(.miettinenNurminen)),
    (.likelihoodRatio, .difference(.likelihoodRatio)),
    (.likelihoodRatio, .ratio(.likelihoodRatio)),
    (.likelihoodRatio, .oddsRatio(.likelihoodRatio)),
  ])
  func twoSidedRisks(test: TwoByTwoTest, interval: RiskInterval) throws {
    var stream = RandomStream(seed: 41).split(named: "\(interval)")
    for _ in 0..<2000 {
      let table = try TwoByTwoTable.random(upTo: 1e5, using: &stream)
      let pValue = try table.test(test).pValue
      let null = interval.contrast.nullValue
      for level in levels(around: pValue, using: &stream) {
        let found = try table.confidenceInterval(interval, level: level)
        #expect((pValue < level.alpha) != found.contains(null), "\(table) \(found) \(pValue)")
      }
    }
  }

  @Test(arguments: RateInterval.score)
  func twoSidedRates(interval: RateInterval) throws {
    var stream = RandomStream(seed: 42).split(named: "\(interval)")
    for _ in 0..<2000 {
      let table = try PersonTimeTable.random(using: &stream)
      let pValue = try table.test(.score).pValue
      let null = interval.contrast.nullValue
      for level in levels(around: pValue, using: &stream) {
        let found = try table.confidenceInterval(interval, level: level)
        #expect((pValue < level.alpha) != found.contains(null), "\(table) \(found) \(pValue)")
      }
    }
  }

  /// Beyond α = P(Z > 1) the skewness-corrected score does not fall everywhere where a group has no
  /// event: its interval holds values that its test rejects.
  @Test(arguments: RiskInterval.score + RiskInterval.likelihood + RiskInterval.skewnessCorrected)
  func oneSidedRisks(interval: RiskInterval) throws {
    let mostAlpha = RiskInterval.skewnessCorrected.contains(interval) ? 0.15 : 0.45
    var stream = RandomStream(seed: 43).split(named: "\(interval)")
    for _ in 0..<1000 {
      let table = try TwoByTwoTable.random(upTo: 1e5, using: &stream)
      let estimate = (try? table.estimate(of: interval.contrast)) ?? 1
      let null =
        interval.isRatio
        ? min(1e6, max(1e-6, estimate)) * (0.2 + 2 * stream.uniform())
        : max(-0.999, min(0.999, estimate + 0.4 * (stream.uniform() - 0.5)))
      for alternative in [Sides.lower, .upper] {
        guard
          let pValue = try table.test(interval, null: null, alternative: alternative)?.pValue,
          pValue < mostAlpha
        else { continue }
        for level in levels(around: pValue, using: &stream) where level.alpha < mostAlpha {
          let found = try table.confidenceInterval(interval, level: level, sides: alternative)
          #expect(
            (pValue < level.alpha) != found.contains(null), "\(table) \(found) \(null) \(pValue)")
        }
      }
    }
  }

  @Test(arguments: RateInterval.score + RateInterval.skewnessCorrected)
  func oneSidedRates(interval: RateInterval) throws {
    let mostAlpha = RateInterval.skewnessCorrected.contains(interval) ? 0.15 : 0.45
    var stream = RandomStream(seed: 44).split(named: "\(interval)")
    for _ in 0..<1000 {
      let table = try PersonTimeTable.random(using: &stream)
      let estimate = (try? table.estimate(of: interval.contrast)) ?? 1
      let spread = stream.uniform()
      let null =
        interval.isRatio
        ? min(1e6, max(1e-6, estimate)) * (0.2 + 2 * spread) : estimate * (0.3 + 1.5 * spread)
      for alternative in [Sides.lower, .upper] {
        guard
          let pValue = try table.test(interval, null: null, alternative: alternative)?.pValue,
          pValue < mostAlpha
        else { continue }
        for level in levels(around: pValue, using: &stream) where level.alpha < mostAlpha {
          let found = try table.confidenceInterval(interval, level: level, sides: alternative)
          #expect(
            (pValue < level.alpha) != found.contains(null), "\(table) \(found) \(null) \(pValue)")
        }
      }
    }
  }

  /// A level of its own, and two whose α lies closely on both sides of `pValue`.
  private func levels(
    around pValue: Double, using stream: inout RandomStream
  ) -> [ConfidenceLevel] {
    // Rounding of 1 − α hides such an α below 1e-5.
    let close = pValue > 1e-5 && pValue < 0.99 ? [pValue * (1 - 1e-10), pValue * (1 + 1e-10)] : []
    return [.random(using: &stream)] + close.compactMap { ConfidenceLevel(1 - $0) }
  }
}
