import Comparison
import Inference
import Results
import StudyDefinition

// The p-values of the first test, adjusted over all events.

extension ComparisonAnalysis {
  /// What the adjustment of the first test's p-values gives.
  var adjustmentKeys: [StatisticKey] {
    guard let test = firstTestName else { return [] }
    return multiplicity.flatMap { adjustment in
      (["adjusted_p_value"] + (adjustment.usesSystems ? ["system_p_value", "flag"] : [])).map {
        StatisticKey(measure: "test", method: "\(test)/\(adjustment.rawValue)", name: $0)
      }
    }
  }

  private var firstTestName: String? {
    switch methods {
    case .twoGroups(_, let tests):
      switch tests.first {
      case .risk(let test): test.rawValue
      case .rate(let test): test.rawValue
      case nil: nil
      }
    case .strata(_, let tests, _): tests.first?.rawValue
    }
  }

  /// Adds the adjusted p-values to the rows of every event.
  func adjust(_ groups: inout [ResultGroup], level: ConfidenceLevel) {
  }
}
