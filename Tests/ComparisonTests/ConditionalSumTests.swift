import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

/// Exact methods over strata against sums over all tables.
@Suite struct ConditionalSumTests {
  private let methods: [(exact: StratifiedRiskInterval, observed: Double)] = [
    (.oddsRatio(.conditionalExact), 1), (.oddsRatio(.conditionalMidP), 0.5),
  ]

  @Test func tailsAreThoseOfAllTables() throws {
    var stream = RandomStream(seed: 31)
    for _ in 0..<100 {
      let strata = try StratifiedRisks.random(using: &stream)
      let psi = Double.random(in: 0.1..<8, using: &stream)
      let laws = strata.tables.map { $0.law(oddsRatio: psi) }
      var probabilities: [Int: Double] = [0: 1]
      for law in laws {
        var sums: [Int: Double] = [:]
        for (sum, probability) in probabilities {
          for k in law.support {
            sums[sum + k, default: 0] += probability * law.density(k)
          }
        }
        probabilities = sums
      }
      let observed = strata.tables.reduce(0) { $0 + $1.treatment.events }
      let tail = probabilities.reduce(0) { $0 + ($1.key >= observed ? $1.value : 0) }
      let own = try #require(probabilities[observed])
      for (method, share) in methods {
        let found = try strata.test(of: method, null: psi, sides: .lower).pValue
        #expect(relativeError(found, tail - (1 - share) * own) < 1e-11)
      }
    }
  }

  @Test func oneStratumHasTheConditionalLimits() throws {
    var stream = RandomStream(seed: 32)
    for _ in 0..<300 {
      let table = try TwoByTwoTable.random(using: &stream)
      for (method, share) in methods {
        let found = try Strata([table]).confidenceInterval(method)
        let (lower, upper) = (try #require(found.lower), try #require(found.upper))
        let x = table.treatment.events
        if lower > 0 {
          let law = table.law(oddsRatio: lower)
          #expect(relativeError(law.upperTail(x) - (1 - share) * law.density(x), 0.025) < 1e-11)
        }
        if upper < .infinity {
          let law = table.law(oddsRatio: upper)
          #expect(relativeError(law.lowerTail(x) - (1 - share) * law.density(x), 0.025) < 1e-11)
        }
        if let estimate = try? Strata([table]).estimate(of: method), estimate > 0,
          estimate.isFinite
        {
          #expect(relativeError(table.law(oddsRatio: estimate).mean, Double(x)) < 1e-12)
        }
      }
    }
  }

  /// The limits are found from one convolution, the p-value at a limit from another.
  @Test func manyEventsAreNoTrouble() throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 700, total: 2000),
      reference: try BinomialCount(events: 500, total: 2000))
    let rare = TwoByTwoTable(
      treatment: try BinomialCount(events: 400, total: 10_000_000),
      reference: try BinomialCount(events: 90, total: 9_000_000))
    for level in [0.5, 0.95, 1 - 1e-12] {
      let level = try #require(ConfidenceLevel(level))
      let strata = Strata([table, table, rare, table, table])
      for (method, _) in methods {
        let found = try strata.confidenceInterval(method, level: level)
        let tail = level.tailProbability(.two)
        for (limit, side) in [(found.lower, Sides.lower), (found.upper, Sides.upper)] {
          let p = try strata.test(of: method, null: limit, sides: side).pValue
          #expect(relativeError(p, tail) < 1e-10)
        }
      }
    }
  }

  @Test func smallPValuesKeepTheirDigits() throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 100, total: 100),
      reference: try BinomialCount(events: 0, total: 100))
    // Each stratum leaves 1 of C(200, 100) tables: their product is 1.2e-236.
    let strata = Strata([table, table, table, table])
    let one = table.law(oddsRatio: 1).density(100)

    let found = try strata.test(of: .oddsRatio(.conditionalExact), sides: .lower).pValue

    #expect(relativeError(found, one * one * one * one) < 1e-10)
  }

  @Test func zelenCountsTheTablesNoMoreProbable() throws {
    var stream = RandomStream(seed: 33)
    var compared = 0
    for _ in 0..<200 {
      let strata = try StratifiedRisks.random(using: &stream)
      let tables = strata.tables.filter { !$0.hasOneOutcomeOnly }.prefix(3)
      guard tables.count > 1 else { continue }
      let laws = tables.map { $0.law(oddsRatio: 1) }
      var all: [(sum: Int, probability: Double)] = [(0, 1)]
      for law in laws {
        all = all.flatMap { start in
          law.support.map { (start.sum + $0, start.probability * law.density($0)) }
        }
      }
      let observed = tables.reduce(0) { $0 + $1.treatment.events }
      let own = zip(laws, tables).reduce(1) { $0 * $1.0.density($1.1.treatment.events) }
      let possible = all.filter { $0.sum == observed }.map(\.probability)
      let expected =
        possible.filter { $0 <= own * (1 + 1e-7) }.reduce(0, +) / possible.reduce(0, +)

      let found = try Strata(Array(tables)).test(.zelen)

      #expect(relativeError(found.pValue, expected) < 1e-11)
      #expect(found.statistic == nil)
      compared += 1
    }
    #expect(compared > 100)
  }
}

extension TwoByTwoTable {
  /// The treatment group's events given the margins.
  fileprivate func law(oddsRatio: Double) -> NoncentralHypergeometric {
    NoncentralHypergeometric(
      marked: treatment.total, unmarked: reference.total, drawn: events, oddsRatio: oddsRatio)
  }
}
