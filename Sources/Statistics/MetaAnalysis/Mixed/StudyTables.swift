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

extension StudyTables {
  /// The studies at `places`, in that order.
  public func selecting(_ places: [Int]) -> StudyTables {
    switch self {
    case .risks(let tables): .risks(places.map { tables[$0] })
    case .rates(let tables): .rates(places.map { tables[$0] })
    case .proportions(let counts): .proportions(places.map { counts[$0] })
    case .eventRates(let counts): .eventRates(places.map { counts[$0] })
    }
  }
}
