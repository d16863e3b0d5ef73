import Glibc
import Incidence
public import Inference
import Probability

// The test that a contrast has a given value, by the statistic that an interval inverts. Against
// one side it is a test of non-inferiority or superiority: its p-value is below 1 − level exactly
// when the one-sided interval leaves out that value.

/// What the test behind an interval gives.
public enum NullTestKind: Sendable {
  /// A statistic that is normal under the null value, and a p-value.
  case withStatistic
  /// A p-value alone.
  case exact
  /// Nothing: the limits are put together from others, or the test has no single side.
  case none
}

extension RiskInterval {
  public var nullTest: NullTestKind {
    switch self {
    case .difference(.exactScore), .difference(.exactSimple), .ratio(.exactScore),
      .oddsRatio(.conditionalExact), .oddsRatio(.conditionalMidP):
      .exact
    case .difference(.newcombe), .difference(.newcombeCorrected), .difference(.exactTwoSided),
      .ratio(.moverWilson), .oddsRatio(.baptistaPike), .oddsRatio(.baptistaPikeMidP):
      .none
    default: .withStatistic
    }
  }
}

extension RateInterval {
  public var nullTest: NullTestKind {
    switch self {
    case .ratio(.conditionalExact), .ratio(.conditionalMidP): .exact
    case .difference(.mover), .ratio(.mover): .none
    default: .withStatistic
    }
  }
}

extension TwoByTwoTable {
  /// The test that the contrast of `interval` is `null`.
  ///
  /// With `.lower` the alternative is a greater value, which a lower limit shows; with `.upper` a
  /// smaller one. Tables without information have p = 1.
  ///
  /// - Returns: `nil` for methods that invert no test of one side: Newcombe, MOVER, Baptista–Pike,
  ///   Agresti–Min.
  public func test(
    _ interval: RiskInterval, null: Double, alternative: Sides
  ) throws(NotEstimable) -> TestResult? {
    switch interval {
    case .difference(.miettinenNurminen), .ratio(.miettinenNurminen),
      .oddsRatio(.miettinenNurminen):
      return scoreTest(interval.contrast, .unbiased, null, alternative)
    case .difference(.mee), .ratio(.koopman), .oddsRatio(.score):
      return scoreTest(interval.contrast, .plain, null, alternative)
    case .difference(.scas), .ratio(.scas), .oddsRatio(.scas):
      return scoreTest(interval.contrast, .skewnessCorrected, null, alternative)
    case .difference(.likelihoodRatio), .ratio(.likelihoodRatio), .oddsRatio(.likelihoodRatio):
      return likelihoodTest(interval.contrast, null, alternative)
    case .difference(.wald), .difference(.waldCorrected), .difference(.agrestiCaffo),
      .difference(.hauckAnderson), .ratio(.log), .ratio(.logAdjusted), .oddsRatio(.woolf),
      .oddsRatio(.gart):
      return try waldContrast(interval).test(null: null, alternative)
    case .oddsRatio(.conditionalExact), .oddsRatio(.conditionalMidP):
      return TestResult(
        tails: conditionalTails(
          oddsRatio: null, midP: interval == .oddsRatio(.conditionalMidP)), alternative)
    case .difference(.exactScore):
      return TestResult(tails: try exactScoreTails(riskDifference: null), alternative)
    case .difference(.exactSimple):
      return TestResult(tails: try exactSimpleTails(riskDifference: null), alternative)
    case .ratio(.exactScore):
      return TestResult(tails: try exactScoreTails(riskRatio: null), alternative)
    case .difference(.newcombe), .difference(.newcombeCorrected), .difference(.exactTwoSided),
      .ratio(.moverWilson), .oddsRatio(.baptistaPike), .oddsRatio(.baptistaPikeMidP):
      return nil
    }
  }

  private func likelihoodTest(
    _ contrast: RiskContrast, _ null: Double, _ alternative: Sides
  ) -> TestResult {
    guard isInformative(contrast) else { return .uninformative }
    return TestResult(normal: likelihoodRoot(contrast, at: null), alternative)
  }
}

extension PersonTimeTable {
  /// The test that the contrast of `interval` is `null`, as for two risks.
  public func test(
    _ interval: RateInterval, null: Double, alternative: Sides
  ) throws(NotEstimable) -> TestResult? {
    switch interval {
    case .difference(.wald): waldDifference().test(null: null, alternative)
    case .ratio(.waldLog): try logRateRatio().test(null: null, alternative)
    case .difference(.miettinenNurminen), .ratio(.miettinenNurminen):
      scoreTest(interval.contrast, .plain, null, alternative)
    case .difference(.scas), .ratio(.scas):
      scoreTest(interval.contrast, .skewnessCorrected, null, alternative)
    case .ratio(.conditionalExact), .ratio(.conditionalMidP):
      TestResult(
        tails: conditionalTails(rateRatio: null, midP: interval == .ratio(.conditionalMidP)),
        alternative)
    case .difference(.mover), .ratio(.mover): nil
    }
  }
}

extension ScoredTable {
  fileprivate func scoreTest(
    _ contrast: Measure, _ variant: ScoreVariant, _ null: Double, _ alternative: Sides
  ) -> TestResult {
    guard isInformative(contrast), scoreTerm(contrast, at: null).isInformative else {
      return .uninformative
    }
    // Where the skewness has no real root no p-value is near any level either.
    let score = scoreStatistic(contrast, at: null, variant, critical: 1)
    // Skewness would call values too small of which the interval holds the smallest.
    let bounds = bounds(contrast)
    let z = min(bounds.below ? .infinity : 0, max(bounds.above ? -.infinity : 0, score))
    return TestResult(normal: z, alternative)
  }

  /// Whether some value of the contrast could be excluded.
  fileprivate func isInformative(_ contrast: Measure) -> Bool {
    let bounds = bounds(contrast)
    return bounds.below || bounds.above
  }
}

extension ScoreTerm {
  /// Whether the score can differ from 0 at all.
  fileprivate var isInformative: Bool { variance > 0 || score != 0 }
}

extension WaldContrast {
  fileprivate func test(null: Double, _ alternative: Sides) -> TestResult {
    switch alternative {
    case .lower, .upper: TestResult(normal: statistic(null: null, alternative), alternative)
    case .two:
      // The correction leads towards the null value, and not beyond it.
      TestResult(
        normal: centre > (isLog ? log(null) : null)
          ? max(0, statistic(null: null, .lower)) : min(0, statistic(null: null, .upper)), .two)
    }
  }
}

extension TestResult {
  /// A statistic that is normal with variance 1 under the null value.
  init(normal z: Double, _ alternative: Sides) {
    let pValue =
      switch alternative {
      case .two: min(1, 2 * Normal.standard.upperTail(abs(z)))
      case .lower: Normal.standard.upperTail(z)
      case .upper: Normal.standard.lowerTail(z)
      }
    self.init(statistic: z, pValue: pValue)
  }

  /// The probabilities of as few events as observed, and of as many, under the null value.
  init(tails: (lower: Double, upper: Double), _ alternative: Sides) {
    let pValue =
      switch alternative {
      case .two: min(1, 2 * min(tails.lower, tails.upper))
      case .lower: tails.upper
      case .upper: tails.lower
      }
    self.init(pValue: pValue)
  }

  /// Of a table that could not have been otherwise.
  static let uninformative = TestResult(statistic: 0, pValue: 1)
}
