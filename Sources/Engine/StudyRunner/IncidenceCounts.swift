import Incidence
import Inference
import StudyDefinition

/// The counts of one cell of an incidence analysis, as they stand or as they were rebuilt.
struct CellCounts {
  let events: Int
  /// The subjects with the event, whatever `events` counts.
  let affected: Int
  /// The denominator of a risk.
  let subjects: Int?
  /// The denominator of a rate.
  let personYears: Double?
  let isReconstructed: Bool
}

/// The counts of a cell, or the reason why there are none.
enum CellContent {
  case counts(CellCounts)
  /// The number of subjects of the group is not known.
  case unknownSubjects(PrintedPercentage)
}

extension IncidenceAnalysis.Cell {
  /// The counts of this cell, with `numerator` saying what a rate counts.
  ///
  /// - Throws: ``ReconstructionError`` where a printed percentage does not give one count.
  func content(
    counting numerator: IncidenceAnalysis.Numerator
  ) throws(ReconstructionError) -> CellContent {
    switch observation {
    case .counts(let counts):
      let events =
        switch numerator {
        case .subjects: counts.subjects
        case .events: counts.events ?? counts.subjects
        }
      return .counts(
        CellCounts(
          events: events, affected: counts.subjects, subjects: counts.atRisk ?? group.subjects,
          personYears: counts.personYears ?? group.personYears, isReconstructed: false))
    case .percentage(let percentage):
      guard let subjects = group.subjects else { return .unknownSubjects(percentage) }
      let affected = try percentage.count(of: subjects)
      return .counts(
        CellCounts(
          events: affected, affected: affected, subjects: subjects,
          personYears: group.personYears, isReconstructed: true))
    }
  }
}

extension CellContent {
  /// 100·subjects with the event/subjects at risk; `nil` where nobody was at risk.
  var percent: Double? {
    switch self {
    case .counts(let counts):
      counts.subjects.flatMap { $0 == 0 ? nil : 100 * Double(counts.affected) / Double($0) }
    case .unknownSubjects(let percentage): percentage.printed.value
    }
  }
}
