/// A confidence interval, with the level it was made for.
public struct ConfidenceInterval: Hashable, Sendable {
  /// The lower limit, −∞ where it is unbounded; `nil` when only the upper one was asked for.
  public let lower: Double?

  /// The upper limit, ∞ where it is unbounded; `nil` when only the lower one was asked for.
  public let upper: Double?

  public let level: ConfidenceLevel

  /// Whether some values between the limits are not accepted: the interval is then their hull.
  public let isHull: Bool

  /// The interval with those of the two limits that `sides` asks for.
  ///
  /// At levels next to 0 rounding alone decides which of the two is the greater; that one is then
  /// the upper limit.
  public init(
    lower: Double, upper: Double, level: ConfidenceLevel, sides: Sides, isHull: Bool = false
  ) {
    switch sides {
    case .two: (self.lower, self.upper) = (min(lower, upper), max(lower, upper))
    case .lower: (self.lower, self.upper) = (lower, nil)
    case .upper: (self.lower, self.upper) = (nil, upper)
    }
    self.level = level
    self.isHull = isHull
  }

  public var sides: Sides {
    if upper == nil { return .lower }
    return lower == nil ? .upper : .two
  }

  /// Whether `value` is not outside the limits.
  public func contains(_ value: Double) -> Bool {
    (lower.map { $0 <= value } ?? true) && (upper.map { value <= $0 } ?? true)
  }
}
