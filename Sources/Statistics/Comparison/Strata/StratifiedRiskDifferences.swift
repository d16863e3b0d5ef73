import Incidence
import Inference

// Two intervals of a common risk difference that are put together from intervals of each stratum.

extension Strata where Table == TwoByTwoTable {
  /// Σ w d / Σ w with w = n₁n₂/N and limits from the Wilson limits of each arm.
  ///
  /// With w to the sum 1 and λᵢ = Σ w²/nᵢ the limits are d − z√(λ₁l₁(1 − l₁) + λ₂u₂(1 − u₂)) and
  /// d + z√(λ₁u₁(1 − u₁) + λ₂l₂(1 − l₂)). Yan & Su (2010), Stat. Biopharm. Res. 2:482.
  func newcombe(_ z: Double) -> Limits {
    let total = tables.reduce(0) { $0 + $1.mantelHaenszelWeight }
    let weights = tables.map { $0.mantelHaenszelWeight / total }
    let first = StratifiedArm(tables.map(\.treatment), weights, z)
    let second = StratifiedArm(tables.map(\.reference), weights, z)
    let difference = cells.mantelHaenszelDifference().centre
    return Limits(
      difference - z * (first.varianceBelow + second.varianceAbove).squareRoot(),
      difference + z * (first.varianceAbove + second.varianceBelow).squareRoot())
  }

  /// The midpoints of each stratum's Miettinen–Nurminen interval, weighted by 1/s².
  ///
  /// s is the interval's width over 2z and the variance 1/Σ s⁻². Agresti (2013), Categorical Data
  /// Analysis, 3rd ed.
  ///
  /// - Throws: ``NotEstimable`` where the level leaves the intervals no width.
  func summaryScore(_ z: Double) throws(NotEstimable) -> WaldContrast {
    let intervals = tables.map { $0.scoreLimits(.difference, .unbiased, z) }
    var (sum, total) = (0.0, 0.0)
    for limits in intervals {
      let error = (limits.upper - limits.lower) / (2 * z)
      guard error > 0 else { throw NotEstimable("an interval without width at this level") }
      sum += (limits.lower + limits.upper) / 2 / (error * error)
      total += 1 / (error * error)
    }
    return WaldContrast(centre: sum / total, standardError: (1 / total).squareRoot())
  }
}

/// The weighted risk of one arm over strata, with Wilson limits for the whole of them.
private struct StratifiedArm {
  /// λ l (1 − l) and λ u (1 − u).
  let varianceBelow: Double
  let varianceAbove: Double

  /// The limits are Σ w × Wilson's of each stratum at z √(Σ w² v) / Σ w√v with v = p̂q̂/n, or at
  /// z/√k where all v are 0.
  init(_ counts: [BinomialCount], _ weights: [Double], _ z: Double) {
    let errors = zip(weights, counts).map {
      $0 * $1.variance(dividedBy: Double($1.total)).squareRoot()
    }
    let sum = errors.reduce(0, +)
    let reduction =
      sum > 0
      ? errors.reduce(0) { $0 + $1 * $1 }.squareRoot() / sum
      : 1 / Double(counts.count).squareRoot()
    var (lambda, lower, upper) = (0.0, 0.0, 0.0)
    for (weight, count) in zip(weights, counts) {
      let limits = count.wilson(z * reduction)
      lambda += weight * weight / Double(count.total)
      lower += weight * limits.lower
      upper += weight * limits.upper
    }
    varianceBelow = lambda * lower * max(0, 1 - lower)
    varianceAbove = lambda * upper * max(0, 1 - upper)
  }
}
