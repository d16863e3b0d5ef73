/// A value of a JSON document and the bytes it takes.
public struct JSONNode: Sendable {
  /// What stands there; an object keeps its members in order, repeated keys included.
  public enum Value: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONNode])
    case object([JSONMember])
  }

  public let value: Value
  /// The bytes from the first of the value to the one after its last.
  public let range: Range<Int>
}

/// A key of a JSON object with its value.
public struct JSONMember: Sendable {
  public let key: String
  public let keyOffset: Int
  public let value: JSONNode
}

/// A number as it is written, so that `1`, `1.0` and `1e0` stay apart.
public struct JSONNumber: Sendable {
  public let text: String

  /// The value of a number without fraction and exponent that fits an `Int`.
  public var integer: Int? { Int(text) }

  /// The nearest double; infinite where the number is too large for one.
  public var double: Double {
    guard let value = Double(text) else { preconditionFailure("not a JSON number: \(text)") }
    return value
  }
}

/// A place in a JSON document as RFC 6901 writes it: `/trials/0/id`; empty for the whole document.
public indirect enum JSONPointer: Sendable, CustomStringConvertible {
  case root
  case key(String, of: JSONPointer)
  case index(Int, of: JSONPointer)

  public subscript(key: String) -> JSONPointer { .key(key, of: self) }
  public subscript(index: Int) -> JSONPointer { .index(index, of: self) }

  public var description: String {
    switch self {
    case .root: ""
    case .key(let key, let parent): parent.description + "/" + escaped(key)
    case .index(let index, let parent): parent.description + "/\(index)"
    }
  }

  private func escaped(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return key
    }
    return key.reduce(into: "") { text, character in
      switch character {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.append(character)
      }
    }
  }
}
