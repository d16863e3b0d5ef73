public import Inference

/// How one answer is made of several models.
public enum ModelSelection: String, StatisticalMethod {
  case aicc
  case fTest = "f-test"
  case average

  public var title: String {
    switch self {
    case .aicc: "Least AICc"
    case .fTest: "Extra sum of squares"
    case .average: "Model average"
    }
  }

  public var summary: String {
    switch self {
    case .aicc:
      "−2 log L + 2K + 2K(K + 1)/(n − K − 1), K counting σ; the model with the least is chosen."
    case .fTest:
      "F of the sums of squares of nested models; the shorter is kept unless p < 1 − level."
    case .average:
      """
      Effective doses averaged on the logarithm with Akaike weights, the variance with that between \
      models: maED of drc but on the logarithm.
      """
    }
  }

  public var reference: String {
    switch self {
    case .aicc: "Hurvich & Tsai (1989), Biometrika 76:297"
    case .fTest: "Bates & Watts (1988), Nonlinear Regression Analysis, 3.10"
    case .average: "Buckland, Burnham & Augustin (1997), Biometrics 53:603"
    }
  }
}
