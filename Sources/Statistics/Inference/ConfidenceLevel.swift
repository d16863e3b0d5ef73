import Probability

/// The probability 1 − α with which a confidence interval shall hold the true value.
public struct ConfidenceLevel: Hashable, Sendable {
  /// 0.95.
  public static let percent95 = ConfidenceLevel(unchecked: 0.95)

  /// 1 − α.
  public let value: Double

  // Computed once, since a quantile costs ten times the closed forms that use it.
  private let twoSidedCriticalValue: Double
  private let oneSidedCriticalValue: Double

  /// - Returns: `nil` unless 0 < `value` < 1 and 0 < 1 − `value` < 1 as doubles.
  public init?(_ value: Double) {
    guard value > 0, value < 1, 1 - value < 1 else { return nil }
    self.init(unchecked: value)
  }

  private init(unchecked value: Double) {
    self.value = value
    twoSidedCriticalValue = Normal.standard.quantile(upperTail: (1 - value) / 2)
    oneSidedCriticalValue = Normal.standard.quantile(upperTail: 1 - value)
  }

  /// α, the probability left outside.
  public var alpha: Double { 1 - value }

  /// The probability left in each tail that an interval with `sides` excludes: α/2 or α.
  public func tailProbability(_ sides: Sides) -> Double {
    sides == .two ? alpha / 2 : alpha
  }

  /// Φ⁻¹(1 − α/2), or Φ⁻¹(1 − α) for one side.
  public func normalCriticalValue(_ sides: Sides) -> Double {
    sides == .two ? twoSidedCriticalValue : oneSidedCriticalValue
  }
}
