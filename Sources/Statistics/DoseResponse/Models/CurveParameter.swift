/// A parameter of a curve; the raw value is its name in a study definition and in results.
public enum CurveParameter: String, CaseIterable, Hashable, Sendable {
  case slope
  /// The plateau of which the share is p.
  case lower
  /// The plateau of which the share is q.
  case upper
  /// The dose half-way between the plateaus.
  case ed50
  /// The dose about which the curve turns where that is not half-way.
  case location
  case scale
  case asymmetry
  /// The rise of the response at low doses.
  case hormesis
  /// The response at dose 0.
  case e0
  case e1
  /// The largest change from ``e0``.
  case emax
  case hill
  case intercept
  case curvature
  case mean
}
