public import Inference

/// A weighting of Cohen's kappa.
public enum AgreementMethod: String, StatisticalMethod {
  case kappa
  case kappaLinear = "kappa-linear"
  case kappaQuadratic = "kappa-quadratic"

  public var title: String {
    switch self {
    case .kappa: "Cohen's kappa"
    case .kappaLinear: "Kappa with linear weights"
    case .kappaQuadratic: "Kappa with quadratic weights"
    }
  }

  public var summary: String {
    let errors = """
      Limits from the standard error of Fleiss, Cohen & Everitt, z and p from the one under κ = 0
      """
    return switch self {
    case .kappa:
      "Exact agreement counts alone. \(errors): AGREE in SAS PROC FREQ; kappa2 in R's irr has no limits."
    case .kappaLinear:
      """
      Weights 1 − |i − j|/(k − 1), Cicchetti and Allison's. \(errors): the default WTKAP of SAS \
      PROC FREQ, weight = "equal" in R's irr.
      """
    case .kappaQuadratic:
      """
      Weights 1 − (i − j)²/(k − 1)², Fleiss and Cohen's. \(errors): WT=FC in SAS PROC FREQ, weight \
      = "squared" in R's irr; the variance of R's psych is 0 in some versions.
      """
    }
  }

  public var reference: String {
    switch self {
    case .kappa: "Cohen (1960), Educ. Psychol. Meas. 20:37"
    case .kappaLinear: "Cicchetti & Allison (1971), Am. J. EEG Technol. 11:101"
    case .kappaQuadratic: "Fleiss & Cohen (1973), Educ. Psychol. Meas. 33:613"
    }
  }

  /// 1 − w of two of `count` categories: how much a disagreement weighs, 0 to 1.
  func disagreement(_ i: Int, _ j: Int, of count: Int) -> Double {
    let distance = Double(abs(i - j)) / Double(count - 1)
    return switch self {
    case .kappa: i == j ? 0 : 1
    case .kappaLinear: distance
    case .kappaQuadratic: distance * distance
    }
  }
}
