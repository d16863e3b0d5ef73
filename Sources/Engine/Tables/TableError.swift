/// One thing that is wrong with a table, and its place.
///
/// Lines count from 1 as an editor shows them; a fault in a row that spans lines is at its first.
public enum TableError: Error, Hashable, Sendable, CustomStringConvertible {
  case invalidUTF8(line: Int)
  case noHeader
  /// The header's field `number`, from 1, is empty.
  case emptyName(number: Int)
  case duplicateName(String)
  /// The row has another number of fields than the header.
  case raggedRow(line: Int, found: Int, expected: Int)
  /// A quote inside a field that does not begin with one.
  case strayQuote(line: Int)
  /// Text between a closing quote and the end of its field.
  case textAfterQuote(line: Int)
  /// A quoted field that begins on this line never ends.
  case unterminatedQuote(line: Int)
  /// A carriage return that no line feed follows.
  case bareCarriageReturn(line: Int)
  case unknownColumn(String, nearest: String?)
  case wrongValue(line: Int, column: String, found: String, expected: ColumnType)

  public var description: String {
    switch self {
    case .invalidUTF8(let line): "line \(line): not UTF-8"
    case .noHeader: "line 1: no header"
    case .emptyName(let number): "line 1: column \(number) has no name"
    case .duplicateName(let name): "line 1: two columns named \"\(name)\""
    case .raggedRow(let line, let found, let expected):
      "line \(line): \(found) fields where the header has \(expected)"
    case .strayQuote(let line): "line \(line): a quote inside a field that is not quoted"
    case .textAfterQuote(let line): "line \(line): text after the closing quote of a field"
    case .unterminatedQuote(let line): "line \(line): a quoted field without its closing quote"
    case .bareCarriageReturn(let line): "line \(line): a carriage return without a line feed"
    case .unknownColumn(let name, let nearest):
      "no column \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
    case .wrongValue(let line, let column, let found, let expected):
      "line \(line), column \"\(column)\": \"\(found)\" is not \(expected)"
    }
  }
}

/// What the fields of a column are read as.
public enum ColumnType: Hashable, Sendable, CustomStringConvertible {
  /// A decimal number within the range of a double; no `NaN`, `inf` or hexadecimal.
  case number
  /// Digits with or without a sign, within 64 bits.
  case integer

  public var description: String {
    switch self {
    case .number: "a number"
    case .integer: "an integer"
    }
  }
}

/// Everything that is wrong with a table, in the order of its lines; never empty.
public struct TableErrors: Error, Hashable, Sendable, CustomStringConvertible {
  public let errors: [TableError]

  init(_ errors: [TableError]) { self.errors = errors }

  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
