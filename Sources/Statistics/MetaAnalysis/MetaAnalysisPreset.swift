/// The conventions of a program for meta-analysis, frozen under a name.
///
/// What a study definition writes out wins over them. revman5 follows the Cochrane Handbook and the
/// settings of R's meta of that name, metafor version 5.1-12, meta8 version 8.4.
public enum MetaAnalysisPreset: String, CaseIterable, Sendable {
  case none, revman5, metafor, meta8

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
