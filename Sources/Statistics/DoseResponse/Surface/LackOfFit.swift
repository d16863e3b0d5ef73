public import Inference
import Probability

/// The test of what a surface leaves unexplained against the differences between replicates.
///
/// F = (SS of lack of fit/df)/(SS of pure error/df), both parts of the residuals' sum of squares.
/// Box & Draper (1987), Empirical Model-Building and Response Surfaces, 3.6.
public struct LackOfFit: Hashable, Sendable {
  /// Σ n (ȳ − ŷ)² over the settings.
  public let sumOfSquares: Double
  public let degreesOfFreedom: Int
  /// Σ (y − ȳ)² within settings.
  public let pureErrorSumOfSquares: Double
  public let pureErrorDegreesOfFreedom: Int

  /// F.
  public var statistic: Double {
    sumOfSquares / Double(degreesOfFreedom)
      / (pureErrorSumOfSquares / Double(pureErrorDegreesOfFreedom))
  }

  public var pValue: Double {
    FDistribution(
      numeratorDegreesOfFreedom: Double(degreesOfFreedom),
      denominatorDegreesOfFreedom: Double(pureErrorDegreesOfFreedom)
    ).upperTail(statistic)
  }
}

extension ResponseSurface {
  /// The test of lack of fit; replicates are runs at one setting in one block.
  ///
  /// - Throws: `NotEstimable` without replicates, where these do not differ, or where the surface has
  ///   a coefficient for each setting.
  public func lackOfFit() throws(NotEstimable) -> LackOfFit {
    struct Run: Hashable {
      let factors: [Double]
      let block: String
    }
    let fitted = fitted
    let groups = Dictionary(
      grouping: points.indices, by: { Run(factors: points[$0].factors, block: points[$0].block) })
    var (lack, pure) = (0.0, 0.0)
    // In the order of the points, since sums depend on theirs.
    for members in groups.values.sorted(by: { $0[0] < $1[0] }) {
      let mean = members.reduce(0) { $0 + points[$1].response } / Double(members.count)
      lack += Double(members.count) * (mean - fitted[members[0]]) * (mean - fitted[members[0]])
      pure += members.reduce(0) {
        $0 + (points[$1].response - mean) * (points[$1].response - mean)
      }
    }
    let pureDegrees = points.count - groups.count
    let degrees = residualDegreesOfFreedom - pureDegrees
    guard pureDegrees > 0 else { throw NotEstimable("no setting was run twice") }
    guard degrees > 0 else {
      throw NotEstimable("the surface has as many coefficients as there are settings")
    }
    guard pure > 0 else { throw NotEstimable("replicates do not differ at all") }
    return LackOfFit(
      sumOfSquares: lack, degreesOfFreedom: degrees, pureErrorSumOfSquares: pure,
      pureErrorDegreesOfFreedom: pureDegrees)
  }
}
