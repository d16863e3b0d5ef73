/// Divides the bytes of a file into records and fields, and notes every fault on the way.
struct CSVParser {
  /// The line a record begins on, and how many fields it has.
  struct Record {
    let line: Int
    let fieldCount: Int
  }

  /// The bytes of the file, and behind them the fields whose doubled quotes had to be undone.
  private(set) var text: [UInt8]
  private(set) var fields: [Range<Int>] = []
  private(set) var records: [Record] = []
  private(set) var errors: [TableError] = []

  private let bytes: [UInt8]
  private var unescaped: [UInt8] = []
  private var position: Int
  private var line = 1

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    text = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func parse() {
    while position < bytes.count { parseRecord() }
    text += unescaped
  }

  private mutating func parseRecord() {
    let firstLine = line
    let firstField = fields.count
    var delimiter = UInt8?.none
    repeat {
      let isQuoted = position < bytes.count && bytes[position] == Self.quote
      let field = isQuoted ? quotedField() : plainField()
      fields.append(field)
      delimiter = position < bytes.count ? bytes[position] : nil
      position += 1
    } while delimiter == Self.comma
    line += 1

    let count = fields.count - firstField
    let expected = records.first?.fieldCount ?? count
    if count != expected {
      errors.append(.raggedRow(line: firstLine, found: count, expected: expected))
    }
    records.append(Record(line: firstLine, fieldCount: count))
  }

  private mutating func plainField() -> Range<Int> {
    let (field, hasQuote) = scanToDelimiter()
    if hasQuote { errors.append(.strayQuote(line: line)) }
    return field
  }

  /// The text before the next comma, end of a line or end of the file, which is where it stops.
  ///
  /// The carriage return of a line's end is not part of the text, and is passed.
  private mutating func scanToDelimiter() -> (text: Range<Int>, hasQuote: Bool) {
    let start = position
    var hasQuote = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.comma || byte == Self.lineFeed { break }
      if byte == Self.quote { hasQuote = true }
      if byte == Self.carriageReturn {
        if position + 1 < bytes.count, bytes[position + 1] == Self.lineFeed {
          position += 1
          return (start..<position - 1, hasQuote)
        }
        errors.append(.bareCarriageReturn(line: line))
      }
      position += 1
    }
    return (start..<position, hasQuote)
  }

  private mutating func quotedField() -> Range<Int> {
    let openingLine = line
    position += 1
    let start = position
    var hasEscapes = false
    while true {
      guard position < bytes.count else {
        errors.append(.unterminatedQuote(line: openingLine))
        return start..<position
      }
      let byte = bytes[position]
      if byte == Self.lineFeed { line += 1 }
      if byte == Self.quote {
        guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else { break }
        hasEscapes = true
        position += 1
      }
      position += 1
    }
    let content = start..<position
    position += 1
    if !scanToDelimiter().text.isEmpty { errors.append(.textAfterQuote(line: line)) }
    return hasEscapes ? unescape(content) : content
  }

  /// A copy of the field, each pair of quotes made one, behind the bytes of the file.
  private mutating func unescape(_ content: Range<Int>) -> Range<Int> {
    let start = bytes.count + unescaped.count
    var index = content.lowerBound
    while index < content.upperBound {
      unescaped.append(bytes[index])
      index += bytes[index] == Self.quote ? 2 : 1
    }
    return start..<bytes.count + unescaped.count
  }
}
