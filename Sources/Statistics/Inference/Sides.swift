/// Which limits of a confidence interval are asked for.
///
/// A one-sided interval leaves the whole of α in the tail beyond its only limit.
public enum Sides: String, CaseIterable, Sendable {
  case two
  /// The lower limit alone.
  case lower
  /// The upper limit alone.
  case upper
}
