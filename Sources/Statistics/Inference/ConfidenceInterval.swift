/// A confidence interval, with the level it was made for.
public struct ConfidenceInterval: Hashable, Sendable {
  /// The lower limit; `nil` when only the upper one was asked for.
  public let lower: Double?

  /// The upper limit; `nil` when only the lower one was asked for.
  public let upper: Double?

  public let level: ConfidenceLevel

  /// The interval with those of the two limits that `sides` asks for.
  ///
  /// At levels next to 0 rounding alone decides which of the two is the greater; that one is then
  /// the upper limit.
  public init(lower: Double, upper: Double, level: ConfidenceLevel, sides: Sides) {
    switch sides {
    case .two: (self.lower, self.upper) = (min(lower, upper), max(lower, upper))
    case .lower: (self.lower, self.upper) = (lower, nil)
    case .upper: (self.lower, self.upper) = (nil, upper)
    }
    self.level = level
  }

  public var sides: Sides {
    if upper == nil { return .lower }
    return lower == nil ? .upper : .two
  }
}
