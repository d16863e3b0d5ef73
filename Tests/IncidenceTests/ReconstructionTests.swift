import Incidence
import Inference
import Testing

private func percentage(
  _ text: String, _ rule: RoundingRule = .halfAway
) throws -> PrintedPercentage {
  try #require(PrintedNumber(text).flatMap { PrintedPercentage($0, rule: rule) })
}

@Suite struct ReconstructionTests {
  /// Table 2 of the hetrombopag document.
  private let phase1 = ["32.4", "21.6", "16.2", "13.5", "10.8", "8.1"]

  @Test(arguments: [("32.4", 12), ("21.6", 8), ("16.2", 6), ("13.5", 5), ("10.8", 4), ("8.1", 3)])
  func thirtySevenPatientsGiveOneCountEach(text: String, count: Int) throws {
    #expect(try percentage(text).count(of: 37) == count)
  }

  @Test func onlyThirtySevenAndItsMultiplesFitPhaseOne() throws {
    let percentages = try phase1.map { try percentage($0) }
    #expect(possibleTotals(for: percentages, upTo: 73) == [37])
    #expect(possibleTotals(for: percentages, upTo: 74) == [37, 74])
  }

  @Test func fifteenTotalsFitTheExtension() throws {
    let percentages = try ["53.1", "27.1", "21.2"].map { try percentage($0) }
    #expect(
      possibleTotals(for: percentages, upTo: 500) == [
        273, 288, 292, 339, 354, 358, 373, 377, 420, 424, 439, 458, 490, 495, 499,
      ])
  }

  @Test func noCountNamesItsNeighbours() throws {
    let eleven = try percentage("11.0")
    #expect(throws: ReconstructionError.noCount(percentage: eleven, total: 20, nearest: [2, 3])) {
      try eleven.count(of: 20)
    }
    let error = ReconstructionError.noCount(percentage: eleven, total: 20, nearest: [2, 3])
    #expect(
      error.description
        == "no number of 20 subjects prints as 11.0 %: 2/20 prints as 10.0, 3/20 prints as 15.0")
  }

  @Test func severalCountsAreAllNamed() throws {
    let ten = try percentage("10")
    #expect(
      throws: ReconstructionError.severalCounts(percentage: ten, total: 300, counts: 29..<32)
    ) {
      try ten.count(of: 300)
    }
    let error = ReconstructionError.severalCounts(percentage: ten, total: 300, counts: 29..<32)
    #expect(error.description == "3 numbers of 300 subjects print as 10 %: 29, 30, 31")
  }

  @Test func roundingDecidesAboutHalves() throws {
    // 1/16 is 6.25 %, 3/16 is 18.75 %.
    #expect(try percentage("6.3", .halfAway).count(of: 16) == 1)
    #expect(try percentage("6.2", .halfEven).count(of: 16) == 1)
    #expect(try percentage("6.2", .halfAway).possibleCounts(of: 16).isEmpty)
    #expect(try percentage("6.3", .halfEven).possibleCounts(of: 16).isEmpty)
    #expect(try percentage("18.8", .halfAway).count(of: 16) == 3)
    #expect(try percentage("18.8", .halfEven).count(of: 16) == 3)
  }

  @Test func noneAndAllAreTheEnds() throws {
    #expect(try percentage("0.0").count(of: 50) == 0)
    #expect(try percentage("100.0").count(of: 50) == 50)
    #expect(try percentage("100.0").possibleCounts(of: 10_000) == 9995..<10_001)
    #expect(try percentage("0").possibleCounts(of: 0).isEmpty)
  }

  @Test func percentagesLieBetween0And100() throws {
    #expect(PrintedPercentage(try #require(PrintedNumber("100.1")), rule: .halfAway) == nil)
    #expect(PrintedPercentage(try #require(PrintedNumber("-0.1")), rule: .halfAway) == nil)
  }

  @Test func hugeTotalsAreExact() throws {
    let total = 1_000_000_000_000
    #expect(
      try percentage("0.0000000001").possibleCounts(of: total) == 1..<2)
    #expect(try percentage("50.000000").possibleCounts(of: total).contains(total / 2))
  }

  /// Printing every count and asking which counts print so gives back those that do.
  @Test(arguments: [RoundingRule.halfAway, .halfEven], [0, 1, 2])
  func possibleCountsAreThoseThatPrintSo(rule: RoundingRule, decimals: Int) throws {
    for total in [1, 7, 16, 37, 80, 125, 339, 2000] {
      let printed = (0...total).map { count in
        PrintedNumber(
          rounding: 100 * Double(count) / Double(total), decimals: decimals, rule: rule)
      }
      for count in 0...total {
        let number = try #require(printed[count])
        let possible = try #require(PrintedPercentage(number, rule: rule))
          .possibleCounts(of: total)
        #expect(
          Array(possible) == (0...total).filter { printed[$0] == number }, "\(count)/\(total)")
      }
    }
  }
}
