import Glibc
import Inference
public import Probability

/// The test that a curve is no nearer to the data than a constant, calibrated by simulation.
///
/// Under a constant the location and the slope mean nothing, and F has no F distribution (Davies 1987,
/// Biometrika 74:33). So its distribution is that of fits to Gaussian samples on the same doses, with
/// the same weights, model and bounds. Counts are weighted as their common share or mean says.
public struct FlatnessTest: Sendable {
  /// The least S₁/S₀, for counts the largest S₀ − S₁ with its sign turned, in increasing order.
  private let simulated: [Double]
  private let scan: CurveScan
  private let response: ResponseKind
  private let weights: [Double]

  /// Draws `samples` samples from `stream` on the design of `data`.
  ///
  /// Unless the model has its plateaus free, F depends on mean and variance, which are then the data's.
  public init(
    _ curve: ResponseCurve, _ data: CurveData, response: ResponseKind = .continuous,
    bounds: [CurveParameter: ClosedRange<Double>] = [:], samples: Int, stream: RandomStream
  ) {
    let constant = Constant(data, response)
    weights = constant.weights
    self.response = response
    let scan = CurveScan(
      curve, doses: data.means.map(\.dose), weights: constant.weights, bounds: bounds)
    self.scan = scan
    var stream = stream
    let deviation = response == .continuous ? constant.deviation : 1
    simulated = (0..<samples).map { _ in
      let means = constant.weights.map {
        constant.mean + deviation * stream.normal() / $0.squareRoot()
      }
      let spare = response == .continuous ? data.count - data.means.count : 0
      let pureError =
        spare > 0
        ? deviation * deviation
          * ChiSquare(degreesOfFreedom: Double(spare)).quantile(lowerTail: stream.uniform()) : 0
      return Self.statistic(scan, means, constant.weights, pureError, response)
    }.sorted()
  }

  /// Whether one calibration serves all data on a design: constants are curves of the model.
  public static func isInvariant(
    _ curve: ResponseCurve, response: ResponseKind,
    bounds: [CurveParameter: ClosedRange<Double>]
  ) -> Bool {
    response == .continuous
      && curve.form.linear.allSatisfy { curve.fixedValues[$0] == nil && bounds[$0] == nil }
  }

  /// (1 + the number of samples at least as far from constant)/(samples + 1).
  public func pValue(_ data: CurveData) -> Double {
    let observed = Self.statistic(
      scan, data.means.map(\.mean), weights,
      response == .continuous ? data.pureErrorSumOfSquares : 0, response)
    // Rounding does not make a sample less extreme.
    let limit = observed + 1e-12 * abs(observed)
    let extreme = simulated.partitioningIndex { $0 > limit }
    return Double(1 + extreme) / Double(simulated.count + 1)
  }

  /// By the same search for data and samples, so that what it misses does not favour either.
  private static func statistic(
    _ scan: CurveScan, _ means: [Double], _ weights: [Double], _ pureError: Double,
    _ response: ResponseKind
  ) -> Double {
    let total = weights.reduce(0, +)
    let mean = zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 } / total
    let constant = zip(weights, means).reduce(0) {
      $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean)
    }
    let curve = scan.minima(means, .quick).map(\.end.sumOfSquares).min() ?? .infinity
    if response == .continuous {
      return constant + pureError > 0 ? (curve + pureError) / (constant + pureError) : 1
    }
    return curve - constant
  }
}

/// A constant fitted to the data.
private struct Constant {
  let mean: Double
  /// σ̂.
  let deviation: Double
  /// Those of the design; for counts over the variance of one at the mean.
  let weights: [Double]

  init(_ data: CurveData, _ response: ResponseKind) {
    let total = data.means.reduce(0) { $0 + $1.weight }
    let mean = data.means.reduce(0) { $0 + $1.weight * $1.mean } / total
    let squares = data.means.reduce(data.pureErrorSumOfSquares) {
      $0 + $1.weight * ($1.mean - mean) * ($1.mean - mean)
    }
    self.mean = mean
    deviation = (squares / Double(max(1, data.count - 1))).squareRoot()
    let variance =
      switch response {
      case .continuous: 1.0
      case .binomial: max(mean * (1 - mean), 0.25 / total)
      case .poisson: max(mean, 0.5 / total)
      }
    weights = data.means.map { $0.weight / variance }
  }
}

extension RandomStream {
  /// A standard normal number, by inversion.
  mutating func normal() -> Double { Normal.standard.quantile(lowerTail: uniform()) }
}

extension [Double] {
  /// The first index at which `belongs` holds, in an array where it holds from some place on.
  fileprivate func partitioningIndex(_ belongs: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
