import JSON

/// The columns of the analysis results data, in their order, with what a reader is told of each.
let resultsDataColumns: [(name: String, label: String)] = [
  ("study_id", "Study"), ("analysis_id", "Analysis"), ("kind", "Kind of Analysis"),
  ("group1", "Group 1"), ("group1_level", "Level of Group 1"),
  ("group2", "Group 2"), ("group2_level", "Level of Group 2"),
  ("group3", "Group 3"), ("group3_level", "Level of Group 3"),
  ("variable", "Variable"), ("variable_level", "Level of Variable"),
  ("measure", "Measure"), ("method", "Method"), ("stat_name", "Statistic"),
  ("stat_label", "Statistic Label"), ("stat", "Value"), ("unit", "Unit"),
  ("status", "Status"), ("warning", "Warning"), ("error", "Error"),
]

/// The place of the one numeric column, `stat`.
let valueColumn = 15

extension StudyResults {
  /// How many rows there are.
  public var rowCount: Int { analyses.reduce(0) { $0 + $1.rowCount } }
}

extension AnalysisResult {
  /// How many rows it has: one that failed has one beside its results.
  public var rowCount: Int {
    groups.reduce(outcome.reason == nil ? 0 : 1) { $0 + $1.count }
  }
}

extension RowPlace {
  /// The columns from `group1` to `variable_level`.
  var columns: [String] {
    let named = groups.flatMap { [$0?.name ?? "", $0?.level ?? ""] }
    let empty = [String](repeating: "", count: 6 - named.count)
    return named + empty + [variable, level]
  }
}

extension Statistic {
  /// The name in words; of an infinite number with its sign.
  var label: String {
    let name = statisticLabels[key.name] ?? key.name.replacing("_", with: " ")
    return switch value {
    case .unbounded(.above): name + " (+∞)"
    case .unbounded(.below): name + " (−∞)"
    case .number, .censored, .notEstimable, .verdict: name
    }
  }

  /// The warning, or why there is no number.
  var explanation: String {
    guard case .notEstimable(let reason) = value else { return warning ?? "" }
    return [reason, warning].compactMap { $0 }.joined(separator: "; ")
  }
}

private let statisticLabels = [
  "events": "Events", "subjects": "Subjects", "person_years": "Person-years",
  "percent": "Percent", "estimate": "Estimate", "lower": "Lower limit", "upper": "Upper limit",
  "fitting_subjects": "Numbers of subjects that fit", "statistic": "Statistic",
  "df": "Degrees of freedom", "p_value": "p-value", "adjusted_p_value": "Adjusted p-value",
  "system_p_value": "Adjusted p-value of the system", "status": "Status",
]
