public import Inference

/// How numbers are rounded where they are shown; the results themselves never are.
public struct Rounding: Hashable, Sendable {
  public let rule: RoundingRule
  /// The decimals of percentages, to which those of ratios and rates keep their distance.
  public let decimals: Int

  /// Percentages have one decimal, as in most published tables.
  public static let usualDecimals = 1

  public init(_ rule: RoundingRule, decimals: Int = usualDecimals) {
    precondition(decimals >= 0, "\(decimals) decimals")
    self.rule = rule
    self.decimals = decimals
  }

  /// The decimals of what usually has `usual`.
  public func decimals(usually usual: Int) -> Int {
    max(0, usual + decimals - Self.usualDecimals)
  }

  /// What a footer says of it, where most numbers are percentages.
  public var note: String { note(["percentages to " + decimalsText(usually: Self.usualDecimals)]) }

  /// What a footer says of it, with the decimals of each kind of number shown.
  public func note(_ decimals: [String]) -> String {
    let half =
      switch rule {
      case .halfAway: "half away from zero"
      case .halfEven: "half to even"
      }
    return (["Numbers are rounded \(half) where they are shown"] + decimals)
      .joined(separator: ", ") + "."
  }

  /// `1 decimal`, `2 decimals`: those of what usually has `usual`.
  public func decimalsText(usually usual: Int) -> String {
    counted(decimals(usually: usual), "decimal")
  }
}
