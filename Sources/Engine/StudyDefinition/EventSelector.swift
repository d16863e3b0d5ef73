import JSON

/// How `terms` and `where` name an event: by its term, or by an object with any of its parts.
public struct EventSelector: Hashable, Sendable, CustomStringConvertible {
  private let term: String?
  private let system: String?
  private let grade: String?
  private let serious: Bool?
  /// Whether its term is a lone string, which names a term or else a system with a row of its own.
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
    if !reader.has("term"), !reader.has("system") {
      reader.reportMissing(
        ["term", "system"], found: "neither", expected: "a \"term\" or a \"system\"")
    }
    reader.finish()
    // With a part of the name misspelt, it would mean more events than it does.
    guard term != nil || system != nil, !EventName.keys.contains(where: reader.misspells) else {
      return nil
    }
  }

  private init(
    term: String?, system: String?, grade: String?, serious: Bool?, isBare: Bool
  ) {
    (self.term, self.system, self.grade, self.serious) = (term, system, grade, serious)
    self.isBare = isBare
  }

  /// Any event, to be narrowed.
  static let any = EventSelector(term: nil, system: nil, grade: nil, serious: nil, isBare: false)

  /// The same event narrowed to a grade or to seriousness, where these are given.
  func narrowed(grade: String?, serious: Bool?) -> EventSelector {
    EventSelector(
      term: term, system: system, grade: grade ?? self.grade, serious: serious ?? self.serious,
      isBare: isBare)
  }

  /// The events of `index` that are meant, by their places.
  ///
  /// An object that is the name of an event, part by part, means that one alone; otherwise every
  /// event is meant that has the parts given.
  public func matches(in index: EventIndex) -> [Int] {
    let ofTerm = term.map { index.withTerm($0) }
    if isBare, let term, ofTerm?.isEmpty ?? false {
      return chosen(from: index.rowsOfSystem(term), in: index, term: nil, system: term)
    }
    let candidates = ofTerm ?? system.map { index.withSystem($0) } ?? Array(index.names.indices)
    return chosen(from: candidates, in: index, term: term, system: system)
  }

  private func chosen(
    from candidates: [Int], in index: EventIndex, term: String?, system: String?
  ) -> [Int] {
    let fitting = candidates.filter { place in
      let name = index.names[place]
      return (system == nil || system == name.system) && (grade == nil || grade == name.grade)
        && (serious == nil || serious == name.serious)
    }
    // A lone string says nothing about the other parts of the name.
    guard !isBare || grade != nil || serious != nil else { return fitting }
    let exact = EventName(term: term, system: system, grade: grade, serious: serious ?? false)
    return fitting.first { index.names[$0] == exact }.map { [$0] } ?? fitting
  }

  public var description: String {
    [term, system, grade.map { "grade \($0)" }, serious == true ? "serious" : nil]
      .compactMap { $0 }.joined(separator: ", ")
  }

  /// What a nearest spelling is sought for.
  var spelling: String { term ?? system ?? "" }
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
