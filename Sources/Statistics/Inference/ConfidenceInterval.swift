/// A confidence interval, with the level it was made for.
public struct ConfidenceInterval: Hashable, Sendable {
  /// The lower limit; `nil` when only the upper one was asked for.
  public let lower: Double?

  /// The upper limit; `nil` when only the lower one was asked for.
  public let upper: Double?

  public let level: ConfidenceLevel

  /// The interval with those of the two limits that `sides` asks for.
  public init(lower: Double, upper: Double, level: ConfidenceLevel, sides: Sides) {
    self.lower = sides == .upper ? nil : lower
    self.upper = sides == .lower ? nil : upper
    self.level = level
  }

  public var sides: Sides {
    if upper == nil { return .lower }
    return lower == nil ? .upper : .two
  }
}
