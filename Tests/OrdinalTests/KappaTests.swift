import Inference
import Ordinal
import Probability
import TestSupport
import Testing

@Suite struct KappaTests {
  @Test func matchesReference() throws {
    var worst = WorstByName()
    for row in try referenceTable("Ordinal", "kappa") {
      let method = try #require(AgreementMethod(rawValue: row["method"]))
      let kappa = try Kappa(try #require(SquareTable(row.counts)), method)
      let interval = kappa.interval(level: .percent95)
      let error = max(
        row.error(kappa.estimate, "estimate"), row.error(kappa.standardError, "se"),
        row.error(interval.lower, "lower"), row.error(interval.upper, "upper"),
        row.error(kappa.nullStandardError, "null_se"))
      let others = max(
        row.error(kappa.observedAgreement, "observed"),
        row.error(kappa.expectedAgreement, "expected"), row.error(kappa.test.statistic, "z"))

      // A limit near 0 is a difference: 110 ulp at −0.006.
      #expect(error <= 5e-14, "\(error): \(row.testDescription)")
      #expect(others <= 4e-15, "\(others): \(row.testDescription)")
      // The rounding of z counts z² times in p: 131 at z = 11. A p-value below the smallest double is 0.
      #expect(row.error(kappa.test.pValue, "p") <= 2e-13 || row.double("p") < 1e-300)
      worst.note(max(error, others), method.rawValue, row)
      worst.note(row.double("p") < 1e-300 ? 0 : row.error(kappa.test.pValue, "p"), "p", row)
    }
    worst.report()
  }

  /// Fleiss, Cohen and Everitt's standard errors of a table of 120, to the digits given of them.
  @Test func agreesWithTheValuesOfTheLiterature() throws {
    let table = try #require(
      SquareTable([[44, 5, 1, 0], [7, 20, 6, 0], [1, 4, 15, 3], [0, 1, 2, 11]]))
    let expected: [(AgreementMethod, Double, Double, Double)] = [
      (.kappa, 0.642_218_246_869_41, 0.055_582_844_229_842_2, 0.056_077_200_620_533_9),
      (.kappaLinear, 0.755_495_183_996_048, 0.042_590_697_025_252_1, 0.066_829_558_657_864_7),
      (.kappaQuadratic, 0.850_574_712_643_678, 0.033_426_995_506_536_6, 0.091_278_113_988_806_2),
    ]
    for (method, estimate, error, null) in expected {
      let kappa = try Kappa(table, method)
      #expect(relativeError(kappa.estimate, estimate) < 1e-13)
      #expect(relativeError(kappa.standardError, error) < 1e-13)
      #expect(relativeError(kappa.nullStandardError, null) < 1e-13)
    }
  }

  @Test(arguments: AgreementMethod.allCases)
  func exchangingTheReadingsChangesNothing(method: AgreementMethod) throws {
    try forRandomTables(seed: 1) { table in
      let transposed = table.counts.indices.map { j in table.counts.map { $0[j] } }
      try expectEqual(table, try #require(SquareTable(transposed)), method)
    }
  }

  @Test(arguments: AgreementMethod.allCases)
  func reversingTheCategoriesChangesNothing(method: AgreementMethod) throws {
    try forRandomTables(seed: 2) { table in
      let reversed = table.counts.reversed().map { Array($0.reversed()) }
      try expectEqual(table, try #require(SquareTable(reversed)), method)
    }
  }

  @Test func twoCategoriesHaveOneKappa() throws {
    let table = try #require(SquareTable([[5, 2], [1, 7]]))
    let kappas = try AgreementMethod.allCases.map { try Kappa(table, $0).estimate }
    #expect(Set(kappas).count == 1)
  }

  @Test func orderMattersOnlyWithWeights() throws {
    let table = try #require(SquareTable([[5, 2, 1], [1, 7, 0], [4, 2, 9]]))
    let permuted = try #require(SquareTable([[9, 4, 2], [1, 5, 2], [0, 1, 7]]))
    #expect(
      relativeError(try Kappa(permuted, .kappa).estimate, try Kappa(table, .kappa).estimate) < 1e-14
    )
  }

  @Test func entireAgreementIsAPoint() throws {
    let kappa = try Kappa(
      try #require(SquareTable([[3, 0, 0], [0, 4, 0], [0, 0, 5]])), .kappaLinear)
    #expect(kappa.estimate == 1 && kappa.standardError == 0)
    #expect(kappa.interval(level: .percent95).lower == 1)
    #expect(kappa.test.pValue < 1e-3)
  }

  @Test(arguments: AgreementMethod.allCases)
  func oneCategoryForAllHasNoKappa(method: AgreementMethod) throws {
    let table = try #require(SquareTable([[0, 0], [0, 9]]))
    #expect(throws: NotEstimable.self) { try Kappa(table, method) }
  }

  @Test func aReaderWithOneCategoryAgreesByChance() throws {
    let kappa = try Kappa(try #require(SquareTable([[3, 4], [0, 0]])), .kappa)
    #expect(abs(kappa.estimate) < 1e-15)
    #expect(kappa.test.pValue > 0.99)
  }

  private func forRandomTables(seed: UInt64, _ body: (SquareTable) throws -> Void) rethrows {
    var stream = RandomStream(seed: seed)
    for _ in 0..<1000 { try body(.random(size: 4, upTo: 12, using: &stream)) }
  }

  private func expectEqual(
    _ one: SquareTable, _ other: SquareTable, _ method: AgreementMethod
  ) throws {
    guard let a = try? Kappa(one, method), let b = try? Kappa(other, method) else { return }
    #expect(abs(a.estimate - b.estimate) < 1e-13)
    #expect(abs(a.standardError - b.standardError) < 1e-8)
    #expect(abs(a.nullStandardError - b.nullStandardError) < 1e-8)
  }
}
