import Glibc
import Inference
import Ordinal
import Probability
import TestSupport
import Testing

@Suite struct WinOddsTests {
  @Test func matchesReference() throws {
    var worst = WorstByName()
    for row in try referenceTable("Ordinal", "win-odds") {
      let odds = WinOdds(try #require(GradedTable(row.counts)))
      let interval = try odds.interval(level: .percent95)
      let shares = max(
        row.error(odds.win, "win"), row.error(odds.loss, "loss"), row.error(odds.theta, "theta"))
      let estimates = max(
        row.error(odds.odds, "estimate"), row.error(try odds.thetaStandardError, "theta_se"),
        row.error(try odds.logStandardError, "se"), row.error(interval.lower, "lower"),
        row.error(interval.upper, "upper"))
      let test = max(
        row.error(try odds.test.statistic, "statistic"), row.error(try odds.test.pValue, "p"))

      #expect(shares <= 1e-15, "\(shares): \(row.testDescription)")
      #expect(estimates <= 2e-15, "\(estimates): \(row.testDescription)")
      // The rounding of z counts z² times in p: 34 at z = 5.8.
      #expect(test <= 2e-14, "\(test): \(row.testDescription)")
      worst.note(shares, "shares", row)
      worst.note(estimates, "estimates", row)
      worst.note(test, "test", row)
    }
    worst.report()
  }

  @Test func sharesAddUpToOne() throws {
    var stream = RandomStream(seed: 1)
    for _ in 0..<2000 {
      let odds = WinOdds(.random(groups: 2, grades: 4, upTo: 40, using: &stream))
      #expect(abs(odds.win + odds.tie + odds.loss - 1) < 1e-15)
      #expect(abs(odds.netBenefit - (2 * odds.theta - 1)) < 1e-15)
    }
  }

  @Test func swappingTheGroupsInvertsTheOdds() throws {
    var stream = RandomStream(seed: 2)
    for _ in 0..<2000 {
      let table = GradedTable.random(groups: 2, grades: 4, upTo: 40, using: &stream)
      let one = WinOdds(table)
      let other = WinOdds(table.pair(treatment: 0, reference: 1))
      #expect(one.win == other.loss && one.tie == other.tie)
      guard let limits = try? one.interval(level: .percent95) else { continue }
      let mirrored = try other.interval(level: .percent95)
      #expect(abs(try #require(limits.lower) * #require(mirrored.upper) - 1) < 1e-12)
      let (z, opposite) = (try one.test.statistic, try other.test.statistic)
      #expect(abs(try #require(z) + #require(opposite)) < 1e-12)
    }
  }

  @Test func gradesThatNobodyHasChangeNothing() throws {
    var stream = RandomStream(seed: 3)
    for _ in 0..<500 {
      let table = GradedTable.random(groups: 2, grades: 3, upTo: 9, using: &stream)
      let wider = try #require(GradedTable(table.counts.map { [0, $0[0], 0] + $0[1...] + [0] }))
      #expect(WinOdds(wider) == WinOdds(table))
    }
  }

  @Test func withoutOverlapTheOddsHaveNoError() throws {
    let odds = WinOdds(try #require(GradedTable([[3, 2, 0], [0, 0, 4]])))
    #expect(odds.odds == .infinity)
    #expect(odds.theta == 1)
    #expect(throws: NotEstimable.self) { try odds.interval(level: .percent95) }
    let reverse = WinOdds(try #require(GradedTable([[0, 0, 4], [3, 2, 0]])))
    #expect(reverse.odds == 0)
    #expect(throws: NotEstimable.self) { try reverse.test }
  }

  @Test func oneGradeForAllIsEven() throws {
    let odds = WinOdds(try #require(GradedTable([[0, 3], [0, 4]])))
    #expect(odds.odds == 1)
    #expect(try odds.test == TestResult(statistic: 0, pValue: 1))
    #expect(throws: NotEstimable("all subjects have one grade")) { try odds.thetaStandardError }
  }

  @Test func aSingleSubjectHasNoVariance() throws {
    let odds = WinOdds(try #require(GradedTable([[0, 1], [2, 4]])))
    #expect(throws: NotEstimable("a group has a single subject")) { try odds.thetaStandardError }
  }
}
