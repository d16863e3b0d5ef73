/// What is wrong with a long table, and where.
public struct LongTableFault: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  /// Counted from 1, as an editor shows it.
  public let line: Int
  /// Of the field's first character in its line, from 1.
  public let column: Int
  public let found: String
  public let expected: String

  public var description: String {
    "\(path):\(line):\(column): found \(found); expected \(expected)"
  }

  /// The lines are counted only now, so that reading need not count them.
  init(_ fault: FaultyField, in file: MappedFile) {
    let before = file.bytes[..<fault.offset]
    let start = before.lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
    path = file.path
    line = 1 + before.count { $0 == lineFeed }
    column =
      1
      + String(decoding: before[start...], as: UTF8.self).unicodeScalars
      .count { $0 != "\u{FEFF}" }
    found = fault.found
    expected = fault.expected
  }
}

/// A field that is not as expected.
struct FaultyField: Error {
  /// The place of its first byte in the file.
  let offset: Int
  let found: String
  let expected: String

  /// A field with the text `found`, of which a long one is shortened.
  init(at offset: Int, text: some Sequence<UInt8>, expected: String) {
    let letters = Array(text.prefix(61))
    let shown = String(decoding: letters.prefix(60), as: UTF8.self)
    self.init(
      at: offset,
      found: letters.isEmpty
        ? "an empty field" : "\"\(shown)\(letters.count > 60 ? "…" : "")\"",
      expected: expected)
  }

  init(at offset: Int, found: String, expected: String) {
    self.offset = offset
    self.found = found
    self.expected = expected
  }
}
