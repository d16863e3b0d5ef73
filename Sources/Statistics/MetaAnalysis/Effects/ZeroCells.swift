/// What is added to the cells of studies, and which studies are kept without events.
public struct ZeroCells: Hashable, Sendable {
  /// Which studies it is added to.
  public enum Target: String, CaseIterable, Sendable {
    /// Those with a zero.
    case zeroStudies = "zero-studies"
    case all
    /// All where any study has a zero, else none.
    case allIfAny = "all-if-any"
    case none
  }

  /// How it is divided between the groups; the sum over both is 2 × `amount`.
  public enum Method: String, CaseIterable, Sendable {
    case constant
    /// 2an₁/N to the treatment group and 2an₂/N to the reference.
    case treatmentArm = "treatment-arm"
    /// By the pooled odds ratio of the studies without zeros.
    case empirical
  }

  /// What becomes of studies without events, or with events only, in both groups.
  public enum DoubleZero: String, CaseIterable, Sendable {
    case exclude, include
  }

  public var amount: Double
  public var target: Target
  public var method: Method
  public var doubleZero: DoubleZero

  public init(
    amount: Double = 0.5, target: Target, method: Method = .constant, doubleZero: DoubleZero
  ) {
    self.amount = amount
    self.target = target
    self.method = method
    self.doubleZero = doubleZero
  }

  /// What holds unless a study definition says otherwise, for inverse variances of `measure`.
  ///
  /// Studies without events say nothing of a ratio, and are no obstacle to a difference.
  public init(defaultFor measure: EffectMeasure) {
    switch measure {
    case .arcsineDifference, .proportionArcsine, .proportionFreemanTukey, .rateFreemanTukey,
      .rateSquareRoot, .generic:
      self.init(target: .none, doubleZero: .include)
    case .oddsRatio, .riskRatio, .rateRatio: self.init(target: .zeroStudies, doubleZero: .exclude)
    case .riskDifference, .rateDifference, .proportionLogit, .proportionLog, .proportion, .rateLog,
      .rate:
      self.init(target: .zeroStudies, doubleZero: .include)
    }
  }
}
