import Foundation
import Tables
import TestSupport
import Testing

/// The long table in `text`.
private func longTable(_ text: String, hasNegativeDoses: Bool = false) throws -> LongTable {
  try withTemporaryFolder { folder in
    let path = folder.appending(path: "long.csv")
    try Data(text.utf8).write(to: path)
    return try LongTable(MappedFile(path.path), hasNegativeDoses: hasNegativeDoses)
  }
}

/// Each curve of a table with its rows, `dose response weight`.
private func curves(_ text: String, hasNegativeDoses: Bool = false) throws -> [String: [String]] {
  let table = try longTable(text, hasNegativeDoses: hasNegativeDoses)
  let rows = LongRows()
  try table.read(0..<table.curveCount, into: rows)
  var curves: [String: [String]] = [:]
  for curve in 0..<table.curveCount {
    var name: [UInt8] = []
    table.appendField(of: curve, to: &name)
    let range = rows.starts[curve]..<rows.starts[curve + 1]
    #expect(range.count == table.rowCount(of: curve))
    curves[String(decoding: name, as: UTF8.self)] = range.map {
      "\(rows.doses[$0]) \(rows.responses[$0]) \(rows.weights[$0])"
    }
  }
  return curves
}

@Suite struct LongTableTests {
  @Test(arguments: [
    "curve,dose,response\nA,1,2\nA,3,4.5\nB,1,-2e-3\n",
    "curve,dose,response\r\nA,1,2\r\nA,3,4.5\r\nB,1,-2e-3\r\n",
    "curve,dose,response\r\nA,1,2\r\nA,3,4.5\r\nB,1,-2e-3\r",
    "\u{FEFF}curve,dose,response\nA,1,2\nA,3,4.5\nB,1,-2e-3",
    "dose,response,curve\n1,2,A\n3,4.5,A\n1,-2e-3,B\n",
    "dose,response,curve\r\n1,2,A\r\n3,4.5,A\r\n1,-2e-3,B\r\n",
    "dose,curve,response\r\n1,A,2\r\n3,A,4.5\r\n1,B,-2e-3",
    "\"curve\",\"dose\",\"response\"\n\"A\",\"1\",\"2\"\n\"A\",\"3\",\"4.5\"\n\"B\",\"1\",\"-2e-3\"\n",
    "curve,dose,response\nA,1,2\n\nB,1,-2e-3\n\r\n\"A\",3,4.5\n\n",
    "curve,weight,response,dose\nA,1,2,1\nA,1,4.5,3\nB,1,-2e-3,1\n",
  ])
  func howATableIsWrittenDoesNotMatter(text: String) throws {
    #expect(
      try curves(text) == ["A": ["1.0 2.0 1.0", "3.0 4.5 1.0"], "B": ["1.0 -0.002 1.0"]])
  }

  @Test func missingResponsesAreNotANumber() throws {
    for missing in ["", "NaN", "nan", "NAN", "NA", "\"\"", "\"NA\"", " "] {
      let text = "curve,dose,response,weight\nA,0,\(missing),2.5\n"
      #expect(try curves(text) == ["A": ["0.0 nan 2.5"]])
    }
  }

  @Test func namesKeepTheirQuotesWhereTheyNeedThem() throws {
    let names = ["\"a, b\"", "\"say \"\"x\"\"\"", "\"two\nlines\"", "\"plain\"", "é"]
    let rows = names.map { "\($0),1,2" } + ["plain,2,3"]
    let text = "curve,dose,response\n" + rows.joined(separator: "\n")
    let curves = try curves(text)
    #expect(
      Set(curves.keys) == ["\"a, b\"", "\"say \"\"x\"\"\"", "\"two\nlines\"", "plain", "é"])
    #expect(curves["plain"] == ["1.0 2.0 1.0", "2.0 3.0 1.0"])
  }

  @Test func rowsOfACurveAreFoundWhereverTheyStand() throws {
    let names = (0..<3000).map { "curve \($0)" }
    let byDose = (1...5).flatMap { dose in names.map { "\($0),\(dose),\(dose)" } }
    let shuffled = byDose.indices.sorted { $0 * 7919 % byDose.count < $1 * 7919 % byDose.count }
      .map { byDose[$0] }
    for lines in [byDose, shuffled] {
      let curves = try curves("curve,dose,response\n" + lines.joined(separator: "\n"))
      #expect(curves.count == names.count)
      let expected = Set((1...5).map { "\($0).0 \($0).0 1.0" })
      #expect(curves.values.allSatisfy { Set($0) == expected && $0.count == 5 })
    }
  }

  @Test func curvesAreCountedInTheOrderOfTheirFirstRows() throws {
    let table = try longTable("curve,dose,response\nB,1,2\nA,1,2\nB,2,3\nC,1,1\n")
    var names: [UInt8] = []
    for curve in 0..<3 { table.appendField(of: curve, to: &names) }
    #expect(names == Array("BAC".utf8))
    #expect(table.rowCount(of: 0) == 2)
    #expect(!table.hasWeights)
  }

  @Test func aHeaderAloneHasNoCurves() throws {
    #expect(try longTable("curve,dose,response\n").curveCount == 0)
    #expect(try longTable("curve,dose,response").curveCount == 0)
  }

  @Test func dosesMayBeNegativeWhereTheModelSaysSo() throws {
    let text = "curve,dose,response\nA,-1.5,2\n"
    #expect(try curves(text, hasNegativeDoses: true) == ["A": ["-1.5 2.0 1.0"]])
    #expect(throws: LongTableFault.self) { try curves(text) }
  }

  @Test(arguments: [
    ("", 1, 1, "a column without a name", "curve, dose, response"),
    ("curve,dose\nA,1\n", 1, 1, "no column \"response\"", "curve,dose,response"),
    ("curve,dosis,response\n", 1, 7, "the column \"dosis\"", "did you mean \"dose\"?"),
    ("curve,dose,dose,response\n", 1, 12, "the column \"dose\" again", "curve, dose"),
    (
      "curve,dose,response\nA,1,2\nA,x,2\n", 3, 3, "\"x\"", "a dose, a decimal number of at least 0"
    ),
    ("curve,dose,response\nA,,2\n", 2, 3, "an empty field", "a dose"),
    ("curve,dose,response\nA,NaN,2\n", 2, 3, "\"NaN\"", "a dose"),
    ("curve,dose,response\nA,-1,2\n", 2, 3, "\"-1\"", "a dose, a decimal number of at least 0"),
    ("curve,dose,response\nA,1,2.5.1\n", 2, 5, "\"2.5.1\"", "NaN or NA where it is missing"),
    ("curve,dose,response\nA,1,1e999\n", 2, 5, "\"1e999\"", "a response"),
    ("curve,dose,response\nA,1,inf\n", 2, 5, "\"inf\"", "a response"),
    ("curve,dose,response\nA,1, 2\n", 2, 5, "\" 2\"", "a response"),
    ("curve,dose,response\r\né,1,\"x\"\r\n", 2, 5, "\"x\"", "a response"),
    (
      "curve,dose,response,weight\nA,1,2,-1\n", 2, 7, "\"-1\"",
      "a weight, a decimal number of at least 0"
    ),
    ("curve,dose,response,weight\nA,1,2,\n", 2, 7, "an empty field", "a weight"),
    ("curve,dose,response\nA,1\n", 2, 4, "the end of the row after 2", "the 3 fields"),
    ("curve,dose,response\nA,1,2,3\n", 2, 6, "more than 3 fields", "the 3 fields"),
    ("curve,dose,response\n,1,2\n", 2, 1, "an empty field", "the name of a curve"),
    ("curve,dose,response\nA,1,2\n\"B,1,2\nC,1,2\n", 3, 1, "a quote that is never closed", "quote"),
    ("dose,response,curve\n1,2\n", 2, 1, "a row that ends before its curve is named", "fields"),
    ("curve,dose,response\n\"two\nlines\",1,2\nA,1,q\n", 4, 5, "\"q\"", "a response"),
  ])
  func faultsAreToldWithTheirPlace(
    text: String, line: Int, column: Int, found: String, expected: String
  ) {
    let fault = #expect(throws: LongTableFault.self) { try curves(text) }
    #expect(fault?.line == line)
    #expect(fault?.column == column)
    #expect(fault?.found.contains(found) == true)
    #expect(fault?.expected.contains(expected) == true)
  }

  @Test func aNameThatIsNotUTF8IsAFault() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "long.csv")
      try Data(Array("curve,dose,response\n".utf8) + [0xFF] + Array(",1,2\n".utf8)).write(to: path)
      let fault = #expect(throws: LongTableFault.self) { try LongTable(MappedFile(path.path)) }
      #expect(fault?.line == 2)
    }
  }
}
