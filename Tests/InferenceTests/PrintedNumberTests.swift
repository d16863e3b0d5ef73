import Inference
import Testing

@Suite struct PrintedNumberTests {
  @Test(arguments: [
    ("32.4", 324, 1), ("-0.05", -5, 2), ("100", 100, 0), ("0", 0, 0), ("007.10", 710, 2),
    ("123456789012345678", 123_456_789_012_345_678, 0),
  ])
  func keepsItsDecimals(text: String, unscaled: Int, decimals: Int) throws {
    let number = try #require(PrintedNumber(text))
    #expect(number.unscaled == unscaled)
    #expect(number.decimals == decimals)
  }

  @Test(arguments: [
    "", "-", ".5", "5.", "1e3", "+1", "1,5", " 1", "1.2.3", "--1", "٣", "1234567890123456789012",
  ])
  func isNothingElse(text: String) {
    #expect(PrintedNumber(text) == nil)
  }

  @Test(arguments: ["32.4", "-0.05", "100", "0.00", "12.30"])
  func printsAsItWasRead(text: String) {
    #expect(PrintedNumber(text)?.description == text)
  }

  @Test(arguments: [
    (0.15, 1, RoundingRule.halfAway, "0.2"), (0.15, 1, .halfEven, "0.2"),
    (0.25, 1, .halfAway, "0.3"), (0.25, 1, .halfEven, "0.2"),
    (-0.25, 1, .halfAway, "-0.3"), (-0.25, 1, .halfEven, "-0.2"),
    (2.5, 0, .halfAway, "3"), (2.5, 0, .halfEven, "2"),
    (0.05, 1, .halfAway, "0.1"), (0.05, 1, .halfEven, "0.0"),
    (0.5, 0, .halfAway, "1"), (0.5, 0, .halfEven, "0"), (0.49, 0, .halfAway, "0"),
    (99.95, 1, .halfAway, "100.0"), (1.005, 2, .halfAway, "1.01"),
    (1e-300, 3, .halfAway, "0.000"), (1e15, 2, .halfAway, "1000000000000000.00"),
    (123_456.789, 1, .halfAway, "123456.8"), (-0.0, 2, .halfAway, "0.00"),
  ])
  func roundsTheShortestDecimal(
    value: Double, decimals: Int, rule: RoundingRule, expected: String
  ) {
    #expect(
      PrintedNumber(rounding: value, decimals: decimals, rule: rule)?.description == expected)
  }

  @Test func movesTheDecimalPointExactly() {
    // 100 · 0.0585 is 5.8500000000000005 in doubles; 0.285 · 100 is 28.499999999999996.
    let moved = { (value: Double) in
      PrintedNumber(rounding: value, timesTenTo: 2, decimals: 0, rule: .halfAway)?.description
    }
    #expect(moved(0.285) == "29")
    #expect(moved(0.584999) == "58")
  }

  @Test func hasNoRoomForMoreThanEighteenDigits() {
    #expect(PrintedNumber(rounding: 1e17, decimals: 0, rule: .halfAway) != nil)
    #expect(PrintedNumber(rounding: 1e18, decimals: 0, rule: .halfAway) == nil)
    #expect(PrintedNumber(rounding: 1e16, decimals: 2, rule: .halfAway) == nil)
    #expect(PrintedNumber(rounding: 1e300, decimals: 2, rule: .halfAway) == nil)
    #expect(PrintedNumber(rounding: .nan, decimals: 2, rule: .halfAway) == nil)
    #expect(PrintedNumber(rounding: .infinity, decimals: 2, rule: .halfAway) == nil)
  }

  /// A percentage computed in doubles rounds as the fraction 100·k/n itself does.
  @Test(arguments: [RoundingRule.halfAway, .halfEven])
  func percentagesRoundAsFractions(rule: RoundingRule) {
    for total in Array(1...400) + [2000, 4000, 8000, 99_999, 10_000_000] {
      for events in Set((0...400).map { min($0, total) } + [total / 2, total - 1, total]) {
        let percent = 100 * Double(events) / Double(total)
        let rounded = PrintedNumber(rounding: percent, decimals: 1, rule: rule)
        let (quotient, remainder) = (1000 * events).quotientAndRemainder(dividingBy: total)
        let up =
          2 * remainder > total
          || (2 * remainder == total && (rule == .halfAway || quotient % 2 == 1))
        #expect(rounded?.unscaled == quotient + (up ? 1 : 0), "\(events)/\(total)")
      }
    }
  }
}
