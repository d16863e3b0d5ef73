import Incidence
public import Inference

/// A common contrast of two risks over strata, and one of its methods.
public enum StratifiedRiskInterval: ContrastMethod {
  case difference(StratifiedRiskDifferenceMethod)
  case ratio(StratifiedRiskRatioMethod)
  case oddsRatio(StratifiedOddsRatioMethod)

  public var contrast: RiskContrast {
    switch self {
    case .difference: .difference
    case .ratio: .ratio
    case .oddsRatio: .oddsRatio
    }
  }
}

extension Strata where Table == TwoByTwoTable {
  /// The method's own estimate of a common contrast; that of a summary score depends on the level.
  ///
  /// A stratum without events carries no information for a ratio, one with events only none for
  /// odds: these are left out. All strata are kept for a difference. The `weights` of a
  /// Miettinen–Nurminen interval are those of the contrast unless given.
  ///
  /// - Throws: ``NotEstimable`` for a ratio of two zeros, and without strata.
  public func estimate(
    of interval: StratifiedRiskInterval, weights: StratumWeights? = nil,
    level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) throws(NotEstimable) -> Double {
    guard !tables.isEmpty else { throw .noStratum }
    switch interval {
    case .difference(.newcombe): return cells.mantelHaenszelDifference().centre
    case .difference(.miettinenNurminen), .ratio(.miettinenNurminen),
      .oddsRatio(.miettinenNurminen):
      return try score(interval.contrast, weights).estimate()
    case .ratio(.mantelHaenszel): return try cells.mantelHaenszelRatio().estimate()
    case .oddsRatio(.mantelHaenszel): return try cells.mantelHaenszelOddsRatio().estimate()
    case .oddsRatio(.conditionalExact), .oddsRatio(.conditionalMidP):
      return try conditionalSum().estimate()
    default: return try wald(interval, level.normalCriticalValue(sides)).estimate
    }
  }

  /// The confidence interval of a common contrast, within the contrast's range.
  ///
  /// Strata are left out and weighted as by ``estimate(of:weights:level:sides:)``. Without any left
  /// the score and the exact limits of a ratio are 0 and ∞.
  ///
  /// - Throws: ``NotEstimable`` where the method gives no interval: for a ratio on its logarithm
  ///   without an estimate in its range, for an exact one with too many events, and without strata.
  public func confidenceInterval(
    _ interval: StratifiedRiskInterval, weights: StratumWeights? = nil,
    level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard !tables.isEmpty else { throw .noStratum }
    let z = level.normalCriticalValue(sides)
    let range = interval.contrast.range
    let accepted =
      switch interval {
      case .difference(.newcombe): newcombe(z)
      case .difference(.miettinenNurminen), .ratio(.miettinenNurminen),
        .oddsRatio(.miettinenNurminen):
        score(interval.contrast, weights).acceptedValues(z)
      case .oddsRatio(.conditionalExact):
        try conditionalSum().limits(level.tailProbability(sides), .whole)
      case .oddsRatio(.conditionalMidP):
        try conditionalSum().limits(level.tailProbability(sides), .half)
      default: try wald(interval, z).limits(z)
      }
    return ConfidenceInterval(
      lower: range.clamp(accepted.lower), upper: range.clamp(accepted.upper), level: level,
      sides: sides, isHull: accepted.haveGaps)
  }

  func score(
    _ contrast: RiskContrast, _ weights: StratumWeights?
  ) -> StratifiedScore<TwoByTwoTable> {
    StratifiedScore(self, contrast, weights, usual: contrast.defaultWeights)
  }

  /// The centre and standard error of a Wald interval at the critical value `z`.
  func wald(
    _ interval: StratifiedRiskInterval, _ z: Double
  ) throws(NotEstimable) -> WaldContrast {
    switch interval {
    case .difference(.mantelHaenszel): return cells.mantelHaenszelDifference()
    case .difference(.mantelHaenszelSato): return cells.satoDifference()
    case .difference(.summaryScore): return try summaryScore(z)
    case .ratio(.mantelHaenszel): return try cells.mantelHaenszelRatio().wald()
    case .oddsRatio(.mantelHaenszel): return try cells.mantelHaenszelOddsRatio().wald()
    case .difference(.inverseVariance), .ratio(.inverseVariance), .oddsRatio(.inverseVariance):
      return try inverseVariance(interval.contrast)
    default: preconditionFailure("\(interval) is no Wald interval")
    }
  }

  /// Around the odds ratio of Mantel and Haenszel where that is inside its range.
  private func conditionalSum() throws(NotEstimable) -> ConditionalSum {
    let common = cells.mantelHaenszelOddsRatio()
    let isInside = common.numerator > 0 && common.denominator > 0
    return try ConditionalSum(
      tables,
      base: isInside
        ? common.numerator / common.denominator
        : TwoByTwoTable.pooled(tables).startingValue(.oddsRatio))
  }
}
