import Comparison
import Results
import StudyDefinition

// Where the rows of a comparison stand, known before anything is computed.

extension ComparisonAnalysis {
  /// The place of an event, in all subjects.
  func place(of event: EventName?) -> RowPlace {
    RowPlace(
      groups: [
        Grouping("treatment", joinedName(\.treatment)),
        Grouping("reference", joinedName(\.reference)),
        event?.system.map { Grouping("system", $0) },
      ],
      variable: event.variable, level: event?.label ?? "")
  }

  /// What one side is called; over strata of several trials, all their names.
  private func joinedName(_ side: (Stratum) -> Side) -> String {
    var seen: Set<String> = []
    return strata.map { side($0).name }.filter { seen.insert($0).inserted }
      .joined(separator: ", ")
  }
}

extension EventName? {
  /// What was measured: a term, or the row of a whole system.
  var variable: String {
    map { $0.isSystemRow } ?? false ? "system" : "term"
  }
}

extension ComparisonAnalysis {
  /// What is computed of every event, in all subjects.
  var statisticKeys: [StatisticKey] {
    groupParts.flatMap { $0.keys(sides) } + adjustmentKeys
  }

  /// What the adjustment of the first test's p-values gives.
  var adjustmentKeys: [StatisticKey] {
    guard let test = firstTestName else { return [] }
    return multiplicity.flatMap { adjustment in
      (["adjusted_p_value"] + (adjustment.usesSystems ? ["system_p_value", "flag"] : [])).map {
        StatisticKey(measure: "test", method: "\(test)/\(adjustment.rawValue)", name: $0)
      }
    }
  }

  var firstTestName: String? {
    switch methods {
    case .twoGroups(_, let tests):
      switch tests.first {
      case .risk(let test): test.rawValue
      case .rate(let test): test.rawValue
      case nil: nil
      }
    }
  }
}
