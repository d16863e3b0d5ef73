public import Comparison
public import Inference

/// A common ratio of odds or of rates, exactly given the margins of each study.
///
/// The treatment group's events of all studies together are the convolution of noncentral
/// hypergeometric distributions, or binomial ones for rates. Gart (1970), Biometrika 57:471.
public struct ExactConditional: Sendable {
  private enum Studies {
    case risks(StratifiedRisks)
    case rates(StratifiedRates)
  }

  private let studies: Studies

  /// The conditional maximum-likelihood estimate of the ratio itself: 0 or ∞ where the sum is at an
  /// end of what is possible.
  public let ratio: Double

  /// - Throws: ``NotEstimable`` where only one sum is possible, and with too many events.
  public init(_ risks: [TwoByTwoTable]) throws(NotEstimable) {
    let strata = StratifiedRisks(risks.filter { !$0.hasOneOutcomeOnly })
    guard !strata.tables.isEmpty else { throw Estimability(risks).reasonWithoutInformation }
    studies = .risks(strata)
    ratio = try strata.estimate(of: .oddsRatio(.conditionalExact))
  }

  /// - Throws: ``NotEstimable`` where only one sum is possible, and with too many events.
  public init(_ rates: [PersonTimeTable]) throws(NotEstimable) {
    let strata = StratifiedRates(rates.filter { $0.events > 0 })
    guard !strata.tables.isEmpty else { throw .noEvents }
    studies = .rates(strata)
    ratio = try strata.estimate(of: .ratio(.conditionalExact))
  }

  /// The ratios that leave α/2 in each tail, of which what was observed is part, with `midP` half.
  public func interval(
    level: ConfidenceLevel, midP: Bool = false
  ) throws(NotEstimable) -> ConfidenceInterval {
    switch studies {
    case .risks(let strata):
      try strata.confidenceInterval(
        .oddsRatio(midP ? .conditionalMidP : .conditionalExact), level: level)
    case .rates(let strata):
      try strata.confidenceInterval(
        .ratio(midP ? .conditionalMidP : .conditionalExact), level: level)
    }
  }

  /// Twice the smaller tail at a ratio of 1.
  public func pValue(midP: Bool = false) throws(NotEstimable) -> Double {
    switch studies {
    case .risks(let strata):
      try strata.test(of: .oddsRatio(midP ? .conditionalMidP : .conditionalExact)).pValue
    case .rates(let strata):
      try strata.test(of: .ratio(midP ? .conditionalMidP : .conditionalExact)).pValue
    }
  }
}
