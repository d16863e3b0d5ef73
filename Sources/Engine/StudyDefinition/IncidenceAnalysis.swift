public import Incidence
public import Inference

/// How often events were seen: risks or rates by arm and term, each with its intervals.
public struct IncidenceAnalysis: Sendable {
  public enum Measure: Sendable {
    /// Subjects with the event among the subjects at risk.
    case risk([ProportionIntervalMethod])
    /// Events over the time at risk, given per `per` person-years.
    case rate([RateIntervalMethod], numerator: Numerator, per: Double)
  }

  /// What a rate counts.
  public enum Numerator: String, CaseIterable, Sendable {
    /// Subjects with a first event, over the time to it.
    case subjects
    /// All occurrences, repeats within a subject included.
    case events
  }

  /// One event in one arm.
  public struct Cell: Sendable {
    public let group: Group
    /// `nil` for counts written into the analysis.
    public let event: EventName?
    public let observation: Observation
  }

  public let measure: Measure
  public let sides: Sides
  /// Events that reach this percentage in no group shown are left out.
  public let minimumPercent: Double?
  /// The groups shown, in order.
  public let groups: [Group]
  /// In the order of trials, then events, then groups.
  public let cells: [Cell]
}

/// The spellings of an incidence analysis' `measure`.
enum IncidenceMeasureName: String, CaseIterable {
  case risk, rate
}
