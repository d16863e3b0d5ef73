import Comparison
import Glibc
import Incidence
import Inference
import Probability
import TestSupport
import Testing

/// What must hold of every table of strata, tried on random ones.
@Suite struct StratifiedPropertyTests {
  static let weighted: [(StratifiedRiskInterval, StratumWeights?)] =
    StratifiedRiskInterval.all.flatMap { interval in
      interval.isScore
        ? StratumWeights.allCases.map { (interval, $0) } : [(interval, StratumWeights?.none)]
    }

  @Test func orderOfStrataDoesNotMatter() throws {
    var stream = RandomStream(seed: 11)
    for _ in 0..<60 {
      let strata = try StratifiedRisks.random(using: &stream)
      let shuffled = Strata(strata.tables.shuffled(using: &stream))
      for (interval, weights) in Self.weighted {
        let (first, second) = (
          limits(strata, interval, weights), limits(shuffled, interval, weights)
        )
        #expect(
          agree(first, second, interval),
          "\(interval) \(String(describing: weights)) \(strata.tables)")
      }
      for test in StratifiedTest.allCases {
        let first = try? strata.test(test).pValue
        let second = try? shuffled.test(test).pValue
        #expect((first == nil) == (second == nil))
        if let first, let second { #expect(relativeError(first, second) < 1e-9) }
      }
    }
  }

  @Test func exchangedGroupsTurnEveryContrastRound() throws {
    var stream = RandomStream(seed: 12)
    for _ in 0..<60 {
      let strata = try StratifiedRisks.random(using: &stream)
      let exchanged = Strata(
        strata.tables.map { TwoByTwoTable(treatment: $0.reference, reference: $0.treatment) })
      for (interval, weights) in Self.weighted {
        let first = limits(strata, interval, weights)
        let second = limits(exchanged, interval, weights).map { interval.turned($0) }
        #expect(
          agree(first, second, interval),
          "\(interval) \(String(describing: weights)) \(strata.tables)")
      }
    }
  }

  @Test func exchangedOutcomesTurnDifferencesAndOddsRound() throws {
    var stream = RandomStream(seed: 13)
    for _ in 0..<60 {
      let strata = try StratifiedRisks.random(using: &stream)
      let exchanged = Strata(
        try strata.tables.map { table in
          TwoByTwoTable(
            treatment: try BinomialCount(
              events: table.treatment.nonEvents, total: table.treatment.total),
            reference: try BinomialCount(
              events: table.reference.nonEvents, total: table.reference.total))
        })
      for (interval, weights) in Self.weighted where interval.contrast != .ratio {
        let first = limits(strata, interval, weights)
        let second = limits(exchanged, interval, weights).map { interval.turned($0) }
        #expect(
          agree(first, second, interval),
          "\(interval) \(String(describing: weights)) \(strata.tables)")
      }
    }
  }

  @Test func oneStratumIsNoStratification() throws {
    var stream = RandomStream(seed: 14)
    for _ in 0..<200 {
      let table = try TwoByTwoTable.random(using: &stream)
      let strata = Strata([table])
      for (stratified, plain) in [
        (
          StratifiedRiskInterval.difference(.miettinenNurminen),
          RiskInterval.difference(.miettinenNurminen)
        ),
        (.ratio(.miettinenNurminen), .ratio(.miettinenNurminen)),
        (.oddsRatio(.miettinenNurminen), .oddsRatio(.miettinenNurminen)),
        (.difference(.newcombe), .difference(.newcombe)),
        (.difference(.mantelHaenszel), .difference(.wald)),
      ] {
        let expected = try table.confidenceInterval(plain)
        for weights in stratified.isScore ? StratumWeights.allCases : [.equal] {
          let found = limits(strata, stratified, weights)
          #expect(
            agree(found, [try #require(expected.lower), try #require(expected.upper)], stratified),
            "\(stratified) \(weights) \(table)")
        }
      }
      let test = try strata.test(.cochranMantelHaenszel)
      #expect(abs(try #require(test.statistic) - table.reducedChiSquare) < 1e-11)
    }
  }

  @Test func theTestAtALimitLeavesAlpha() throws {
    var stream = RandomStream(seed: 15)
    for _ in 0..<60 {
      let strata = try StratifiedRisks.random(using: &stream)
      for (interval, weights) in Self.weighted where interval.hasTestOfItsOwn {
        guard let found = limits(strata, interval, weights) else { continue }
        for (limit, side) in [(found[0], Sides.lower), (found[1], Sides.upper)] {
          guard abs(limit) != 1, limit > -1, limit.isFinite, limit != 0 else { continue }
          let p = try strata.test(of: interval, null: limit, weights: weights, sides: side).pValue
          #expect(
            relativeError(p, 0.025) < 1e-9,
            "\(interval) \(String(describing: weights)) \(strata.tables)")
        }
      }
    }
  }

  /// Scanned from end to end, the score has no other crossing than those that were found.
  @Test func exactlyTheValuesBetweenTheLimitsAreAccepted() throws {
    var stream = RandomStream(seed: 17)
    for _ in 0..<60 {
      let strata = try StratifiedRisks.random(using: &stream)
      for (interval, weights) in Self.weighted where interval.isScore {
        let found = try strata.confidenceInterval(interval, weights: weights)
        for step in -60...60 {
          let value = interval.contrast == .difference ? Double(step) / 61 : exp(Double(step) / 6)
          let p = try strata.test(of: interval, null: value, weights: weights).pValue
          #expect(
            found.contains(value) == (p >= 0.05) || (found.isHull && found.contains(value)),
            "\(interval) \(String(describing: weights)) \(value) \(found) \(strata.tables)")
        }
      }
    }
  }

  @Test func cochranMantelHaenszelAgreesWithTheScoreIntervals() throws {
    var stream = RandomStream(seed: 16)
    var rejected = 0
    for _ in 0..<2000 {
      let strata = try StratifiedRisks.random(using: &stream)
      let p = try strata.test(.cochranMantelHaenszel).pValue
      rejected += p < 0.05 ? 1 : 0
      for interval in [
        StratifiedRiskInterval.difference(.miettinenNurminen), .oddsRatio(.miettinenNurminen),
      ] {
        #expect(relativeError(try strata.test(of: interval).pValue, p) < 1e-11)
        let found = try strata.confidenceInterval(interval)
        #expect(found.contains(interval.contrast.nullValue) == (p >= 0.05), "\(strata.tables)")
      }
    }
    #expect((300..<1700).contains(rejected))
  }

  private func limits(
    _ strata: StratifiedRisks, _ interval: StratifiedRiskInterval, _ weights: StratumWeights?
  ) -> [Double]? {
    guard let found = try? strata.confidenceInterval(interval, weights: weights),
      let lower = found.lower, let upper = found.upper
    else { return nil }
    return [lower, upper]
  }

  private func agree(
    _ first: [Double]?, _ second: [Double]?, _ interval: StratifiedRiskInterval
  ) -> Bool {
    guard let first, let second else { return first == nil && second == nil }
    let width = interval.contrast == .difference ? first[1] - first[0] : 0
    return zip(first, second).allSatisfy {
      $0 == $1 || abs($0 - $1) <= 1e-10 * max(abs($1), width)
    }
  }
}

extension TwoByTwoTable {
  /// (N − 1)(x₁y₂ − x₂y₁)² / n₁n₂m(N − m); 0 where all outcomes are the same.
  var reducedChiSquare: Double {
    guard !hasOneOutcomeOnly else { return 0 }
    let moved =
      Double(treatment.events * reference.nonEvents - reference.events * treatment.nonEvents)
    return Double(total - 1) * moved * moved
      / Double(treatment.total * reference.total * events * nonEvents)
  }
}

extension StratifiedRiskInterval {
  static let all: [StratifiedRiskInterval] =
    StratifiedRiskDifferenceMethod.allCases.map { .difference($0) }
    + StratifiedRiskRatioMethod.allCases.map { .ratio($0) }
    + StratifiedOddsRatioMethod.allCases.map { .oddsRatio($0) }

  var isScore: Bool {
    switch self {
    case .difference(.miettinenNurminen), .ratio(.miettinenNurminen),
      .oddsRatio(.miettinenNurminen):
      true
    default: false
    }
  }

  /// Newcombe's has none; a summary score changes with the level, and so with the side.
  var hasTestOfItsOwn: Bool {
    self != .difference(.newcombe) && self != .difference(.summaryScore)
  }

  /// The limits of the contrast with the groups exchanged.
  func turned(_ limits: [Double]) -> [Double] {
    contrast == .difference
      ? [-limits[1], -limits[0]] : [1 / limits[1], 1 / limits[0]]
  }
}

extension TwoByTwoTable {
  /// Of up to sixty subjects in a group, often with rare events.
  static func random(using stream: inout RandomStream) throws -> TwoByTwoTable {
    let risk = [0.02, 0.2, 0.5, 0.95][Int.random(in: 0..<4, using: &stream)]
    func count(_ risk: Double) throws -> BinomialCount {
      let total = Int.random(in: 1...60, using: &stream)
      let events = (0..<total).count { _ in Double.random(in: 0..<1, using: &stream) < risk }
      return try BinomialCount(events: events, total: total)
    }
    return TwoByTwoTable(treatment: try count(min(0.98, risk * 1.7)), reference: try count(risk))
  }
}

extension StratifiedRisks {
  /// Of one to five strata.
  static func random(using stream: inout RandomStream) throws -> StratifiedRisks {
    let count = Int.random(in: 1...5, using: &stream)
    return Strata(try (0..<count).map { _ in try TwoByTwoTable.random(using: &stream) })
  }
}
