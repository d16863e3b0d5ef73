public import Incidence

/// What identifies an adverse event within a trial.
public struct EventName: Hashable, Sendable, CustomStringConvertible {
  /// The preferred term; `nil` for the row of a whole system.
  public let term: String?
  /// The system organ class.
  public let system: String?
  public let grade: String?
  public let serious: Bool

  /// What the event is called in results: the term, or else the system, with grade and seriousness.
  public var label: String {
    (term ?? system ?? "") + (grade.map { " [grade \($0)]" } ?? "") + (serious ? " [serious]" : "")
  }

  /// The label, with the system of a term, to tell events apart.
  public var description: String {
    guard term != nil, let system else { return label }
    return "\(label) (\(system))"
  }
}

/// What was reported of one event in one arm.
public enum Observation: Hashable, Sendable {
  case counts(EventCounts)
  /// Only a percentage of subjects was printed.
  case percentage(PrintedPercentage)
}

/// The subjects with an event in one arm, and what else was counted.
public struct EventCounts: Hashable, Sendable {
  public let subjects: Int
  /// Occurrences, repeats within a subject included.
  public let events: Int?
  /// Replaces the arm's number of subjects as denominator.
  public let atRisk: Int?
  /// The time at risk of this event, in years.
  public let personYears: Double?
}

/// An adverse event with what was reported of it in each arm, by the arm's id.
///
/// An arm that is missing was not reported, which is not the same as no events.
public struct Event: Hashable, Sendable {
  public let name: EventName
  public let observations: [String: Observation]
}
