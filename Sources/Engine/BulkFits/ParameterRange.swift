public import DoseResponse
import Glibc
import Probability

/// Where the values of a simulated parameter lie.
public struct ParameterRange: Hashable, Sendable {
  public let range: ClosedRange<Double>
  /// Whether the logarithm is uniform, and not the value itself.
  public let isOfLogarithm: Bool

  /// The range of `parameter` of `model`: uniform on the logarithm for doses and slopes where both ends
  /// are positive, else uniform.
  public init(
    _ range: ClosedRange<Double>, of parameter: CurveParameter, _ model: DoseResponseModel
  ) {
    self.range = range
    isOfLogarithm =
      range.lowerBound > 0 && Self.isDoseOrSlope(parameter, model)
  }

  /// Whether the parameter is a dose, or says how steep the curve is.
  private static func isDoseOrSlope(
    _ parameter: CurveParameter, _ model: DoseResponseModel
  ) -> Bool {
    switch parameter {
    case .ed50, .scale, .slope, .hill: true
    case .location: model.isOfLogDose
    default: false
    }
  }

  /// The range that is taken where none is given; `nil` where none would be sensible.
  ///
  /// Slopes from 0.5 to 3, plateaus near 0 and 1, and turning points within the doses: from a fifth to
  /// four fifths of the way from the lowest to the highest, on the logarithm where the model is of it.
  public static func usual(
    for parameter: CurveParameter, of model: DoseResponseModel, doses: [Double]
  ) -> ParameterRange? {
    let range: ClosedRange<Double>? =
      switch parameter {
      case .slope where ![.linear, .quadratic].contains(model), .hill: 0.5...3
      case .lower, .e0: 0...0.1
      case .upper, .emax: 0.9...1.1
      case .asymmetry: 0.5...2
      case .mean: 0.9...1.1
      case .ed50, .scale, .location: turningPoints(doses, isLogDose: model.isOfLogDose)
      default: nil
      }
    return range.map { ParameterRange($0, of: parameter, model) }
  }

  private static func turningPoints(
    _ doses: [Double], isLogDose: Bool
  ) -> ClosedRange<Double>? {
    let used = isLogDose ? doses.filter { $0 > 0 }.map { log($0) } : doses
    guard let lowest = used.min(), let highest = used.max() else { return nil }
    let ends = (lowest + 0.2 * (highest - lowest), lowest + 0.8 * (highest - lowest))
    return isLogDose ? exp(ends.0)...exp(ends.1) : ends.0...ends.1
  }

  /// A value drawn from the range.
  func value(_ stream: inout RandomStream) -> Double {
    let (lower, upper) = (range.lowerBound, range.upperBound)
    guard lower < upper else { return lower }
    let u = stream.uniform()
    let value = isOfLogarithm ? lower * exp(u * log(upper / lower)) : lower + u * (upper - lower)
    return min(max(value, lower), upper)
  }
}
