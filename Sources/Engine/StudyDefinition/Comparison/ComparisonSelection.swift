import Inference
import JSON

/// Which groups and events a comparison is about.
struct ComparisonSelection {
  let strata: [ComparisonAnalysis.Stratum]
  let outcomes: [ComparisonAnalysis.Outcome]
  let eventsLeftOut: [EventName]
  let trials: [Trial]
  /// The sides as they stand in the document, stratum by stratum.
  let read: [(treatment: ReadSide, reference: ReadSide)]

  /// Reads either `treatment` and `reference`, or `table`, or `strata`, with `terms`.
  init?(_ reader: inout ObjectReader, _ context: AnalysisContext) {
    let treatment = reader.element("treatment")
    let reference = reader.element("reference")
    let table = reader.element("table")
    let strata = reader.element("strata")
    let terms = reader.element("terms")
    var labels: [String?] = [nil]
    switch (treatment, reference, table, strata) {
    case (let treatment?, let reference?, nil, nil):
      let sides = (ReadSide(arms: treatment, context), ReadSide(arms: reference, context))
      guard let treatment = sides.0, let reference = sides.1 else { return nil }
      read = [(treatment, reference)]
    case (nil, nil, let table?, nil):
      guard let sides = Self.sides(of: table, context, areInline: true) else { return nil }
      read = [sides.pair]
    case (nil, nil, nil, let strata?):
      guard let found = Self.strata(strata, context) else { return nil }
      read = found.map(\.pair)
      labels = found.map(\.label)
    default:
      reader.element.report(
        found: "a comparison of nothing, or of several things",
        expected: "either \"treatment\" and \"reference\", or \"table\", or \"strata\"")
      return nil
    }
    for pair in read { Self.checkArms(pair) }
    self.strata = zip(labels, read).map { label, pair in
      ComparisonAnalysis.Stratum(
        label: label, treatment: pair.treatment.side, reference: pair.reference.side)
    }
    trials = read.flatMap { [$0.treatment.trial, $0.reference.trial].compactMap { $0 } }
      .reduce(into: []) { trials, trial in
        if !trials.contains(where: { $0.id == trial.id }) { trials.append(trial) }
      }
    guard !trials.isEmpty else {
      terms?.report(expected: "this key with arms of trials only")
      outcomes = [Self.outcome(nil, read)]
      eventsLeftOut = []
      return
    }
    let trials = trials
    let events = terms.map { Self.chosen($0, trials) } ?? Self.allEvents(read)
    guard let names = events else { return nil }
    let pairs = read
    let all = names.map { Self.outcome($0, pairs) }
    outcomes = all.filter { !$0.cells.isEmpty }
    eventsLeftOut = all.filter(\.cells.isEmpty).compactMap(\.event)
    let everyNameWasRead = terms.map { $0.elementCount == names.count } ?? true
    if outcomes.isEmpty, everyNameWasRead, trials.allSatisfy(\.isSound) {
      (terms ?? reader.element).report(
        found: "no event that both sides report", expected: "at least one")
    }
  }

  private static func outcome(
    _ event: EventName?, _ read: [(treatment: ReadSide, reference: ReadSide)]
  ) -> ComparisonAnalysis.Outcome {
    let cells = read.enumerated().compactMap { place, pair -> ComparisonAnalysis.Cells? in
      guard let treatment = pair.treatment.cells(of: event),
        let reference = pair.reference.cells(of: event)
      else { return nil }
      return ComparisonAnalysis.Cells(stratum: place, treatment: treatment, reference: reference)
    }
    return ComparisonAnalysis.Outcome(event: event, cells: cells)
  }

  /// The events of the first stratum's treatment that are reported at all, then those of the others.
  private static func allEvents(
    _ read: [(treatment: ReadSide, reference: ReadSide)]
  ) -> [EventName] {
    var seen: Set<EventName> = []
    return read.flatMap { pair in
      (pair.treatment.trial?.events ?? []).map(\.name).filter { event in
        pair.treatment.cells(of: event) != nil && seen.insert(event).inserted
      }
    }
  }

  /// The events of the trials that `terms` names, in its order.
  private static func chosen(_ terms: Element, _ trials: [Trial]) -> [EventName]? {
    let index = EventIndex(trials.flatMap { $0.events.map(\.name) }.uniqued())
    let isComplete = trials.allSatisfy(\.namesEveryEvent)
    var seen: Set<EventName> = []
    return terms.list(atLeastOne: true) { element -> EventName? in
      guard let selector = EventSelector(element) else { return nil }
      let matches = selector.matches(in: index).map { index.names[$0] }
      // Of one event, a trial may give the system and another not.
      guard let name = matches.first, Set(matches.map(\.label)).count == 1 else {
        guard !matches.isEmpty || isComplete else { return nil }
        return element.fault(
          found: matches.isEmpty
            ? "the unknown event \(quoted(selector.description))"
            : "\(quoted(selector.description)), which fits \(matches.count) events",
          expected: matches.isEmpty
            ? "an event of \(listed(trials.map(\.id)))"
            : "one of \(listed(matches.map(\.description).sorted())), named by an object with "
              + "\"term\", \"system\", \"grade\" and \"serious\"",
          suggestion: matches.isEmpty
            ? nearestSpelling(to: selector.spelling, among: index.spellings) : nil)
      }
      guard seen.insert(name).inserted else {
        return element.fault(
          found: "the event \(quoted(name.label)) again", expected: "each event once")
      }
      return name
    }
  }
}

// MARK: Sides written in objects

extension ComparisonSelection {
  private typealias ReadStratum = (label: String?, pair: (treatment: ReadSide, reference: ReadSide))

  /// Reads an object with `treatment` and `reference`, and in a stratum its `label`.
  private static func sides(
    of element: Element, _ context: AnalysisContext, areInline: Bool
  ) -> ReadStratum? {
    guard var reader = ObjectReader(element) else { return nil }
    let label = areInline ? nil : reader.required("label") { $0.text() }
    func read(_ name: String) -> ReadSide? {
      reader.required(name) { element in
        if case .object = element.node.value {
          return ReadSide(counts: element, name: name, context)
        }
        guard !areInline else { return element.fault(expected: "an object with counts") }
        return ReadSide(arms: element, context)
      }
    }
    let (treatment, reference) = (read("treatment"), read("reference"))
    reader.finish()
    guard let treatment, let reference, areInline || label != nil else { return nil }
    guard (treatment.trial == nil) == (reference.trial == nil) else {
      return element.fault(
        found: "an arm beside counts", expected: "two arms of trials, or counts for both sides")
    }
    return (label, (treatment, reference))
  }

  private static func strata(_ element: Element, _ context: AnalysisContext) -> [ReadStratum]? {
    var seen: Set<String> = []
    let strata = element.list(atLeastOne: true) { element -> ReadStratum? in
      guard let stratum = sides(of: element, context, areInline: false) else { return nil }
      guard seen.insert(stratum.label ?? "").inserted else {
        return element.fault(
          found: "the stratum \(quoted(stratum.label ?? "")) again", expected: "each label once")
      }
      return stratum
    }
    guard let strata, strata.count == element.elementCount else { return nil }
    guard Set(strata.map { $0.pair.treatment.trial == nil }).count == 1 else {
      return element.fault(
        found: "arms of trials in some strata, counts in others", expected: "one of both in all")
    }
    return strata
  }

  /// Reports an arm that stands on both sides.
  private static func checkArms(_ pair: (treatment: ReadSide, reference: ReadSide)) {
    guard let trial = pair.treatment.trial, trial.id == pair.reference.trial?.id else { return }
    let arms = Set(pair.treatment.side.groups.map(\.arm))
    for group in pair.reference.side.groups where arms.contains(group.arm) {
      pair.reference.element.report(
        found: "the arm \(quoted(group.name)) on both sides", expected: "different arms")
    }
  }
}

extension Array where Element: Hashable {
  /// The elements in order, each once.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
