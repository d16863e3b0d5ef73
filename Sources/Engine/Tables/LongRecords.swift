import Glibc

/// The rows of a long table, each with the name of its curve.
struct LongRecords {
  struct Record {
    let start: Int
    /// The bytes of the name, without quotes around it.
    let name: Range<Int>
    /// Whether the name is known to be that of the row before.
    let repeatsName: Bool
  }

  private let base: UnsafePointer<UInt8>?
  private let count: Int
  private let nameColumn: Int
  private var position: Int
  /// The place of the next quote, or the end of the file: before it, lines are rows.
  private var nextQuote: Int

  init(_ bytes: UnsafeRawBufferPointer, from start: Int, nameColumn: Int) {
    base = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
    count = bytes.count
    position = start
    self.nameColumn = nameColumn
    nextQuote = start
    nextQuote = place(of: quote, from: start)
  }

  /// The next row that is not empty; `name` is that of the row before.
  @inline(__always)
  mutating func next(after name: Range<Int>?) throws(FaultyField) -> Record? {
    while let base, position < count {
      let start = position
      let lineEnd = place(of: lineFeed, from: start)
      guard nextQuote >= lineEnd else { return try quotedRecord(from: start) }
      position = min(lineEnd + 1, count)
      if isBlank(start, lineEnd) { continue }
      if let name, nameColumn == 0, start + name.count < lineEnd, base[start + name.count] == comma,
        memcmp(base + start, base + name.lowerBound, name.count) == 0
      {
        return Record(start: start, name: name, repeatsName: true)
      }
      return Record(start: start, name: try self.name(in: start..<lineEnd), repeatsName: false)
    }
    return nil
  }

  private func isBlank(_ start: Int, _ end: Int) -> Bool {
    end == start || (end == start + 1 && base![start] == carriageReturn)
  }

  /// The first `byte` from `start` on, or the end of the file.
  private func place(of byte: UInt8, from start: Int) -> Int {
    guard let base, let found = memchr(base + start, Int32(byte), count - start) else {
      return count
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// A row with quotes, in which a line may end without ending the row.
  private mutating func quotedRecord(from start: Int) throws(FaultyField) -> Record? {
    var end = start
    var isQuoted = false
    while end < count, isQuoted || base![end] != lineFeed {
      if base![end] == quote { isQuoted.toggle() }
      end += 1
    }
    guard !isQuoted else {
      throw FaultyField(
        at: nextQuote, found: "a quote that is never closed", expected: "a second quote")
    }
    position = min(end + 1, count)
    nextQuote = place(of: quote, from: position)
    return Record(start: start, name: try name(in: start..<end), repeatsName: false)
  }

  /// The field `nameColumn` of the row at `range`.
  private func name(in range: Range<Int>) throws(FaultyField) -> Range<Int> {
    let base = base!
    var start = range.lowerBound
    for column in 0... {
      var end = start
      var isQuoted = false
      while end < range.upperBound, isQuoted || base[end] != comma {
        if base[end] == quote { isQuoted.toggle() }
        end += 1
      }
      if column == nameColumn {
        if end == range.upperBound, end > start, base[end - 1] == carriageReturn { end -= 1 }
        let hasQuotes = end >= start + 2 && base[start] == quote && base[end - 1] == quote
        return hasQuotes ? start + 1..<end - 1 : start..<end
      }
      guard end < range.upperBound else { break }
      start = end + 1
    }
    throw FaultyField(
      at: range.lowerBound, found: "a row that ends before its curve is named",
      expected: "as many fields as the header has")
  }
}
