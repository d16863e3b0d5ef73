import Incidence
public import Inference

/// A common contrast of two rates over strata, and one of its methods.
public enum StratifiedRateInterval: ContrastMethod {
  case difference(StratifiedRateDifferenceMethod)
  case ratio(StratifiedRateRatioMethod)

  public var contrast: RateContrast {
    switch self {
    case .difference: .difference
    case .ratio: .ratio
    }
  }
}

extension Strata where Table == PersonTimeTable {
  /// The method's own estimate of a common contrast; that of a difference is per person-year.
  ///
  /// A stratum without events carries no information for a ratio and is left out of it. The
  /// `weights` of a Miettinen–Nurminen interval are those of the contrast unless given.
  ///
  /// - Throws: ``NotEstimable`` for a ratio of two zeros, and without strata.
  public func estimate(
    of interval: StratifiedRateInterval, weights: StratumWeights? = nil
  ) throws(NotEstimable) -> Double {
    guard !tables.isEmpty else { throw .noStratum }
    switch interval {
    case .difference(.miettinenNurminen), .ratio(.miettinenNurminen):
      return try score(interval.contrast, weights).estimate()
    case .ratio(.mantelHaenszel): return try cells.mantelHaenszelRatio().estimate()
    case .ratio(.conditionalExact), .ratio(.conditionalMidP):
      return try conditionalSum().estimate()
    default: return try wald(interval).estimate
    }
  }

  /// The confidence interval of a common contrast; that of a difference is per person-year.
  ///
  /// Strata are left out and weighted as by ``estimate(of:weights:)``. Without any left the score
  /// and the exact limits of a ratio are 0 and ∞.
  ///
  /// - Throws: ``NotEstimable`` where the method gives no interval: for a ratio on its logarithm
  ///   without an estimate in its range, for an exact one with too many events, and without strata.
  public func confidenceInterval(
    _ interval: StratifiedRateInterval, weights: StratumWeights? = nil,
    level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard !tables.isEmpty else { throw .noStratum }
    let z = level.normalCriticalValue(sides)
    let accepted =
      switch interval {
      case .difference(.miettinenNurminen), .ratio(.miettinenNurminen):
        score(interval.contrast, weights).acceptedValues(z)
      case .ratio(.conditionalExact):
        try conditionalSum().limits(level.tailProbability(sides), .whole)
      case .ratio(.conditionalMidP):
        try conditionalSum().limits(level.tailProbability(sides), .half)
      default: try wald(interval).limits(z)
      }
    return ConfidenceInterval(
      lower: accepted.lower, upper: accepted.upper, level: level, sides: sides,
      isHull: accepted.haveGaps)
  }

  func score(
    _ contrast: RateContrast, _ weights: StratumWeights?
  ) -> StratifiedScore<PersonTimeTable> {
    StratifiedScore(self, contrast, weights, usual: contrast.defaultWeights)
  }

  /// The centre and standard error of a Wald interval.
  func wald(_ interval: StratifiedRateInterval) throws(NotEstimable) -> WaldContrast {
    switch interval {
    case .difference(.mantelHaenszel): return cells.mantelHaenszelDifference()
    case .ratio(.mantelHaenszel): return try cells.mantelHaenszelRatio().wald()
    case .difference(.inverseVariance), .ratio(.inverseVariance):
      return try inverseVariance(interval.contrast)
    default: preconditionFailure("\(interval) is no Wald interval")
    }
  }

  /// Around the ratio of Mantel and Haenszel where that is inside its range.
  private func conditionalSum() throws(NotEstimable) -> ConditionalSum {
    let common = cells.mantelHaenszelRatio()
    let isInside = common.numerator > 0 && common.denominator > 0
    return try ConditionalSum(
      tables,
      base: isInside
        ? common.numerator / common.denominator
        : PersonTimeTable.pooled(tables).startingValue(.ratio))
  }
}
