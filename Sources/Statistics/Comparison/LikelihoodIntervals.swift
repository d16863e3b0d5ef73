import Incidence

extension TwoByTwoTable {
  /// The values of `contrast` whose profile likelihood is within e^(−z²/2) of the maximum.
  func likelihoodLimits(_ contrast: RiskContrast, _ z: Double) -> Limits {
    let start = startingValue(contrast)
    func limit(_ sign: Double) -> Double {
      crossing(
        of: { sign * (halfDeviance(contrast, at: $0) - z * z / 2) }, within: contrast.range,
        from: start, step: 1)
    }
    let bounds = bounds(contrast)
    return Limits(
      bounds.below ? limit(1) : contrast.range.lower,
      bounds.above ? limit(-1) : contrast.range.upper, swapped: z < 0)
  }

  /// Half of what the likelihood ratio of `contrast` = `value` is compared with χ².
  ///
  /// Σ observed · log(observed / expected) over the four cells.
  func halfDeviance(_ contrast: RiskContrast, at value: Double) -> Double {
    if contrast == .oddsRatio { return oddsRatioHalfDeviance(at: value) }
    let risks = restrictedRisks(contrast, at: value)
    return treatment.halfDeviance(risks.p1, risks.q1)
      + reference.halfDeviance(risks.p2, risks.q2)
  }

  /// Here the four differences observed − expected are ±δ.
  private func oddsRatioHalfDeviance(at value: Double) -> Double {
    let moved = eventsMoved(oddsRatio: value)
    func part(_ count: Int, _ change: Double) -> Double {
      let observed = Double(count)
      return Incidence.halfDeviance(observed, mean: observed + change, residual: -change)
    }
    return part(treatment.events, moved) + part(treatment.nonEvents, -moved)
      + part(reference.events, -moved) + part(reference.nonEvents, moved)
  }
}

extension BinomialCount {
  /// x log(x / np) + (n − x) log((n − x) / nq).
  fileprivate func halfDeviance(_ p: Double, _ q: Double) -> Double {
    let n = Double(total)
    // The difference from the smaller of both means keeps its digits.
    let residual =
      p <= q
      ? Double(events).addingProduct(-n, p) : -Double(nonEvents).addingProduct(-n, q)
    return Incidence.halfDeviance(Double(events), mean: n * p, residual: residual)
      + Incidence.halfDeviance(Double(nonEvents), mean: n * q, residual: -residual)
  }
}
