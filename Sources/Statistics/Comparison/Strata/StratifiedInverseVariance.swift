import Glibc
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

/// The contrast of one stratum, a ratio as its logarithm.
struct StratumEffect {
  let value: Double
  let variance: Double
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
    let cells = [
      treatment.events, treatment.nonEvents, reference.events, reference.nonEvents,
    ]
    let added = cells.contains(0) ? 0.5 : 0
    return effect(contrast, cells.map { Double($0) + added })
  }

  /// `cells` are x₁, y₁, x₂ and y₂.
  private func effect(_ contrast: RiskContrast, _ cells: [Double]) -> StratumEffect {
    let (x1, y1, x2, y2) = (cells[0], cells[1], cells[2], cells[3])
    let (n1, n2) = (x1 + y1, x2 + y2)
    switch contrast {
    case .difference:
      return StratumEffect(
        value: startingValue(.difference),
        variance: x1 * y1 / (n1 * n1 * n1) + x2 * y2 / (n2 * n2 * n2))
    case .ratio:
      return StratumEffect(
        value: log((x1 / n1) / (x2 / n2)), variance: y1 / (x1 * n1) + y2 / (x2 * n2))
    case .oddsRatio:
      return StratumEffect(
        value: log((x1 / x2) * (y2 / y1)), variance: 1 / x1 + 1 / y1 + 1 / x2 + 1 / y2)
    }
  }
}

extension PersonTimeTable {
  /// The contrast with its Wald variance, with ½ added to both counts of a table with a zero.
  fileprivate func effect(_ contrast: RateContrast) -> StratumEffect {
    let added = min(treatment.events, reference.events) == 0 ? 0.5 : 0
    let (x1, x2) = (Double(treatment.events) + added, Double(reference.events) + added)
    let (years1, years2) = (treatment.personYears, reference.personYears)
    switch contrast {
    case .difference:
      return StratumEffect(
        value: startingValue(.difference),
        variance: x1 / years1 / years1 + x2 / years2 / years2)
    case .ratio:
      return StratumEffect(
        value: log((x1 / years1) / (x2 / years2)), variance: 1 / x1 + 1 / x2)
    }
  }
}
