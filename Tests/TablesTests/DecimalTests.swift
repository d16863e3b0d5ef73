import Tables
import Testing

@Suite struct DecimalTests {
  @Test(arguments: [
    "0", "-0", "1", "+1", "-1.5", ".5", "5.", "1e3", "1E+3", "2.5e-3", "0.1", "0.30000000000000004",
    "9007199254740993", "179769313486231570000", "1.7976931348623157e308", "4.9e-324", "1e22",
    "1e23", "8.5e-23", "123456789012345678901234567890e-10", "3.141592653589793238462643383279",
    "00012.500", "1e-400", "0e999999999999", "0.000000000000000000000000000000000001",
    "576460752303423487.9", "5764607523034234879",
  ])
  func numbersAreTheirNearestDoubles(text: String) throws {
    let expected = try #require(Double(text))
    let value = try #require(try table("x\n\(text)\n").doubles("x")[0])

    #expect(value.bitPattern == expected.bitPattern)
  }

  @Test(arguments: [
    "nan", "NaN", "inf", "Infinity", "0x10", "1e", "1e+", "e5", ".", "+", "-", "--1", "1-", "1.2.3",
    " 1", "1 ", "1_000", "1e999", "-1e999", "NA", "1d3", "١", "1e5.0",
  ])
  func anythingElseIsNotANumber(text: String) throws {
    let error = #expect(throws: TableErrors.self) { try table("x\n\(text)\n").doubles("x") }
    #expect(
      error?.errors == [.wrongValue(line: 2, column: "x", found: text, expected: .number)])
  }

  @Test(arguments: [("0", 0), ("+7", 7), ("-007", -7), ("9223372036854775807", Int.max)])
  func integersAreRead(text: String, expected: Int) throws {
    #expect(try table("x\n\(text)\n").integers("x") == [expected])
  }

  @Test(arguments: ["1.0", "1e3", "9223372036854775808", " 1", "0x1", "-"])
  func anythingElseIsNotAnInteger(text: String) throws {
    let error = #expect(throws: TableErrors.self) { try table("x\n\(text)\n").integers("x") }
    #expect(
      error?.errors == [.wrongValue(line: 2, column: "x", found: text, expected: .integer)])
  }

  @Test func shortDecimalsAgreeWithTheLibraryOverARange() throws {
    let texts = (0..<20_000).map { index in
      let digits = (index &* 2_654_435_761) % 1_000_003
      return "\(digits / 1000).\(digits % 1000)e\(index % 60 - 30)"
    }
    let values = try table("x\n" + texts.joined(separator: "\n")).doubles("x")

    #expect(values == texts.map { Double($0) })
  }
}
