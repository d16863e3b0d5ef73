public import Inference
import Probability

/// A response in percent, with the uncertainty that the plate's controls bring into it.
public struct NormalizedResponse: Hashable, Sendable {
  public let percent: Double

  /// `nil` where one well alone makes the mean of a control.
  public let standardError: Double?
}

/// A scale in percent between two control means of a plate, whose variances are carried.
///
/// t = (y − o) / (d − o) for a response y, the level o of 0 % and d of 100 %; the percentage is 100 t.
/// All wells of a plate share o and d, hence their percentages are correlated.
public struct PercentScale: Hashable, Sendable {
  /// A mean of control wells.
  private struct Level: Hashable {
    let mean: Double
    /// `nil` for one well alone.
    let variance: Double?
    let degreesOfFreedom: Double

    /// No signal at all, exactly.
    static let zero = Level(mean: 0, variance: 0, degreesOfFreedom: .infinity)
  }

  private let zero: Level
  private let hundred: Level
  private var range: Double { hundred.mean - zero.mean }

  /// The scale of `normalization`; `nil` for the raw signal.
  ///
  /// - Throws: `NotEstimable` if a control is missing or both levels are equal.
  public init?(
    _ normalization: PlateNormalization, _ controls: ControlStatistics
  ) throws(NotEstimable) {
    let vehicle = { () throws(NotEstimable) in try Self.level(controls.vehicle, "vehicle") }
    switch normalization {
    case .none: return nil
    case .percentOfControl:
      zero = controls.blank == nil ? .zero : try Self.level(controls.blank, "blank")
      hundred = try vehicle()
    case .percentOfRange:
      zero = try vehicle()
      hundred = try Self.level(controls.positive, "positive")
    }
    guard try finite(range * range) > 0 else {
      throw NotEstimable("0 % and 100 % are the same response")
    }
  }

  private static func level(
    _ wells: WellSummary?, _ name: String
  ) throws(NotEstimable) -> Level {
    let wells = try present(wells, name)
    return Level(
      mean: wells.mean, variance: wells.meanVariance, degreesOfFreedom: Double(wells.count - 1))
  }

  /// `response`, not one of the controls', in percent.
  ///
  /// By the delta method Var t = (v + (1 − t)² Var o + t² Var d) / (d − o)², with v = `variance` of the
  /// response: 0 for what the controls bring alone, s²/k for a mean of k wells.
  public func normalized(_ response: Double, variance: Double = 0) -> NormalizedResponse {
    NormalizedResponse(
      percent: 100 * position(response),
      standardError: covariance(response, response).map {
        ($0 + 1e4 * variance / (range * range)).squareRoot()
      })
  }

  /// The covariance of two responses' percentages, of what the controls bring.
  ///
  /// 100² ((1 − t)(1 − t′) Var o + t t′ Var d) / (d − o)²; `nil` where one well alone makes a mean.
  public func covariance(_ first: Double, _ second: Double) -> Double? {
    guard let zeroVariance = zero.variance, let hundredVariance = hundred.variance else {
      return nil
    }
    let (t, u) = (position(first), position(second))
    return 1e4 * ((1 - t) * (1 - u) * zeroVariance + t * u * hundredVariance) / (range * range)
  }

  private func position(_ response: Double) -> Double { (response - zero.mean) / range }

  /// Fieller's interval of the percentage, unbounded where the two levels may be the same.
  ///
  /// All t with (y − o − t (d − o))² ≤ q² (v + (1 − t)² Var o + t² Var d), q of Student's t with
  /// Satterthwaite's degrees of freedom at the estimate, those of v infinite. Where that is not an
  /// interval, it is the whole line. Fieller (1954), J. R. Stat. Soc. B 16:175; Satterthwaite (1946),
  /// Biometrics Bull. 2:110.
  ///
  /// - Throws: `NotEstimable` where one well alone makes a mean.
  public func interval(
    _ response: Double, variance: Double = 0, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard let zeroVariance = zero.variance, let hundredVariance = hundred.variance else {
      throw NotEstimable("one well alone makes the mean of a control")
    }
    let t = position(response)
    let parts = [
      (variance, Double.infinity),
      ((1 - t) * (1 - t) * zeroVariance, zero.degreesOfFreedom),
      (t * t * hundredVariance, hundred.degreesOfFreedom),
    ]
    let critical = StudentT(degreesOfFreedom: satterthwaite(parts))
      .quantile(upperTail: level.alpha / 2)
    let square = critical * critical
    // a t² − 2 b t + c ≤ 0.
    let a = range * range - square * (zeroVariance + hundredVariance)
    let distance = response - zero.mean
    let b = distance * range - square * zeroVariance
    let c = distance * distance - square * (variance + zeroVariance)
    let discriminant = try finite(b * b - a * c)
    guard a > 0 else {
      return ConfidenceInterval(
        lower: -.infinity, upper: .infinity, level: level, sides: .two, isHull: discriminant > 0)
    }
    let root = max(0, discriminant).squareRoot()
    // The nearer root as a product, where the difference would cancel.
    let far = b < 0 ? b - root : b + root
    let near = far == 0 ? 0 : c / far
    return ConfidenceInterval(
      lower: 100 * min(far / a, near), upper: 100 * max(far / a, near), level: level, sides: .two)
  }
}

/// (Σ vₖ)² / Σ vₖ²/νₖ, the degrees of freedom of a sum of independent variances.
func satterthwaite(_ parts: [(variance: Double, degreesOfFreedom: Double)]) -> Double {
  let largest = parts.reduce(0) { max($0, $1.variance) }
  guard largest > 0 else { return .infinity }
  let total = parts.reduce(0) { $0 + $1.variance / largest }
  return total * total
    / parts.reduce(0) {
      let share = $1.variance / largest
      return $0 + (share > 0 ? share * share / $1.degreesOfFreedom : 0)
    }
}
