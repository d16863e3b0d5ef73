import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

/// What must hold of the rates of any strata, tried on random ones.
@Suite struct StratifiedRatePropertyTests {
  private static let weighted: [(StratifiedRateInterval, StratumWeights?)] =
    StratifiedRateInterval.all.flatMap { interval in
      interval.isScore
        ? StratumWeights.allCases.map { (interval, $0) } : [(interval, StratumWeights?.none)]
    }

  @Test func orderOfStrataDoesNotMatter() throws {
    var stream = RandomStream(seed: 51)
    for _ in 0..<150 {
      let strata = try StratifiedRates.random(using: &stream)
      let shuffled = Strata(strata.tables.shuffled(using: &stream))
      for (interval, weights) in Self.weighted {
        expectEqual(
          limits(strata, interval, weights), limits(shuffled, interval, weights), interval)
      }
    }
  }

  @Test func exchangedGroupsTurnEveryContrastRound() throws {
    var stream = RandomStream(seed: 52)
    for _ in 0..<150 {
      let strata = try StratifiedRates.random(using: &stream)
      let exchanged = Strata(
        strata.tables.map { PersonTimeTable(treatment: $0.reference, reference: $0.treatment) })
      for (interval, weights) in Self.weighted {
        expectEqual(
          limits(strata, interval, weights),
          limits(exchanged, interval, weights).map { interval.turned($0) }, interval)
      }
    }
  }

  @Test func oneStratumIsNoStratification() throws {
    var stream = RandomStream(seed: 53)
    for _ in 0..<150 {
      let table = try PersonTimeTable.stratum(using: &stream)
      for (stratified, plain) in [
        (
          StratifiedRateInterval.difference(.miettinenNurminen),
          RateInterval.difference(.miettinenNurminen)
        ),
        (.ratio(.miettinenNurminen), .ratio(.miettinenNurminen)),
        (.difference(.mantelHaenszel), .difference(.wald)),
        (.ratio(.mantelHaenszel), .ratio(.waldLog)),
      ] {
        let expected = (try? table.confidenceInterval(plain)).flatMap(limits)
        for weights in stratified.isScore ? StratumWeights.allCases : [.equal] {
          expectEqual(limits(Strata([table]), stratified, weights), expected, stratified)
        }
      }
    }
  }

  /// Given its events, the treatment group of one stratum has a binomial share of them.
  @Test func oneStratumHasTheBinomialLimits() throws {
    var stream = RandomStream(seed: 54)
    for _ in 0..<150 {
      let table = try PersonTimeTable.stratum(using: &stream)
      guard table.events > 0 else { continue }
      let share = try BinomialCount(events: table.treatment.events, total: table.events)
      for (interval, method) in [
        (StratifiedRateInterval.ratio(.conditionalExact), ProportionIntervalMethod.clopperPearson),
        (.ratio(.conditionalMidP), .midP),
      ] {
        let expected = try #require(share.confidenceInterval(method: method))
        let ratios = try [#require(expected.lower), #require(expected.upper)].map {
          $0 / (1 - $0) * (table.reference.personYears / table.treatment.personYears)
        }
        expectEqual(limits(Strata([table]), interval, nil), ratios, interval)
      }
    }
  }

  @Test func theTestAtALimitLeavesAlpha() throws {
    var stream = RandomStream(seed: 55)
    for _ in 0..<150 {
      let strata = try StratifiedRates.random(using: &stream)
      for (interval, weights) in Self.weighted {
        guard let found = limits(strata, interval, weights) else { continue }
        for (limit, side) in [(found[0], Sides.lower), (found[1], Sides.upper)] {
          guard limit.isFinite, limit != 0 else { continue }
          let p = try strata.test(of: interval, null: limit, weights: weights, sides: side).pValue
          #expect(relativeError(p, 0.025) < 1e-9, "\(interval) \(strata.tables)")
        }
      }
    }
  }

  private func limits(
    _ strata: StratifiedRates, _ interval: StratifiedRateInterval, _ weights: StratumWeights?
  ) -> [Double]? {
    (try? strata.confidenceInterval(interval, weights: weights)).flatMap(limits)
  }

  private func limits(_ interval: ConfidenceInterval) -> [Double]? {
    guard let lower = interval.lower, let upper = interval.upper else { return nil }
    return [lower, upper]
  }

  private func expectEqual(
    _ first: [Double]?, _ second: [Double]?, _ interval: StratifiedRateInterval
  ) {
    #expect((first == nil) == (second == nil))
    guard let first, let second else { return }
    let width = interval.contrast == .difference ? first[1] - first[0] : 0
    for (first, second) in zip(first, second) {
      #expect(
        first == second || abs(first - second) <= 1e-10 * max(abs(second), width), "\(interval)")
    }
  }
}

extension StratifiedRateInterval {
  static let all: [StratifiedRateInterval] =
    StratifiedRateDifferenceMethod.allCases.map { .difference($0) }
    + StratifiedRateRatioMethod.allCases.map { .ratio($0) }

  var isScore: Bool {
    self == .difference(.miettinenNurminen) || self == .ratio(.miettinenNurminen)
  }

  /// The limits of the contrast with the groups exchanged.
  func turned(_ limits: [Double]) -> [Double] {
    contrast == .difference
      ? [-limits[1], -limits[0]] : [1 / limits[1], 1 / limits[0]]
  }
}

extension PersonTimeTable {
  /// Of up to fifteen events in a group, in some hours to some thousand years.
  static func stratum(using stream: inout RandomStream) throws -> PersonTimeTable {
    let scale = [0.001, 1, 1000][Int.random(in: 0..<3, using: &stream)]
    let most = [1, 4, 15][Int.random(in: 0..<3, using: &stream)]
    func count() throws -> PoissonCount {
      try PoissonCount(
        events: Int.random(in: 0...most, using: &stream),
        personYears: scale * Double.random(in: 0.5..<10, using: &stream))
    }
    return PersonTimeTable(treatment: try count(), reference: try count())
  }
}

extension StratifiedRates {
  /// Of one to five strata.
  static func random(using stream: inout RandomStream) throws -> StratifiedRates {
    let count = Int.random(in: 1...5, using: &stream)
    return Strata(try (0..<count).map { _ in try PersonTimeTable.stratum(using: &stream) })
  }
}
