import Comparison
import Incidence
import Inference
import TestSupport
import Testing

/// Tables whose limits are many powers of ten from 1, or lie at the edge of rounding.
///
/// Expected values by the scripts beside the reference tables, at 50 digits.
@Suite struct ExtremeTableTests {
  @Test(arguments: [
    (RiskRatioMethod.miettinenNurminen, 3.790035591823495e-12, 9.5244382307371178e-11),
    (.koopman, 3.7900355918290291e-12, 9.5244382307181946e-11),
    (.scas, 2.5313651210312337e-12, 2.4775905443853479e-10),
    (.likelihoodRatio, 2.5461265153884955e-12, 1.625177848178121e-10),
  ])
  func aRareEventAgainstACommonOne(method: RiskRatioMethod, lower: Double, upper: Double) throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 4, total: 397_353_515_903),
      reference: try BinomialCount(events: 2, total: 3))
    let level = try #require(ConfidenceLevel(0.99))
    let found = try table.confidenceInterval(.ratio(method), level: level)
    #expect(relativeError(try #require(found.lower), lower) < 1e-13)
    #expect(relativeError(try #require(found.upper), upper) < 1e-13)
  }

  @Test func aRateRatioOfTenToTheMinus16() throws {
    let table = PersonTimeTable(
      treatment: try PoissonCount(events: 1_000_000_000_000, personYears: 1e-5),
      reference: try PoissonCount(events: 1000, personYears: 1e-30))
    let found = try table.confidenceInterval(.ratio(.miettinenNurminen))
    #expect(found.contains(1e-16))
    #expect(found.contains(0.95e-16) && !found.contains(0.9e-16) && !found.contains(1.1e-16))
  }

  /// Expected cells of nearly nothing once came out below 0.
  @Test func theLikelihoodOfAnOddsRatioReachesEveryLevel() throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 0, total: 1),
      reference: try BinomialCount(events: 2, total: 2))
    for level in [1.2e-16, 1e-9, 0.95, 1 - 1e-12, 1 - 0x1p-53] {
      for sides in Sides.allCases {
        let found = try table.confidenceInterval(
          .oddsRatio(.likelihoodRatio), level: try #require(ConfidenceLevel(level)), sides: sides)
        #expect(sides == .upper || found.lower == 0)
        #expect(sides == .lower || found.upper ?? -1 >= 0)
      }
    }
    let level = try #require(ConfidenceLevel(1 - 1e-12))
    let oneOfOne = TwoByTwoTable(
      treatment: try BinomialCount(events: 26, total: 26),
      reference: try BinomialCount(events: 0, total: 1))
    let found = try oneOfOne.confidenceInterval(
      .oddsRatio(.likelihoodRatio), level: level, sides: .lower)
    #expect(relativeError(try #require(found.lower), 1.2459236719634587e-9) < 1e-13)
  }

  @Test func newcombeKeepsItsDigitsWhereAllHaveTheEvent() throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 3531, total: 3531),
      reference: try BinomialCount(events: 1_940_003, total: 1_940_003))
    let level = try #require(ConfidenceLevel(0.8))
    let upper = try table.confidenceInterval(.difference(.newcombe), level: level, sides: .upper)
    #expect(relativeError(try #require(upper.upper), 3.6511595197510646e-7) < 1e-15)
    let corrected = try table.confidenceInterval(
      .difference(.newcombeCorrected), level: level, sides: .upper)
    #expect(relativeError(try #require(corrected.upper), 7.9726179388846036e-7) < 1e-15)
  }

  /// A level under one half of one side puts the lower limit above the upper one.
  @Test(arguments: RiskInterval.squareAndAdd)
  func levelsUnderOneHalfExchangeTheLimits(interval: RiskInterval) throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 7, total: 34),
      reference: try BinomialCount(events: 3, total: 36))
    let (low, high) = (try #require(ConfidenceLevel(0.25)), try #require(ConfidenceLevel(0.75)))
    let lower = try table.confidenceInterval(interval, level: low, sides: .lower)
    let upper = try table.confidenceInterval(interval, level: high, sides: .upper)
    #expect(relativeError(try #require(lower.lower), try #require(upper.upper)) < 1e-14)
  }

  @Test(arguments: RiskInterval.wald.filter { !$0.isRatio })
  func oneSidedLimitsStayWithinTheRange(interval: RiskInterval) throws {
    let level = try #require(ConfidenceLevel(1e-9))
    for (events1, events2) in [(1, 2), (2, 1), (1, 1)] {
      let table = TwoByTwoTable(
        treatment: try BinomialCount(events: events1, total: 3),
        reference: try BinomialCount(events: events2, total: 3))
      let upper = try table.confidenceInterval(interval, level: level, sides: .upper)
      let lower = try table.confidenceInterval(interval, level: level, sides: .lower)
      #expect(upper.upper == -1 && lower.lower == 1)
    }
  }

  /// A group without the event gives no reason to call any ratio too small.
  @Test func aRatioOfZeroIsNeverTooSmall() throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 0, total: 1),
      reference: try BinomialCount(events: 2, total: 2))
    for interval in RiskInterval.score + RiskInterval.likelihood + RiskInterval.skewnessCorrected {
      let null = interval.isRatio ? 1e-6 : -0.9999
      let test = try #require(try table.test(interval, null: null, alternative: .lower))
      #expect(test.pValue >= 0.5, "\(interval)")
    }
  }
}
