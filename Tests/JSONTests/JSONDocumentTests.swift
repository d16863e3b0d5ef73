import JSON
import Testing

private func read(_ text: String) throws(JSONSyntaxError) -> JSONDocument {
  try JSONDocument(Array(text.utf8))
}

/// The fault that reading `bytes` must end with.
private func fault(_ bytes: [UInt8]) throws -> JSONSyntaxError {
  try #require(throws: JSONSyntaxError.self) { try JSONDocument(bytes) }
}

@Suite struct JSONDocumentTests {
  @Test(arguments: [
    "null", "true", " false ", "0", "-0", "1.5e+300", "1E5", "\"\"", "[]", "{}", "[[],{}]",
    "\"\\ud83d\\ude00 \\u0000 \\/ é\"", "\t\r\n[1 , 2]\n", "1e999", "{\"a\":1,\"a\":2}",
  ])
  func acceptsWhatTheStandardAllows(text: String) throws {
    _ = try read(text)
  }

  @Test(arguments: [
    ("", 1, "the end of the file"), ("[1,]", 4, "']'"), ("{\"a\":1,}", 8, "'}'"),
    ("[1 2]", 4, "'2'"),
    ("01", 2, "a leading zero"), ("-", 2, "the end of the file"), ("1.", 3, "the end of the file"),
    (".5", 1, "'.'"), ("+1", 1, "'+'"), ("1e", 3, "the end of the file"), ("tru", 1, "'t'"),
    ("nul1", 1, "'n'"), ("NaN", 1, "'N'"), ("'a'", 1, "'''"), ("{a:1}", 2, "'a'"),
    ("{\"a\" 1}", 6, "'1'"), ("[1", 3, "the end of the file"), ("[1]x", 4, "'x'"),
    ("1 // one", 3, "'/'"), ("\"a", 3, "the end of the file"), ("\"\\x\"", 3, "'x'"),
    ("\"\\u12g4\"", 6, "'g'"), ("\"\\ud800\"", 2, "half of a surrogate pair"),
    ("\"\\ud800\\u0041\"", 2, "half of a surrogate pair"),
    ("\"\\udc00\"", 2, "half of a surrogate pair"), ("\"a\u{1}\"", 3, "control character U+0001"),
    ("\"a\nb\"", 3, "control character U+000a"), ("\u{FEFF}1", 1, "a byte order mark"),
    ("[\"é\",\"😀\",x]", 10, "'x'"),
  ])
  func refusesTheRestAndSaysWhere(text: String, column: Int, found: String) throws {
    let fault = try fault(Array(text.utf8))
    #expect(fault.position.column == column)
    #expect(fault.found == found)
  }

  @Test func namesTheValueItWasReading() throws {
    let fault = try fault(Array("{\"trials\": [\n  {},\n  {\"a/b~\": [1, tru]}]}".utf8))
    #expect(fault.pointer == "/trials/1/a~1b~0/1")
    #expect(fault.position == Position(line: 3, column: 16))
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x22, 0x80, 0x22],
    ] as [[UInt8]])
  func refusesBytesThatAreNotUTF8(bytes: [UInt8]) throws {
    let fault = try fault(bytes)
    #expect(fault.expected == "UTF-8 text")
    #expect(fault.position == Position(line: 1, column: 2))
  }

  @Test func refusesNestingThatWouldExhaustTheStack() throws {
    let depth = JSONDocument.maximumDepth
    let brackets = { (count: Int) in
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    _ = try read(brackets(depth))
    let fault = try fault(Array(brackets(100_000).utf8))
    #expect(fault.found == "nesting deeper than \(depth) levels")
  }

  @Test func keepsNumbersAsWritten() throws {
    guard
      case .array(let nodes) = try read("[1, 1.0, 1e0, 100000000000000000000, 1e999]").root.value
    else {
      Issue.record("not an array")
      return
    }
    let numbers = nodes.compactMap { node -> JSONNumber? in
      if case .number(let number) = node.value { number } else { nil }
    }
    #expect(numbers.map(\.integer) == [1, nil, nil, nil, nil])
    #expect(numbers.map(\.double) == [1, 1, 1, 1e20, .infinity])
  }

  @Test func keepsRepeatedKeysAndTheirPlaces() throws {
    let document = try read("{\"a\": 1,\n \"a\": [2]}")
    guard case .object(let members) = document.root.value else {
      Issue.record("not an object")
      return
    }
    #expect(members.map(\.key) == ["a", "a"])
    #expect(members.map { document.text.position(of: $0.keyOffset).description } == ["1:2", "2:2"])
    #expect(document.position(of: members[1].value) == Position(line: 2, column: 7))
  }

  @Test func countsColumnsInUnicodeScalars() throws {
    let document = try read("[\"é😀\", 1]")
    guard case .array(let nodes) = document.root.value else {
      Issue.record("not an array")
      return
    }
    #expect(document.position(of: nodes[1]) == Position(line: 1, column: 8))
  }
}
