// What a program reads of a document that it wrote itself; anything else is `nil`.

extension JSONNode {
  /// The value under `key`, where this is an object that has it.
  package subscript(member key: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The value at `index`, where this is an array that has it.
  package subscript(element index: Int) -> JSONNode? {
    asArray.flatMap { $0.indices.contains(index) ? $0[index] : nil }
  }

  package var asArray: [JSONNode]? {
    if case .array(let nodes) = value { nodes } else { nil }
  }

  package var asString: String? {
    if case .string(let text) = value { text } else { nil }
  }

  package var asBool: Bool? {
    if case .bool(let value) = value { value } else { nil }
  }

  package var asInteger: Int? {
    if case .number(let number) = value { number.integer } else { nil }
  }

  package var asDouble: Double? {
    if case .number(let number) = value { number.double } else { nil }
  }

  package var isNull: Bool {
    if case .null = value { true } else { false }
  }

  /// The texts of an array of nothing else.
  package var asStrings: [String]? { all { $0.asString } }

  /// What `read` makes of each element; `nil` where it makes nothing of one.
  package func all<Value>(_ read: (JSONNode) -> Value?) -> [Value]? {
    guard let nodes = asArray else { return nil }
    let values = nodes.compactMap(read)
    return values.count == nodes.count ? values : nil
  }
}
