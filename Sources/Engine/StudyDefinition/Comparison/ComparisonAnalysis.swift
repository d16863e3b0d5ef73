public import Comparison
public import Inference

/// Two groups of subjects compared, event by event, in one table or in strata.
public struct ComparisonAnalysis: Sendable {
  /// What is computed of the two groups, in the order listed.
  public enum Methods: Sendable {
    case twoGroups([GroupMeasure], tests: [GroupTest])
    /// `weights` of score intervals; `nil` takes the default of each contrast.
    case strata([StratifiedMeasure], tests: [StratifiedTest], weights: StratumWeights?)
  }

  /// A contrast with the intervals wanted.
  public enum Measure<RiskMethod: ContrastMethod, RateMethod: ContrastMethod>: Sendable {
    case risk(RiskContrast, [RiskMethod])
    case rate(RateContrast, [RateMethod])
  }

  /// A contrast of two groups.
  public typealias GroupMeasure = Measure<RiskInterval, RateInterval>

  /// A common contrast over strata.
  public typealias StratifiedMeasure = Measure<StratifiedRiskInterval, StratifiedRateInterval>

  /// A test that two groups are alike.
  public enum GroupTest: Hashable, Sendable {
    case risk(TwoByTwoTest)
    case rate(PersonTimeTest)
  }

  /// One side of a comparison: an arm, several arms of one trial together, or written here.
  public struct Side: Hashable, Sendable {
    /// What results call it: `trial/arm`, `trial/arm+arm`, or the label written here.
    public let name: String
    public let label: String
    public let trial: String?
    public let groups: [IncidenceAnalysis.Group]
  }

  /// The two sides, in all subjects or in one stratum.
  public struct Stratum: Sendable {
    /// `nil` for all subjects.
    public let label: String?
    public let treatment: Side
    public let reference: Side
  }

  /// What was seen of one event on both sides of a stratum, arm by arm.
  public struct Cells: Sendable {
    /// The place of the stratum among ``strata``.
    public let stratum: Int
    public let treatment: [IncidenceAnalysis.Cell]
    public let reference: [IncidenceAnalysis.Cell]
  }

  /// One event, with what was seen of it in the strata whose two sides report it.
  public struct Outcome: Sendable {
    /// `nil` for counts written into the analysis.
    public let event: EventName?
    public let cells: [Cells]
  }

  public let methods: Methods
  public let sides: Sides
  /// The value that one-sided tests test, by the spelling of the measure.
  public let nullValues: [String: Double]
  /// Rate differences are given per this many person-years.
  public let per: Double
  public let multiplicity: [Multiplicity]
  /// One without a label, or several.
  public let strata: [Stratum]
  /// The events compared, in order.
  public let outcomes: [Outcome]
  /// The events that only one of the sides reports, which are left out.
  public let eventsLeftOut: [EventName]

  /// Whether the sides belong to different trials, so that chance did not make the groups.
  public var isUnrandomised: Bool {
    strata.contains { $0.treatment.trial != $0.reference.trial }
  }
}

extension ComparisonAnalysis.Methods {
  /// The contrasts of risks, and of rates, in the order listed.
  public var contrasts: (risks: [RiskContrast], rates: [RateContrast]) {
    switch self {
    case .twoGroups(let measures, _):
      (measures.compactMap(\.riskContrast), measures.compactMap(\.rateContrast))
    case .strata(let measures, _, _):
      (measures.compactMap(\.riskContrast), measures.compactMap(\.rateContrast))
    }
  }

  /// Whether numbers of subjects are compared.
  public var compareRisks: Bool {
    let areTested =
      switch self {
      case .twoGroups(_, let tests):
        tests.contains { if case .risk = $0 { true } else { false } }
      case .strata(_, let tests, _): !tests.isEmpty
      }
    return areTested || !contrasts.risks.isEmpty
  }

  /// Whether rates over person-time are compared.
  public var compareRates: Bool {
    let areTested =
      switch self {
      case .twoGroups(_, let tests):
        tests.contains { if case .rate = $0 { true } else { false } }
      case .strata: false
      }
    return areTested || !contrasts.rates.isEmpty
  }

  /// The spellings of the measures.
  var measureNames: [String] {
    contrasts.risks.map(\.rawValue) + contrasts.rates.map(\.rawValue)
  }

  /// Whether a method of the measure inverts a test with one side.
  func hasTest(of measure: ComparisonMeasureName) -> Bool {
    switch self {
    case .twoGroups(let measures, _): measures.contains { $0.hasTest(of: measure) }
    case .strata(let measures, _, _): measures.contains { $0.hasTest(of: measure) }
    }
  }
}

extension ComparisonAnalysis.Measure {
  fileprivate var riskContrast: RiskContrast? {
    if case .risk(let contrast, _) = self { contrast } else { nil }
  }

  fileprivate var rateContrast: RateContrast? {
    if case .rate(let contrast, _) = self { contrast } else { nil }
  }

  fileprivate func hasTest(of measure: ComparisonMeasureName) -> Bool {
    switch self {
    case .risk(let contrast, let methods):
      contrast.rawValue == measure.rawValue && methods.contains { $0.nullTest != .none }
    case .rate(let contrast, let methods):
      contrast.rawValue == measure.rawValue && methods.contains { $0.nullTest != .none }
    }
  }
}
