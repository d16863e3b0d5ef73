/// Why numbers do not describe a count.
public enum CountError: Error, Hashable, Sendable {
  case noSubjects
  case outOfRange(events: Int, total: Int)
  case negative(events: Int)
  /// The person-years are not a positive finite number.
  case noTimeAtRisk(personYears: Double)
}
