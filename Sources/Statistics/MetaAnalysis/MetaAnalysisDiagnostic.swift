public import Inference

/// What is asked about the studies of a meta-analysis and about those that may be missing.
public enum MetaAnalysisDiagnostic: String, StatisticalMethod {
  case leaveOneOut = "leave-one-out"
  case cumulative
  case influence
  case egger
  case begg
  case harbord
  case peters
  case trimAndFill = "trim-and-fill"
  case radial
  case baujat

  public var title: String {
    switch self {
    case .leaveOneOut: "Leave one out"
    case .cumulative: "Cumulative"
    case .influence: "Influence"
    case .egger: "Egger's test"
    case .begg: "Begg and Mazumdar's test"
    case .harbord: "Harbord's test"
    case .peters: "Peters' test"
    case .trimAndFill: "Trim and fill"
    case .radial: "Radial plot"
    case .baujat: "Baujat plot"
    }
  }

  public var summary: String {
    switch self {
    case .leaveOneOut: "Every study left out in turn."
    case .cumulative: "The studies added one after another, in the order given."
    case .influence:
      "Studentised deleted residuals, DFFITS, Cook's distance, covariance ratio, hat values, τ² and Q without the study."
    case .egger:
      "Regression of y on √v weighted by 1/v, t with k − 2 degrees of freedom: lm form of R's regtest."
    case .begg:
      "Kendall's τ of standardised effects and variances; exact without ties below 50 studies."
    case .harbord: "Regression of the score over its standard deviation on √V; for odds ratios."
    case .peters:
      "Regression of the log odds ratio on 1/N, weighted by 1/(1/events + 1/non-events)."
    case .trimAndFill:
      "Studies mirrored by Duval and Tweedie's L₀, the side by Egger's sign, on the model's own weights."
    case .radial: "y/√(v + τ²) against 1/√(v + τ²)."
    case .baujat: "Each study's part of Q against its influence on the pooled effect."
    }
  }

  public var reference: String {
    switch self {
    case .leaveOneOut, .influence: "Viechtbauer & Cheung (2010), Res. Synth. Methods 1:112"
    case .cumulative: "Lau et al. (1992), N. Engl. J. Med. 327:248"
    case .egger: "Egger et al. (1997), BMJ 315:629"
    case .begg: "Begg & Mazumdar (1994), Biometrics 50:1088"
    case .harbord: "Harbord, Egger & Sterne (2006), Stat. Med. 25:3443"
    case .peters: "Peters et al. (2006), JAMA 295:676"
    case .trimAndFill: "Duval & Tweedie (2000), Biometrics 56:455"
    case .radial: "Galbraith (1988), Stat. Med. 7:889"
    case .baujat: "Baujat et al. (2002), Stat. Med. 21:2641"
    }
  }
}
