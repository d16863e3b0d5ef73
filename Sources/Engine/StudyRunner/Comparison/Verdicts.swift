import Comparison
import Inference
import StudyDefinition

/// What the intervals and the tests of one place say of equal groups.
struct Verdicts {
  enum Interval {
    case risk(RiskInterval)
    case rate(RateInterval)
  }

  private var intervals: [(interval: Interval, limits: ConfidenceInterval)] = []

  mutating func add(_ interval: Interval, _ limits: ConfidenceInterval) {
    intervals.append((interval, limits))
  }

  /// The values of a test, whose p-value warns where an interval beside it says otherwise.
  ///
  /// Those of a family agree, exactly or up to gaps of which the interval's rows warn.
  func add(
    _ test: ComparisonAnalysis.GroupTest, _ result: TestResult, names: [String]
  ) -> [RowValue] {
    names.map { name in
      switch name {
      case "statistic": RowValue(result.statistic ?? 0)
      case "df": RowValue(result.degreesOfFreedom ?? 1)
      default: RowValue(result.pValue, warning: contradiction(test, result.pValue))
      }
    }
  }

  private func contradiction(
    _ test: ComparisonAnalysis.GroupTest, _ pValue: Double
  ) -> String? {
    let contradicted = intervals.compactMap { interval, limits -> String? in
      guard limits.sides == .two, interval.isOfSameCounts(as: test), !limits.isHull,
        // So near the level, rounding decides.
        abs(pValue - limits.level.alpha) > 1e-10 * limits.level.alpha
      else { return nil }
      let rejects = pValue < limits.level.alpha
      return rejects == limits.contains(interval.nullValue) ? interval.description : nil
    }
    guard !contradicted.isEmpty else { return nil }
    return "\(contradictionWarning): \(contradicted.joined(separator: ", "))"
  }
}

/// How a warning begins where a test and an interval do not belong together.
let contradictionWarning = "contradicts the interval"

extension Verdicts.Interval {
  fileprivate func isOfSameCounts(as test: ComparisonAnalysis.GroupTest) -> Bool {
    switch (self, test) {
    case (.risk, .risk), (.rate, .rate): true
    default: false
    }
  }

  fileprivate var nullValue: Double {
    switch self {
    case .risk(let interval): interval.contrast.nullValue
    case .rate(let interval): interval.contrast.nullValue
    }
  }

  fileprivate var description: String {
    switch self {
    case .risk(let interval): "\(interval.contrast.rawValue) \(interval.name)"
    case .rate(let interval): "\(interval.contrast.rawValue) \(interval.name)"
    }
  }
}
