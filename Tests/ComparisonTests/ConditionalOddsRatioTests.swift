import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct ConditionalOddsRatioTests {
  @Test func matchesReference() throws {
    var worst = Worst()
    for row in try referenceTable("Comparison", "conditional-odds-ratio") {
      let table = try row.table
      let tail = try row.level.tailProbability(.two)
      let exact = table.conditionalLimits(tail: tail, midP: false)
      let midP = table.conditionalLimits(tail: tail, midP: true)
      worst.check(try table.conditionalOddsRatio(), "estimate", of: row, within: 1e-10)
      worst.check(exact.lower, "lower", of: row, within: 1e-10)
      worst.check(exact.upper, "upper", of: row, within: 1e-10)
      worst.check(midP.lower, "mid_lower", of: row, within: 1e-10)
      worst.check(midP.upper, "mid_upper", of: row, within: 1e-10)
    }
    worst.report("conditional odds ratio")
  }

  /// SciPy 1.17.1 contingency.odds_ratio, and the exact limits of Fagerland, Lydersen & Laake (2015).
  @Test func agreesWithPublishedValues() throws {
    let limits = try table(7, 34, 1, 34).conditionalLimits(tail: 0.025, midP: false)
    #expect(relativeError(limits.lower, 0.97327363288) < 1e-11)
    #expect(relativeError(limits.upper, 396.99400217018) < 1e-11)
    #expect(relativeError(try table(7, 34, 1, 34).conditionalOddsRatio(), 8.32934371755) < 1e-11)
    let oneEmpty = try table(5, 56, 0, 29).conditionalLimits(tail: 0.025, midP: false)
    #expect(relativeError(oneEmpty.lower, 0.48327150104) < 1e-10)
    #expect(oneEmpty.upper == .infinity)
  }

  /// The limits and the estimate put back into their equations.
  @Test func limitsSolveTheirEquation() throws {
    var stream = RandomStream(seed: 21)
    for _ in 0..<1000 {
      let table = try TwoByTwoTable.random(upTo: 400, using: &stream)
      let tail = stream.uniform() / 2
      for midP in [false, true] {
        let limits = table.conditionalLimits(tail: tail, midP: midP)
        if limits.lower > 0, limits.lower < .infinity {
          let found = table.conditionalTails(oddsRatio: limits.lower, midP: midP).upper
          #expect(relativeError(found, tail) < 1e-11, "\(table) \(tail)")
        }
        if limits.upper > 0, limits.upper < .infinity {
          let found = table.conditionalTails(oddsRatio: limits.upper, midP: midP).lower
          #expect(relativeError(found, tail) < 1e-11, "\(table) \(tail)")
        }
      }
    }
  }

  @Test func theEstimateIsTheMeanOfItsOwnDistribution() throws {
    var stream = RandomStream(seed: 22)
    for _ in 0..<1000 {
      let table = try TwoByTwoTable.random(upTo: 2000, using: &stream)
      guard let psi = try? table.conditionalOddsRatio(), psi > 0, psi < .infinity else { continue }
      let law = NoncentralHypergeometric(
        marked: table.treatment.total, unmarked: table.reference.total, drawn: table.events,
        oddsRatio: psi)
      #expect(relativeError(law.mean, Double(table.treatment.events)) < 1e-12)
    }
  }

  @Test func exchangingGroupsOrOutcomesInverts() throws {
    var stream = RandomStream(seed: 23)
    for _ in 0..<1000 {
      let table = try TwoByTwoTable.random(upTo: 300, using: &stream)
      for midP in [false, true] {
        let limits = table.conditionalLimits(tail: 0.025, midP: midP)
        for other in [table.exchanged, try table.complemented] {
          let inverse = other.conditionalLimits(tail: 0.025, midP: midP)
          #expect(relativeError(1 / inverse.upper, limits.lower) < 1e-12, "\(table)")
          #expect(relativeError(1 / inverse.lower, limits.upper) < 1e-12, "\(table)")
        }
      }
    }
  }

  @Test func midPLiesInside() throws {
    var stream = RandomStream(seed: 24)
    for _ in 0..<1000 {
      let table = try TwoByTwoTable.random(upTo: 300, using: &stream)
      let exact = table.conditionalLimits(tail: 0.025, midP: false)
      let midP = table.conditionalLimits(tail: 0.025, midP: true)
      #expect(exact.lower <= midP.lower && midP.upper <= exact.upper)
    }
  }

  @Test func tablesWithoutInformation() throws {
    for (first, second) in [(0, 0), (1, 1)] {
      let table = try table(first * 10, 10, second * 12, 12)
      let limits = table.conditionalLimits(tail: 0.025, midP: false)
      #expect(limits.lower == 0 && limits.upper == .infinity)
      #expect(throws: NotEstimable.self) { try table.conditionalOddsRatio() }
    }
  }

  @Test func emptyCellsLeaveOneLimit() throws {
    let none = try table(0, 10, 3, 12)
    #expect(try none.conditionalOddsRatio() == 0)
    #expect(none.conditionalLimits(tail: 0.025, midP: true).lower == 0)
    let all = try table(10, 10, 3, 12)
    #expect(try all.conditionalOddsRatio() == .infinity)
    #expect(all.conditionalLimits(tail: 0.025, midP: true).upper == .infinity)
  }

  /// Levels next to 0 and 1.
  @Test func extremeTails() throws {
    for table in [try table(3, 1000, 5, 2000), try table(250, 4000, 180, 5000)] {
      for tail in [1e-15, 1e-6, 0.4999999] {
        let limits = table.conditionalLimits(tail: tail, midP: false)
        let lower = table.conditionalTails(oddsRatio: limits.lower, midP: false).upper
        #expect(relativeError(lower, tail) < 1e-10)
      }
    }
  }
}
