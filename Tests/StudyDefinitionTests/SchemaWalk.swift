import JSON

/// What the schema says of the objects and strings of a document, wherever they stand.
struct SchemaWalk {
  /// An object of the document with the keys that the schema knows there.
  struct Object {
    /// The offset behind its opening bracket.
    let opening: Int
    let isEmpty: Bool
    let pointer: String
    let keys: Set<String>
    /// Those of them that other values of the document rule out.
    let banned: Set<String>
  }

  /// A string with the spellings that the schema lists for its place.
  struct Choice {
    let range: Range<Int>
    let pointer: String
    let spellings: Set<String>
  }

  private(set) var objects: [Object] = []
  private(set) var choices: [Choice] = []
  private let root: JSONNode

  init(_ document: JSONNode, schema: JSONNode) {
    root = schema
    walk(document, [schema], pointer: .root)
  }

  private mutating func walk(_ node: JSONNode, _ schemas: [JSONNode], pointer: JSONPointer) {
    let schemas = schemas.flatMap { expanded($0, for: node) }
    switch node.value {
    case .object(let members):
      let closed = schemas.filter { schema in
        if case .bool(false)? = schema["additionalProperties"]?.value { true } else { false }
      }
      if !closed.isEmpty {
        let keys = closed.flatMap { $0["properties"]?.members.map(\.key) ?? [] }
        objects.append(
          Object(
            opening: node.range.lowerBound + 1, isEmpty: members.isEmpty,
            pointer: pointer.description, keys: Set(keys),
            banned: Set(schemas.flatMap { $0["properties"]?.bannedKeys ?? [] })))
      }
      for member in members {
        let below = schemas.compactMap { schema in
          schema["properties"]?[member.key] ?? schema["additionalProperties"]
        }
        walk(member.value, below, pointer: pointer[member.key])
      }
    case .array(let elements):
      let below = schemas.compactMap { $0["items"] }
      for (index, element) in elements.enumerated() {
        walk(element, below, pointer: pointer[index])
      }
    case .string:
      let lists = schemas.compactMap { $0["enum"] }.map { Set($0.texts) }
      if !lists.isEmpty, lists.count == schemas.count {
        choices.append(
          Choice(
            range: node.range, pointer: pointer.description,
            spellings: lists.reduce(into: []) { $0.formUnion($1) }))
      }
    case .null, .bool, .number: break
    }
  }

  /// `schema` with what it refers to, and with the alternatives that are meant for `node`.
  private func expanded(_ schema: JSONNode, for node: JSONNode) -> [JSONNode] {
    let meant = resolved(schema)
    if meant.range != schema.range { return expanded(meant, for: node) }
    let alternatives = ["anyOf", "oneOf"].compactMap { schema[$0] }.flatMap { $0.list }
      .filter { fits(resolved($0), node) }.flatMap { expanded($0, for: node) }
    let isBare = schema["type"] == nil && schema["enum"] == nil && schema["properties"] == nil
    return (isBare ? [] : [schema]) + alternatives
  }

  private func resolved(_ schema: JSONNode) -> JSONNode {
    guard case .string(let reference)? = schema["$ref"]?.value else { return schema }
    let name = reference.split(separator: "/").last.map(String.init) ?? ""
    return root["$defs"]?[name] ?? schema
  }

  /// Whether an alternative is one of this kind of value, and of this kind of analysis.
  private func fits(_ schema: JSONNode, _ node: JSONNode) -> Bool {
    if let type = schema["type"]?.text {
      switch node.value {
      case .object: guard type == "object" else { return false }
      case .array: guard type == "array" else { return false }
      case .string: guard type == "string" else { return false }
      case .null, .bool, .number: break
      }
    }
    let required = schema["required"]?.texts ?? []
    guard required.allSatisfy({ node[$0] != nil || schema["type"] != nil }) else { return false }
    guard let properties = schema["properties"] else { return true }
    guard properties.bannedKeys.allSatisfy({ node[$0] == nil }) else { return false }
    return ["kind", "measure", "guide"].allSatisfy { key in
      guard let wanted = properties[key]?["const"]?.text, let found = node[key]?.text else {
        return true
      }
      return wanted == found
    }
  }
}

extension JSONNode {
  fileprivate var list: [JSONNode] {
    if case .array(let elements) = value { elements } else { [] }
  }

  fileprivate var text: String? {
    if case .string(let text) = value { text } else { nil }
  }

  /// The keys whose schema is `false`.
  fileprivate var bannedKeys: [String] {
    members.filter { member in
      if case .bool(false) = member.value.value { true } else { false }
    }.map(\.key)
  }

  fileprivate var texts: [String] { list.compactMap(\.text) }
}
