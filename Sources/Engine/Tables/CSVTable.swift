import JSON

/// A table read from comma-separated values, with named columns.
///
/// The first record names the columns. Fields are read as they stand, spaces included; an empty
/// field is a missing value, quoted or not. RFC 4180, also with line feeds alone at the ends of
/// lines; the text is UTF-8, with or without a byte order mark.
public struct CSVTable: Sendable {
  /// The names in the header, in order, all different.
  public let columnNames: [String]

  public let rowCount: Int

  private let text: [UInt8]
  private let fields: [Range<Int>]  // of `text`, row by row, the header first
  private let lines: [Int]

  /// Reads `bytes`, the whole file.
  ///
  /// - Throws: ``TableErrors`` with all that is wrong with the shape of the table.
  public init(_ bytes: [UInt8]) throws(TableErrors) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw TableErrors([
        .invalidUTF8(line: lineNumber(at: error.byteOffsets.lowerBound, in: bytes))
      ])
    }
    var parser = CSVParser(bytes)
    parser.parse()
    let width = parser.records.first?.fieldCount ?? 0
    guard width > 0 else { throw TableErrors([.noHeader]) }
    let names = parser.fields.prefix(width).map { String(decoding: parser.text[$0], as: UTF8.self) }
    let faults = faults(inHeader: names) + parser.errors
    guard faults.isEmpty else { throw TableErrors(faults) }
    columnNames = names
    rowCount = parser.records.count - 1
    text = parser.text
    fields = parser.fields
    lines = parser.records.map(\.line)
  }

  /// The line of the file on which row `row`, from 0, begins.
  public func line(ofRow row: Int) -> Int {
    precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
    return lines[row + 1]
  }

  /// The column `name` as numbers, correctly rounded; `nil` where the field is empty.
  ///
  /// - Throws: ``TableErrors`` with every field that is not a number, or the unknown column.
  public func doubles(_ name: String) throws(TableErrors) -> [Double?] {
    try column(name, of: .number, decimal)
  }

  /// The column `name` as integers; `nil` where the field is empty.
  ///
  /// - Throws: ``TableErrors`` with every field that is not an integer, or the unknown column.
  public func integers(_ name: String) throws(TableErrors) -> [Int?] {
    try column(name, of: .integer) { Int(String(decoding: $0, as: UTF8.self)) }
  }

  /// The column `name` as it is written; `nil` where the field is empty.
  ///
  /// - Throws: ``TableErrors`` with the unknown column.
  public func strings(_ name: String) throws(TableErrors) -> [String?] {
    let index = try index(of: name)
    return (0..<rowCount).map { string($0, index) }
  }

  /// The field of row `row`, from 0, in the column `name` as it is written; `nil` where it is empty.
  ///
  /// - Throws: ``TableErrors`` with the unknown column.
  public func string(_ name: String, ofRow row: Int) throws(TableErrors) -> String? {
    precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
    return string(row, try index(of: name))
  }

  private func column<Value>(
    _ name: String, of type: ColumnType, _ read: (ArraySlice<UInt8>) -> Value?
  ) throws(TableErrors) -> [Value?] {
    let index = try index(of: name)
    var values: [Value?] = []
    values.reserveCapacity(rowCount)
    var faults: [TableError] = []
    for row in 0..<rowCount {
      let field = field(row, index)
      let value = field.isEmpty ? nil : read(field)
      values.append(value)
      if value == nil, !field.isEmpty {
        let found = String(decoding: field, as: UTF8.self)
        faults.append(
          .wrongValue(line: line(ofRow: row), column: name, found: found, expected: type))
      }
    }
    guard faults.isEmpty else { throw TableErrors(faults) }
    return values
  }

  private func index(of name: String) throws(TableErrors) -> Int {
    guard let index = columnNames.firstIndex(of: name) else {
      throw TableErrors([
        .unknownColumn(name, nearest: nearestSpelling(to: name, among: columnNames))
      ])
    }
    return index
  }

  private func string(_ row: Int, _ column: Int) -> String? {
    let field = field(row, column)
    return field.isEmpty ? nil : String(decoding: field, as: UTF8.self)
  }

  private func field(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
    text[fields[(row + 1) * columnNames.count + column]]
  }
}

private func faults(inHeader names: [String]) -> [TableError] {
  var seen: Set<String> = []
  return names.enumerated().compactMap { index, name in
    if name.isEmpty { return .emptyName(number: index + 1) }
    return seen.insert(name).inserted ? nil : .duplicateName(name)
  }
}

private func lineNumber(at offset: Int, in bytes: [UInt8]) -> Int {
  1 + bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
}
