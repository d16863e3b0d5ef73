import JSON

/// A value of the document being read: it knows its place and where to report its faults.
struct Element {
  let node: JSONNode
  let pointer: JSONPointer
  let collector: FaultCollector

  /// Records that this value is not what it should be; always `nil`, to be returned.
  @discardableResult
  func fault<Value>(
    found: String? = nil, expected: String, suggestion: String? = nil
  ) -> Value? {
    collector.record(
      at: node.range.lowerBound, pointer, found: found ?? description, expected: expected,
      suggestion: suggestion)
    return nil
  }

  /// Records a fault where nothing is to be returned.
  func report(found: String? = nil, expected: String, suggestion: String? = nil) {
    let _: Never? = fault(found: found, expected: expected, suggestion: suggestion)
  }

  /// What stands there, for a message.
  var description: String {
    switch node.value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): shortened(number.text)
    case .string(let text): quoted(text)
    case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
    case .object(let members): members.isEmpty ? "an empty object" : "an object"
    }
  }

  /// The elements of an array; `nil`, with a fault, for anything else.
  func elements(expected: String = "an array") -> [Element]? {
    guard case .array(let nodes) = node.value else { return fault(expected: expected) }
    return nodes.enumerated().map { index, node in
      Element(node: node, pointer: pointer[index], collector: collector)
    }
  }

  /// The number of elements, where this is an array.
  var elementCount: Int? {
    if case .array(let nodes) = node.value { nodes.count } else { nil }
  }

  /// The members of an object, for keys that the document chooses itself.
  ///
  /// A repeated key is a fault and left out.
  func members(expected: String = "an object") -> [(key: String, value: Element)]? {
    guard case .object(let members) = node.value else { return fault(expected: expected) }
    var seen: Set<String> = []
    return members.compactMap { member in
      guard seen.insert(member.key).inserted else {
        reportRepeated(member)
        return nil
      }
      let value = Element(
        node: member.value, pointer: pointer[member.key], collector: collector)
      return (key: member.key, value: value)
    }
  }

  /// The value under `key` where this is an object that has it.
  func member(_ key: String) -> Element? {
    guard case .object(let members) = node.value else { return nil }
    return members.first { $0.key == key }.map {
      Element(node: $0.value, pointer: pointer[key], collector: collector)
    }
  }

  func reportRepeated(_ member: JSONMember) {
    collector.record(
      at: member.keyOffset, pointer[member.key], found: "the key \(quoted(member.key)) again",
      expected: "each key once", suggestion: nil)
  }
}

/// `text` in double quotes, shortened where it is very long.
func quoted(_ text: String) -> String { JSONValue.string(shortened(text)).compact }

private func shortened(_ text: String) -> String {
  text.count > 80 ? text.prefix(77) + "..." : text
}

/// At most eight of `names`, for a message.
func listed(_ names: [String]) -> String {
  let shown = names.prefix(8).map(quoted).joined(separator: ", ")
  return names.count > 8 ? shown + ", … (\(names.count) in all)" : shown
}
