import Comparison
import Glibc
import Incidence
import Inference
import Probability
import Testing

/// Each limit put back into the equation that defines it.
@Suite struct RiskEquationTests {
  @Test(arguments: RiskInterval.score)
  func scoreLimits(interval: RiskInterval) throws {
    let isInflated = [
      .difference(.miettinenNurminen), .ratio(.miettinenNurminen), .oddsRatio(.miettinenNurminen),
    ].contains(interval)
    try expectEquation(interval, upTo: 10_000) { cells, theta, z, sign in
      let (score, variance, _, _) = cells.moments(interval.contrast, theta)
      return score / (variance * (isInflated ? cells.inflation : 1)).squareRoot() / z
    }
  }

  @Test(arguments: RiskInterval.skewnessCorrected)
  func skewnessCorrectedLimits(interval: RiskInterval) throws {
    try expectEquation(interval, upTo: 10_000) { cells, theta, z, sign in
      let moments = cells.moments(interval.contrast, theta)
      let variance = moments.variance * cells.inflation
      let skewness = moments.third / (6 * pow(variance, 1.5))
      let score = (moments.score - moments.bias) / variance.squareRoot()
      return (score - skewness * (z * z - 1)) / z
    }
  }

  @Test(arguments: RiskInterval.likelihood)
  func likelihoodLimits(interval: RiskInterval) throws {
    try expectEquation(interval, upTo: 1000) { cells, theta, z, sign in
      sign * cells.likelihoodDistance(interval.contrast, theta) / z
    }
  }

  /// The distance from centre to limit in units of z standard errors and the correction.
  @Test(arguments: RiskInterval.wald)
  func waldLimits(interval: RiskInterval) throws {
    try expectEquation(interval, upTo: 1000) { cells, theta, z, sign in
      let (centre, variance, correction) = cells.wald(interval)
      guard variance > 0 || correction > 0 else { return sign }
      let distance = centre - (interval.isRatio ? log(theta) : theta)
      return distance / (z * variance.squareRoot() + correction)
    }
  }

  /// (p̂₁ − θ p̂₂)² = (p̂₁ − l₁)² + θ² (u₂ − p̂₂)², the θ of a difference with 1 for the factor.
  @Test(arguments: RiskInterval.squareAndAdd)
  func squareAndAddLimits(interval: RiskInterval) throws {
    let single: ProportionIntervalMethod =
      interval == .difference(.newcombeCorrected) ? .wilsonCorrected : .wilson
    var stream = RandomStream(seed: 35).split(named: "\(interval)")
    for _ in 0..<1000 {
      let table = try TwoByTwoTable.random(upTo: 1000, using: &stream)
      let level = ConfidenceLevel.random(using: &stream)
      let found = try table.confidenceInterval(interval, level: level)
      let arms = try [table.treatment, table.reference].map { arm in
        let limits = try #require(arm.confidenceInterval(method: single, level: level))
        return (arm.proportion, try #require(limits.lower), try #require(limits.upper))
      }
      let ((p1, l1, u1), (p2, l2, u2)) = (arms[0], arms[1])
      for (limit, a, b) in [
        (try #require(found.lower), p1 - l1, u2 - p2),
        (try #require(found.upper), u1 - p1, p2 - l2),
      ] {
        guard limit > (interval.isRatio ? 0 : -1), limit < (interval.isRatio ? .infinity : 1)
        else { continue }
        let factor = interval.isRatio ? limit : 1
        let distance = interval.isRatio ? p1 - limit * p2 : p1 - p2 - limit
        let expected = (a * a + factor * factor * b * b).squareRoot()
        #expect(abs(abs(distance) - expected) <= 1e-13 * max(p1, factor * p2), "\(table) \(found)")
      }
    }
  }

  /// Expects `statistic`, divided by z, to be 1 at lower limits and −1 at upper ones.
  private func expectEquation(
    _ interval: RiskInterval, upTo total: Double,
    _ statistic: (_ cells: Cells, _ theta: Double, _ z: Double, _ sign: Double) -> Double
  ) throws {
    var stream = RandomStream(seed: 31).split(named: "\(interval)")
    for _ in 0..<1500 {
      let table = try TwoByTwoTable.random(upTo: total, using: &stream)
      let level = ConfidenceLevel.random(using: &stream)
      for sides in Sides.allCases {
        let z = level.normalCriticalValue(sides)
        guard let found = try? table.confidenceInterval(interval, level: level, sides: sides)
        else { continue }
        for (limit, sign) in [(found.lower, 1.0), (found.upper, -1.0)] {
          guard let limit, limit.isFinite, limit != 0 || !interval.isRatio else { continue }
          // Close to ±1 the equation loses its digits, and the skewness leads there in a jump.
          guard interval.isRatio || abs(limit) < 0.9999, z > 0.5 else { continue }
          let value = statistic(Cells(table), limit, z, sign)
          #expect(abs(value - sign) <= 1e-11, "\(table) \(found) \(value)")
        }
      }
    }
  }
}
