import Inference
import Ordinal
import Probability
import TestSupport
import Testing

@Suite struct ShiftTestsTests {
  @Test func matchesReference() throws {
    var worst = WorstByName()
    for row in try referenceTable("Ordinal", "shift") {
      let method = try #require(ShiftMethod(rawValue: row["method"]))
      let test = try #require(SquareTable(row.counts)).test(method)
      let error = max(row.error(test.statistic, "statistic"), row.error(test.pValue, "p"))

      // The rounding of z counts z² times in p: 28 at z = 5.3.
      #expect(error <= 1e-14, "\(error): \(row.testDescription)")
      #expect(test.degreesOfFreedom == Int(row["df"]))
      worst.note(error, method.rawValue, row)
    }
    worst.report()
  }

  /// Marrow fibrosis at baseline and after a year of eltrombopag, Blood 2012;120:2195.
  @Test func marrowFibrosisAfterAYearOfEltrombopag() throws {
    let table = try #require(
      SquareTable([[56, 33, 1, 1], [3, 5, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0]]))
    #expect((table.worsened, table.unchanged, table.improved) == (37, 61, 3))
    #expect(relativeError(table.test(.signExact).pValue, 1.946_500_560_734_43e-8) < 1e-13)
    // coin 1.4-2, R.
    let rank = table.test(.signedRank)
    #expect(relativeError(try #require(rank.statistic), 5.303_508_446_68) < 1e-11)
    #expect(relativeError(rank.pValue, 1.135_979_45e-7) < 1e-8)
    let pratt = table.test(.pratt)
    #expect(relativeError(try #require(pratt.statistic), 5.379_818_325_9) < 1e-11)
    #expect(relativeError(pratt.pValue, 7.456_104e-8) < 1e-6)
    let margins = table.test(.stuartMaxwell)
    #expect(relativeError(try #require(margins.statistic), 28.545_454_545_5) < 1e-11)
    #expect(relativeError(margins.pValue, 2.790_145_13e-6) < 1e-8)
  }

  @Test(arguments: ShiftMethod.allCases)
  func reversingTheGradesTurnsTheSign(method: ShiftMethod) throws {
    try forRandomTables(seed: 1) { table in
      let reversed = try #require(
        SquareTable(table.counts.reversed().map { Array($0.reversed()) }))
      let (one, other) = (table.test(method), reversed.test(method))
      #expect(relativeError(other.pValue, one.pValue) < 1e-11)
      guard !method.hasDegreesOfFreedom, method != .signExact else { return }
      #expect(one.statistic == other.statistic.map { -$0 })
    }
  }

  @Test(arguments: ShiftMethod.allCases)
  func exchangingBaselineAndWorstTurnsTheSign(method: ShiftMethod) throws {
    try forRandomTables(seed: 2) { table in
      let transposed = try #require(
        SquareTable(table.counts.indices.map { j in table.counts.map { $0[j] } }))
      #expect(relativeError(transposed.test(method).pValue, table.test(method).pValue) < 1e-11)
    }
  }

  @Test(arguments: ShiftMethod.allCases)
  func gradesThatNobodyHasChangeNothing(method: ShiftMethod) throws {
    try forRandomTables(seed: 3) { table in
      let wider = try #require(
        SquareTable(
          table.counts.map { $0 + [0] } + [[Int](repeating: 0, count: table.size + 1)]))
      #expect(wider.test(method) == table.test(method))
    }
  }

  @Test func onlyPrattCountsTheUnchanged() throws {
    try forRandomTables(seed: 4) { table in
      var counts = table.counts
      for grade in counts.indices { counts[grade][grade] += 5 }
      let other = try #require(SquareTable(counts))
      for method in ShiftMethod.allCases where method != .pratt {
        #expect(relativeError(other.test(method).pValue, table.test(method).pValue) < 1e-12)
      }
    }
  }

  @Test func twoGradesAreMcNemarsTest() throws {
    let table = try #require(SquareTable([[10, 12], [3, 20]]))
    let square = 9.0 * 9 / 15
    #expect(relativeError(try #require(table.test(.bowker).statistic), square) < 1e-15)
    #expect(relativeError(try #require(table.test(.stuartMaxwell).statistic), square) < 1e-15)
    let sign = try #require(table.test(.sign).statistic)
    #expect(relativeError(sign * sign, square) < 1e-15)
  }

  @Test(arguments: ShiftMethod.allCases)
  func nobodyChangedSaysNothing(method: ShiftMethod) throws {
    let test = try #require(SquareTable([[3, 0], [0, 4]])).test(method)
    #expect(test.statistic == 0 && test.pValue == 1)
    #expect(test.degreesOfFreedom == (method.hasDegreesOfFreedom ? 0 : nil))
  }

  @Test func impossibleCountsMakeNoTable() {
    for counts in [[[1]], [[1, 2]], [[1, 2], [3]], [[0, 0], [0, 0]], [[1, -1], [0, 1]]] {
      #expect(SquareTable(counts) == nil)
    }
  }

  private func forRandomTables(seed: UInt64, _ body: (SquareTable) throws -> Void) rethrows {
    var stream = RandomStream(seed: seed)
    for _ in 0..<1000 {
      try body(.random(size: Int.random(in: 2...5, using: &stream), upTo: 9, using: &stream))
    }
  }
}
