public import DoseResponse
import Foundation
import Probability

/// Simulated curves: true parameters drawn from ranges, and responses with normal errors about them.
///
/// Each curve has a random stream of its own, split from the seed by its number, so that it is the same
/// whatever the number of threads and however many curves there are.
public struct Simulation: Sendable {
  public let curve: ResponseCurve
  /// One for each of the curve's parameters, in their order.
  public let ranges: [ParameterRange]
  public let doses: [Double]
  /// How often each dose is given, one time after the other.
  public let replicates: Int
  /// The standard deviation of the errors, in units of the response, or of the mean response where
  /// `isNoiseRelative`.
  public let noise: Double
  public let isNoiseRelative: Bool
  /// The share of responses that are missing, each by chance.
  public let missingShare: Double
  public let seed: UInt64

  public init(
    _ curve: ResponseCurve, ranges: [ParameterRange], doses: [Double], replicates: Int,
    noise: Double, isNoiseRelative: Bool = false, missingShare: Double = 0, seed: UInt64
  ) {
    precondition(ranges.count == curve.parameters.count, "\(ranges.count) ranges")
    self.curve = curve
    self.ranges = ranges
    self.doses = doses
    self.replicates = replicates
    self.noise = noise
    self.isNoiseRelative = isNoiseRelative
    self.missingShare = missingShare
    self.seed = seed
  }

  /// How many responses a curve has: the replicates of the first dose, then those of the next.
  public var pointCount: Int { doses.count * replicates }

  /// The true parameters of curve `index`; its responses, NaN for missing ones, go into `responses`, and
  /// those without errors, one a dose, into `means`.
  func draw(
    _ index: Int, means: UnsafeMutableBufferPointer<Double>,
    responses: UnsafeMutableBufferPointer<Double>
  ) -> [Double] {
    var stream = RandomStream(seed: seed).split(at: UInt64(index))
    let parameters = ranges.map { $0.value(&stream) }
    curve.responses(doses: doses, parameters: parameters, into: means)
    for (dose, mean) in means.enumerated() {
      let deviation = isNoiseRelative ? noise * abs(mean) : noise
      for point in dose * replicates..<(dose + 1) * replicates {
        let response = mean + deviation * stream.standardNormal()
        let isMissing = missingShare > 0 && stream.uniform() < missingShare
        responses[point] = isMissing ? .nan : response
      }
    }
    return parameters
  }
}
