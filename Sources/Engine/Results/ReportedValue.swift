/// A number, a verdict, or the reason why there is no number; never a NaN, for which files have no spelling.
public enum ReportedValue: Hashable, Sendable {
  /// A finite number.
  case number(Double)
  /// ±∞, such as the upper limit of an odds ratio whose reference has no event.
  case unbounded(Direction)
  /// Known only to lie beyond `bound`.
  case censored(Direction, bound: Double)
  /// No such number exists, for the reason given.
  case notEstimable(String)
  /// How something ended, in place of a number: `converged`, `passed`, `saddle`.
  case verdict(String)

  public enum Direction: String, Sendable {
    case above, below
  }

  /// The number to be shown or stored, where there is one: a censored value has its bound.
  public var stored: Double? {
    switch self {
    case .number(let value): value
    case .censored(_, let bound): bound
    case .unbounded, .notEstimable, .verdict: nil
    }
  }
}
