import Incidence
public import Inference

// The test that belongs to an interval: it rejects a value where the interval excludes it.

extension Strata where Table == TwoByTwoTable {
  /// The test of a common contrast of `null`, equal risks unless given, by the method of an interval.
  ///
  /// Two-sided, or against greater values for a `lower` limit and against smaller ones for an
  /// `upper`. Exact p-values are twice the smaller tail, or the tail.
  ///
  /// - Throws: ``NotEstimable`` as
  ///   ``confidenceInterval(_:weights:level:sides:)``, and for Newcombe's interval, which has none.
  public func test(
    of interval: StratifiedRiskInterval, null: Double? = nil, weights: StratumWeights? = nil,
    level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) throws(NotEstimable) -> TestResult {
    guard !tables.isEmpty else { throw .noStratum }
    let value = null ?? interval.contrast.nullValue
    switch interval {
    case .difference(.newcombe): throw NotEstimable("the method has no test")
    case .difference(.miettinenNurminen), .ratio(.miettinenNurminen),
      .oddsRatio(.miettinenNurminen):
      return TestResult(normal: score(interval.contrast, weights).statistic(at: value), sides)
    case .oddsRatio(.conditionalExact):
      return try ConditionalSum(tables, base: value).test(sides, .whole)
    case .oddsRatio(.conditionalMidP):
      return try ConditionalSum(tables, base: value).test(sides, .half)
    default:
      let wald = try wald(interval, level.normalCriticalValue(sides))
      return TestResult(normal: wald.statistic(null: value, sides), sides)
    }
  }
}

extension Strata where Table == PersonTimeTable {
  /// The test of a common contrast of `null`, equal rates unless given, by the method of an interval.
  ///
  /// Two-sided, or against greater values for a `lower` limit and against smaller ones for an
  /// `upper`. Exact p-values are twice the smaller tail, or the tail.
  ///
  /// - Throws: ``NotEstimable`` as ``confidenceInterval(_:weights:level:sides:)``.
  public func test(
    of interval: StratifiedRateInterval, null: Double? = nil, weights: StratumWeights? = nil,
    sides: Sides = .two
  ) throws(NotEstimable) -> TestResult {
    guard !tables.isEmpty else { throw .noStratum }
    let value = null ?? interval.contrast.nullValue
    switch interval {
    case .difference(.miettinenNurminen), .ratio(.miettinenNurminen):
      return TestResult(normal: score(interval.contrast, weights).statistic(at: value), sides)
    case .ratio(.conditionalExact):
      return try ConditionalSum(tables, base: value).test(sides, .whole)
    case .ratio(.conditionalMidP):
      return try ConditionalSum(tables, base: value).test(sides, .half)
    default: return TestResult(normal: try wald(interval).statistic(null: value, sides), sides)
    }
  }
}

extension ConditionalSum {
  /// The exact test of the ratio that this is based on.
  fileprivate func test(_ sides: Sides, _ share: ObservedShare) -> TestResult {
    TestResult(tails: (lower: lowerTail(at: base, share), upper: upperTail(at: base, share)), sides)
  }
}
