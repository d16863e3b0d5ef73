/// A recursive-descent parser over bytes that are known to be UTF-8.
struct JSONParser {
  /// The first fault of the text; the pointer grows as the error leaves each container.
  struct Failure: Error {
    let offset: Int
    var path: [PathElement] = []
    let found: String
    let expected: String

    enum PathElement {
      case key(String)
      case index(Int)
    }

    func inside(_ element: PathElement) -> Failure {
      var failure = self
      failure.path.append(element)
      return failure
    }

    var pointer: JSONPointer {
      path.reversed().reduce(.root) { pointer, element in
        switch element {
        case .key(let key): pointer[key]
        case .index(let index): pointer[index]
        }
      }
    }
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func document() throws(Failure) -> JSONNode {
    guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
      throw failure(found: "a byte order mark", expected: "a JSON value at the first byte")
    }
    let node = try value(depth: 0)
    skipWhitespace()
    guard offset == bytes.count else { throw unexpected("the end of the document") }
    return node
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONNode {
    skipWhitespace()
    guard depth <= JSONDocument.maximumDepth else {
      throw failure(
        found: "nesting deeper than \(JSONDocument.maximumDepth) levels", expected: "less nesting")
    }
    let start = offset
    let value: JSONNode.Value =
      switch peek {
      case UInt8(ascii: "{"): .object(try members(depth: depth))
      case UInt8(ascii: "["): .array(try elements(depth: depth))
      case UInt8(ascii: "\""): .string(try string())
      case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): .number(try number())
      case UInt8(ascii: "t"): try word("true", .bool(true))
      case UInt8(ascii: "f"): try word("false", .bool(false))
      case UInt8(ascii: "n"): try word("null", .null)
      default: throw unexpected("a value")
      }
    return JSONNode(value: value, range: start..<offset)
  }

  private mutating func members(depth: Int) throws(Failure) -> [JSONMember] {
    var members: [JSONMember] = []
    offset += 1
    skipWhitespace()
    if consume(UInt8(ascii: "}")) { return members }
    while true {
      skipWhitespace()
      guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      let keyOffset = offset
      let key = try string()
      skipWhitespace()
      guard consume(UInt8(ascii: ":")) else { throw unexpected("a colon").inside(.key(key)) }
      do throws(Failure) {
        let value = try value(depth: depth + 1)
        members.append(JSONMember(key: key, keyOffset: keyOffset, value: value))
      } catch {
        throw error.inside(.key(key))
      }
      skipWhitespace()
      if consume(UInt8(ascii: "}")) { return members }
      guard consume(UInt8(ascii: ",")) else { throw unexpected("a comma or }") }
    }
  }

  private mutating func elements(depth: Int) throws(Failure) -> [JSONNode] {
    var elements: [JSONNode] = []
    offset += 1
    skipWhitespace()
    if consume(UInt8(ascii: "]")) { return elements }
    while true {
      do throws(Failure) {
        elements.append(try value(depth: depth + 1))
      } catch {
        throw error.inside(.index(elements.count))
      }
      skipWhitespace()
      if consume(UInt8(ascii: "]")) { return elements }
      guard consume(UInt8(ascii: ",")) else { throw unexpected("a comma or ]") }
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONNode.Value
  ) throws(Failure) -> JSONNode.Value {
    let length = word.utf8CodeUnitCount
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: length)
    guard bytes[offset...].prefix(length).elementsEqual(expected) else {
      throw unexpected("a value")
    }
    offset += length
    return value
  }

  /// A number.
  ///
  /// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
  private mutating func number() throws(Failure) -> JSONNumber {
    let start = offset
    _ = consume(UInt8(ascii: "-"))
    if !consume(UInt8(ascii: "0")) { try digits() }
    if consume(UInt8(ascii: ".")) { try digits() }
    if consume(UInt8(ascii: "e")) || consume(UInt8(ascii: "E")) {
      if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
      try digits()
    }
    if let byte = peek, isDigit(byte) {
      throw failure(found: "a leading zero", expected: "a number without it")
    }
    return JSONNumber(text: String(decoding: bytes[start..<offset], as: UTF8.self))
  }

  private mutating func digits() throws(Failure) {
    let start = offset
    while let byte = peek, isDigit(byte) { offset += 1 }
    guard offset > start else { throw unexpected("a digit") }
  }

  private mutating func string() throws(Failure) -> String {
    offset += 1
    let start = offset
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      offset += 1
    }
    var text = String(decoding: bytes[start..<offset], as: UTF8.self)
    while true {
      let start = offset
      while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
        offset += 1
      }
      if offset > start { text += String(decoding: bytes[start..<offset], as: UTF8.self) }
      if consume(UInt8(ascii: "\"")) { return text }
      guard peek == UInt8(ascii: "\\") else {
        throw unexpected(
          peek == nil ? "the closing quote" : "control characters written as \\u escapes")
      }
      text.unicodeScalars.append(try escape())
    }
  }

  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    let start = offset
    offset += 1
    guard let byte = peek else { throw unexpected("an escape") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(start: start)
    default:
      offset = start + 1
      throw unexpected("one of \" \\ / b f n r t u after a backslash")
    }
  }

  /// \uXXXX, or a pair of them that makes one scalar beyond the basic plane.
  private mutating func unicodeEscape(start: Int) throws(Failure) -> Unicode.Scalar {
    let first = try hexadecimalDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard UTF16.isLeadSurrogate(UInt16(first)), consume(UInt8(ascii: "\\")),
      consume(UInt8(ascii: "u"))
    else { throw loneSurrogate(start) }
    let second = try hexadecimalDigits()
    guard UTF16.isTrailSurrogate(UInt16(second)),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw loneSurrogate(start) }
    return scalar
  }

  private mutating func hexadecimalDigits() throws(Failure) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw unexpected("four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      offset += 1
    }
    return code
  }

  // MARK: Bytes

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func consume(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  private mutating func skipWhitespace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  // MARK: Failures

  private func failure(found: String, expected: String) -> Failure {
    Failure(offset: offset, found: found, expected: expected)
  }

  /// The scalar at the offset stands where `expected` should.
  private func unexpected(_ expected: String) -> Failure {
    guard let byte = peek else {
      return failure(found: "the end of the file", expected: expected)
    }
    guard byte >= 0x20 else {
      return failure(
        found: "control character U+00" + (byte < 16 ? "0" : "") + String(byte, radix: 16),
        expected: expected)
    }
    let scalar = String(decoding: bytes[offset...].prefix(4), as: UTF8.self).unicodeScalars.first
    return failure(found: "'\(scalar.map(String.init) ?? "")'", expected: expected)
  }

  private func loneSurrogate(_ start: Int) -> Failure {
    Failure(offset: start, found: "half of a surrogate pair", expected: "a whole pair")
  }
}
