import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct ConditionalRateRatioTests {
  @Test func matchesReference() throws {
    var worst = Worst()
    for row in try referenceTable("Comparison", "conditional-rate-ratio") {
      let table = try row.personTime
      let tail = try row.level.tailProbability(.two)
      let exact = table.conditionalLimits(tail: tail, midP: false)
      let midP = table.conditionalLimits(tail: tail, midP: true)
      worst.check(exact.lower, "lower", of: row, within: 1e-12)
      worst.check(exact.upper, "upper", of: row, within: 1e-12)
      worst.check(midP.lower, "mid_lower", of: row, within: 1e-12)
      worst.check(midP.upper, "mid_upper", of: row, within: 1e-12)
      worst.check(table.poissonConditional(), "conditional", of: row, within: 1e-12)
      worst.check(table.poissonConditionalCentral(), "central", of: row, within: 1e-12)
      worst.check(
        table.poissonConditionalCentral(midP: true), "central_mid_p", of: row, within: 1e-12)
      guard !row["e_test"].isEmpty else { continue }
      worst.check(table.poissonETest(), "e_test", of: row, within: 1e-12)
    }
    worst.report("conditional rate ratio")
  }

  /// Values of R's poisson.test and exactci, and of a paper.
  ///
  /// Gu, Ng, Tang & Schucany (2008), Biom. J. 50:283.
  @Test func agreesWithPublishedValues() throws {
    let table = try personTime(60, 51477.5, 30, 54308.7)
    let limits = table.conditionalLimits(tail: 0.025, midP: false)
    #expect(relativeError(limits.lower, 1.3397357217727) < 1e-12)
    #expect(relativeError(limits.upper, 3.3883655736163) < 1e-12)
    #expect(relativeError(table.poissonConditional(), 0.0006751826587) < 1e-9)
    #expect(abs(table.poissonConditionalCentral() - 0.000856) < 5e-7)
    #expect(abs(table.poissonETest() - 0.000643) < 5e-7)
    #expect(abs(table.conditionalTails(rateRatio: 1, midP: false).upper - 0.000428) < 5e-7)
    let shifted = table.conditionalTails(rateRatio: 1.2, midP: true).upper
    #expect(relativeError(shifted, 0.005094603529853279) < 1e-12)
    let empty = try personTime(5, 56, 0, 29)
    #expect(
      relativeError(empty.conditionalLimits(tail: 0.025, midP: false).lower, 0.4745414261) < 1e-9)
    #expect(empty.conditionalLimits(tail: 0.025, midP: false).upper == .infinity)
    #expect(relativeError(empty.poissonConditional(), 0.1733766947) < 1e-9)
  }

  @Test func limitsSolveTheirEquation() throws {
    var stream = RandomStream(seed: 41)
    for _ in 0..<1000 {
      let table = try PersonTimeTable.ordinary(using: &stream)
      let tail = stream.uniform() / 2
      for midP in [false, true] {
        let limits = table.conditionalLimits(tail: tail, midP: midP)
        if limits.lower > 0 {
          let found = table.conditionalTails(rateRatio: limits.lower, midP: midP).upper
          #expect(relativeError(found, tail) < 1e-11, "\(table) \(tail)")
        }
        if limits.upper < .infinity {
          let found = table.conditionalTails(rateRatio: limits.upper, midP: midP).lower
          #expect(relativeError(found, tail) < 1e-11, "\(table) \(tail)")
        }
      }
    }
  }

  @Test func exchangingTheGroupsInverts() throws {
    var stream = RandomStream(seed: 42)
    for _ in 0..<1000 {
      let table = try PersonTimeTable.ordinary(using: &stream)
      let other = PersonTimeTable(treatment: table.reference, reference: table.treatment)
      let (one, two) = (
        table.conditionalLimits(tail: 0.025, midP: true),
        other.conditionalLimits(tail: 0.025, midP: true)
      )
      #expect(relativeError(1 / two.upper, one.lower) < 1e-14)
      #expect(relativeError(1 / two.lower, one.upper) < 1e-14)
      #expect(relativeError(other.poissonConditional(), table.poissonConditional()) < 1e-12)
      #expect(relativeError(other.poissonETest(), table.poissonETest()) < 1e-11)
      let central = table.poissonConditionalCentral(midP: true)
      #expect(relativeError(other.poissonConditionalCentral(midP: true), central) < 1e-12)
    }
  }

  @Test func noEvents() throws {
    let table = try personTime(0, 10, 0, 20)
    let limits = table.conditionalLimits(tail: 0.025, midP: true)
    #expect(limits.lower == 0 && limits.upper == .infinity)
    #expect(table.poissonETest() == 1 && table.poissonConditional() == 1)
    #expect(table.poissonConditionalCentral(midP: true) == 1)
  }
}

func personTime(_ x1: Int, _ t1: Double, _ x2: Int, _ t2: Double) throws -> PersonTimeTable {
  PersonTimeTable(
    treatment: try PoissonCount(events: x1, personYears: t1),
    reference: try PoissonCount(events: x2, personYears: t2))
}

extension PersonTimeTable {
  static func ordinary(using stream: inout RandomStream) throws -> PersonTimeTable {
    func count(_ stream: inout RandomStream) throws -> PoissonCount {
      let most = stream.uniform() < 0.5 ? 5 : 300
      return try PoissonCount(
        events: .random(in: 0...most, using: &stream), personYears: 1 + 1000 * stream.uniform())
    }
    return PersonTimeTable(treatment: try count(&stream), reference: try count(&stream))
  }
}
