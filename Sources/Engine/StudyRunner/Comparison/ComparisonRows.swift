import Comparison
import Results
import StudyDefinition

// Where the rows of a comparison stand, known before anything is computed.

extension ComparisonAnalysis {
  /// Whether strata are pooled.
  var isStratified: Bool {
    if case .strata = methods { true } else { false }
  }

  /// The place of an event in one stratum, or in all subjects where there are no strata.
  func place(of event: EventName?, in stratum: Stratum) -> RowPlace {
    RowPlace(
      groups: [
        Grouping("treatment", stratum.treatment.name),
        Grouping("reference", stratum.reference.name),
        stratum.label.map { Grouping("stratum", $0) }
          ?? event?.system.map { Grouping("system", $0) },
      ],
      variable: event.variable, level: event?.label ?? "")
  }

  /// The place of an event over all strata.
  func pooledPlace(of event: EventName?) -> RowPlace {
    RowPlace(
      groups: [
        Grouping("treatment", joinedName(\.treatment)),
        Grouping("reference", joinedName(\.reference)),
        event?.system.map { Grouping("system", $0) },
      ],
      variable: event.variable, level: event?.label ?? "")
  }

  /// What one side is called in all strata.
  private func joinedName(_ side: (Stratum) -> Side) -> String {
    var seen: Set<String> = []
    return strata.map { side($0).name }.filter { seen.insert($0).inserted }
      .joined(separator: ", ")
  }

  /// The places of every event with what is computed there, in order.
  func rows() -> [(event: EventName?, place: RowPlace, keys: [StatisticKey])] {
    let ofGroups = groupParts.flatMap { $0.keys(sides) } + (isStratified ? [] : adjustmentKeys)
    let pooled = stratifiedParts.flatMap { $0.keys(sides, weights) } + adjustmentKeys
    return outcomes.flatMap { outcome in
      outcome.cells.map {
        (outcome.event, place(of: outcome.event, in: strata[$0.stratum]), ofGroups)
      } + (isStratified ? [(outcome.event, pooledPlace(of: outcome.event), pooled)] : [])
    }
  }
}

extension EventName? {
  /// What was measured: a term, or the row of a whole system.
  var variable: String {
    map { $0.isSystemRow } ?? false ? "system" : "term"
  }
}
