public import Incidence

/// The strata of one comparison, each a table of its own.
public struct Strata<Table: Hashable & Sendable>: Hashable, Sendable {
  /// The strata in which both groups are present, in the order given.
  public let tables: [Table]

  /// The strata that were left out, in the order given.
  public let dropped: [DroppedStratum]

  /// Strata in which both groups are present.
  public init(_ tables: [Table]) {
    self.tables = tables
    dropped = []
  }

  private init<Count>(
    _ strata: [(treatment: Count?, reference: Count?)], table: (Count, Count) -> Table
  ) {
    var tables: [Table] = []
    var dropped: [DroppedStratum] = []
    for (index, stratum) in strata.enumerated() {
      switch (stratum.treatment, stratum.reference) {
      case (let treatment?, let reference?): tables.append(table(treatment, reference))
      case (nil, _?): dropped.append(DroppedStratum(index: index, missing: "treatment"))
      case (_?, nil): dropped.append(DroppedStratum(index: index, missing: "reference"))
      case (nil, nil): dropped.append(DroppedStratum(index: index, missing: "either"))
      }
    }
    self.tables = tables
    self.dropped = dropped
  }
}

/// A stratum in which a group has no subjects, so that it compares nothing.
public struct DroppedStratum: Hashable, Sendable {
  /// Its place among the strata given, from 0.
  public let index: Int

  /// In words, to follow "stratum left out: ".
  public let reason: String

  fileprivate init(index: Int, missing group: String) {
    self.index = index
    reason = "no subjects in \(group == "either" ? "" : "the ")\(group) group"
  }
}

/// Subjects with and without an event in two groups, stratum by stratum.
public typealias StratifiedRisks = Strata<TwoByTwoTable>

/// Events over person-time in two groups, stratum by stratum.
public typealias StratifiedRates = Strata<PersonTimeTable>

extension Strata where Table == TwoByTwoTable {
  /// Strata whose groups are `nil` where they have no subjects; these strata are dropped.
  public init(_ strata: [(treatment: BinomialCount?, reference: BinomialCount?)]) {
    self.init(strata) { TwoByTwoTable(treatment: $0, reference: $1) }
  }

  var cells: some Sequence<RiskCells> { tables.lazy.map(\.cells) }
}

extension Strata where Table == PersonTimeTable {
  /// Strata whose groups are `nil` where they have no time at risk; these strata are dropped.
  public init(_ strata: [(treatment: PoissonCount?, reference: PoissonCount?)]) {
    self.init(strata) { PersonTimeTable(treatment: $0, reference: $1) }
  }

  var cells: some Sequence<RateCells> { tables.lazy.map(\.cells) }
}
