import Incidence
public import Inference

/// A confidence interval for a contrast of two risks: the contrast and one of its methods.
public enum RiskInterval: ContrastMethod {
  case difference(RiskDifferenceMethod)
  case ratio(RiskRatioMethod)
  case oddsRatio(OddsRatioMethod)

  public var contrast: RiskContrast {
    switch self {
    case .difference: .difference
    case .ratio: .ratio
    case .oddsRatio: .oddsRatio
    }
  }

  public var method: any StatisticalMethod {
    switch self {
    case .difference(let method): method
    case .ratio(let method): method
    case .oddsRatio(let method): method
    }
  }

  /// Whether the method estimates the contrast by itself, not by maximum likelihood.
  public var hasEstimate: Bool {
    self == .oddsRatio(.conditionalExact) || self == .oddsRatio(.conditionalMidP)
  }

  /// Whether the accepted values come from one test with two sides, so that no limit stands alone.
  public var isTwoSidedOnly: Bool {
    switch self {
    case .difference(.exactTwoSided), .oddsRatio(.baptistaPike), .oddsRatio(.baptistaPikeMidP): true
    default: false
    }
  }
}

extension TwoByTwoTable {
  /// The confidence interval of a contrast, within the contrast's range.
  ///
  /// - Throws: ``NotEstimable`` where the method gives no interval: on a logarithmic scale with a
  ///   zero, for an exact one where there are too many outcomes.
  public func confidenceInterval(
    _ interval: RiskInterval, level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) throws(NotEstimable) -> ConfidenceInterval {
    let range = interval.contrast.range
    let accepted =
      switch interval {
      case .difference(let method): try differenceLimits(method, level, sides)
      case .ratio(let method): try ratioLimits(method, level, sides)
      case .oddsRatio(let method): try oddsRatioLimits(method, level, sides)
      }
    return ConfidenceInterval(
      lower: range.clamp(accepted.lower), upper: range.clamp(accepted.upper),
      level: level, sides: sides, isHull: accepted.haveGaps)
  }

  private func differenceLimits(
    _ method: RiskDifferenceMethod, _ level: ConfidenceLevel, _ sides: Sides
  ) throws(NotEstimable) -> Limits {
    let z = level.normalCriticalValue(sides)
    let tail = level.tailProbability(sides)
    switch method {
    case .miettinenNurminen: return scoreLimits(.difference, .unbiased, z)
    case .mee: return scoreLimits(.difference, .plain, z)
    case .scas: return scoreLimits(.difference, .skewnessCorrected, z)
    case .newcombe: return newcombe(z, corrected: false)
    case .newcombeCorrected: return newcombe(z, corrected: true)
    case .likelihoodRatio: return likelihoodLimits(.difference, z)
    case .wald, .waldCorrected, .agrestiCaffo, .hauckAnderson:
      return try waldContrast(.difference(method)).limits(z)
    case .exactScore: return try exactScoreDifference(tail: tail)
    case .exactSimple: return try exactSimpleDifference(tail: tail)
    case .exactTwoSided:
      precondition(sides == .two, "Agresti and Min's interval has two sides")
      return try exactTwoSidedDifference(alpha: level.alpha)
    }
  }

  private func ratioLimits(
    _ method: RiskRatioMethod, _ level: ConfidenceLevel, _ sides: Sides
  ) throws(NotEstimable) -> Limits {
    let z = level.normalCriticalValue(sides)
    switch method {
    case .miettinenNurminen: return scoreLimits(.ratio, .unbiased, z)
    case .koopman: return scoreLimits(.ratio, .plain, z)
    case .scas: return scoreLimits(.ratio, .skewnessCorrected, z)
    case .moverWilson: return moverWilsonRatio(z)
    case .likelihoodRatio: return likelihoodLimits(.ratio, z)
    case .log, .logAdjusted: return try waldContrast(.ratio(method)).limits(z)
    case .exactScore: return try exactScoreRatio(tail: level.tailProbability(sides))
    }
  }

  private func oddsRatioLimits(
    _ method: OddsRatioMethod, _ level: ConfidenceLevel, _ sides: Sides
  ) throws(NotEstimable) -> Limits {
    let z = level.normalCriticalValue(sides)
    let tail = level.tailProbability(sides)
    switch method {
    case .miettinenNurminen: return scoreLimits(.oddsRatio, .unbiased, z)
    case .score: return scoreLimits(.oddsRatio, .plain, z)
    case .scas: return scoreLimits(.oddsRatio, .skewnessCorrected, z)
    case .likelihoodRatio: return likelihoodLimits(.oddsRatio, z)
    case .woolf, .gart: return try waldContrast(.oddsRatio(method)).limits(z)
    case .conditionalExact: return conditionalLimits(tail: tail, midP: false)
    case .conditionalMidP: return conditionalLimits(tail: tail, midP: true)
    case .baptistaPike, .baptistaPikeMidP:
      precondition(sides == .two, "Baptista and Pike's interval has two sides")
      return baptistaPike(level, midP: method == .baptistaPikeMidP)
    }
  }

  /// The centre and standard error of a Wald interval.
  func waldContrast(_ interval: RiskInterval) throws(NotEstimable) -> WaldContrast {
    switch interval {
    case .difference(.wald): return waldDifference(corrected: false)
    case .difference(.waldCorrected): return waldDifference(corrected: true)
    case .difference(.agrestiCaffo): return agrestiCaffo()
    case .difference(.hauckAnderson): return try hauckAnderson()
    case .ratio(.log): return try logRiskRatio(adding: 0)
    case .ratio(.logAdjusted): return try logRiskRatio(adding: 0.5)
    case .oddsRatio(.woolf): return try logOddsRatio(adding: 0)
    case .oddsRatio(.gart): return try logOddsRatio(adding: 0.5)
    default: preconditionFailure("\(interval) is no Wald interval")
    }
  }
}
