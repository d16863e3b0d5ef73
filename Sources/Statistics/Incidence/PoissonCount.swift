public import Inference

/// `events` events, or subjects with a first event, in `personYears` of time at risk.
public struct PoissonCount: Hashable, Sendable {
  public let events: Int
  public let personYears: Double

  /// - Throws: ``CountError`` unless `events` ≥ 0 and 0 < `personYears` < ∞.
  public init(events: Int, personYears: Double) throws(CountError) {
    guard events >= 0 else { throw .negative(events: events) }
    guard personYears > 0, personYears.isFinite else {
      throw .noTimeAtRisk(personYears: personYears)
    }
    self.events = events
    self.personYears = personYears
  }

  /// Events per person-year.
  public var rate: Double { Double(events) / personYears }

  /// Whether a limit of `interval` is the rate itself although it need not be.
  ///
  /// Wald's interval is such a point without events.
  public func isDegenerate(_ interval: ConfidenceInterval) -> Bool {
    interval.upper == rate || (interval.lower == rate && events > 0)
  }
}
