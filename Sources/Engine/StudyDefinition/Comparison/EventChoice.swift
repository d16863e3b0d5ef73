import JSON

/// The events of a comparison with what its sides report of them.
struct EventChoice {
  /// Each event with the cells of the pairs whose two sides report it.
  let outcomes: [ComparisonAnalysis.Outcome]
  let eventsLeftOut: [EventName]
  let trials: [Trial]
  private let pairs: [ReadPair]

  /// Reads `terms`, or takes every event of the pairs.
  ///
  /// An event is left out that no pair reports, or with `needsAll` not every one.
  init?(_ terms: Element?, _ pairs: [ReadPair], needsAll: Bool, _ analysis: Element) {
    self.pairs = pairs
    let trials = pairs.flatMap { [$0.treatment.trial, $0.reference.trial].compactMap { $0 } }
      .reduce(into: [Trial]()) { trials, trial in
        if !trials.contains(where: { $0.id == trial.id }) { trials.append(trial) }
      }
    self.trials = trials
    guard !trials.isEmpty else {
      terms?.report(expected: "this key with arms of trials only")
      outcomes = [Self.outcome(nil, pairs)]
      eventsLeftOut = []
      return
    }
    let chosen = terms.map { Self.chosen($0, trials) } ?? Self.allEvents(pairs)
    guard let chosen else { return nil }
    let all = chosen.map { Self.outcome($0, pairs) }
    func isKept(_ outcome: ComparisonAnalysis.Outcome) -> Bool {
      outcome.cells.count >= (needsAll ? pairs.count : 1)
    }
    outcomes = all.filter(isKept)
    eventsLeftOut = all.filter { !isKept($0) }.compactMap(\.event)
    let everyNameWasRead = terms.map { $0.elementCount == chosen.count } ?? true
    if outcomes.isEmpty, everyNameWasRead, trials.allSatisfy(\.isSound) {
      (terms ?? analysis).report(
        found: "no event that both sides report", expected: "at least one")
    }
  }

  private static func outcome(
    _ event: EventName?, _ pairs: [ReadPair]
  ) -> ComparisonAnalysis.Outcome {
    let cells = pairs.enumerated().compactMap { place, pair -> ComparisonAnalysis.Cells? in
      guard let treatment = pair.treatment.cells(of: event),
        let reference = pair.reference.cells(of: event)
      else { return nil }
      return ComparisonAnalysis.Cells(stratum: place, treatment: treatment, reference: reference)
    }
    return ComparisonAnalysis.Outcome(event: event, cells: cells)
  }

  /// The events that a side reports, each once, in the order of the sides and of their trials.
  ///
  /// Where one of two trials does not give the system of a term, they mean the same event.
  private static func allEvents(_ pairs: [ReadPair]) -> [EventName] {
    var found: [EventName] = []
    var byLabel: [String: [EventName]] = [:]
    for side in pairs.flatMap({ [$0.treatment, $0.reference] }) {
      for event in (side.trial?.events ?? []).map(\.name) where side.reports(event) {
        let known = byLabel[event.label] ?? []
        guard !known.contains(where: { side.name(of: $0) == event }) else { continue }
        found.append(event)
        byLabel[event.label] = known + [event]
      }
    }
    return found
  }

  /// The events of the trials that `terms` names, in its order.
  private static func chosen(_ terms: Element, _ trials: [Trial]) -> [EventName]? {
    var names: Set<EventName> = []
    let index = EventIndex(
      trials.flatMap { $0.events.map(\.name) }.filter { names.insert($0).inserted })
    let isComplete = trials.allSatisfy(\.namesEveryEvent)
    var seen: Set<EventName> = []
    return terms.list(atLeastOne: true) { element -> EventName? in
      guard let selector = EventSelector(element) else { return nil }
      let matches = selector.matches(in: index).map { index.names[$0] }
      guard let name = matches.first else {
        guard isComplete else { return nil }
        return element.fault(
          found: "the unknown event \(quoted(selector.description))",
          expected: "an event of \(listed(trials.map(\.id)))",
          suggestion: nearestSpelling(to: selector.spelling, among: index.spellings))
      }
      // Of one event, a trial may give the system and another not.
      guard Set(matches.map(\.label)).count == 1 else {
        return element.fault(
          found: "\(quoted(selector.description)), which fits \(matches.count) events",
          expected:
            "one of \(listed(matches.map(\.description).sorted())), named by an object with "
            + "\"term\", \"system\", \"grade\" and \"serious\"")
      }
      guard seen.insert(name).inserted else {
        return element.fault(
          found: "the event \(quoted(name.label)) again", expected: "each event once")
      }
      return name
    }
  }
}

extension EventChoice {
  /// Reports every side whose counts cannot give what is compared, once a side with all its events.
  func checkCounts(risks: Bool, rates: Bool) {
    var needs: [IncidenceAnalysis.Measure] = []
    if risks { needs.append(.risk([])) }
    if rates { needs.append(.rate([], numerator: .subjects, per: 1)) }
    var lacks = MissingCounts()
    for cells in outcomes.flatMap(\.cells) {
      let pair = pairs[cells.stratum]
      for (side, cells) in [(pair.treatment, cells.treatment), (pair.reference, cells.reference)] {
        // What an arm with faulty numbers cannot give is no fault of the analysis.
        for cell in cells where side.hasSoundNumbers(cell.group) {
          guard let missing = needs.lazy.compactMap({ cell.missing(for: $0) }).first
          else { continue }
          lacks.add(
            cell, at: side.element, lacks: missing,
            expected: "\(missing), which these methods need")
        }
      }
    }
    lacks.report()
  }

  /// Reports events without a system, by which the double false discovery rate needs them grouped.
  func checkSystems(_ element: Element) {
    let missing = outcomes.compactMap(\.event).filter { $0.system == nil }.map(\.label)
    guard outcomes.contains(where: { $0.event?.system == nil }) else { return }
    element.report(
      found: missing.isEmpty ? "counts without a system" : "no \"system\" of \(listed(missing))",
      expected: "a \"system\" of every event, which the double false discovery rate needs")
  }
}
