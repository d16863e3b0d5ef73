import Glibc
import Inference

/// What the control wells of a plate tell of its quality.
///
/// m₋, s₋ are mean and standard deviation of the vehicle, m₊, s₊ those of the positive control, b is
/// the mean of the blanks, 0 without blanks. Differences between controls are the same with blanks
/// subtracted or not.
public struct ControlStatistics: Hashable, Sendable {
  /// `nil` where there is no such well; so for the others.
  public let vehicle: WellSummary?
  public let blank: WellSummary?
  public let positive: WellSummary?

  /// m₋ − b.
  public var vehicleAboveBlank: Double {
    get throws(NotEstimable) {
      let difference = try present(vehicle, "vehicle").mean - (blank?.mean ?? 0)
      guard difference != 0 else { throw NotEstimable("the vehicle is not above the blank") }
      return try finite(difference)
    }
  }

  /// s₋/|m₋ − b|, the vehicle's coefficient of variation.
  ///
  /// The mean of the blanks is subtracted from the mean and its spread not added to the deviation.
  public var coefficientOfVariation: Double {
    get throws(NotEstimable) {
      let deviation = try spread(vehicle, "vehicle", \.standardDeviation)
      return try finite(deviation / abs(try vehicleAboveBlank))
    }
  }

  /// Z′ = 1 − 3 (s₊ + s₋) / |m₊ − m₋|.
  ///
  /// Zhang, Chung & Oldenburg (1999), J. Biomol. Screen. 4:67.
  public var zPrime: Double {
    get throws(NotEstimable) {
      try separation(center: \.mean, spread: \.standardDeviation)
    }
  }

  /// Z′ with medians for the means and 1.4826 MAD for the standard deviations.
  public var robustZPrime: Double {
    get throws(NotEstimable) {
      try separation(center: \.median, spread: \.robustStandardDeviation)
    }
  }

  /// SSMD = (m₊ − m₋) / √(s₊² + s₋²): negative where the positive control lowers the response.
  ///
  /// The plug-in estimate for independent controls. Zhang (2007), Genomics 89:552.
  public var strictlyStandardizedMeanDifference: Double {
    get throws(NotEstimable) {
      let (plus, minus) = try deviations(\.standardDeviation)
      let deviation = hypot(plus, minus)
      guard deviation > 0 else { throw NotEstimable("the controls have no spread") }
      return try finite(try difference(\.mean) / deviation)
    }
  }

  /// (|m₊ − m₋| − 3 (s₊ + s₋)) / s of the control with the greater mean.
  ///
  /// Sittampalam et al. (1997), J. Biomol. Screen. 2:159, for single wells.
  public var signalWindow: Double {
    get throws(NotEstimable) {
      let (plus, minus) = try deviations(\.standardDeviation)
      let difference = try difference(\.mean)
      let deviation = difference > 0 ? plus : minus
      guard deviation > 0 else {
        throw NotEstimable("the control with the greater mean has no spread")
      }
      return try finite((abs(difference) - 3 * (plus + minus)) / deviation)
    }
  }

  /// The greater of m₊ and m₋ over the smaller, of raw signals.
  public var signalToBackground: Double {
    get throws(NotEstimable) {
      let means = [
        try present(positive, "positive").mean, try present(vehicle, "vehicle").mean,
      ].sorted()
      guard means[0] > 0 else { throw NotEstimable("the background is not above 0") }
      return try finite(means[1] / means[0])
    }
  }

  /// 100 (m₊ − b) / (m₋ − b), the positive control in percent of the vehicle.
  public var positivePercent: Double {
    get throws(NotEstimable) {
      let mean = try present(positive, "positive").mean
      return try finite(100 * (mean - (blank?.mean ?? 0)) / (try vehicleAboveBlank))
    }
  }

  private func separation(
    center: KeyPath<WellSummary, Double>, spread: KeyPath<WellSummary, Double?>
  ) throws(NotEstimable) -> Double {
    let (plus, minus) = try deviations(spread)
    let difference = try difference(center)
    guard difference != 0 else { throw NotEstimable("the controls do not differ") }
    return try finite(1 - 3 * (plus + minus) / abs(difference))
  }

  private func difference(_ center: KeyPath<WellSummary, Double>) throws(NotEstimable) -> Double {
    try present(positive, "positive")[keyPath: center]
      - present(vehicle, "vehicle")[keyPath: center]
  }

  private func deviations(
    _ path: KeyPath<WellSummary, Double?>
  ) throws(NotEstimable) -> (plus: Double, minus: Double) {
    (try spread(positive, "positive", path), try spread(vehicle, "vehicle", path))
  }

  private func spread(
    _ wells: WellSummary?, _ name: String, _ path: KeyPath<WellSummary, Double?>
  ) throws(NotEstimable) -> Double {
    guard let deviation = try present(wells, name)[keyPath: path] else {
      throw NotEstimable("there is one \(name) well only")
    }
    return deviation
  }
}

func present(_ wells: WellSummary?, _ name: String) throws(NotEstimable) -> WellSummary {
  guard let wells else { throw NotEstimable("there is no \(name) well") }
  return wells
}

func finite(_ value: Double) throws(NotEstimable) -> Double {
  guard value.isFinite else { throw NotEstimable("the number is beyond all bounds") }
  return value
}
