public import Inference

/// A method for the limits of a curve's parameters and effective doses.
public enum CurveIntervalMethod: String, StatisticalMethod {
  case profile, wald
  case waldLog = "wald-log"
  case bootstrap

  public var title: String {
    switch self {
    case .profile: "Profile likelihood"
    case .wald: "Wald"
    case .waldLog: "Wald on the logarithm"
    case .bootstrap: "Residual bootstrap"
    }
  }

  public var summary: String {
    switch self {
    case .profile:
      """
      The values whose sum of squares, all else refitted, exceeds the least by at most σ̂² F(1, n − p); \
      for counts, whose deviance does by at most χ²(1). A side without an end is open. Prism's \
      asymmetric limits; confint of nls and profile of drda in R, where drc has none.
      """
    case .wald:
      """
      Estimate ± t standard errors with n − p degrees of freedom (counts: normal), from the first \
      information listed. drc's ED() with interval = "delta", but its information is observed.
      """
    case .waldLog:
      """
      Wald's on the logarithm of a positive parameter or dose, then exponentiated: never negative. \
      drc's ED() with interval = "fls" for log-logistic models on the log scale.
      """
    case .bootstrap:
      """
      Percentiles of 2,000 refits to fitted values with centred residuals, or counts, drawn again; \
      seeded by the study's seed and the analysis.
      """
    }
  }

  public var reference: String {
    switch self {
    case .profile:
      "Bates & Watts (1988), Nonlinear Regression Analysis, 6.1; Venzon & Moolgavkar (1988), Appl. Stat. 37:87"
    case .wald, .waldLog: "Seber & Wild (1989), Nonlinear Regression, 5.1"
    case .bootstrap: "Efron & Tibshirani (1993), An Introduction to the Bootstrap, 9.4"
    }
  }
}
