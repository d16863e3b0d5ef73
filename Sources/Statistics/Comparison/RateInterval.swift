import Incidence
public import Inference

/// A confidence interval for a contrast of two rates: the contrast and one of its methods.
public enum RateInterval: ContrastMethod {
  case difference(RateDifferenceMethod)
  case ratio(RateRatioMethod)

  public var contrast: RateContrast {
    switch self {
    case .difference: .difference
    case .ratio: .ratio
    }
  }

  public var method: any StatisticalMethod {
    switch self {
    case .difference(let method): method
    case .ratio(let method): method
    }
  }

  /// Whether the method has an estimate under its own name: the conditional ones.
  public var hasEstimate: Bool {
    self == .ratio(.conditionalExact) || self == .ratio(.conditionalMidP)
  }
}

extension PersonTimeTable {
  /// The confidence interval of a contrast; that of a difference is per person-year.
  ///
  /// - Throws: ``NotEstimable`` where the method gives no interval: on a logarithmic scale with a
  ///   zero.
  public func confidenceInterval(
    _ interval: RateInterval, level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) throws(NotEstimable) -> ConfidenceInterval {
    let limits =
      switch interval {
      case .difference(let method): differenceLimits(method, level, sides)
      case .ratio(let method): try ratioLimits(method, level, sides)
      }
    return ConfidenceInterval(
      lower: limits.lower, upper: limits.upper, level: level, sides: sides)
  }

  private func differenceLimits(
    _ method: RateDifferenceMethod, _ level: ConfidenceLevel, _ sides: Sides
  ) -> Limits {
    let z = level.normalCriticalValue(sides)
    switch method {
    case .wald: return waldDifference().limits(z)
    case .miettinenNurminen: return scoreLimits(.difference, .plain, z)
    case .mover: return moverDifference(level.tailProbability(sides))
    case .scas: return scoreLimits(.difference, .skewnessCorrected, z)
    }
  }

  private func ratioLimits(
    _ method: RateRatioMethod, _ level: ConfidenceLevel, _ sides: Sides
  ) throws(NotEstimable) -> Limits {
    let z = level.normalCriticalValue(sides)
    switch method {
    case .waldLog: return try logRateRatio().limits(z)
    case .miettinenNurminen: return scoreLimits(.ratio, .plain, z)
    case .conditionalExact, .conditionalMidP:
      return conditionalLimits(
        tail: level.tailProbability(sides), midP: method == .conditionalMidP)
    case .mover: return moverRatio(level.tailProbability(sides))
    case .scas: return scoreLimits(.ratio, .skewnessCorrected, z)
    }
  }
}
