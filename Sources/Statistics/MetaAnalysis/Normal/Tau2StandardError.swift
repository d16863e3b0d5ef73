import Inference
import LinearAlgebra

// Standard errors of τ², as R's metafor gives them: from the variance of the quadratic form that is
// the estimator, from the expected information of a likelihood. Viechtbauer (2005), J. Educ. Behav.
// Stat. 30:261; DerSimonian & Kacker (2007), Contemp. Clin. Trials 28:105.

extension NormalModel {
  /// In scaled units; `nil` where there is no formula.
  func standardError(_ estimator: Tau2Estimator, at tau2: Double) -> Double? {
    switch estimator {
    case .dl: cochranDeviation(at: tau2) / forms(at: 0).trace
    case .hs: cochranDeviation(at: tau2) / forms(at: 0).weight
    case .hsk:
      cochranDeviation(at: tau2) / forms(at: 0).weight * (Double(effects.count) / degrees)
    case .he: momentDeviation(at: tau2) { _ in 1 }
    case .genq: momentDeviation(at: tau2) { 1 / $0.squareRoot() }
    case .sj: sidikJonkmanDeviation(at: tau2, from: totalVariance)
    case .ml: (2 / forms(at: tau2).weight2).squareRoot()
    case .reml: (2 / forms(at: tau2).trace2).squareRoot()
    case .eb, .pm, .pmm:
      Double(effects.count) * (2 / degrees).squareRoot() / forms(at: tau2).weight
    case .sj2, .dl2, .he2: nil
    }
  }

  /// The standard deviation of Cochran's Q.
  private func cochranDeviation(at tau2: Double) -> Double {
    let forms = forms(at: 0)
    return (2 * (degrees + 2 * tau2 * forms.trace + tau2 * tau2 * forms.trace2)).squareRoot()
  }

  /// The standard deviation of the generalised Q with `weights`, over the factor of τ² in its mean.
  private func momentDeviation(at tau2: Double, weights: (Double) -> Double) -> Double {
    deviation(at: tau2, weights: weights) / moment(weights: weights).trace
  }

  private func sidikJonkmanDeviation(at tau2: Double, from start: Double) -> Double {
    guard start > 0 else { return 0 }
    return start / degrees * deviation(at: tau2) { 1 / ($0 + start) }
  }

  /// √(2 tr AΣAΣ) with Σ = V + τ², the standard deviation of yᵀAy.
  private func deviation(at tau2: Double, weights: (Double) -> Double) -> Double {
    let terms = residualTerms(weights: weights)
    let sizes = terms.map { $0.weight * ($0.variance + tau2) }
    let basis = weightedBasis(weights)
    let own = zip(terms, sizes).reduce(0) { $0 + $1.1 * $1.1 * (2 * $1.0.freedom - 1) }
    let cross = basis.transposedTimes(basis.scalingRows(by: sizes))
    return (2 * (own + cross.elements.reduce(0) { $0 + $1 * $1 })).squareRoot()
  }
}
