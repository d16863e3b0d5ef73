public import Incidence

/// Events over person-time in two groups.
///
/// A difference is treatment − reference, a ratio treatment / reference; rates are per person-year.
public struct PersonTimeTable: Hashable, Sendable {
  public let treatment: PoissonCount
  public let reference: PoissonCount

  public init(treatment: PoissonCount, reference: PoissonCount) {
    self.treatment = treatment
    self.reference = reference
  }

  /// The events of both groups.
  public var events: Int { treatment.events + reference.events }

  /// The person-years of both groups.
  public var personYears: Double { treatment.personYears + reference.personYears }

  /// The table with the groups exchanged.
  var withGroupsExchanged: PersonTimeTable {
    PersonTimeTable(treatment: reference, reference: treatment)
  }
}
