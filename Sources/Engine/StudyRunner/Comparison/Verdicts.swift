import Comparison
import Inference

/// What the intervals and the tests of one place say of equal groups.
struct Verdicts {
  private struct Verdict {
    /// The measure and the method.
    let name: String
    let method: String
    let comparesRisks: Bool
    let nullValue: Double
    let limits: ConfidenceInterval
  }

  private var intervals: [Verdict] = []

  mutating func add(_ contrast: RiskContrast, _ method: String, _ limits: ConfidenceInterval) {
    intervals.append(
      Verdict(
        name: "\(contrast.rawValue) \(method)", method: method, comparesRisks: true,
        nullValue: contrast.nullValue, limits: limits))
  }

  mutating func add(_ contrast: RateContrast, _ method: String, _ limits: ConfidenceInterval) {
    intervals.append(
      Verdict(
        name: "\(contrast.rawValue) \(method)", method: method, comparesRisks: false,
        nullValue: contrast.nullValue, limits: limits))
  }

  /// The warning that a p-value for equal groups contradicts intervals made of the same counts.
  ///
  /// Those of a family agree; where the values that one of their tests accepts have gaps, the
  /// interval's own rows warn of it.
  func contradiction(of test: String, comparesRisks: Bool, _ pValue: Double) -> String? {
    let contradicted = intervals.filter { verdict in
      let (limits, alpha) = (verdict.limits, verdict.limits.level.alpha)
      // So near the level, rounding decides.
      guard limits.sides == .two, verdict.comparesRisks == comparesRisks,
        abs(pValue - alpha) > 1e-10 * alpha,
        !(limits.isHull && familiesWithGaps[test] == verdict.method)
      else { return false }
      return (pValue < alpha) == limits.contains(verdict.nullValue)
    }
    guard !contradicted.isEmpty else { return nil }
    return "\(contradictionWarning): \(contradicted.map(\.name).joined(separator: ", "))"
  }
}

/// How a warning begins where a test and an interval do not belong together.
let contradictionWarning = "contradicts the interval"

/// The tests whose accepted values may have gaps, with the interval that is their hull.
private let familiesWithGaps = [
  TwoByTwoTest.fisher.rawValue: OddsRatioMethod.baptistaPike.rawValue,
  TwoByTwoTest.fisherMidP.rawValue: OddsRatioMethod.baptistaPikeMidP.rawValue,
  TwoByTwoTest.barnard.rawValue: RiskDifferenceMethod.exactTwoSided.rawValue,
]
