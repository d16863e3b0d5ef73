import JSON

/// How `terms` and `where` name an event: by its term, or by an object with any of its parts.
public struct EventSelector: Hashable, Sendable, CustomStringConvertible {
  private let term: String?
  private let system: String?
  private let grade: String?
  private let serious: Bool?
  /// Whether it is a lone string, which names a term or else a system with a row of its own.
  private let isBare: Bool

  init?(_ element: Element) {
    if case .string = element.node.value {
      guard let text = element.text() else { return nil }
      (term, system, grade, serious, isBare) = (text, nil, nil, nil, true)
      return
    }
    let expected = "a term, or an object that names an event"
    guard var reader = ObjectReader(element, expected: expected) else { return nil }
    term = reader.optional("term") { $0.text() }
    system = reader.optional("system") { $0.text() }
    grade = reader.optional("grade") { $0.grade() }
    serious = reader.optional("serious") { $0.boolean() }
    isBare = false
    reader.finish()
    guard term != nil || system != nil else {
      if !reader.has("term"), !reader.has("system") {
        element.report(found: "neither", expected: "a \"term\" or a \"system\"")
      }
      return nil
    }
  }

  private init(term: String?, system: String?, grade: String?, serious: Bool?, isBare: Bool) {
    (self.term, self.system, self.grade, self.serious) = (term, system, grade, serious)
    self.isBare = isBare
  }

  /// The same event narrowed to a grade or to seriousness, where these are given.
  func narrowed(grade: String?, serious: Bool?) -> EventSelector {
    guard grade != nil || serious != nil else { return self }
    return EventSelector(
      term: term, system: system, grade: grade ?? self.grade, serious: serious ?? self.serious,
      isBare: false)
  }

  /// The events of `index` that are meant, by their places.
  ///
  /// An object that is the name of an event, part by part, means that one alone; otherwise every
  /// event is meant that has the parts given.
  public func matches(in index: EventIndex) -> [Int] {
    let candidates = term.map { index.withTerm($0) } ?? system.map { index.withSystem($0) } ?? []
    guard !isBare else {
      return candidates.isEmpty ? term.map { index.rowsOfSystem($0) } ?? [] : candidates
    }
    let exact = EventName(term: term, system: system, grade: grade, serious: serious ?? false)
    if let place = candidates.first(where: { index.names[$0] == exact }) { return [place] }
    return candidates.filter { matches(index.names[$0]) }
  }

  private func matches(_ name: EventName) -> Bool {
    (term == nil || term == name.term) && (system == nil || system == name.system)
      && (grade == nil || grade == name.grade) && (serious == nil || serious == name.serious)
  }

  public var description: String {
    [term, system, grade.map { "grade \($0)" }, serious == true ? "serious" : nil]
      .compactMap { $0 }.joined(separator: ", ")
  }
}

/// Event names with the way from a term or a system to those that have it.
public struct EventIndex: Sendable {
  public let names: [EventName]
  private let byTerm: [String: [Int]]
  private let bySystem: [String: [Int]]

  public init(_ names: [EventName]) {
    self.names = names
    byTerm = Self.places(of: names.map(\.term))
    bySystem = Self.places(of: names.map(\.system))
  }

  func withTerm(_ term: String) -> [Int] { byTerm[term] ?? [] }

  func withSystem(_ system: String) -> [Int] { bySystem[system] ?? [] }

  /// The rows of a whole system, which have no term.
  func rowsOfSystem(_ system: String) -> [Int] {
    withSystem(system).filter { names[$0].term == nil }
  }

  /// Every term and every system with a row of its own, for the nearest spelling.
  var spellings: [String] { names.compactMap { $0.term ?? $0.system } }

  private static func places(of keys: [String?]) -> [String: [Int]] {
    keys.enumerated().reduce(into: [:]) { places, key in
      if let text = key.element { places[text, default: []].append(key.offset) }
    }
  }
}
