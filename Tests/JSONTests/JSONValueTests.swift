import JSON
import Testing

@Suite struct JSONValueTests {
  let value: JSONValue = [
    "text": "a\"b\\c\n\u{1}é", "numbers": [1, .number(0.1), .number(-1e-300)], "none": .null,
    "empty": [], "flag": true,
  ]

  @Test func writesCompactly() {
    #expect(
      value.compact
        == #"{"text":"a\"b\\c\n\u0001é","numbers":[1,0.1,-1e-300],"none":null,"empty":[],"flag":true}"#
    )
  }

  @Test func indentsByTwoSpaces() {
    let value: JSONValue = ["a": [1, 2], "b": [:]]
    #expect(value.indented == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}\n")
  }

  @Test func isReadBackByTheReader() throws {
    for text in [value.compact, value.indented] {
      _ = try JSONDocument(Array(text.utf8))
    }
  }

  @Test(arguments: [
    (5.0, "5"), (0.1, "0.1"), (1e-5, "1e-05"), (1e22, "1e+22"), (-0.0, "-0"),
    (Double.leastNonzeroMagnitude, "5e-324"), (1.0 / 3, "0.3333333333333333"),
  ])
  func writesTheShortestDecimalThatReadsBack(value: Double, text: String) {
    #expect(value.shortestDecimal == text)
    #expect(Double(text) == value)
  }
}
