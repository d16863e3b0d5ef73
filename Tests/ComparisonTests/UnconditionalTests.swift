import Comparison
import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct UnconditionalTests {
  /// Values of another order, restricted estimate and supremum, good to about nine digits.
  @Test func matchesBruteForce() throws {
    var worst = 0.0
    for row in try referenceTable("Comparison", "unconditional") {
      let table = try row.table
      let values: (Double, Double)
      switch row["method"] {
      case "barnard": values = (try table.barnard(), try table.barnard())
      case "boschloo": values = (try table.boschloo(), try table.boschloo())
      case "exact-score": values = limits(try table.exactScoreDifference(tail: 0.025))
      case "exact-simple": values = limits(try table.exactSimpleDifference(tail: 0.025))
      case "exact-two-sided": values = limits(try table.exactTwoSidedDifference(alpha: 0.05))
      case "ratio-exact-score": values = limits(try table.exactScoreRatio(tail: 0.025))
      default:
        Issue.record("unknown method \(row["method"])")
        continue
      }
      for (value, column) in [(values.0, "lower"), (values.1, "upper")] {
        let expected = row.double(column)
        let error = value == expected ? 0 : abs(value - expected) / max(1, abs(expected))
        #expect(error < 1e-8, "\(value) \(row.testDescription)")
        worst = max(worst, error)
      }
    }
    print("worst error, unconditional: \(worst)")
  }

  /// SAS 9.4 PROC FREQ, lrstat 0.2 and Fagerland, Lydersen & Laake (2015), to their printed digits.
  @Test func agreesWithPublishedLimits() throws {
    func check(_ found: Limits, _ lower: Double, _ upper: Double, _ half: Double) {
      #expect(abs(found.lower - lower) <= half && abs(found.upper - upper) <= half)
    }
    check(try table(36, 154, 12, 77).exactScoreDifference(tail: 0.025), -0.0400, 0.1793, 5e-5)
    check(try table(24, 61, 10, 35).exactScoreDifference(tail: 0.025), -0.0992, 0.2949, 5e-5)
    check(try table(2, 30, 1, 30).exactScoreDifference(tail: 0.025), -0.111153, 0.200071, 5e-7)
    check(try table(7, 34, 1, 34).exactScoreDifference(tail: 0.025), 0.019, 0.36, 5e-3)
    check(try table(9, 11, 4, 12).exactSimpleDifference(tail: 0.025), 0.0683, 0.7923, 5e-5)
    check(try table(40, 78, 5, 17).exactSimpleDifference(tail: 0.025), -0.0466, 0.4676, 5e-5)
    check(try table(27, 57, 3, 3).exactSimpleDifference(tail: 0.005), -0.9586, 0.2677, 5e-5)
    // SAS prints 0.7663 where the supremum is crossed at 0.766352.
    check(try table(24, 61, 10, 35).exactScoreRatio(tail: 0.025), 0.7663, 3.0005, 6e-5)
    // lrstat prints 54.22365 for the upper limit, 54.22375.
    check(try table(2, 30, 1, 30).exactScoreRatio(tail: 0.025), 0.185541, 54.22375, 5e-6)
  }

  /// SAS, SciPy 1.17.1 and brute force; SciPy drops the ties of the first table.
  @Test func agreesWithPublishedProbabilities() throws {
    #expect(relativeError(try table(9, 11, 4, 12).barnard(), 0.0215012154898) < 1e-11)
    #expect(relativeError(try table(7, 34, 1, 34).barnard(), 0.0281058411163) < 1e-11)
    #expect(relativeError(try table(9, 10, 3, 10).barnard(), 0.00795555114746) < 1e-11)
    #expect(relativeError(try table(5, 56, 0, 29).barnard(), 0.1167471687) < 1e-9)
    #expect(relativeError(try table(7, 34, 1, 34).boschloo(), 0.0384639221227) < 1e-11)
    #expect(abs(try table(24, 61, 10, 35).boschloo() - 0.3381) < 5e-5)
    let tails = try table(24, 61, 10, 35).exactScoreTails(riskDifference: 0)
    #expect(relativeError(tails.upper, 0.214186552576) < 1e-11)
    let rare = try table(2, 68, 1, 65).exactScoreTails(riskDifference: 0)
    #expect(abs(rare.upper - 0.354387) < 5e-7)
  }

  /// The p-value crosses the tail at each limit; outside it is below.
  @Test func limitsSolveTheirEquation() throws {
    var stream = RandomStream(seed: 61)
    for _ in 0..<12 {
      let table = try TwoByTwoTable.random(upTo: 25, using: &stream)
      let limits = try table.exactScoreDifference(tail: 0.025)
      if limits.lower > -1 {
        let outside = try table.exactScoreTails(riskDifference: limits.lower - 1e-9).upper
        let inside = try table.exactScoreTails(riskDifference: limits.lower + 1e-12).upper
        #expect(outside <= 0.025 && inside > 0.025 - 1e-9, "\(table)")
      }
      if limits.upper < 1 {
        let outside = try table.exactScoreTails(riskDifference: limits.upper + 1e-9).lower
        #expect(outside <= 0.025, "\(table)")
      }
    }
  }

  /// Nowhere on a grid of the nuisance risk is the set that the simple order sums more probable.
  @Test func supremumIsNoLessThanAnyValue() throws {
    var stream = RandomStream(seed: 63)
    for _ in 0..<40 {
      let table = try TwoByTwoTable.random(upTo: 50, using: &stream)
      let (n1, n2) = (table.treatment.total, table.reference.total)
      func scaled(_ x1: Int, _ x2: Int) -> Int { x1 * n2 - x2 * n1 }
      let observed = scaled(table.treatment.events, table.reference.events)
      let difference = stream.uniform() - 0.5
      let supremum = try table.exactSimpleTails(riskDifference: difference).upper
      var greatest = 0.0
      for index in 0...400 {
        let p2 = max(0, -difference) + Double(index) / 400 * (1 - abs(difference))
        let first = Binomial(trials: n1, probability: min(1, max(0, p2 + difference)))
        let second = Binomial(trials: n2, probability: min(1, p2))
        let sum = (0...n2).reduce(0) { sum, x2 in
          let least = (0...n1).first { scaled($0, x2) >= observed } ?? n1 + 1
          return sum + second.density(x2) * first.upperTail(least)
        }
        greatest = max(greatest, sum)
      }
      #expect(greatest <= supremum * (1 + 1e-11), "\(table) at \(difference)")
      #expect(greatest >= supremum * 0.9, "\(table) at \(difference)")
    }
  }

  @Test func exchangingGroupsOrOutcomesMirrors() throws {
    var stream = RandomStream(seed: 62)
    for _ in 0..<8 {
      let table = try TwoByTwoTable.random(upTo: 20, using: &stream)
      let one = try table.exactScoreDifference(tail: 0.025)
      for other in [table.exchanged, try table.complemented] {
        let mirrored = try other.exactScoreDifference(tail: 0.025)
        #expect(abs(one.lower + mirrored.upper) < 1e-10 && abs(one.upper + mirrored.lower) < 1e-10)
      }
      let barnard = try table.barnard()
      #expect(relativeError(try table.exchanged.barnard(), barnard) < 1e-11)
      #expect(relativeError(try table.complemented.boschloo(), try table.boschloo()) < 1e-11)
    }
  }

  @Test func edges() throws {
    #expect(try table(0, 10, 0, 12).barnard() == 1)
    #expect(try table(10, 10, 12, 12).boschloo() == 1)
    let none = try table(0, 10, 0, 12).exactScoreRatio(tail: 0.025)
    #expect(none.lower == 0 && none.upper == .infinity)
    let all = try table(10, 10, 0, 12).exactScoreDifference(tail: 0.025)
    #expect(all.upper == 1 && all.lower > 0.4)
    #expect(throws: NotEstimable.self) { try table(5, 2000, 6, 2000).barnard() }
    #expect(throws: NotEstimable.self) {
      try table(5, 2000, 6, 2000).exactScoreDifference(tail: 0.025)
    }
  }

  private func limits(_ accepted: Limits) -> (Double, Double) {
    (accepted.lower, accepted.upper)
  }
}
