import Glibc

/// What is pooled over studies; the raw value is the spelling in a study definition.
public enum EffectMeasure: String, CaseIterable, Sendable {
  case oddsRatio = "odds-ratio"
  case riskRatio = "risk-ratio"
  case riskDifference = "risk-difference"
  case arcsineDifference = "arcsine-difference"
  case rateRatio = "rate-ratio"
  case rateDifference = "rate-difference"
  case proportionLogit = "proportion-logit"
  case proportionArcsine = "proportion-arcsine"
  case proportionFreemanTukey = "proportion-freeman-tukey"
  case proportionLog = "proportion-log"
  case proportion
  case rateLog = "rate-log"
  case rateSquareRoot = "rate-sqrt"
  case rateFreemanTukey = "rate-freeman-tukey"
  case rate
  case generic
}

extension EffectMeasure {
  /// What has to be known of each study.
  public enum Evidence: Sendable {
    /// Subjects with the event in two groups.
    case twoRisks
    /// Events over person-time in two groups.
    case twoRates
    /// Subjects with the event in one group.
    case oneRisk
    /// Events over person-time in one group.
    case oneRate
    /// An effect with its standard error.
    case effect
  }

  public var evidence: Evidence {
    switch self {
    case .oddsRatio, .riskRatio, .riskDifference, .arcsineDifference: .twoRisks
    case .rateRatio, .rateDifference: .twoRates
    case .proportionLogit, .proportionArcsine, .proportionFreemanTukey, .proportionLog, .proportion:
      .oneRisk
    case .rateLog, .rateSquareRoot, .rateFreemanTukey, .rate: .oneRate
    case .generic: .effect
    }
  }

  /// The scale on which effects are pooled.
  public enum Transformation: Sendable {
    case identity, log, logit, arcsine, squareRoot
    /// ½ (asin √(x/(n + 1)) + asin √((x + 1)/(n + 1))), undone with a mean of n.
    case freemanTukeyProportion
    /// ½ (√(x/T) + √((x + 1)/T)), undone with a mean of T.
    case freemanTukeyRate
  }

  public var transformation: Transformation {
    switch self {
    case .oddsRatio, .riskRatio, .rateRatio, .proportionLog, .rateLog: .log
    case .proportionLogit: .logit
    case .proportionArcsine: .arcsine
    case .rateSquareRoot: .squareRoot
    case .proportionFreemanTukey: .freemanTukeyProportion
    case .rateFreemanTukey: .freemanTukeyRate
    case .riskDifference, .arcsineDifference, .rateDifference, .proportion, .rate, .generic:
      .identity
    }
  }

  /// Whether two groups are compared by a ratio.
  public var isRatio: Bool { self == .oddsRatio || self == .riskRatio || self == .rateRatio }

  /// Whether two groups are compared by a difference.
  public var isDifference: Bool {
    self == .riskDifference || self == .arcsineDifference || self == .rateDifference
  }
}
