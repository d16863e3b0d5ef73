import Glibc
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

  /// Digits with a point anywhere and exponents far and near; doubles of any size in their shortest
  /// decimal; whole numbers about 2⁵³, 2⁶³ and 2⁶⁴, where significands end and halves are met.
  @Test func aMillionTextsAgreeWithTheSystemsLibrary() {
    var random = SplitMix(state: 20_260_101)
    var disagreements: [String] = []
    func check(_ text: String) {
      let value = decimal(Array(text.utf8)[...])
      let expected = strtod(text, nil)
      guard value?.bitPattern != expected.bitPattern, value != nil || expected.isFinite else {
        return
      }
      disagreements.append(text)
    }
    for _ in 0..<250_000 {
      check(random.digits())
      check(Double(bitPattern: random.next() % (0x7FF0 << 48)).description)
      check((Double(random.next() >> 11) * 0x1p-53).description)
      let exponent = Int(random.next() % 61) - 30
      let near: UInt64 = [1 << 53, 1 << 63, .max - 5000][Int(random.next() % 3)]
      check("\(near + random.next() % 5000)e\(exponent)")
    }
    #expect(disagreements.prefix(10) == [])
  }
}

private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Up to 24 digits, a point among them, with or without a sign and an exponent.
  mutating func digits() -> String {
    let count = 1 + Int(next() % 24)
    let point = Int(next() % UInt64(count + 1))
    var text = next() % 2 == 0 ? "-" : ""
    for index in 0..<count {
      if index == point { text += "." }
      text += String(next() % 10)
    }
    return next() % 2 == 0 ? text : text + "e\(Int(next() % 121) - 60)"
  }
}
