public import Inference

/// `events` subjects with the event among `total` subjects at risk.
public struct BinomialCount: Hashable, Sendable {
  public let events: Int
  public let total: Int

  /// - Throws: ``CountError`` unless 0 ≤ `events` ≤ `total` and `total` ≥ 1.
  public init(events: Int, total: Int) throws(CountError) {
    guard total >= 1 else { throw .noSubjects }
    guard (0...total).contains(events) else { throw .outOfRange(events: events, total: total) }
    self.init(unchecked: events, of: total)
  }

  private init(unchecked events: Int, of total: Int) {
    self.events = events
    self.total = total
  }

  /// The count of the subjects without the event.
  package var complement: BinomialCount { BinomialCount(unchecked: nonEvents, of: total) }

  /// The subjects without the event.
  public var nonEvents: Int { total - events }

  /// p̂ = events / total.
  public var proportion: Double { Double(events) / Double(total) }

  /// Whether a limit of `interval` is the proportion itself although it need not be.
  ///
  /// Wald's interval is such a point where no subject, or every one, has the event.
  public func isDegenerate(_ interval: ConfidenceInterval) -> Bool {
    (interval.upper == proportion && nonEvents > 0) || (interval.lower == proportion && events > 0)
  }
}
