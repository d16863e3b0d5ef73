import Incidence
import Inference

// The mean of the strata, each weighted by the inverse of its Wald variance. A stratum with a zero
// has ½ added to all its cells; for a difference that enters the variance only. Strata without
// events, or with events only, are left out of ratios. Woolf (1955), Ann. Hum. Genet. 19:251.

extension Strata where Table == TwoByTwoTable {
  /// - Throws: ``NotEstimable`` for a ratio to which no stratum contributes.
  func inverseVariance(_ contrast: RiskContrast) throws(NotEstimable) -> WaldContrast {
    let kept = contrast == .difference ? tables : tables.filter { !$0.hasOneOutcomeOnly }
    return try weightedMean(kept.map { $0.effect(contrast) }, isLog: contrast != .difference)
  }
}

extension Strata where Table == PersonTimeTable {
  /// - Throws: ``NotEstimable`` for a ratio to which no stratum contributes.
  func inverseVariance(_ contrast: RateContrast) throws(NotEstimable) -> WaldContrast {
    let kept = contrast == .difference ? tables : tables.filter { $0.events > 0 }
    return try weightedMean(kept.map { $0.effect(contrast) }, isLog: contrast != .difference)
  }
}

/// Σ wy / Σ w with w = 1/v and variance 1/Σ w.
private func weightedMean(
  _ effects: [StratumEffect], isLog: Bool
) throws(NotEstimable) -> WaldContrast {
  guard !effects.isEmpty else { throw .noInformativeStratum }
  let total = effects.reduce(0) { $0 + 1 / $1.variance }
  let sum = effects.reduce(0) { $0 + $1.value / $1.variance }
  return WaldContrast(
    centre: sum / total, standardError: (1 / total).squareRoot(), isLog: isLog)
}

extension TwoByTwoTable {
  /// The contrast with its Wald variance, with ½ added to the cells of a table with a zero.
  fileprivate func effect(_ contrast: RiskContrast) -> StratumEffect {
    var filled = cells
    if min(cells.events1, cells.nonEvents1, cells.events2, cells.nonEvents2) == 0 {
      filled.events1 += 0.5
      filled.nonEvents1 += 0.5
      filled.events2 += 0.5
      filled.nonEvents2 += 0.5
    }
    let effect = filled.effect(contrast)
    return contrast == .difference
      ? StratumEffect(value: cells.difference, variance: effect.variance) : effect
  }
}

extension PersonTimeTable {
  /// The contrast with its Wald variance, with ½ added to both counts of a table with a zero.
  fileprivate func effect(_ contrast: RateContrast) -> StratumEffect {
    var filled = cells
    if min(cells.events1, cells.events2) == 0 {
      filled.events1 += 0.5
      filled.events2 += 0.5
    }
    let effect = filled.effect(contrast)
    return contrast == .difference
      ? StratumEffect(value: cells.difference, variance: effect.variance) : effect
  }
}
