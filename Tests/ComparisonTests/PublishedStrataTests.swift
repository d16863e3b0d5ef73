import Comparison
import Incidence
import Inference
import TestSupport
import Testing

/// Printed values of well-known strata.
@Suite struct PublishedStrataTests {
  /// Smoking and lung cancer, men and women: Doll & Hill (1950), BMJ 2:739, with the smokers as
  /// the treatment group.
  private let dollHill = Self.strata([(647, 1269, 2, 29), (41, 69, 19, 51)])
  /// Deaths after lidocaine in six trials.
  ///
  /// Hine et al. (1989), Arch. Intern. Med. 149:2694.
  private let lidocaine = Self.strata([
    (2, 39, 1, 43), (4, 44, 4, 44), (6, 107, 4, 110), (7, 103, 5, 100), (7, 110, 3, 106),
    (11, 154, 4, 146),
  ])

  @Test(arguments: [
    // R's mantelhaen.test.
    (StratifiedTest.cochranMantelHaenszel, 24.920024482689, 5.9758480115395e-07),
    (.cochranMantelHaenszelCorrected, 23.625701881441, 1.1701411822359e-06),
    // statsmodels' test_equal_odds.
    (.breslowDay, 5.215475364009542, 0.022386725930430),
    (.breslowDayTarone, 5.174645927340454, 0.022918841957976),
  ])
  func dollHillTests(test: StratifiedTest, statistic: Double, pValue: Double) throws {
    let found = try dollHill.test(test)

    #expect(relativeError(try #require(found.statistic), statistic) < 1e-12)
    #expect(relativeError(found.pValue, pValue) < 1e-12)
    #expect(found.degreesOfFreedom == 1)
  }

  @Test func lidocaineTest() throws {
    let found = try lidocaine.test(.cochranMantelHaenszel)

    #expect(relativeError(try #require(found.statistic), 4.3753416322216) < 1e-12)
    #expect(relativeError(found.pValue, 0.036462520394121) < 1e-12)
  }

  @Test func riskDifferencesOfDollHill() throws {
    let sato = try dollHill.confidenceInterval(.difference(.mantelHaenszelSato))
    let plain = try dollHill.confidenceInterval(.difference(.mantelHaenszel))

    #expect(
      relativeError(
        try dollHill.estimate(of: .difference(.mantelHaenszelSato)), 0.32942028201486) < 1e-12)
    #expect(relativeError(try #require(sato.lower), 0.2227201934701) < 1e-12)
    #expect(relativeError(try #require(sato.upper), 0.43612037055962) < 1e-12)
    #expect(rounded(plain, to: 1e-4) == [0.2281, 0.4307])
  }

  /// SAS PROC FREQ's common risk differences of 46 matched pairs, 15 and 6 of them discordant.
  @Test func riskDifferencesOfPairs() throws {
    let pairs = Self.strata(
      [(Int, Int, Int, Int)](repeating: (1, 1, 0, 1), count: 15)
        + [(Int, Int, Int, Int)](repeating: (0, 1, 1, 1), count: 6)
        + [(Int, Int, Int, Int)](repeating: (0, 1, 0, 1), count: 25))
    let summary = try pairs.confidenceInterval(.difference(.summaryScore))
    let sato = try pairs.confidenceInterval(.difference(.mantelHaenszelSato))

    #expect(abs(try pairs.estimate(of: .difference(.summaryScore)) - 0.0452) < 5e-5)
    #expect(rounded(summary, to: 1e-4) == [-0.0785, 0.1690])
    #expect(abs(try pairs.estimate(of: .difference(.mantelHaenszelSato)) - 0.1957) < 5e-5)
    #expect(rounded(sato, to: 1e-4) == [0.0088, 0.3825])
  }

  /// R's lrstat.
  @Test func scores() throws {
    let risks = Self.strata([(4, 10, 2, 20), (3, 10, 0, 10)])
    let rates = try StratifiedRates(
      [(4, 10.0, 2, 20.0), (3, 10.0, 0, 10.0)].map {
        PersonTimeTable(
          treatment: try PoissonCount(events: $0.0, personYears: $0.1),
          reference: try PoissonCount(events: $0.2, personYears: $0.3))
      })

    let difference = try risks.test(of: .difference(.miettinenNurminen))
    let ratio = try risks.test(of: .ratio(.miettinenNurminen))
    let odds = try risks.test(of: .oddsRatio(.miettinenNurminen))
    let weighted = try risks.test(
      of: .oddsRatio(.miettinenNurminen), weights: .mantelHaenszel)
    let rate = try rates.test(of: .ratio(.miettinenNurminen))

    for test in [difference, ratio, odds] {
      #expect(abs(try #require(test.statistic) - 2.627423) < 5e-7)
    }
    #expect(abs(try #require(weighted.statistic) - 2.64148) < 5e-6)
    #expect(abs(try #require(rate.statistic) - 2.424871) < 5e-7)
  }

  private func rounded(_ interval: ConfidenceInterval, to unit: Double) -> [Double] {
    [interval.lower, interval.upper].compactMap { $0 }.map {
      ($0 / unit).rounded() / (1 / unit).rounded()
    }
  }

  private static func strata(_ cells: [(Int, Int, Int, Int)]) -> StratifiedRisks {
    StratifiedRisks(
      cells.map { cells in
        (
          treatment: try? BinomialCount(events: cells.0, total: cells.1),
          reference: try? BinomialCount(events: cells.2, total: cells.3)
        )
      })
  }
}
