import Tables
import Testing

/// The table in `text`.
func table(_ text: String) throws -> CSVTable { try CSVTable(Array(text.utf8)) }

@Suite struct CSVTableTests {
  @Test func columnsAreReadByNameAndType() throws {
    let table = try table("plate,dose,count\nA,0.5,3\nB,,-12\n,1e-3,\n")

    #expect(table.columnNames == ["plate", "dose", "count"])
    #expect(table.rowCount == 3)
    #expect(try table.strings("plate") == ["A", "B", nil])
    #expect(try (0..<3).map { try table.string("dose", ofRow: $0) } == ["0.5", nil, "1e-3"])
    #expect(try table.doubles("dose") == [0.5, nil, 0.001])
    #expect(try table.integers("count") == [3, -12, nil])
  }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\r\n3,4", "\u{FEFF}a,b\n1,2\n3,4\n",
  ])
  func lineEndsAndAByteOrderMarkDoNotMatter(text: String) throws {
    let table = try table(text)

    #expect(table.columnNames == ["a", "b"])
    #expect(try table.doubles("a") == [1, 3])
    #expect(try table.doubles("b") == [2, 4])
  }

  @Test(arguments: [
    ("\"x\"", "x"), ("\"x,y\"", "x,y"), ("\"x\ny\"", "x\ny"), ("\"x\r\ny\"", "x\r\ny"),
    ("\"say \"\"x\"\"\"", "say \"x\""), ("\"\"\"\"", "\""), ("\"\"\"\"\"\"", "\"\""),
    ("\",\n\"\",\"", ",\n\","), (" x ", " x "), ("\" x \"", " x "), ("é😀", "é😀"),
    ("\"\"\"é\"\"\"", "\"é\""), ("\"a\rb\"", "a\rb"),
  ])
  func quotedTextIsReadAsItWasMeant(field: String, expected: String) throws {
    for end in ["", "\n", "\r\n"] {
      #expect(try table("a,b\n1,\(field)\(end)").strings("b") == [expected])
    }
    let first = try table("b,a\n\(field),1\n\"\"\"z\",2\n")
    #expect(try first.strings("b") == [expected, "\"z"])
    #expect(try first.integers("a") == [1, 2])
  }

  @Test func quotesMayEncloseHeadersAndNumbers() throws {
    let table = try table("\"dose, mg\",\"n\"\"\"\n\"1.5\",\"\"\n")

    #expect(table.columnNames == ["dose, mg", "n\""])
    #expect(try table.doubles("dose, mg") == [1.5])
    #expect(try table.doubles("n\"") == [nil])
  }

  @Test func aHeaderAloneIsATableWithoutRows() throws {
    #expect(try table("a,b").rowCount == 0)
    #expect(try table("a,b\r\n").doubles("b") == [])
  }

  @Test func anEmptyLineOfASingleColumnIsAMissingValue() throws {
    #expect(try table("a\n1\n\n3\n").doubles("a") == [1, nil, 3])
  }

  @Test func rowsKnowTheirLinesBehindFieldsThatSpanLines() throws {
    let table = try table("a,b\n1,\"x\ny\"\n2,z\n")

    #expect((table.line(ofRow: 0), table.line(ofRow: 1)) == (2, 4))
  }
}

@Suite struct TableErrorTests {
  @Test(arguments: [
    ("", [TableError.noHeader]),
    ("\u{FEFF}", [.noHeader]),
    ("a,,b,a,\n", [.emptyName(number: 2), .duplicateName("a"), .emptyName(number: 5)]),
    (
      "a,b\n1\n1,2\n1,2,3\n\n",
      [
        .raggedRow(line: 2, found: 1, expected: 2), .raggedRow(line: 4, found: 3, expected: 2),
        .raggedRow(line: 5, found: 1, expected: 2),
      ]
    ),
    ("a\n\"x\ny\"z\n5\" 6\"\n", [.textAfterQuote(line: 3), .strayQuote(line: 4)]),
    ("a,b\n\"x\" ,\"y\" \"z\"\n", [.textAfterQuote(line: 2), .textAfterQuote(line: 2)]),
    ("a\n1\n\"x\ny\n", [.unterminatedQuote(line: 3)]),
    ("a\n\"", [.unterminatedQuote(line: 2)]),
    ("a\n1\r2\n3\r", [.bareCarriageReturn(line: 2), .bareCarriageReturn(line: 3)]),
  ])
  func everyFaultOfShapeIsReportedWithItsLine(text: String, expected: [TableError]) {
    let error = #expect(throws: TableErrors.self) { try table(text) }
    #expect(error?.errors == expected)
  }

  @Test func bytesThatAreNotUTF8AreRefusedWithTheirLine() {
    let error = #expect(throws: TableErrors.self) {
      try CSVTable(Array("a\n1\n".utf8) + [0xC3, 0x28])
    }
    #expect(error?.errors == [.invalidUTF8(line: 3)])
  }

  @Test func everyWrongValueOfAColumnIsReported() throws {
    let table = try table("dose,n\n1,1\nhigh,2.0\n,\n\"1,5\",x\n")

    let doses = #expect(throws: TableErrors.self) { try table.doubles("dose") }
    #expect(
      doses?.errors == [
        .wrongValue(line: 3, column: "dose", found: "high", expected: .number),
        .wrongValue(line: 5, column: "dose", found: "1,5", expected: .number),
      ])
    let counts = #expect(throws: TableErrors.self) { try table.integers("n") }
    #expect(
      counts?.errors == [
        .wrongValue(line: 3, column: "n", found: "2.0", expected: .integer),
        .wrongValue(line: 5, column: "n", found: "x", expected: .integer),
      ])
  }

  @Test(
    arguments: [
      ("dsoe", "dose"), ("Dose", "dose"), ("respons", "response"), ("xyz", nil), ("", nil),
    ] as [(String, String?)])
  func anUnknownColumnNamesItsNearest(name: String, nearest: String?) throws {
    let table = try table("dose,response\n")

    let error = #expect(throws: TableErrors.self) { try table.strings(name) }
    #expect(error?.errors == [.unknownColumn(name, nearest: nearest)])
  }

  @Test func errorsReadAsSentences() {
    let error = #expect(throws: TableErrors.self) { try table("a,b\n1\n\"x\n") }
    #expect(
      error?.description == """
        line 2: 1 fields where the header has 2
        line 3: a quoted field without its closing quote
        line 3: 1 fields where the header has 2
        """)
    let wrong = TableError.wrongValue(line: 7, column: "dose", found: "x", expected: .number)
    #expect(wrong.description == "line 7, column \"dose\": \"x\" is not a number")
    let unknown = TableError.unknownColumn("dsoe", nearest: "dose")
    #expect(unknown.description == "no column \"dsoe\"; did you mean \"dose\"?")
  }
}
