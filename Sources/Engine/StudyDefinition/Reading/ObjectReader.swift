import JSON

/// Reads the members of an object by key, and knows which keys nobody asked for.
struct ObjectReader {
  let element: Element
  private var members: [String: Element] = [:]
  private let keys: [JSONMember]
  private var asked: [String] = []

  /// `nil`, with a fault, where `element` is not an object.
  init?(_ element: Element, expected: String = "an object") {
    guard case .object(let keys) = element.node.value else {
      element.report(expected: expected)
      return nil
    }
    self.element = element
    self.keys = keys
    for member in keys {
      guard members[member.key] == nil else {
        element.reportRepeated(member)
        continue
      }
      members[member.key] = Element(
        node: member.value, pointer: element.pointer[member.key], collector: element.collector)
    }
  }

  /// The value under `key`, where there is one.
  mutating func element(_ key: String) -> Element? {
    if !asked.contains(key) { asked.append(key) }
    return members[key]
  }

  /// The value under `key`, which may be missing.
  mutating func optional<Value>(_ key: String, _ read: (Element) -> Value?) -> Value? {
    element(key).flatMap(read)
  }

  /// The value under `key`, which may not be missing.
  mutating func required<Value>(_ key: String, _ read: (Element) -> Value?) -> Value? {
    guard let value = element(key) else {
      return element.fault(found: "no key \(quoted(key))", expected: "the key \(quoted(key))")
    }
    return read(value)
  }

  /// The value under a key that is asked for elsewhere.
  subscript(key: String) -> Element? { members[key] }

  func has(_ key: String) -> Bool { self[key] != nil }

  /// Reports every key that was never asked for, with the nearest one that was.
  func finish() {
    var known = Set(asked)
    for member in keys where known.insert(member.key).inserted {
      element.collector.record(
        at: member.keyOffset, element.pointer[member.key],
        found: "the unknown key \(quoted(member.key))", expected: "one of \(listed(asked))",
        suggestion: nearestSpelling(to: member.key, among: asked))
    }
  }
}
