import Comparison
import Incidence
import Inference
import Results
import StudyDefinition

/// Computes the parts of one event over its strata.
struct StratifiedValues {
  let strata: [ComparedCounts]
  let level: ConfidenceLevel
  let sides: Sides
  let weights: StratumWeights?
  let nullValues: [String: Double]
  let per: Double
  /// The intervals made so far, which tests are held against.
  private var verdicts = Verdicts()

  init(_ strata: [ComparedCounts], _ analysis: ComparisonAnalysis, level: ConfidenceLevel) {
    self.strata = strata
    self.level = level
    (sides, weights) = (analysis.sides, analysis.weights)
    (nullValues, per) = (analysis.nullValues, analysis.per)
  }

  /// The values of `part`, in the order of its keys.
  mutating func values(_ part: StratifiedPart) -> [RowValue] {
    do throws(NotEstimable) {
      switch part {
      case .riskInterval(let interval): return try values(interval)
      case .rateInterval(let interval): return try values(interval)
      case .test(let test):
        let result = try risks().test(test)
        // Tests of homogeneity say nothing of equal groups.
        return test.isOfEquality
          ? verdicts.values(result, of: test.rawValue, comparesRisks: true, test.statisticNames)
          : Verdicts().values(result, of: test.rawValue, comparesRisks: true, test.statisticNames)
      }
    } catch {
      return part.keys(sides, weights).map { _ in RowValue(error) }
    }
  }

  private func risks() throws(NotEstimable) -> StratifiedRisks {
    Strata(try strata.map { counts throws(NotEstimable) in try counts.presentRisks() })
  }

  private func rates() throws(NotEstimable) -> StratifiedRates {
    Strata(try strata.map { counts throws(NotEstimable) in try counts.rates() })
  }

  private mutating func values(
    _ interval: StratifiedRiskInterval
  ) throws(NotEstimable) -> [RowValue] {
    let risks = try risks()
    let estimate = RowValue { () throws(NotEstimable) in
      try risks.estimate(of: interval, weights: weights, level: level, sides: sides)
    }
    let limits: [RowValue]
    do throws(NotEstimable) {
      let found = try risks.confidenceInterval(
        interval, weights: weights, level: level, sides: sides)
      verdicts.add(interval.contrast, interval.name, found)
      limits = found.rowValues(scale: 1, isDegenerate: found.lower == found.upper)
    } catch {
      limits = Array(repeating: RowValue(error), count: sides == .two ? 2 : 1)
    }
    guard sides != .two, interval.nullTest != .none else { return [estimate] + limits }
    let null = nullValues[interval.contrast.rawValue]
    return [estimate] + limits
      + testValues(interval.nullTest) { () throws(NotEstimable) in
        try risks.test(of: interval, null: null, weights: weights, level: level, sides: sides)
      }
  }

  private mutating func values(
    _ interval: StratifiedRateInterval
  ) throws(NotEstimable) -> [RowValue] {
    let rates = try rates()
    let scale = interval.contrast == .difference ? per : 1
    let estimate = RowValue { () throws(NotEstimable) in
      try rates.estimate(of: interval, weights: weights) * scale
    }
    let limits: [RowValue]
    do throws(NotEstimable) {
      let found = try rates.confidenceInterval(
        interval, weights: weights, level: level, sides: sides)
      verdicts.add(interval.contrast, interval.name, found)
      limits = found.rowValues(scale: scale, isDegenerate: found.lower == found.upper)
    } catch {
      limits = Array(repeating: RowValue(error), count: sides == .two ? 2 : 1)
    }
    guard sides != .two, interval.nullTest != .none else { return [estimate] + limits }
    let null = nullValues[interval.contrast.rawValue].map { $0 / scale }
    return [estimate] + limits
      + testValues(interval.nullTest) { () throws(NotEstimable) in
        try rates.test(of: interval, null: null, weights: weights, sides: sides)
      }
  }

  private func testValues(
    _ kind: NullTestKind, _ compute: () throws(NotEstimable) -> TestResult
  ) -> [RowValue] {
    let count = kind == .withStatistic ? 2 : 1
    do throws(NotEstimable) {
      let result = try compute()
      return [result.statistic.map { RowValue($0) }, RowValue(result.pValue)]
        .compactMap { $0 }.suffix(count)
    } catch {
      return Array(repeating: RowValue(error), count: count)
    }
  }
}

extension ComparedCounts {
  /// The risks of both sides, `nil` for a side without subjects.
  fileprivate func presentRisks() throws(NotEstimable) -> (
    treatment: BinomialCount?, reference: BinomialCount?
  ) {
    guard let treatment, let reference else { throw .unknownSubjects }
    return (treatment.presentRisk, reference.presentRisk)
  }
}

extension SideCounts {
  fileprivate var presentRisk: BinomialCount? {
    subjects.flatMap { try? BinomialCount(events: events, total: $0) }
  }
}
