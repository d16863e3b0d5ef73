public import Incidence

/// Subjects with and without an event in two groups.
///
/// A difference is treatment − reference, a ratio treatment / reference.
public struct TwoByTwoTable: Hashable, Sendable {
  public let treatment: BinomialCount
  public let reference: BinomialCount

  public init(treatment: BinomialCount, reference: BinomialCount) {
    self.treatment = treatment
    self.reference = reference
  }

  /// The subjects of both groups.
  public var total: Int { treatment.total + reference.total }

  /// The subjects with the event in both groups.
  public var events: Int { treatment.events + reference.events }

  /// The subjects without the event in both groups.
  public var nonEvents: Int { total - events }

  /// Whether no subject, or every subject, had the event: such a table says nothing of a ratio.
  public var hasOneOutcomeOnly: Bool { events == 0 || nonEvents == 0 }

  /// The table with the groups exchanged.
  var withGroupsExchanged: TwoByTwoTable {
    TwoByTwoTable(treatment: reference, reference: treatment)
  }
}
