import Inference
import Ordinal
import Results
import StudyDefinition

extension TrendAnalysis {
  /// The counts of each group, then the tests.
  var plannedGroups: [PlannedGroup] {
    let groups = zip(labels, table.groups).map { label, group in
      let counts = PlannedStatistics("trend", ["score", "events", "subjects", "percent"]) { _ in
        let percent = 100 * Double(group.events) / Double(group.subjects)
        return [
          RowValue(group.score), RowValue(group.events), RowValue(group.subjects),
          RowValue(percent),
        ]
      }
      return PlannedGroup([Grouping("group", label)], outcome: outcome, [counts])
    }
    let tests = methods.map { method in
      PlannedStatistics("trend", method: method.rawValue) { () throws(NotEstimable) in
        try table.test(method)
      }
    }
    return groups + [PlannedGroup([], outcome: outcome, tests)]
  }

  func describe(in result: inout AnalysisResult) {
    result.methods = methods.map { MethodNote($0) }
    result.notes.append(
      "A statistic is positive where the risk rises with the score; p-values are two-sided.")
  }
}
