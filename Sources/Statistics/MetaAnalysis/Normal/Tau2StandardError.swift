import Inference

// Standard errors of τ², as R's metafor gives them: from the variance of the quadratic form that is
// the estimator, from the expected information of a likelihood. Viechtbauer (2005), J. Educ. Behav.
// Stat. 30:261; DerSimonian & Kacker (2007), Contemp. Clin. Trials 28:105.

extension NormalModel {
  /// In scaled units; `nil` where there is no formula.
  func standardError(_ estimator: Tau2Estimator, at tau2: Double) -> Double? {
    switch estimator {
    case .dl:
      let forms = forms(at: 0)
      return momentVariance(forms, at: tau2).squareRoot() / forms.trace
    case .hs:
      let forms = forms(at: 0)
      return momentVariance(forms, at: tau2).squareRoot() / forms.weight
    case .ml: return (2 / forms(at: tau2).weight2).squareRoot()
    case .reml: return (2 / forms(at: tau2).trace2).squareRoot()
    case .he, .hsk, .sj, .sj2, .eb, .pm, .pmm, .dl2, .he2, .genq: return nil
    }
  }

  /// The variance of Q with weights 1/v.
  private func momentVariance(_ forms: ResidualForms, at tau2: Double) -> Double {
    2 * degrees + 4 * tau2 * forms.trace + 2 * tau2 * tau2 * forms.trace2
  }
}
