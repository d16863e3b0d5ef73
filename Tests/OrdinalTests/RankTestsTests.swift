import Inference
import Ordinal
import Probability
import TestSupport
import Testing

@Suite struct RankTestsTests {
  @Test func matchesReference() throws {
    var worst = WorstByName()
    for row in try referenceTable("Ordinal", "ordinal") {
      let method = try #require(OrdinalMethod(rawValue: row["method"]))
      let test = try test(method, try #require(GradedTable(row.counts)))
      let error = max(row.error(test.statistic, "statistic"), row.error(test.pValue, "p"))

      // The rounding of z counts z² times in p: 46 at z = 6.8; of χ² half of it: 25 at 49.
      #expect(
        error <= (method == .linearByLinear ? 4e-14 : 1e-14), "\(error): \(row.testDescription)")
      worst.note(error, method.rawValue, row)
    }
    worst.report()
  }

  private func test(_ method: OrdinalMethod, _ table: GradedTable) throws -> TestResult {
    switch method {
    case .wilcoxon: table.wilcoxon
    case .wilcoxonCorrected: table.wilcoxonCorrected
    case .wilcoxonExact: try table.wilcoxonExact
    case .jonckheereTerpstra: table.jonckheereTerpstra
    case .jonckheereTerpstraExact: try table.jonckheereTerpstraExact
    case .linearByLinear:
      table.linearByLinear(
        groupScores: table.counts.indices.map { Double($0) },
        gradeScores: table.counts[0].indices.map { Double($0) })
    case .winOdds: try WinOdds(table).test
    case .proportionalOdds:
      TestResult(pValue: try ProportionalOdds(table, reference: 0).proportionality.pValue)
    }
  }

  /// Birth weights of the children of 14 smokers and 15 others, as SAS and coin 1.4-2 give them.
  @Test func birthWeightsOfSmokersChildren() throws {
    let table = try birthWeights
    #expect(relativeError(try table.wilcoxonExact.pValue, 0.008_180_958_540_34) < 1e-11)
    #expect(relativeError(table.wilcoxonCorrected.pValue, 0.010_006_472_166_3) < 1e-11)
    #expect(relativeError(table.wilcoxon.pValue, 0.009_392_351_429_95) < 1e-11)
  }

  @Test func reversingTheGradesTurnsTheSign() throws {
    try forRandomTables(seed: 1) { table in
      let mirrored = try #require(GradedTable(table.counts.map { $0.reversed() }))
      try expectOpposite(table, mirrored)
    }
  }

  @Test func reversingTheGroupsTurnsTheSign() throws {
    try forRandomTables(seed: 2) { table in
      try expectOpposite(table, try #require(GradedTable(table.counts.reversed())))
    }
  }

  private func expectOpposite(_ one: GradedTable, _ other: GradedTable) throws {
    #expect(
      abs(
        try #require(one.jonckheereTerpstra.statistic) + #require(
          other.jonckheereTerpstra.statistic))
        < 1e-13)
    let (p, q) = (try one.jonckheereTerpstraExact.pValue, try other.jonckheereTerpstraExact.pValue)
    #expect(relativeError(p, q) < 1e-12)
  }

  @Test func groupsAndGradesMayChangePlaces() throws {
    try forRandomTables(seed: 4) { table in
      let kept = table.gradeTotals.indices.filter { table.gradeTotals[$0] > 0 }
      guard kept.count > 1 else { return }
      let transposed = try #require(
        GradedTable(kept.map { grade in table.counts.map { $0[grade] } }))
      let (one, other) = (try table.jonckheereTerpstraExact, try transposed.jonckheereTerpstraExact)
      #expect(relativeError(one.pValue, other.pValue) < 1e-12)
    }
  }

  @Test func gradesThatNobodyHasChangeNothing() throws {
    try forRandomTables(seed: 3) { table in
      let wider = try #require(GradedTable(table.counts.map { [0, $0[0], 0] + $0[1...] + [0] }))
      #expect(wider.jonckheereTerpstra == table.jonckheereTerpstra)
      let (p, q) = (try wider.jonckheereTerpstraExact, try table.jonckheereTerpstraExact)
      #expect(p == q)
    }
  }

  @Test func exactProbabilitiesOfAllTablesSumToOne() throws {
    // The observed J is at its expectation, so that every table is as far out.
    let table = try #require(GradedTable([[2, 1, 2], [2, 1, 2], [2, 1, 2]]))
    let p = try table.jonckheereTerpstraExact.pValue
    #expect(abs(p - 1) < 1e-14)
  }

  @Test func withoutTiesTheVarianceIsThatOfTheTextbook() throws {
    // Wilcoxon without ties: z = (U − mn/2) / √(mn(m + n + 1)/12).
    let order = [0, 1, 0, 0, 1, 1, 1, 0, 1]
    let table = try #require(
      GradedTable((0...1).map { group in order.map { $0 == group ? 1 : 0 } }))
    let u = order.indices.reduce(0.0) { sum, i in
      order[i] == 1 ? sum + Double(order[..<i].count { $0 == 0 }) : sum
    }
    let z = (u - 10) / (20.0 * 10 / 12).squareRoot()
    #expect(relativeError(try #require(table.wilcoxon.statistic), z) < 1e-15)
    #expect(try table.wilcoxonExact.statistic == u)
  }

  @Test func theCorrectionDoesNotPassZero() throws {
    let table = try #require(GradedTable([[1, 1], [1, 1]]))
    #expect(table.wilcoxonCorrected == TestResult(statistic: 0, pValue: 1))
    let near = try #require(GradedTable([[2, 1], [1, 1]]))
    #expect(near.wilcoxonCorrected.statistic == 0)
  }

  @Test func oneGradeForAllSaysNothing() throws {
    let table = try #require(GradedTable([[0, 3], [0, 4], [0, 1]]))
    #expect(table.jonckheereTerpstra == TestResult(statistic: 0, pValue: 1))
    #expect(try table.jonckheereTerpstraExact.pValue == 1)
    let linear = table.linearByLinear(groupScores: [0, 1, 2], gradeScores: [0, 1])
    #expect(linear == TestResult(statistic: 0, degreesOfFreedom: 1, pValue: 1))
  }

  @Test func linearByLinearOfTwoGroupsWithRankScoresIsWilcoxon() throws {
    // (N − 1) r² with midranks is z² of the rank sum test.
    let table = try #require(GradedTable([[14, 10, 3, 2], [11, 7, 8, 4]]))
    var before = 0.0
    let ranks = table.gradeTotals.map { total in
      defer { before += Double(total) }
      return before + Double(total + 1) / 2
    }
    let linear = table.linearByLinear(groupScores: [0, 1], gradeScores: ranks)
    let z = try #require(table.wilcoxon.statistic)
    #expect(relativeError(try #require(linear.statistic), z * z) < 1e-14)
  }

  @Test func rareGradesInAMillionKeepTheirDigits() throws {
    // With a single subject of a higher grade, U − E U is n₁/2 and its variance n₁ n₂/4.
    let table = try #require(GradedTable([[1_000_000, 0], [999_999, 1]]))
    #expect(relativeError(try #require(table.wilcoxon.statistic), 1) < 1e-15)
  }

  @Test func aDistributionTooLargeIsRefused() throws {
    let table = try #require(GradedTable([[900, 800, 70], [900, 60, 50], [900, 70, 600]]))
    #expect(throws: NotEstimable.self) { try table.jonckheereTerpstraExact }
  }

  @Test func impossibleCountsMakeNoTable() {
    for counts in [
      [[1, 2]], [[1, 2], [1]], [[1, 2], [0, 0]], [[1], [2]], [[1, -1], [1, 1]],
    ] {
      #expect(GradedTable(counts) == nil)
    }
  }

  private var birthWeights: GradedTable {
    get throws {
      let (others, smokers) = (
        [3.99, 3.89, 3.60, 3.73, 3.31, 3.70, 4.08, 3.61, 3.83, 3.41, 4.13, 3.36, 3.54, 3.51, 2.71],
        [3.18, 2.74, 2.90, 3.27, 3.65, 3.42, 3.23, 2.86, 3.60, 3.65, 3.69, 3.53, 2.38, 2.34]
      )
      let values = Set(others + smokers).sorted()
      let counts = [others, smokers].map { group in
        values.map { value in group.count { $0 == value } }
      }
      return try #require(GradedTable(counts))
    }
  }
}

/// Small random tables of two to four groups.
private func forRandomTables(seed: UInt64, _ body: (GradedTable) throws -> Void) rethrows {
  var stream = RandomStream(seed: seed)
  for _ in 0..<150 {
    let groups = Int.random(in: 2...4, using: &stream)
    let grades = Int.random(in: 2...4, using: &stream)
    try body(.random(groups: groups, grades: grades, upTo: 4, using: &stream))
  }
}
