import JSON

/// Where the values and members of a study stand in its bytes, for a mutation to change them.
struct StudyParts: Sendable {
  struct Value: Sendable {
    let range: Range<Int>
    let kind: Kind
    /// The key that it stands under; of an element of an array, that of the array.
    let key: String
  }

  enum Kind: Sendable {
    case number, string, other
    /// With the ranges of the elements.
    case array([Range<Int>])
    case object
  }

  /// A key with its value.
  struct Member: Sendable {
    let key: String
    /// The key in its quotes.
    let keyRange: Range<Int>
    let valueRange: Range<Int>

    var range: Range<Int> { keyRange.lowerBound..<valueRange.upperBound }
  }

  private(set) var values: [Value] = []
  private(set) var members: [Member] = []
  /// The elements of arrays.
  private(set) var elements: [Range<Int>] = []
  /// The offsets behind the opening brackets of objects that are not empty.
  private(set) var openings: [Int] = []
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    add(try JSONDocument(bytes).root, key: "")
  }

  private mutating func add(_ node: JSONNode, key: String) {
    switch node.value {
    case .number: values.append(Value(range: node.range, kind: .number, key: key))
    case .string: values.append(Value(range: node.range, kind: .string, key: key))
    case .null, .bool: values.append(Value(range: node.range, kind: .other, key: key))
    case .array(let nodes):
      values.append(Value(range: node.range, kind: .array(nodes.map(\.range)), key: key))
      elements += nodes.map(\.range)
      for node in nodes { add(node, key: key) }
    case .object(let found):
      values.append(Value(range: node.range, kind: .object, key: key))
      if !found.isEmpty { openings.append(node.range.lowerBound + 1) }
      for member in found {
        let keyEnd = endOfString(from: member.keyOffset)
        members.append(
          Member(
            key: member.key, keyRange: member.keyOffset..<keyEnd, valueRange: member.value.range))
        add(member.value, key: member.key)
      }
    }
  }

  private func endOfString(from start: Int) -> Int {
    var offset = start + 1
    while bytes[offset] != UInt8(ascii: "\"") {
      offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return offset + 1
  }
}
