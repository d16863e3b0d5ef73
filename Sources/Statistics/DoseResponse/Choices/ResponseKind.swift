public import Inference

/// What a response is, and so how it varies about the curve.
public enum ResponseKind: String, StatisticalMethod {
  case continuous, binomial, poisson

  public var title: String {
    switch self {
    case .continuous: "Continuous responses"
    case .binomial: "Binomial counts"
    case .poisson: "Poisson counts"
    }
  }

  public var summary: String {
    switch self {
    case .continuous: "Least squares: normal errors with variance σ²/w."
    case .binomial:
      """
      Maximum likelihood: the curve is the probability of response out of the total. An event where \
      it is 0 is an error, not a small probability as in drc.
      """
    case .poisson:
      """
      Maximum likelihood: the curve is the mean count for a weight of 1, which multiplies it. drc's \
      log-likelihood of Poisson fits lacks a sign; ours is that of R's glm.
      """
    }
  }

  public var reference: String {
    switch self {
    case .continuous: "Bates & Watts (1988), Nonlinear Regression Analysis"
    case .binomial: "Finney (1971), Probit Analysis, 3rd ed."
    case .poisson: "McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., 6"
    }
  }
}
