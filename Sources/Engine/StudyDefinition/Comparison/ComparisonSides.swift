import Inference
import JSON

extension AnalysisContext {
  /// The arm that `element` names as `trial/arm`, with its trial.
  func arm(_ element: Element) -> (trial: Trial, arm: Arm)? {
    guard let name = element.string() else { return nil }
    if let found = arm(named: name) { return found }
    // An arm that could not be read may be the one that is meant.
    guard trials.isComplete, trials.values.allSatisfy(\.namesEveryArm) else { return nil }
    let known = trials.values.flatMap { trial in trial.arms.map { "\(trial.id)/\($0.id)" } }
    return element.fault(
      found: "the unknown arm \(quoted(name))",
      expected: known.isEmpty ? "an arm, of which there is none" : "one of \(listed(known))",
      suggestion: known.first { $0.hasSuffix("/\(name)") }
        ?? nearestSpelling(to: name, among: known))
  }
}

/// A side of a comparison as it was read, with the trial whose events it has.
struct ReadSide {
  let side: ComparisonAnalysis.Side
  let element: Element
  /// `nil` for counts written into the analysis.
  let trial: Trial?
  /// The counts written into the analysis.
  let inline: IncidenceAnalysis.Cell?
  private let events: EventsByName

  /// Reads `trial/arm`, or a list of arms of one trial, which are pooled.
  init?(arms element: Element, _ context: AnalysisContext) {
    let elements = element.elementCount == nil ? [element] : element.elements() ?? []
    guard !elements.isEmpty else {
      element.report(expected: "at least one arm")
      return nil
    }
    let named = elements.compactMap { context.arm($0) }
    guard named.count == elements.count, let trial = named.first?.trial else { return nil }
    var seen: Set<String> = []
    for (place, (other, arm)) in named.enumerated() {
      guard other.id == trial.id else {
        elements[place].report(
          found: "an arm of the trial \(quoted(other.id))",
          expected: "arms of one trial, here of \(quoted(trial.id))")
        return nil
      }
      guard seen.insert(arm.id).inserted else {
        elements[place].report(
          found: "the arm \(quoted("\(trial.id)/\(arm.id)")) again", expected: "each arm once")
        return nil
      }
    }
    let arms = named.map(\.arm)
    self.element = element
    self.trial = trial
    inline = nil
    events = context.events(of: trial)
    side = ComparisonAnalysis.Side(
      name: "\(trial.id)/" + arms.map(\.id).joined(separator: "+"),
      label: arms.map(\.label).joined(separator: " + "), trial: trial.id,
      groups: arms.map { IncidenceAnalysis.Group($0, of: trial, context.defaults) })
  }

  /// Reads counts written into the analysis; `name` is the side where they have no label.
  init?(counts element: Element, name: String, _ context: AnalysisContext) {
    guard let cell = IncidenceAnalysis.Cell(inline: element, name: name, context.defaults) else {
      return nil
    }
    self.element = element
    trial = nil
    inline = cell
    events = EventsByName([], ofSeveralSystems: [])
    side = ComparisonAnalysis.Side(
      name: cell.group.label, label: cell.group.label, trial: nil, groups: [cell.group])
  }

  /// Whether its counts are those of a trial.
  var areTrialsArms: Bool { trial != nil }

  /// Whether the numbers of the arm that `group` is were read without a fault.
  func hasSoundNumbers(_ group: IncidenceAnalysis.Group) -> Bool {
    guard let trial, trial.id == group.trial else { return true }
    return trial.arms.first { $0.id == group.arm }?.hasSoundNumbers ?? true
  }

  /// What its trial calls `event`.
  func name(of event: EventName) -> EventName? { events[event]?.name }

  /// Whether any of its arms reports `event`.
  func reports(_ event: EventName) -> Bool {
    guard let found = events[event] else { return false }
    return side.groups.contains { found.observations[$0.arm] != nil }
  }

  /// What this side reports of `event`: a cell for each of its arms, or `nil` where one is missing.
  func cells(of event: EventName?) -> [IncidenceAnalysis.Cell]? {
    guard trial != nil, let event else { return inline.map { [$0] } }
    guard let found = events[event] else { return nil }
    let cells = side.groups.compactMap { group in
      found.observations[group.arm].map {
        IncidenceAnalysis.Cell(group: group, event: event, observation: $0)
      }
    }
    return cells.count == side.groups.count ? cells : nil
  }
}

/// The events of trials by their names, as far as anything asked for them.
final class EventTables {
  private var byTrial: [String: EventsByName] = [:]

  func events(of trial: Trial, ofSeveralSystems labels: Set<String>) -> EventsByName {
    if let known = byTrial[trial.id] { return known }
    let events = EventsByName(trial.events, ofSeveralSystems: labels)
    byTrial[trial.id] = events
    return events
  }
}

/// The events of a trial by their names.
///
/// Where one of two trials does not give the system of a term, they mean the same event; unless a
/// trial has the term under several systems, so that it could be any of these.
struct EventsByName {
  private let exact: [EventName: Event]
  private let byLabel: [String: [Event]]

  /// `ofSeveralSystems` are the labels that some trial has under more than one system.
  init(_ events: [Event], ofSeveralSystems labels: Set<String>) {
    exact = Dictionary(uniqueKeysWithValues: events.map { ($0.name, $0) })
    byLabel = Dictionary(
      grouping: events.filter { $0.name.term != nil && !labels.contains($0.name.label) },
      by: \.name.label)
  }

  subscript(name: EventName) -> Event? {
    if let event = exact[name] { return event }
    guard name.term != nil else { return nil }
    let alike = (byLabel[name.label] ?? []).filter {
      $0.name.system == nil || name.system == nil
    }
    return alike.count == 1 ? alike[0] : nil
  }
}
