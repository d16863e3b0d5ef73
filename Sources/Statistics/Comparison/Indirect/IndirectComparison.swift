import Incidence
public import Inference

/// Two treatments, each in a table with its own anchor.
///
/// The effect is the contrast of the treatment with its anchor less that of the reference with its
/// own, or for ratios the one divided by the other.
public struct IndirectComparison<Table: Hashable & Sendable>: Hashable, Sendable {
  /// The treatment, with its anchor as the reference group.
  public let treatment: Table

  /// What the treatment is compared with, with its anchor as the reference group.
  public let reference: Table

  public init(treatment: Table, reference: Table) {
    self.treatment = treatment
    self.reference = reference
  }
}

extension IndirectComparison where Table == TwoByTwoTable {
  /// The maximum-likelihood difference of two differences, or ratio of two ratios.
  ///
  /// - Throws: ``NotEstimable`` where it is not identified: a ratio is nothing divided by nothing.
  public func estimate(of contrast: RiskContrast) throws(NotEstimable) -> Double {
    try effect(
      treatment.estimate(of: contrast), reference.estimate(of: contrast), contrast.range)
  }

  /// Whether the data say anything of the effect; if not, it is unbounded both ways.
  public func isIdentified(_ contrast: RiskContrast) -> Bool {
    (try? estimate(of: contrast)) != nil
  }

  /// The confidence interval of the effect, a difference between −2 and 2.
  ///
  /// - Throws: ``NotEstimable`` for Bucher's ratio with a zero.
  public func confidenceInterval(
    _ contrast: RiskContrast, method: IndirectMethod, level: ConfidenceLevel = .percent95,
    sides: Sides = .two
  ) throws(NotEstimable) -> ConfidenceInterval {
    let z = level.normalCriticalValue(sides)
    let limits =
      switch method {
      case .bucher: try wald(contrast).limits(z)
      case .profile: profile(contrast).limits(z)
      }
    let range = effectRange(contrast.range)
    return ConfidenceInterval(
      lower: range.clamp(limits.lower), upper: range.clamp(limits.upper), level: level,
      sides: sides)
  }

  /// The two-sided test that the effect is `null`, none unless given: z, or a likelihood ratio.
  ///
  /// - Throws: ``NotEstimable`` for Bucher's without a variance or for a ratio with a zero.
  public func test(
    _ contrast: RiskContrast, method: IndirectMethod, null: Double? = nil
  ) throws(NotEstimable) -> TestResult {
    let value = null ?? contrast.nullValue
    switch method {
    case .bucher: return try waldTest(wald(contrast), value)
    case .profile: return profile(contrast).test(value)
    }
  }

  private func wald(_ contrast: RiskContrast) throws(NotEstimable) -> WaldContrast {
    func each(_ table: TwoByTwoTable) throws(NotEstimable) -> WaldContrast {
      switch contrast {
      case .difference: table.waldDifference(corrected: false)
      case .ratio: try table.logRiskRatio(adding: 0)
      case .oddsRatio: try table.logOddsRatio(adding: 0)
      }
    }
    return difference(try each(treatment), try each(reference))
  }

  private func profile(_ contrast: RiskContrast) -> EffectLikelihood {
    func arm(_ count: BinomialCount, rises: Bool) -> ProfiledArm {
      switch contrast {
      case .difference: .risk(count, rises: rises)
      case .ratio: .logRisk(count, rises: rises)
      case .oddsRatio: .logit(count, rises: rises)
      }
    }
    return EffectLikelihood(
      positive: [treatment.treatment, reference.reference],
      negative: [treatment.reference, reference.treatment], arm: arm,
      range: effectRange(contrast.range), estimate: try? estimate(of: contrast))
  }
}

extension IndirectComparison where Table == PersonTimeTable {
  /// The maximum-likelihood difference of two differences, or ratio of two ratios.
  ///
  /// - Throws: ``NotEstimable`` where it is not identified: a ratio is nothing divided by nothing.
  public func estimate(of contrast: RateContrast) throws(NotEstimable) -> Double {
    try effect(
      treatment.estimate(of: contrast), reference.estimate(of: contrast), contrast.range)
  }

  /// Whether the data say anything of the effect; if not, it is unbounded both ways.
  public func isIdentified(_ contrast: RateContrast) -> Bool {
    (try? estimate(of: contrast)) != nil
  }

  /// The confidence interval of the effect; that of a difference is per person-year.
  ///
  /// - Throws: ``NotEstimable`` for Bucher's ratio with a zero.
  public func confidenceInterval(
    _ contrast: RateContrast, method: IndirectMethod, level: ConfidenceLevel = .percent95,
    sides: Sides = .two
  ) throws(NotEstimable) -> ConfidenceInterval {
    let z = level.normalCriticalValue(sides)
    let limits =
      switch method {
      case .bucher: try wald(contrast).limits(z)
      case .profile: profile(contrast).limits(z)
      }
    return ConfidenceInterval(
      lower: limits.lower, upper: limits.upper, level: level, sides: sides)
  }

  /// The two-sided test that the effect is `null`, none unless given: z, or a likelihood ratio.
  ///
  /// - Throws: ``NotEstimable`` for Bucher's without a variance or for a ratio with a zero.
  public func test(
    _ contrast: RateContrast, method: IndirectMethod, null: Double? = nil
  ) throws(NotEstimable) -> TestResult {
    let value = null ?? contrast.nullValue
    switch method {
    case .bucher: return try waldTest(wald(contrast), value)
    case .profile: return profile(contrast).test(value)
    }
  }

  private func wald(_ contrast: RateContrast) throws(NotEstimable) -> WaldContrast {
    switch contrast {
    case .difference: return difference(treatment.waldDifference(), reference.waldDifference())
    case .ratio: return difference(try treatment.logRateRatio(), try reference.logRateRatio())
    }
  }

  private func profile(_ contrast: RateContrast) -> EffectLikelihood {
    EffectLikelihood(
      positive: [treatment.treatment, reference.reference],
      negative: [treatment.reference, reference.treatment],
      arm: contrast == .difference ? ProfiledArm.rate : ProfiledArm.logRate,
      range: effectRange(contrast.range), estimate: try? estimate(of: contrast))
  }
}

/// The range of a difference of two differences is twice as wide; that of ratios stays.
private func effectRange(_ range: ParameterRange) -> ParameterRange {
  guard case .difference(let lower, let upper) = range else { return range }
  return .difference(lower: 2 * lower, upper: 2 * upper)
}

private func effect(
  _ first: Double, _ second: Double, _ range: ParameterRange
) throws(NotEstimable) -> Double {
  let effect = range == .ratio ? first / second : first - second
  guard !effect.isNaN else { throw NotEstimable("both contrasts are 0, or both infinite") }
  return effect
}

/// The difference of two contrasts with the sum of their variances.
private func difference(_ first: WaldContrast, _ second: WaldContrast) -> WaldContrast {
  let (a, b) = (first.standardError, second.standardError)
  return WaldContrast(
    centre: first.centre - second.centre, standardError: (a * a + b * b).squareRoot(),
    isLog: first.isLog)
}

private func waldTest(_ wald: WaldContrast, _ null: Double) throws(NotEstimable) -> TestResult {
  guard wald.standardError > 0 else { throw NotEstimable("the variance is 0") }
  return TestResult(normal: wald.statistic(null: null, .two), .two)
}
