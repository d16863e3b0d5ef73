public import Inference

/// What a standard error is computed from.
public enum FitInformation: String, StatisticalMethod {
  case expected, observed, sandwich

  public var title: String {
    switch self {
    case .expected: "Expected information"
    case .observed: "Observed information"
    case .sandwich: "Sandwich"
    }
  }

  public var summary: String {
    switch self {
    case .expected:
      "σ̂² (JᵀWJ)⁻¹, from first derivatives: nls and DoseFinding in R, SciPy's curve_fit."
    case .observed:
      "σ̂² times the inverse of half the Hessian of the sum of squares: drc and drda in R."
    case .sandwich:
      """
      (JᵀWJ)⁻¹ Jᵀ W² diag(r²/(1 − h)²) J (JᵀWJ)⁻¹ (HC3), which holds where variances differ; vcovHC \
      of R's sandwich, whose vcov for drc has no 1 − h.
      """
    }
  }

  public var reference: String {
    switch self {
    case .expected: "Seber & Wild (1989), Nonlinear Regression, 2.1"
    case .observed: "Efron & Hinkley (1978), Biometrika 65:457"
    case .sandwich: "MacKinnon & White (1985), J. Econometrics 29:305"
    }
  }
}
