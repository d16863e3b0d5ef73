import Incidence

extension TwoByTwoTable {
  /// The values of `contrast` whose signed root of the likelihood ratio lies between −z and z.
  func likelihoodLimits(_ contrast: RiskContrast, _ z: Double) -> Limits {
    limits(contrast, z) { value, _ in likelihoodRoot(contrast, at: value) }
  }

  /// √(2(ℓ(θ̂) − ℓ(θ))) with the sign of θ̂ − θ, θ the `value` of `contrast`.
  func likelihoodRoot(_ contrast: RiskContrast, at value: Double) -> Double {
    let root = (2 * halfDeviance(contrast, at: value)).squareRoot()
    // A ratio of two zeros, which says nothing, has no estimate.
    let estimate = try? estimate(of: contrast)
    return (estimate ?? value) < value ? -root : root
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
    let expected = expectedCounts(oddsRatio: value)
    func part(_ count: Int, _ mean: Double, _ residual: Double) -> Double {
      Incidence.halfDeviance(Double(count), mean: mean, residual: residual)
    }
    return part(treatment.events, expected.x1, -expected.moved)
      + part(treatment.nonEvents, expected.y1, expected.moved)
      + part(reference.events, expected.x2, expected.moved)
      + part(reference.nonEvents, expected.y2, -expected.moved)
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
