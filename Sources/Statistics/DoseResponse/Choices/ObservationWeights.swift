public import Inference

/// How observations are weighted.
public enum ObservationWeights: String, StatisticalMethod {
  case none, column
  case powerOfMean = "power-of-mean"

  public var title: String {
    switch self {
    case .none: "No weights"
    case .column: "Given weights"
    case .powerOfMean: "Power of the mean"
    }
  }

  public var summary: String {
    switch self {
    case .none: "All responses have one variance."
    case .column:
      "w multiplies the squared residual, variance σ²/w: as nls; drc squares its weights."
    case .powerOfMean:
      """
      Variance σ² f^(2θ), refitted until the weights stand still; θ given, or by pseudo-likelihood: \
      gnls with varPower in R by generalised least squares.
      """
    }
  }

  public var reference: String {
    switch self {
    case .none, .column: "Seber & Wild (1989), Nonlinear Regression, 2.1"
    case .powerOfMean: "Carroll & Ruppert (1988), Transformation and Weighting in Regression, 3"
    }
  }
}
