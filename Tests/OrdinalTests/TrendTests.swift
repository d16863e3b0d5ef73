import Inference
import Ordinal
import Probability
import TestSupport
import Testing

@Suite struct TrendTests {
  @Test func matchesReference() throws {
    var worst = WorstByName()
    for row in try referenceTable("Ordinal", "trend") {
      let method = try #require(TrendMethod(rawValue: row["method"]))
      let test = try row.trend.test(method)
      let error = max(row.error(test.statistic, "statistic"), row.error(test.pValue, "p"))

      // The rounding of z counts z² times in p: 19 at z = 4.4.
      #expect(error <= 4e-15, "\(error): \(row.testDescription)")
      worst.note(error, method.rawValue, row)
    }
    worst.report()
  }

  /// R 4.2.2, prop.trend.test: χ² 10.71571322760543.
  @Test func lungTumoursRiseWithTheDose() throws {
    let table = try trend([(0, 2, 40), (1, 7, 50), (2, 15, 48)])
    let test = try table.test(.cochranArmitage)
    #expect(abs(try #require(test.statistic) - 3.273_486_402_538_65) < 5e-14)
    #expect(relativeError(test.pValue, 0.001_062_295_015_82) < 1e-11)
  }

  @Test(arguments: TrendMethod.allCases)
  func theScaleOfTheScoresIsNothing(method: TrendMethod) throws {
    var stream = RandomStream(seed: 1).split(named: method.rawValue)
    for _ in 0..<200 {
      let groups = randomGroups(&stream)
      let one = try trend(groups).test(method)
      let other = try trend(groups.map { (-3.7 * $0.0 + 1e3, $0.1, $0.2) }).test(method)
      #expect(relativeError(other.pValue, one.pValue) < 1e-9)
      if method == .cochranArmitage {
        #expect(abs(try #require(other.statistic) + #require(one.statistic)) < 1e-10)
      }
    }
  }

  @Test(arguments: TrendMethod.allCases)
  func eventsAndNonEventsMirrorEachOther(method: TrendMethod) throws {
    var stream = RandomStream(seed: 2).split(named: method.rawValue)
    for _ in 0..<200 {
      let groups = randomGroups(&stream)
      let one = try trend(groups).test(method)
      let other = try trend(groups.map { ($0.0, $0.2 - $0.1, $0.2) }).test(method)
      #expect(relativeError(other.pValue, one.pValue) < 1e-11)
    }
  }

  @Test(arguments: TrendMethod.allCases)
  func groupsOfOneScoreMayBePooled(method: TrendMethod) throws {
    var stream = RandomStream(seed: 3).split(named: method.rawValue)
    for _ in 0..<200 {
      let groups = randomGroups(&stream)
      let split = Int.random(in: 0...groups[0].1, using: &stream)
      let size = Int.random(in: (split + 1)...(groups[0].2 + split + 1), using: &stream)
      let more = groups + [(groups[0].0, split, size)]
      let pooled = [(groups[0].0, groups[0].1 + split, groups[0].2 + size)] + groups.dropFirst()
      let one = try trend(Array(more)).test(method)
      let other = try trend(Array(pooled)).test(method)
      #expect(relativeError(other.pValue, one.pValue) < 1e-9)
    }
  }

  @Test func midPIsBelowTheExactP() throws {
    var stream = RandomStream(seed: 4)
    for _ in 0..<300 {
      let table = try trend(randomGroups(&stream))
      let exact = try table.test(.cochranArmitageExact).pValue
      let mid = try table.test(.cochranArmitageMidP).pValue
      #expect(mid <= exact && mid >= exact / 2 && exact <= 1 && mid > 0)
    }
  }

  /// Of two groups the exact test is Fisher's, doubled tails apart: its table of probabilities.
  @Test func twoGroupsAreATwoByTwoTable() throws {
    let table = try trend([(0, 1, 34), (1, 7, 34)])
    let law = Hypergeometric(marked: 34, unmarked: 34, drawn: 8)
    #expect(
      relativeError(try table.test(.cochranArmitageExact).pValue, 2 * law.upperTail(7)) < 1e-14)
  }

  @Test func aSmallTailIsASmallNumber() throws {
    let table = try trend([(0, 0, 400), (1, 400, 400)])
    let law = Hypergeometric(marked: 400, unmarked: 400, drawn: 400)
    let p = try table.test(.cochranArmitageExact).pValue
    #expect(p < 1e-238)
    #expect(relativeError(p, 2 * law.density(400)) < 1e-12)
  }

  @Test(arguments: TrendMethod.allCases)
  func withoutInformationPIsOne(method: TrendMethod) throws {
    for groups in [[(0.0, 0, 5), (1.0, 0, 9)], [(0, 5, 5), (1, 9, 9)], [(2, 1, 5), (2, 4, 9)]] {
      #expect(try trend(groups).test(method).pValue == 1)
    }
  }

  @Test func aDistributionTooLargeIsRefusedWithItsCost() throws {
    let table = try trend([
      (0, 100_000, 1_000_000), (1.234_5, 90_000, 1_000_000), (7.1, 1000, 5000),
    ])
    let error = #expect(throws: NotEstimable.self) { try table.test(.cochranArmitageExact) }
    #expect(error?.reason.contains("more than 200000000 steps") == true)
  }

  @Test func impossibleGroupsMakeNoTable() {
    #expect(TrendTable([.init(score: 0, events: 1, subjects: 3)]) == nil)
    for (score, events, subjects) in [(0.0, 4, 3), (0, -1, 3), (0, 0, 0), (.infinity, 1, 3)] {
      let faulty = TrendTable.Group(score: score, events: events, subjects: subjects)
      #expect(TrendTable([.init(score: 1, events: 1, subjects: 3), faulty]) == nil)
    }
  }
}

private func trend(_ groups: [(Double, Int, Int)]) throws -> TrendTable {
  try #require(
    TrendTable(groups.map { TrendTable.Group(score: $0.0, events: $0.1, subjects: $0.2) }))
}

private func randomGroups(_ stream: inout RandomStream) -> [(Double, Int, Int)] {
  (0..<Int.random(in: 2...5, using: &stream)).map { index in
    let subjects = Int.random(in: 1...15, using: &stream)
    let score = Double(index) + (index == 2 ? 0.37 : 0)
    return (score, Int.random(in: 0...subjects, using: &stream), subjects)
  }
}

extension ReferenceRow {
  fileprivate var trend: TrendTable {
    get throws {
      let groups = self["table"].split(separator: ";").map { $0.split(separator: " ") }
      return try #require(
        TrendTable(
          groups.map { fields in
            TrendTable.Group(
              score: Double(fields[0]) ?? .nan, events: Int(fields[1]) ?? -1,
              subjects: Int(fields[2]) ?? 0)
          }))
    }
  }
}
