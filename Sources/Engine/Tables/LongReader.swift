/// Reads the numbers of rows that follow each other.
struct LongReader {
  private let base: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private var position: UnsafePointer<UInt8>
  private let columns: [LongColumn]
  private let nameLength: Int
  private let hasNegativeDoses: Bool

  init(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ columns: [LongColumn],
    nameLength: Int, hasNegativeDoses: Bool
  ) {
    base = bytes.assumingMemoryBound(to: UInt8.self).baseAddress!
    position = base + range.lowerBound
    end = base + range.upperBound
    self.columns = columns
    self.nameLength = nameLength
    self.hasNegativeDoses = hasNegativeDoses
  }

  mutating func read(into rows: LongRows) throws(FaultyField) {
    while true {
      skipBlankLines()
      guard position < end else { return }
      var (dose, response, weight) = (Double.nan, Double.nan, 1.0)
      let last = columns.count - 1
      for column in 0...last {
        switch columns[column] {
        case .curve: skipName()
        case .dose: dose = try number(.dose)
        case .response: response = try number(.response)
        case .weight: weight = try number(.weight)
        }
        try endField(column, isLast: column == last)
      }
      rows.append(dose: dose, response: response, weight: weight)
    }
  }

  private mutating func skipBlankLines() {
    while position < end {
      if position[0] == lineFeed {
        position += 1
      } else if position[0] == carriageReturn, position + 1 < end, position[1] == lineFeed {
        position += 2
      } else {
        return
      }
    }
  }

  /// Passes the name, which is known to be whole.
  @inline(__always)
  private mutating func skipName() {
    if end - position > nameLength, position[0] != quote, position[nameLength] == comma {
      position += nameLength
    } else {
      var isQuoted = false
      while position < end, isQuoted || (position[0] != comma && position[0] != lineFeed) {
        if position[0] == quote { isQuoted.toggle() }
        position += 1
      }
      if position < end, position[0] == lineFeed, position[-1] == carriageReturn { position -= 1 }
    }
  }

  /// Passes what ends the field.
  @inline(__always)
  private mutating func endField(_ column: Int, isLast: Bool) throws(FaultyField) {
    if !isLast, position < end, position[0] == comma {
      position += 1
    } else if isLast, position < end, position[0] == lineFeed {
      position += 1
    } else if isLast, let length = lineEndLength(position) {
      position += length
    } else {
      throw wrongFieldCount(column, isLast)
    }
  }

  /// How long the end of the line at `place` is, with which the file may end too.
  private func lineEndLength(_ place: UnsafePointer<UInt8>) -> Int? {
    if place == end { return 0 }
    if place[0] == lineFeed { return 1 }
    if place[0] == carriageReturn, place + 1 == end { return 1 }
    return place[0] == carriageReturn && place[1] == lineFeed ? 2 : nil
  }

  private func wrongFieldCount(_ column: Int, _ isLast: Bool) -> FaultyField {
    FaultyField(
      at: position - base,
      found: isLast ? "more than \(column + 1) fields" : "the end of the row after \(column + 1)",
      expected: "the \(columns.count) fields \(columns.map(\.rawValue).joined(separator: ","))")
  }

  /// The number in the field here; NaN where one is missing that may be.
  @inline(__always)
  private mutating func number(_ column: LongColumn) throws(FaultyField) -> Double {
    var scanner = DecimalScanner(position, end)
    if let value = scanner.scan(), isDelimiter(scanner.position), column == .response || value >= 0
    {
      position = scanner.position
      return value
    }
    return try unusualNumber(column)
  }

  @inline(__always)
  private func isDelimiter(_ place: UnsafePointer<UInt8>) -> Bool {
    place == end || place[0] == comma || place[0] == lineFeed || place[0] == carriageReturn
  }

  /// A field that is missing, in quotes, negative or wrong.
  private mutating func unusualNumber(_ column: LongColumn) throws(FaultyField) -> Double {
    let start = position
    let isQuoted = position < end && position[0] == quote
    if isQuoted { position += 1 }
    let textStart = position
    while position < end, isQuoted ? position[0] != quote : !isDelimiter(position) { position += 1 }
    let text = UnsafeBufferPointer(start: textStart, count: position - textStart)
    if isQuoted, position < end { position += 1 }
    if text.allSatisfy({ $0 == UInt8(ascii: " ") }) || isNotANumber(text) {
      if column == .response { return .nan }
    } else if !text.isEmpty, isDelimiter(position) {
      var scanner = DecimalScanner(textStart, textStart + text.count)
      if let value = scanner.scan(), scanner.position == scanner.end,
        value >= 0 || mayBeNegative(column)
      {
        return value
      }
    }
    let bound = mayBeNegative(column) ? "" : " of at least 0"
    throw FaultyField(
      at: start - base, text: text,
      expected: "a \(column.rawValue), a decimal number\(bound)"
        + (column == .response ? ", or nothing, NaN or NA where it is missing" : ""))
  }

  private func mayBeNegative(_ column: LongColumn) -> Bool {
    column == .response || (column == .dose && hasNegativeDoses)
  }

  /// NaN in any letters, or NA.
  private func isNotANumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.elementsEqual("NA".utf8) || text.lazy.map { $0 | 0x20 }.elementsEqual("nan".utf8)
  }
}
