import Comparison
import Incidence
import Inference
import TestSupport
import Testing

@Suite struct StrataTests {
  private let five = try? BinomialCount(events: 5, total: 20)
  private let none = try? BinomialCount(events: 0, total: 20)

  @Test func aStratumWithoutAGroupIsDropped() throws {
    let five = try #require(five)
    let strata = StratifiedRisks([
      (treatment: five, reference: nil), (treatment: five, reference: five),
      (treatment: nil, reference: five), (treatment: nil, reference: nil),
    ])

    #expect(strata.tables == [TwoByTwoTable(treatment: five, reference: five)])
    #expect(strata.dropped.map(\.index) == [0, 2, 3])
    #expect(
      strata.dropped.map(\.reason) == [
        "no subjects in the reference group", "no subjects in the treatment group",
        "no subjects in either group",
      ])
  }

  @Test func withoutStrataNothingIsEstimable() throws {
    let strata = StratifiedRisks([(treatment: five, reference: nil)])
    for interval in StratifiedRiskInterval.all {
      #expect(throws: NotEstimable.self) { try strata.estimate(of: interval) }
      #expect(throws: NotEstimable.self) { try strata.confidenceInterval(interval) }
      #expect(throws: NotEstimable.self) { try strata.test(of: interval) }
    }
    for test in StratifiedTest.allCases {
      #expect(throws: NotEstimable.self) { try strata.test(test) }
    }
  }

  /// Of a ratio nothing is known then; a difference of risks still has limits.
  @Test func withoutEventsRatiosAreUnbounded() throws {
    let none = try #require(none)
    let table = TwoByTwoTable(treatment: none, reference: none)
    let strata = Strata([table, table])

    for interval in [
      StratifiedRiskInterval.ratio(.miettinenNurminen), .oddsRatio(.miettinenNurminen),
      .oddsRatio(.conditionalExact), .oddsRatio(.conditionalMidP),
    ] {
      let found = try strata.confidenceInterval(interval)
      #expect(found.lower == 0 && found.upper == .infinity)
      #expect(try strata.test(of: interval).pValue == 1)
      #expect(throws: NotEstimable.self) { try strata.estimate(of: interval) }
    }
    for interval in [
      StratifiedRiskInterval.ratio(.mantelHaenszel), .oddsRatio(.mantelHaenszel),
      .ratio(.inverseVariance), .oddsRatio(.inverseVariance),
    ] {
      #expect(throws: NotEstimable.self) { try strata.confidenceInterval(interval) }
    }
    for method in [StratifiedRiskDifferenceMethod.miettinenNurminen, .newcombe, .summaryScore] {
      let found = try strata.confidenceInterval(.difference(method))
      #expect(try #require(found.lower) < 0 && #require(found.upper) > 0)
      #expect(try strata.estimate(of: .difference(method)).magnitude < 1e-12)
    }
    #expect(try strata.test(.cochranMantelHaenszel).pValue == 1)
    for test in [StratifiedTest.breslowDay, .breslowDayTarone, .woolfHomogeneity, .zelen] {
      #expect(throws: NotEstimable.self) { try strata.test(test) }
    }
  }

  /// A stratum that outweighs all others next to equal risks leaves a gap in what is accepted.
  @Test func acceptedValuesMayHaveGaps() throws {
    let none = try #require(none)
    let many = TwoByTwoTable(
      treatment: try BinomialCount(events: 60, total: 100),
      reference: try BinomialCount(events: 20, total: 100))
    let strata = Strata([many, TwoByTwoTable(treatment: none, reference: none)])

    let hull = try strata.confidenceInterval(
      .difference(.miettinenNurminen), weights: .inverseVariance)
    let interval = try strata.confidenceInterval(.difference(.miettinenNurminen))

    #expect(hull.isHull && hull.contains(0))
    #expect(!interval.isHull)
  }

  @Test(arguments: [1e-9, 0.01, 0.5, 0.999_999_9, 1 - 1e-15])
  func limitsAreInOrderForHugeAndTinyCounts(level: Double) throws {
    let level = try #require(ConfidenceLevel(level))
    let counts = [
      (0, 1), (1, 1), (0, 1_000_000_000), (1_000_000_000, 1_000_000_000), (1, 1_000_000_000),
      (3, 7), (400_000, 1_000_000_000),
    ]
    let tables = try counts.flatMap { first in
      try counts.map { second in
        TwoByTwoTable(
          treatment: try BinomialCount(events: first.0, total: first.1),
          reference: try BinomialCount(events: second.0, total: second.1))
      }
    }
    for (table, other) in zip(tables, tables[1...] + tables[20...]) {
      let strata = Strata([table, other])
      for (interval, weights) in StratifiedPropertyTests.weighted {
        for sides in Sides.allCases {
          let found = try? strata.confidenceInterval(
            interval, weights: weights, level: level, sides: sides)
          let estimate = try? strata.estimate(
            of: interval, weights: weights, level: level, sides: sides)
          let name = "\(interval) \(String(describing: weights)) \(strata)"
          #expect(estimate.map { !$0.isNaN } ?? true, "\(name)")
          guard let found else { continue }
          let (lower, upper) = (found.lower ?? -.infinity, found.upper ?? .infinity)
          #expect(lower <= upper, "\(name)")
          #expect(interval.contrast == .difference || (found.lower ?? 0) >= 0, "\(name)")
        }
      }
      for test in StratifiedTest.allCases {
        let found = try? strata.test(test)
        #expect(found.map { (0...1).contains($0.pValue) } ?? true, "\(test) \(strata)")
      }
    }
  }

  @Test func tooManyEventsAreSaidSo() throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 40_000, total: 100_000),
      reference: try BinomialCount(events: 30_000, total: 100_000))
    let strata = Strata([table, table])

    #expect(throws: NotEstimable("too many events for the exact distribution")) {
      try strata.confidenceInterval(.oddsRatio(.conditionalExact))
    }
  }
}
