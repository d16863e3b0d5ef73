import Incidence
import JSON

/// Which groups and events an incidence analysis is about.
struct IncidenceSelection {
  var groups: [IncidenceAnalysis.Group] = []
  var cells: [(cell: IncidenceAnalysis.Cell, named: Element)] = []
  var trials: [Trial] = []

  /// Reads either `counts`, or `trial` or `trials` with `arms` and `terms`.
  init?(_ reader: inout ObjectReader, _ context: AnalysisContext) {
    let counts = reader.element("counts")
    let trial = reader.element("trial")
    let trials = reader.element("trials")
    let arms = reader.element("arms")
    let terms = reader.element("terms")
    switch (counts, trial, trials) {
    case (let counts?, nil, nil):
      for element in [arms, terms].compactMap({ $0 }) {
        element.report(expected: "this key with \"trial\" or \"trials\" only")
      }
      readInline(counts, context)
    case (nil, let trial?, nil):
      guard let named = context.trial(trial) else { return nil }
      select([(named, trial)], arms: arms, terms: terms, context)
    case (nil, nil, let trials?):
      var seen: Set<String> = []
      let named = trials.list(atLeastOne: true) { element -> (Trial, Element)? in
        guard let trial = context.trial(element) else { return nil }
        guard seen.insert(trial.id).inserted else {
          return element.fault(
            found: "the trial \(quoted(trial.id)) again", expected: "each trial once")
        }
        return (trial, element)
      }
      select(named ?? [], arms: arms, terms: terms, context)
    case (nil, nil, nil):
      reader.element.report(found: "none", expected: "\"trial\", \"trials\" or \"counts\"")
      return nil
    default:
      reader.element.report(
        found: "several of them", expected: "one of \"trial\", \"trials\" and \"counts\"")
      return nil
    }
  }

  private mutating func select(
    _ named: [(trial: Trial, element: Element)], arms: Element?, terms: Element?,
    _ context: AnalysisContext
  ) {
    trials = named.map(\.trial)
    let wantedArms = arms.map { armNames($0) }
    let wantedEvents = terms.map { eventNames($0) }
    for (trial, element) in named {
      let chosen = trial.arms.filter { arm in
        wantedArms.map { $0.contains("\(trial.id)/\(arm.id)") } ?? true
      }
      let groups = chosen.map { IncidenceAnalysis.Group($0, of: trial, context.defaults) }
      self.groups += groups
      let events =
        wantedEvents.map { wanted in
          let index = Dictionary(grouping: trial.events, by: \.name)
          return wanted.flatMap { index[$0] ?? [] }
        } ?? trial.events
      for event in events {
        for group in groups {
          guard let observation = event.observations[group.arm] else { continue }
          let cell = IncidenceAnalysis.Cell(
            group: group, event: event.name, observation: observation)
          cells.append((cell, element))
        }
      }
    }
    if cells.isEmpty, trials.allSatisfy(\.isSound), !named.isEmpty {
      named[0].element.report(
        found: "nothing reported in what is selected",
        expected: "at least one event reported in an arm")
    }
  }

  /// The arms named `trial/arm` in `element`, which must be arms of the trials selected.
  private func armNames(_ element: Element) -> Set<String> {
    let known = trials.flatMap { trial in trial.arms.map { "\(trial.id)/\($0.id)" } }
    let isComplete = trials.allSatisfy(\.namesEverything)
    let names = element.list(atLeastOne: true) { element -> String? in
      guard let name = element.string() else { return nil }
      guard !known.contains(name), isComplete else { return name }
      return element.fault(
        found: "the unknown arm \(quoted(name))", expected: "one of \(listed(known))",
        suggestion: known.first { $0.hasSuffix("/\(name)") }
          ?? nearestSpelling(to: name, among: known))
    }
    return Set(names ?? [])
  }

  /// The events that `element` names, in its order; each must be exactly one of some trial.
  private func eventNames(_ element: Element) -> [EventName] {
    let isComplete = trials.allSatisfy(\.namesEverything)
    let names = trials.flatMap { $0.events.map(\.name) }
    let index = EventIndex(unique(names))
    var seen: Set<EventName> = []
    let chosen = element.list(atLeastOne: true) { element -> EventName? in
      guard let selector = EventSelector(element) else { return nil }
      let matches = selector.matches(in: index).map { index.names[$0] }
      guard let name = matches.first else {
        guard isComplete else { return nil }
        return element.fault(
          found: "the unknown event \(quoted(selector.description))",
          expected: "an event of \(listed(trials.map(\.id)))",
          suggestion: nearestSpelling(to: selector.description, among: index.spellings))
      }
      guard matches.count == 1 else {
        return element.fault(
          found: "\(quoted(selector.description)), which fits \(matches.count) events",
          expected: "one of \(listed(matches.map(\.label).sorted())), named by an object with "
            + "\"term\", \"system\", \"grade\" and \"serious\"")
      }
      guard seen.insert(name).inserted else {
        return element.fault(
          found: "the event \(quoted(name.label)) again", expected: "each event once")
      }
      return name
    }
    return chosen ?? []
  }
}

private func unique(_ names: [EventName]) -> [EventName] {
  var seen: Set<EventName> = []
  return names.filter { seen.insert($0).inserted }
}

// MARK: Counts written into the analysis

extension IncidenceSelection {
  fileprivate mutating func readInline(_ element: Element, _ context: AnalysisContext) {
    var seen: Set<String> = []
    let read = element.list(atLeastOne: true) { element -> (IncidenceAnalysis.Cell, Element)? in
      guard let cell = IncidenceAnalysis.Cell(inline: element, context.defaults) else { return nil }
      guard seen.insert(cell.group.label).inserted else {
        return element.fault(
          found: "the label \(quoted(cell.group.label)) again", expected: "each label once")
      }
      return (cell, element)
    }
    for (cell, element) in read ?? [] {
      groups.append(cell.group)
      cells.append((cell, element))
    }
  }

  /// Reports every group whose counts cannot give `measure`, once a group.
  func checkCounts(for measure: IncidenceAnalysis.Measure) {
    var reported: Set<IncidenceAnalysis.Group> = []
    for (cell, element) in cells {
      guard let missing = cell.missing(for: measure), reported.insert(cell.group).inserted
      else { continue }
      let place = cell.event.map { " of \(quoted($0.label))" } ?? ""
      element.report(
        found: "no \(missing)\(place) in \(quoted(cell.group.name))",
        expected: "\(missing), which this measure needs")
    }
  }
}

extension IncidenceAnalysis.Cell {
  fileprivate init?(inline element: Element, _ defaults: Defaults) {
    guard var reader = ObjectReader(element) else { return nil }
    let label = reader.required("label") { $0.text() }
    let events = reader.required("events") { $0.count() }
    let subjects = reader.optional("subjects") { $0.count() }
    let personYears = reader.optional("personYears") { $0.positiveNumber() }
    reader.finish()
    guard let label, let events else { return nil }
    if let subjects, events > subjects {
      element.report(
        found: "\(events) subjects with the event", expected: "at most the \(subjects) at risk")
      return nil
    }
    group = IncidenceAnalysis.Group(
      trial: nil, arm: label, label: label, subjects: subjects, personYears: personYears,
      maximumSubjects: defaults.maximumSubjects, percentages: [])
    event = nil
    observation = .counts(
      EventCounts(subjects: events, events: events, atRisk: nil, personYears: nil))
  }

  /// What `measure` needs and this cell does not have.
  fileprivate func missing(for measure: IncidenceAnalysis.Measure) -> String? {
    switch (measure, observation) {
    case (.risk, .counts(let counts)):
      counts.atRisk ?? group.subjects == nil ? "\"subjects\"" : nil
    case (.risk, .percentage): nil
    case (.rate(_, .events, _), .percentage): "\"events\""
    case (.rate(_, .subjects, _), .percentage):
      group.personYears == nil ? "\"personYears\"" : nil
    case (.rate(_, let numerator, _), .counts(let counts)):
      if counts.personYears ?? group.personYears == nil {
        "\"personYears\""
      } else {
        numerator == .events && counts.events == nil ? "\"events\"" : nil
      }
    }
  }
}

extension IncidenceAnalysis.Group {
  /// What the group is called in a study definition.
  var name: String { trial.map { "\($0)/\(arm)" } ?? label }

  fileprivate init(_ arm: Arm, of trial: Trial, _ defaults: Defaults) {
    self.init(
      trial: trial.id, arm: arm.id, label: arm.label, subjects: arm.subjects,
      personYears: arm.personYears,
      maximumSubjects: arm.maximumSubjects ?? defaults.maximumSubjects,
      percentages: trial.events.compactMap { event in
        if case .percentage(let percentage)? = event.observations[arm.id] {
          percentage
        } else {
          nil
        }
      })
  }
}
