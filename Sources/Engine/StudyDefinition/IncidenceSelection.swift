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
      // With a trial missing, its arms and events could only seem to be wrong.
      guard let named, named.count == trials.elementCount else { return nil }
      select(named, arms: arms, terms: terms, context)
    case (nil, nil, nil):
      reader.reportMissing(
        ["trial", "trials", "counts"], found: "none",
        expected: "\"trial\", \"trials\" or \"counts\"")
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
    let collector = named[0].element.collector
    let faultsBefore = collector.faults.count
    let wantedArms = arms.map { armNames($0) }
    let wantedEvents = terms.map { chosenEvents($0) }
    for (place, (trial, element)) in named.enumerated() {
      let chosen =
        wantedArms.map { names in
          names.compactMap { name in trial.arms.first { "\(trial.id)/\($0.id)" == name } }
        } ?? trial.arms
      let groups = chosen.map { IncidenceAnalysis.Group($0, of: trial, context.defaults) }
      self.groups += groups
      for event in wantedEvents?[place] ?? trial.events {
        // What an arm with faulty numbers cannot give is no fault of the analysis.
        for (arm, group) in zip(chosen, groups) where arm.hasSoundNumbers {
          guard let observation = event.observations[group.arm] else { continue }
          let cell = IncidenceAnalysis.Cell(
            group: group, event: event.name, observation: observation)
          cells.append((cell, element))
        }
      }
    }
    if cells.isEmpty, trials.allSatisfy(\.isSound), collector.faults.count == faultsBefore {
      named[0].element.report(
        found: "nothing reported in what is selected",
        expected: "at least one event reported in an arm")
    }
  }

  /// The arms named `trial/arm` in `element`, in its order; they must be of the trials selected.
  private func armNames(_ element: Element) -> [String] {
    let known = trials.flatMap { trial in trial.arms.map { "\(trial.id)/\($0.id)" } }
    let isComplete = trials.allSatisfy(\.namesEveryArm)
    var seen: Set<String> = []
    let names = element.list(atLeastOne: true) { element -> String? in
      guard let name = element.string() else { return nil }
      guard known.contains(name) || !isComplete else {
        return element.fault(
          found: "the unknown arm \(quoted(name))", expected: "one of \(listed(known))",
          suggestion: known.first { $0.hasSuffix("/\(name)") }
            ?? nearestSpelling(to: name, among: known))
      }
      guard seen.insert(name).inserted else {
        return element.fault(found: "the arm \(quoted(name)) again", expected: "each arm once")
      }
      return name
    }
    return names ?? []
  }

  /// The events of each trial that `element` names, in its order.
  ///
  /// A name must fit an event of some trial, and no more than one of any.
  private func chosenEvents(_ element: Element) -> [[Event]] {
    let indexes = trials.map { EventIndex($0.events.map(\.name)) }
    let isComplete = trials.allSatisfy(\.namesEveryEvent)
    var seen = trials.map { _ in Set<Int>() }
    var chosen = trials.map { _ in [Event]() }
    _ = element.list(atLeastOne: true) { element -> Void? in
      guard let selector = EventSelector(element) else { return nil }
      let matches = indexes.map { selector.matches(in: $0) }
      if let place = matches.firstIndex(where: { $0.count > 1 }) {
        let names = matches[place].map { indexes[place].names[$0] }
        return element.fault(
          found: "\(quoted(selector.description)), which fits \(names.count) events",
          expected: "one of \(listed(names.map(\.description).sorted())), named by an object with "
            + "\"term\", \"system\", \"grade\" and \"serious\"")
      }
      guard matches.contains(where: { !$0.isEmpty }) else {
        guard isComplete else { return nil }
        return element.fault(
          found: "the unknown event \(quoted(selector.description))",
          expected: "an event of \(listed(trials.map(\.id)))",
          suggestion: nearestSpelling(
            to: selector.spelling, among: indexes.flatMap(\.spellings)))
      }
      for (place, match) in matches.enumerated() {
        guard let match = match.first else { continue }
        guard seen[place].insert(match).inserted else {
          return element.fault(
            found: "the event \(quoted(indexes[place].names[match].label)) again",
            expected: "each event once")
        }
        chosen[place].append(trials[place].events[match])
      }
      return ()
    }
    return chosen
  }
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

  /// Reports every group whose counts cannot give `measure`, or the percentage by which events
  /// are kept, once a group with all its events.
  func checkCounts(for measure: IncidenceAnalysis.Measure, needsPercent: Bool) {
    var lacks = MissingCounts()
    for (cell, element) in cells {
      var need = "this measure"
      var missing = cell.missing(for: measure)
      if needsPercent, missing == nil {
        (need, missing) = ("\"minimumPercent\"", cell.missing(for: .risk([])))
      }
      guard let missing else { continue }
      lacks.add(cell, at: element, lacks: missing, expected: "\(missing), which \(need) needs")
    }
    lacks.report()
  }
}

extension IncidenceAnalysis.Cell {
  /// Reads counts written into an analysis; without a `name` to go by, they need a label.
  init?(inline element: Element, name: String? = nil, _ defaults: Defaults) {
    guard var reader = ObjectReader(element) else { return nil }
    let label =
      name.map { name in reader.optional("label") { $0.text() } ?? name }
      ?? reader.required("label") { $0.text() }
    let cell = IncidenceAnalysis.Cell(countsIn: &reader, label: label ?? "", defaults)
    reader.finish()
    guard label != nil, let cell, !reader.mayMean("subjects"), !reader.mayMean("personYears")
    else { return nil }
    self = cell
  }

  /// Reads `events` with `subjects` or `personYears`.
  init?(countsIn reader: inout ObjectReader, label: String, _ defaults: Defaults) {
    let element = reader.element
    let faultsBefore = element.collector.faults.count
    let events = reader.required("events") { $0.count() }
    let subjects = reader.optional("subjects") { $0.count() }
    let personYears = reader.optional("personYears") { $0.positiveNumber() }
    guard let events, element.collector.faults.count == faultsBefore else { return nil }
    // Over person-years, occurrences may be counted, of which there can be more.
    if let subjects, personYears == nil, events > subjects {
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
  func missing(for measure: IncidenceAnalysis.Measure) -> String? {
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

  convenience init(_ arm: Arm, of trial: Trial, _ defaults: Defaults) {
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
