public import Inference

/// The conventions of a program for meta-analysis, frozen under a name.
///
/// What a study definition writes out wins over them. revman5 follows the Cochrane Handbook and the
/// settings of R's meta of that name, metafor version 5.1-12, meta8 version 8.4.
public enum MetaAnalysisPreset: String, StatisticalMethod {
  case none, revman5, metafor, meta8

  public var title: String {
    switch self {
    case .none: "Theriac's own conventions"
    case .revman5: "Review Manager 5"
    case .metafor: "metafor 5.1-12"
    case .meta8: "meta 8.4"
    }
  }

  public var summary: String {
    switch self {
    case .none:
      """
      τ² by reml, inference z, nothing added to zeros by Mantel and Haenszel's method, ½ in the \
      variance alone of differences, their variance Greenland and Robins', I² from Q, prediction t-k-1.
      """
    case .revman5:
      """
      τ² by dl, inference z, ½ added to studies with a zero by Mantel and Haenszel's method too, \
      I² from Q, prediction t-k-2.
      """
    case .metafor:
      """
      τ² by reml, inference z, nothing added to zeros by Mantel and Haenszel's method, ½ in estimate \
      and variance of differences, their Mantel–Haenszel variance Sato's, I² from τ², prediction z.
      """
    case .meta8:
      """
      τ² by reml, inference z, ½ added to studies with a zero by Mantel and Haenszel's method too, \
      (x + ½)/(n + ½) in risk ratios, I² from Q, prediction t-k-1.
      """
    }
  }

  public var reference: String {
    switch self {
    case .none: "This program"
    case .revman5: "Higgins & Green (2011), Cochrane Handbook 5.1"
    case .metafor: "Viechtbauer (2010), J. Stat. Softw. 36(3):1"
    case .meta8: "Balduzzi, Rücker & Schwarzer (2019), Evid. Based Ment. Health 22:153"
    }
  }

  public var tau2: Tau2Estimator { self == .revman5 ? .dl : .reml }

  public var inference: EffectInference { .z }

  /// Whether Mantel and Haenszel's method adds ½ to studies with a zero.
  public var mantelHaenszelAddsToZeros: Bool { self == .revman5 || self == .meta8 }

  /// Whether the number of subjects of a risk ratio grows by a in (x + a)/(n + a), not by 2a.
  public var riskRatioAddsOnceToSubjects: Bool { self == .meta8 }

  /// Whether what is added to a study with a zero changes the estimate of a difference too.
  public var differenceAddsToEstimate: Bool { self == .metafor }

  /// Whether Mantel and Haenszel's risk difference has Sato's variance.
  public var riskDifferenceHasSatoVariance: Bool { self == .metafor }

  /// Whether I² and H² are told from τ² and the typical variance rather than from Q.
  public var heterogeneityIsFromTau2: Bool { self == .metafor }

  public var prediction: PredictionMethod {
    switch self {
    case .none, .meta8: .tKMinus1
    case .revman5: .tKMinus2
    case .metafor: .z
    }
  }
}
