import JSON

/// Reads the members of an object by key, and knows which keys nobody asked for.
struct ObjectReader {
  let element: Element
  private var members: [String: Element] = [:]
  private let keys: [JSONMember]
  private var asked: [String] = []
  /// Faults of keys that are missing, each with the keys that would mend it.
  private var missing: [(keys: [String], fault: Fault)] = []
  /// The unknown keys, once ``finish(knowsAllKeys:)`` has told them, and what each was meant for.
  private var unknown: [(key: String, meant: String?)] = []

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
      reportMissing(key)
      return nil
    }
    return read(value)
  }

  /// Records that `key` is missing.
  mutating func reportMissing(_ key: String) {
    reportMissing([key], found: "no key \(quoted(key))", expected: "the key \(quoted(key))")
  }

  /// Records that none of `keys` is there, any of which would do.
  mutating func reportMissing(_ keys: [String], found: String, expected: String) {
    let fault = element.collector.record(
      at: element.node.range.lowerBound, element.pointer, found: found, expected: expected,
      suggestion: nil)
    missing.append((keys, fault))
  }

  /// The value under one of two keys; `nil`, with a fault, where there is none or both are.
  mutating func either(_ first: String, _ second: String, none: String = "neither") -> OneOfTwo? {
    let expected = "either \(quoted(first)) or \(quoted(second))"
    switch (element(first), element(second)) {
    case (let value?, nil): return .first(value)
    case (nil, let value?): return .second(value)
    case (nil, nil): reportMissing([first, second], found: none, expected: expected)
    case (_?, _?): element.report(found: "both", expected: expected)
    }
    return nil
  }

  /// The value under a key that is asked for elsewhere.
  subscript(key: String) -> Element? { members[key] }

  func has(_ key: String) -> Bool { self[key] != nil }

  /// Reports every key that was never asked for, with the nearest one that was.
  ///
  /// A key that is missing is the same mistake as its misspelling, which alone is told. Where not all
  /// keys are known, those alone are reported that were meant for one that is missing.
  mutating func finish(knowsAllKeys: Bool = true) {
    var known = Set(asked)
    for member in keys where known.insert(member.key).inserted {
      let meant = nearestSpelling(to: member.key, among: asked.filter { !has($0) })
      let mended = meant.flatMap { meant in missing.firstIndex { $0.keys.contains(meant) } }
      guard knowsAllKeys || mended != nil else { continue }
      if let mended { element.collector.withdraw(missing.remove(at: mended).fault) }
      unknown.append((member.key, meant))
      element.collector.record(
        at: member.keyOffset, element.pointer[member.key],
        found: "the unknown key \(quoted(member.key))", expected: "one of \(listed(asked))",
        suggestion: meant ?? nearestSpelling(to: member.key, among: asked))
    }
  }

  /// Whether an unknown key was meant for `key`, as far as its spelling tells.
  func misspells(_ key: String) -> Bool { unknown.contains { $0.meant == key } }

  /// Whether `key` is missing, and an unknown key that nothing else explains may be it.
  func mayMean(_ key: String) -> Bool {
    !has(key) && unknown.contains { $0.meant == nil || $0.meant == key }
  }
}

/// The value under the first or the second of two keys.
enum OneOfTwo {
  case first(Element)
  case second(Element)
}
