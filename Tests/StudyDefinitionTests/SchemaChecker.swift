import JSON

/// Holds a document against the words of JSON Schema that the schema of studies uses.
struct SchemaChecker {
  let root: JSONNode
  private let regexes: [String: Regex<AnyRegexOutput>]

  init(_ schema: JSONValue) throws {
    root = try JSONDocument(Array(schema.compact.utf8)).root
    var regexes: [String: Regex<AnyRegexOutput>] = [:]
    Self.regexes(in: root, into: &regexes)
    self.regexes = regexes
  }

  func accepts(_ text: String) throws -> Bool {
    accepts(try JSONDocument(Array(text.utf8)).root, root)
  }

  private func accepts(_ node: JSONNode, _ schema: JSONNode) -> Bool {
    if case .bool(let isAny) = schema.value { return isAny }
    return schema.members.allSatisfy { member in
      holds(member.key, member.value, of: node, in: schema)
    }
  }

  private func holds(
    _ word: String, _ value: JSONNode, of node: JSONNode, in schema: JSONNode
  ) -> Bool {
    switch word {
    case "$ref": accepts(node, definition(value.string))
    case "anyOf": value.elements.contains { accepts(node, $0) }
    case "oneOf": value.elements.count { accepts(node, $0) } == 1
    case "allOf": value.elements.allSatisfy { accepts(node, $0) }
    case "not": !accepts(node, value)
    case "if": !accepts(node, value) || (schema["then"].map { accepts(node, $0) } ?? true)
    case "type": node.isOfType(value.string)
    case "const": node.text == value.text
    case "enum": value.elements.contains { $0.text == node.text }
    case "pattern": matches(node, value.string)
    case "maxLength": node.string.unicodeScalars.count <= Int(value.double ?? 0)
    case "minimum": node.double.map { $0 >= value.double ?? .infinity } ?? true
    case "maximum": node.double.map { $0 <= value.double ?? -.infinity } ?? true
    case "exclusiveMinimum": node.double.map { $0 > value.double ?? .infinity } ?? true
    case "exclusiveMaximum": node.double.map { $0 < value.double ?? -.infinity } ?? true
    case "minItems":
      !node.isOfType("array") || node.elements.count >= Int(value.double ?? 0)
    case "maxItems":
      !node.isOfType("array") || node.elements.count <= Int(value.double ?? 0)
    case "uniqueItems": Set(node.elements.map(\.text)).count == node.elements.count
    case "items": node.elements.allSatisfy { accepts($0, value) }
    case "contains": node.elements.contains { accepts($0, value) }
    case "required":
      !node.isOfType("object") || value.elements.allSatisfy { node[$0.string] != nil }
    case "dependentSchemas":
      value.members.allSatisfy { node[$0.key] == nil || accepts(node, $0.value) }
    case "properties":
      value.members.allSatisfy { key in node[key.key].map { accepts($0, key.value) } ?? true }
    case "additionalProperties":
      node.members.allSatisfy { member in
        schema["properties"]?[member.key] != nil || accepts(member.value, value)
      }
    case "propertyNames":
      node.members.allSatisfy { matches($0.key, value["pattern"]?.string ?? "") }
    case "$schema", "$defs", "title", "description", "then": true
    default: preconditionFailure("the checker does not know \(word)")
    }
  }

  private func definition(_ reference: String) -> JSONNode {
    let name = reference.split(separator: "/").last.map(String.init) ?? ""
    guard let node = root["$defs"]?[name] else { preconditionFailure("no \(reference)") }
    return node
  }

  private func matches(_ node: JSONNode, _ pattern: String) -> Bool {
    guard case .string(let text) = node.value else { return true }
    return matches(text, pattern)
  }

  private func matches(_ text: String, _ pattern: String) -> Bool {
    guard let regex = regexes[pattern] else { return true }
    return text.contains(regex)
  }

  /// All patterns below `node`, compiled once.
  private static func regexes(
    in node: JSONNode, into regexes: inout [String: Regex<AnyRegexOutput>]
  ) {
    for member in node.members {
      if member.key == "pattern", case .string(let pattern) = member.value.value {
        regexes[pattern] = try? Regex(pattern)
      }
      Self.regexes(in: member.value, into: &regexes)
    }
    for element in node.elements { Self.regexes(in: element, into: &regexes) }
  }
}

extension JSONNode {
  subscript(key: String) -> JSONNode? { members.first { $0.key == key }?.value }

  var members: [JSONMember] {
    if case .object(let members) = value { members } else { [] }
  }

  fileprivate var elements: [JSONNode] {
    if case .array(let elements) = value { elements } else { [] }
  }

  fileprivate var string: String {
    if case .string(let text) = value { text } else { "" }
  }

  fileprivate var double: Double? {
    if case .number(let number) = value { number.double } else { nil }
  }

  /// What tells scalars apart.
  fileprivate var text: String {
    switch value {
    case .string(let text): "\"" + text
    case .number(let number): "\(number.double)"
    case .bool(let value): "\(value)"
    case .null, .array, .object: "\(range)"
    }
  }

  fileprivate func isOfType(_ type: String) -> Bool {
    switch (value, type) {
    case (.object, "object"), (.array, "array"), (.string, "string"), (.number, "number"),
      (.bool, "boolean"):
      true
    case (.number(let number), "integer"): number.double.rounded() == number.double
    default: false
    }
  }
}
