/// A JSON value to be written; objects keep their order.
public enum JSONValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case null
  case bool(Bool)
  case integer(Int)
  /// A finite number.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }

  /// The value on one line, without white space.
  public var compact: String {
    var text = ""
    write(to: &text, indentation: nil)
    return text
  }

  /// The value over several lines, two spaces a level, with a final line feed.
  public var indented: String {
    var text = ""
    write(to: &text, indentation: 0)
    return text + "\n"
  }

  private func write(to text: inout String, indentation: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.shortestDecimal
    case .string(let value): text.appendQuoted(value)
    case .array(let elements):
      writeList(elements, brackets: ("[", "]"), to: &text, indentation) { element, text, inner in
        element.write(to: &text, indentation: inner)
      }
    case .object(let members):
      writeList(members, brackets: ("{", "}"), to: &text, indentation) { member, text, inner in
        text.appendQuoted(member.key)
        text += inner == nil ? ":" : ": "
        member.value.write(to: &text, indentation: inner)
      }
    }
  }

  private func writeList<Element>(
    _ elements: [Element], brackets: (String, String), to text: inout String, _ indentation: Int?,
    _ write: (Element, inout String, Int?) -> Void
  ) {
    let inner = indentation.map { $0 + 2 }
    text += brackets.0
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: " ", count: inner) }
      write(element, &text, inner)
    }
    if let indentation, !elements.isEmpty {
      text += "\n" + String(repeating: " ", count: indentation)
    }
    text += brackets.1
  }
}

extension String {
  /// Appends `text` as a JSON string: in quotes, with escapes where JSON demands them.
  public mutating func appendQuoted(_ text: String) {
    self += "\""
    if text.utf8.contains(where: needsEscape) {
      for scalar in text.unicodeScalars { appendEscaped(scalar) }
    } else {
      self += text
    }
    self += "\""
  }

  private mutating func appendEscaped(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": self += "\\\""
    case "\\": self += "\\\\"
    case "\n": self += "\\n"
    case "\r": self += "\\r"
    case "\t": self += "\\t"
    case _ where scalar.value < 0x20:
      self += scalar.value < 16 ? "\\u000" : "\\u00"
      self += String(scalar.value, radix: 16)
    default: unicodeScalars.append(scalar)
    }
  }
}

private func needsEscape(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}

extension Double {
  /// The shortest decimal that reads back as this double: `5`, `0.1`, `1e-05`.
  ///
  /// The number must be finite, for neither JSON nor a table has a spelling for others.
  public var shortestDecimal: String {
    precondition(isFinite, "no decimal for \(self)")
    // Counts, of which results are full, need no search for digits.
    if magnitude < 1e15, self == rounded(), self != 0 { return String(Int(self)) }
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
