import Inference
public import MetaAnalysis

/// The effects of several studies pooled, by each of the methods listed.
public struct PoolingAnalysis: Sendable {
  /// One study, with what was seen in it.
  public struct Study: Sendable {
    public let label: String
    public let subgroup: String?
    public let moderators: [String: Moderator]
    public let content: Content
    /// The id of its trial, where its counts are those of one.
    public let trial: String?
  }

  public enum Content: Sendable {
    case twoGroups(treatment: [ArmShare], reference: [ArmShare])
    case oneGroup([ArmShare])
    case effect(EffectSize)
  }

  /// The counts of an arm, or of one of the parts into which studies that share it divide it.
  public struct ArmShare: Sendable {
    public let cell: IncidenceAnalysis.Cell
    /// From 0.
    public let part: Int
    public let parts: Int
  }

  /// A property of a study that may explain its effect.
  public enum Moderator: Hashable, Sendable {
    case number(Double)
    case level(String)
  }

  /// How studies are divided into subgroups.
  public struct Subgroups: Sendable {
    /// Whether all subgroups share one τ², rather than each having its own.
    public let shareTau2: Bool
  }

  public let outcome: String
  public let measure: EffectMeasure
  public let pooling: [PoolingMethod]
  public let effects: [EffectModel]
  public let tau2: [Tau2Estimator]
  public let inference: [EffectInference]
  public let tau2Intervals: [Tau2IntervalMethod]
  public let predictions: [PredictionMethod]
  /// `nil` where the study definition leaves it to the methods and the preset.
  public let zeroCells: ZeroCells?
  public let preset: MetaAnalysisPreset
  public let subgroups: Subgroups?
  /// The names of the moderators of a meta-regression.
  public let moderators: [String]
  public let diagnostics: [MetaAnalysisDiagnostic]
  /// Rates and their differences are given per this many person-years.
  public let per: Double
  public let studies: [Study]
  /// The labels of studies that do not report the event.
  public let studiesLeftOut: [String]
}
