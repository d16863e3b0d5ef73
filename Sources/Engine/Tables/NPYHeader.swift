/// What stands before the numbers of an NPY file: a dictionary in Python's notation.
///
/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 24), }`, after six bytes of magic, two of the
/// version and the length, little-endian, of two bytes in version 1.0 and four in 2.0 and 3.0.
struct NPYHeader {
  var description: String?
  var isFortranOrder: Bool?
  var shape: [Int]?
  /// Where the numbers begin.
  let end: Int

  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]  // "\x93NUMPY"

  init(_ bytes: UnsafeRawBufferPointer) throws(NPYError) {
    guard bytes.prefix(6).elementsEqual(Self.magic) else {
      throw NPYError(
        found: "no NPY file",
        expected: "a file that begins with \\x93NUMPY, as numpy.save writes it")
    }
    guard bytes.count >= 12 else { throw .truncatedHeader }
    let version = (bytes[6], bytes[7])
    guard (1...3).contains(version.0), version.1 == 0 else {
      throw NPYError(
        found: "version \(version.0).\(version.1) of the format", expected: "1.0, 2.0 or 3.0")
    }
    let start = version.0 == 1 ? 10 : 12
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard bytes.count >= start + length else { throw .truncatedHeader }
    end = start + length
    var literal = PythonLiteral(Array(bytes[start..<end]))
    guard read(&literal) else {
      throw NPYError(
        found: "the header \(String(decoding: bytes[start..<end].prefix(200), as: UTF8.self))",
        expected: "{'descr': '<f8', 'fortran_order': False, 'shape': (curves, points)}")
    }
  }

  /// Whether the whole literal is a dictionary of the three keys.
  private mutating func read(_ literal: inout PythonLiteral) -> Bool {
    guard literal.skip("{") else { return false }
    while !literal.skip("}") {
      guard let key = literal.string(), literal.skip(":") else { return false }
      switch key {
      case "descr": description = literal.string() ?? literal.bracketedText()
      case "fortran_order": isFortranOrder = literal.bool()
      case "shape": shape = literal.tuple()
      default: return false
      }
      guard literal.skip(",") || literal.isAt("}") else { return false }
    }
    return description != nil && isFortranOrder != nil && shape != nil && literal.isAtEnd
  }

  /// The bytes before the numbers of a C-ordered array of doubles, padded so that they lie on a
  /// multiple of 64 bytes.
  static func bytes(shape: [Int]) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let text = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(sizes)), }"
    let padding = (64 - (10 + text.utf8.count + 1) % 64) % 64
    let length = text.utf8.count + padding + 1
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + text.utf8 + [UInt8](repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
  }
}

/// Reads the few kinds of Python's literals that a header has.
private struct PythonLiteral {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    position += 1
    return true
  }

  mutating func isAt(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    return position < bytes.count && bytes[position] == UInt8(ascii: character)
  }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return position == bytes.count
    }
  }

  /// Text in quotes of either kind, without escapes, which no header needs.
  mutating func string() -> String? {
    guard let quote: Unicode.Scalar = isAt("'") ? "'" : isAt("\"") ? "\"" : nil else { return nil }
    let start = position + 1
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: quote)) else { return nil }
    position = end + 1
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The description of records, a list, as it is written.
  mutating func bracketedText() -> String? {
    guard isAt("["), let end = bytes.lastIndex(of: UInt8(ascii: "]")), end > position else {
      return nil
    }
    defer { position = end + 1 }
    return String(decoding: bytes[position...end], as: UTF8.self)
  }

  mutating func bool() -> Bool? {
    skipBlanks()
    for (word, value) in [("True", true), ("False", false)]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    return nil
  }

  /// Integers in parentheses; Python 2 put an L behind each.
  mutating func tuple() -> [Int]? {
    guard skip("(") else { return nil }
    var numbers: [Int] = []
    while !skip(")") {
      skipBlanks()
      let digits = bytes[position...].prefix { $0 &- UInt8(ascii: "0") < 10 }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      numbers.append(number)
      position = digits.endIndex
      _ = skip("L")
      guard skip(",") || isAt(")") else { return nil }
    }
    return numbers
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x0A].contains(bytes[position]) { position += 1 }
  }
}
