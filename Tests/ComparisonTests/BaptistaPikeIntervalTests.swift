import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct BaptistaPikeIntervalTests {
  @Test func matchesReference() throws {
    var worst = Worst()
    for row in try referenceTable("Comparison", "conditional-odds-ratio") {
      guard !row["bp_lower"].isEmpty else { continue }
      let table = try row.table
      let exact = table.baptistaPike(try row.level, midP: false)
      let midP = table.baptistaPike(try row.level, midP: true)
      worst.check(exact.lower, "bp_lower", of: row, within: 1e-10)
      worst.check(exact.upper, "bp_upper", of: row, within: 1e-10)
      worst.check(midP.lower, "bp_mid_lower", of: row, within: 1e-10)
      worst.check(midP.upper, "bp_mid_upper", of: row, within: 1e-10)
      #expect(exact.haveGaps == (row["bp_gaps"] == "1"), "\(row.testDescription)")
      #expect(midP.haveGaps == (row["bp_mid_gaps"] == "1"), "\(row.testDescription)")
    }
    worst.report("Baptista and Pike")
  }

  /// Limits as printed, and with more digits from the definition.
  ///
  /// Fagerland, Lydersen & Laake (2015), Stat. Methods Med. Res. 24:224.
  @Test func agreesWithPublishedLimits() throws {
    let exact = try table(7, 34, 1, 34).baptistaPike(.percent95, midP: false)
    #expect(abs(exact.lower - 1.0000) < 5e-5 && abs(exact.upper - 195.49) < 5e-3)
    let midP = try table(7, 34, 1, 34).baptistaPike(.percent95, midP: true)
    #expect(abs(midP.lower - 1.3277) < 5e-5 && abs(midP.upper - 98.836) < 5e-4)
  }

  /// p = 0.0487 at 1, yet values on both sides of it are accepted.
  @Test func aRejectedValueBetweenAcceptedOnesMakesAHull() throws {
    let accepted = try table(0, 62, 16, 258).baptistaPike(.percent95, midP: false)
    #expect(accepted.haveGaps)
    #expect(accepted.lower == 0 && accepted.upper > 1.09)
    #expect(try table(0, 62, 16, 258).acceptability(0.94, midP: false) > 0.05)
    #expect(try table(0, 62, 16, 258).acceptability(1, midP: false) < 0.05)
    #expect(try table(0, 62, 16, 258).acceptability(1.09, midP: false) > 0.05)
  }

  /// Just inside a limit the table is accepted; at no odds ratio outside on a fine grid it is; a gap
  /// on the grid is reported.
  @Test func isTheHullOfTheAcceptedOddsRatios() throws {
    var stream = RandomStream(seed: 51)
    var gaps = 0
    for _ in 0..<120 {
      let table = try TwoByTwoTable.random(upTo: 40, using: &stream)
      guard !table.hasOneOutcomeOnly else { continue }
      let level = try #require(ConfidenceLevel(0.5 + stream.uniform() / 2))
      for midP in [false, true] {
        let accepted = table.baptistaPike(level, midP: midP)
        let (lower, upper) = (accepted.lower, accepted.upper)
        for limit in [lower * (1 + 1e-10), upper * (1 - 1e-10)] where limit > 0 && limit < .infinity
        {
          #expect(table.acceptability(limit, midP: midP) > level.alpha * (1 - 1e-9), "\(table)")
        }
        var sawGap = false
        var psi = 1e-5
        while psi < 1e5 {
          let isAccepted = table.acceptability(psi, midP: midP) > level.alpha
          if psi < lower || psi > upper {
            #expect(!isAccepted, "\(table) \(level) \(psi) \(midP)")
          } else if !isAccepted {
            sawGap = true
          }
          psi *= 1.02
        }
        if sawGap { #expect(accepted.haveGaps, "\(table) \(level) \(midP)") }
        if sawGap { gaps += 1 }
      }
    }
    #expect(gaps > 2)
  }

  @Test func fishersTestAcceptsOneInsideOnly() throws {
    var stream = RandomStream(seed: 52)
    for _ in 0..<2000 {
      let table = try TwoByTwoTable.random(upTo: 300, using: &stream)
      guard !table.hasOneOutcomeOnly else { continue }
      for midP in [false, true] {
        let accepted = table.baptistaPike(.percent95, midP: midP)
        let contains = accepted.lower <= 1 && 1 <= accepted.upper
        let p = table.fisher(midP: midP)
        if p > 0.05 { #expect(contains, "\(table)") }
        if contains, p < 0.05 { #expect(accepted.haveGaps, "\(table)") }
      }
    }
  }

  @Test func exchangingTheGroupsInverts() throws {
    var stream = RandomStream(seed: 53)
    for _ in 0..<500 {
      let table = try TwoByTwoTable.random(upTo: 500, using: &stream)
      let one = table.baptistaPike(.percent95, midP: false)
      let other = table.exchanged.baptistaPike(.percent95, midP: false)
      #expect(relativeError(1 / other.upper, one.lower) < 1e-13)
      #expect(relativeError(1 / other.lower, one.upper) < 1e-13)
      #expect(one.haveGaps == other.haveGaps)
    }
  }

  @Test func noInformationAcceptsAll() throws {
    let accepted = try table(0, 10, 0, 12).baptistaPike(.percent95, midP: true)
    #expect(accepted.lower == 0 && accepted.upper == .infinity)
    #expect(!accepted.haveGaps)
  }
}

extension TwoByTwoTable {
  /// Σ P(u | ψ) over the tables no more probable than the observed one, one after the other.
  fileprivate func acceptability(_ psi: Double, midP: Bool) -> Double {
    let law = NoncentralHypergeometric(
      marked: treatment.total, unmarked: reference.total, drawn: events, oddsRatio: psi)
    let own = law.density(treatment.events)
    return law.support.reduce(0) { sum, u in
      let p = law.density(u)
      guard u != treatment.events else { return sum + (midP ? p / 2 : p) }
      guard p <= own * (1 + 1e-7) else { return sum }
      return sum + (midP && p * (1 + 1e-7) >= own ? p / 2 : p)
    }
  }
}
