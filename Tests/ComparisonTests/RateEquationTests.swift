import Comparison
import Glibc
import Incidence
import Inference
import Probability
import Testing

/// Each limit of a contrast of two rates put back into the equation that defines it.
@Suite struct RateEquationTests {
  @Test(arguments: RateInterval.score)
  func scoreLimits(interval: RateInterval) throws {
    try expectEquation(interval) { table, theta, z in
      let (score, variance, _) = table.moments(interval.contrast, theta)
      return score / variance.squareRoot() / z
    }
  }

  /// S/√V − (z² − 1) μ₃ / 6V^(3/2) at the critical value z itself.
  @Test(arguments: RateInterval.skewnessCorrected)
  func skewnessCorrectedLimits(interval: RateInterval) throws {
    try expectEquation(interval) { table, theta, z in
      let (score, variance, third) = table.moments(interval.contrast, theta)
      let skewness = third / (6 * pow(variance, 1.5))
      return (score / variance.squareRoot() - (z * z - 1) * skewness) / z
    }
  }

  @Test func waldDifferences() throws {
    try expectEquation(.difference(.wald)) { table, theta, z in
      let (a, b) = (table.treatment, table.reference)
      let variance = a.rate / a.personYears + b.rate / b.personYears
      return (a.rate - b.rate - theta) / variance.squareRoot() / z
    }
  }

  @Test func waldRatios() throws {
    try expectEquation(.ratio(.waldLog)) { table, theta, z in
      let (a, b) = (table.treatment, table.reference)
      let variance = 1 / Double(a.events) + 1 / Double(b.events)
      return (log(a.rate / b.rate) - log(theta)) / variance.squareRoot() / z
    }
  }

  /// (λ̂₁ − θ λ̂₂)² = (λ̂₁ − l₁)² + θ² (u₂ − λ̂₂)², and the same of a difference without the θ.
  @Test(arguments: RateInterval.squareAndAdd)
  func squareAndAddLimits(interval: RateInterval) throws {
    var stream = RandomStream(seed: 52).split(named: "\(interval)")
    for _ in 0..<500 {
      let table = try PersonTimeTable.random(using: &stream)
      let level = ConfidenceLevel.random(using: &stream)
      let found = try table.confidenceInterval(interval, level: level)
      let (first, second) = (table.treatment, table.reference)
      let one = try #require(first.confidenceInterval(method: .jeffreys, level: level))
      let two = try #require(second.confidenceInterval(method: .jeffreys, level: level))
      let (r1, l1, u1) = (first.rate, try #require(one.lower), try #require(one.upper))
      let (r2, l2, u2) = (second.rate, try #require(two.lower), try #require(two.upper))
      let sides = [
        (try #require(found.lower), r1 - l1, u2 - r2),
        (try #require(found.upper), u1 - r1, r2 - l2),
      ]
      for (limit, a, b) in sides where limit.isFinite && (limit > 0 || !interval.isRatio) {
        let factor: Double = interval.isRatio ? limit : 1
        let distance = interval.isRatio ? r1 - limit * r2 : r1 - r2 - limit
        let expected = (a * a + factor * factor * b * b).squareRoot()
        let scale = max(r1, factor * r2, expected)
        #expect(abs(abs(distance) - expected) <= 1e-13 * scale, "\(table) \(found)")
      }
    }
  }

  /// Expects `statistic`, divided by z, to be 1 at lower limits and −1 at upper ones.
  private func expectEquation(
    _ interval: RateInterval,
    _ statistic: (_ table: PersonTimeTable, _ theta: Double, _ z: Double) -> Double
  ) throws {
    var stream = RandomStream(seed: 51).split(named: "\(interval)")
    for _ in 0..<1500 {
      let table = try PersonTimeTable.random(using: &stream)
      let level = ConfidenceLevel.random(using: &stream)
      for sides in Sides.allCases {
        let z = level.normalCriticalValue(sides)
        guard z > 0.5,
          let found = try? table.confidenceInterval(interval, level: level, sides: sides)
        else { continue }
        for (limit, sign) in [(found.lower, 1.0), (found.upper, -1.0)] {
          guard let limit, limit.isFinite, limit != 0 else { continue }
          let value = statistic(table, limit, z)
          #expect(abs(value - sign) <= 1e-11, "\(table) \(found) \(value)")
        }
      }
    }
  }
}

extension PersonTimeTable {
  /// S, its variance and its third moment at the rates with x₁/λ₁ + x₂/λ₂ = T₁ + T₂ or λ₁ = θ λ₂.
  fileprivate func moments(
    _ contrast: RateContrast, _ theta: Double
  ) -> (score: Double, variance: Double, third: Double) {
    let (x1, t1) = (Double(treatment.events), treatment.personYears)
    let (x2, t2) = (Double(reference.events), reference.personYears)
    switch contrast {
    case .ratio:
      let r2 = (x1 + x2) / (theta * t1 + t2)
      let (v1, v2) = (theta * r2 / t1, theta * theta * r2 / t2)
      return (x1 / t1 - theta * x2 / t2, v1 + v2, v1 / t1 - theta * v2 / t2)
    case .difference:
      let (r1, r2) = restrictedRates(difference: theta)
      let (v1, v2) = (r1 / t1, r2 / t2)
      return (x1 / t1 - x2 / t2 - theta, v1 + v2, v1 / t1 - v2 / t2)
    }
  }

  /// The smaller of the rates by halving.
  private func restrictedRates(difference theta: Double) -> (Double, Double) {
    let (first, second) = theta < 0 ? (reference, treatment) : (treatment, reference)
    let (x1, x2) = (Double(first.events), Double(second.events))
    let distance = abs(theta)
    let smaller = halved(0, (x1 + x2) / personYears + distance) { rate in
      quotient(x1, rate + distance) + quotient(x2, rate) - personYears
    }
    return theta < 0 ? (smaller, smaller + distance) : (smaller + distance, smaller)
  }
}
