public import Comparison
public import Incidence

/// The counts of the studies of a meta-analysis.
public enum StudyTables: Sendable {
  /// Subjects with an event in two groups.
  case risks([TwoByTwoTable])
  /// Events over person-time in two groups.
  case rates([PersonTimeTable])
  /// Subjects with an event in one group.
  case proportions([BinomialCount])
  /// Events over person-time in one group.
  case eventRates([PoissonCount])

  public var count: Int {
    switch self {
    case .risks(let tables): tables.count
    case .rates(let tables): tables.count
    case .proportions(let counts): counts.count
    case .eventRates(let counts): counts.count
    }
  }
}
