import Comparison
import Inference
import Results
import StudyDefinition

/// Computes the parts of one place of a comparison.
struct ComparisonValues {
  let counts: ComparedCounts
  let level: ConfidenceLevel
  let sides: Sides
  let nullValues: [String: Double]
  let per: Double
  /// The intervals and tests made so far, to be held against each other.
  private(set) var verdicts = Verdicts()

  init(
    _ counts: ComparedCounts, _ analysis: ComparisonAnalysis, level: ConfidenceLevel
  ) {
    self.counts = counts
    self.level = level
    (sides, nullValues, per) = (analysis.sides, analysis.nullValues, analysis.per)
  }

  /// The values of `part`, in the order of its keys.
  mutating func values(_ part: ComparisonPart) -> [RowValue] {
    do throws(NotEstimable) {
      switch part {
      case .riskCounts:
        return [counts.treatment, counts.reference].flatMap { riskCounts($0) }
      case .rateCounts:
        return [counts.treatment, counts.reference].flatMap { rateCounts($0) }
      case .riskEstimate(let contrast):
        return [RowValue(try counts.risks().estimate(of: contrast))]
      case .rateEstimate(let contrast):
        return [RowValue(try counts.rates().estimate(of: contrast) * scale(contrast))]
      case .riskInterval(let interval): return try values(interval)
      case .rateInterval(let interval): return try values(interval)
      case .riskTest(let test):
        return verdicts.values(
          try counts.risks().test(test), of: test.rawValue, comparesRisks: true,
          test.statisticNames)
      case .rateTest(let test):
        return verdicts.values(
          try counts.rates().test(test), of: test.rawValue, comparesRisks: false,
          test.statisticNames)
      }
    } catch {
      return part.keys(sides).map { _ in RowValue(error) }
    }
  }

  // MARK: Counts

  private func riskCounts(_ side: SideCounts?) -> [RowValue] {
    guard let side, let subjects = side.subjects else {
      return Array(repeating: RowValue(.unknownSubjects), count: 3)
    }
    let percent =
      subjects > 0
      ? RowValue(100 * Double(side.events) / Double(subjects))
      : RowValue(NotEstimable("no subjects at risk"))
    return [RowValue(side.events), RowValue(subjects), percent]
  }

  private func rateCounts(_ side: SideCounts?) -> [RowValue] {
    guard let side, let personYears = side.personYears else {
      return Array(repeating: RowValue(.unknownSubjects), count: 3)
    }
    return [
      RowValue(side.events), RowValue(personYears),
      RowValue(Double(side.events) / personYears * per),
    ]
  }

  // MARK: Intervals

  private mutating func values(_ interval: RiskInterval) throws(NotEstimable) -> [RowValue] {
    let table = try counts.risks()
    var values: [RowValue] = []
    if interval.hasEstimate {
      values.append(RowValue { () throws(NotEstimable) in try table.conditionalOddsRatio() })
    }
    let limits = try table.confidenceInterval(interval, level: level, sides: sides)
    verdicts.add(interval.contrast, interval.name, limits)
    values += limits.rowValues(
      scale: 1, isDegenerate: table.isDegenerate(limits, of: interval.contrast))
    guard sides != .two, interval.nullTest != .none else { return values }
    let null = nullValues[interval.contrast.rawValue] ?? interval.contrast.nullValue
    return values
      + testValues(try table.test(interval, null: null, alternative: sides), interval.nullTest)
  }

  private mutating func values(_ interval: RateInterval) throws(NotEstimable) -> [RowValue] {
    let table = try counts.rates()
    let scale = scale(interval.contrast)
    var values: [RowValue] = []
    if interval.hasEstimate {
      values.append(RowValue { () throws(NotEstimable) in try table.estimate(of: .ratio) })
    }
    let limits = try table.confidenceInterval(interval, level: level, sides: sides)
    verdicts.add(interval.contrast, interval.name, limits)
    values += limits.rowValues(
      scale: scale, isDegenerate: table.isDegenerate(limits, of: interval.contrast))
    guard sides != .two, interval.nullTest != .none else { return values }
    let null = nullValues[interval.contrast.rawValue].map { $0 / scale }
    return values
      + testValues(
        try table.test(
          interval, null: null ?? interval.contrast.nullValue, alternative: sides),
        interval.nullTest)
  }

  private func testValues(_ result: TestResult?, _ kind: NullTestKind) -> [RowValue] {
    guard let result else { preconditionFailure("no test where one was promised") }
    let pValue = RowValue(result.pValue)
    return kind == .withStatistic ? [RowValue(result.statistic ?? 0), pValue] : [pValue]
  }

  /// What a rate contrast is multiplied by: only differences have a unit.
  private func scale(_ contrast: RateContrast) -> Double {
    contrast == .difference ? per : 1
  }
}

extension Verdicts {
  /// The values called `names` of a test that the groups are alike.
  func values(
    _ result: TestResult, of test: String, comparesRisks: Bool, _ names: [String]
  ) -> [RowValue] {
    names.map { name in
      switch name {
      case "statistic": RowValue(result.statistic ?? 0)
      case "df": RowValue(result.degreesOfFreedom ?? 1)
      default:
        RowValue(
          result.pValue,
          warning: contradiction(of: test, comparesRisks: comparesRisks, result.pValue))
      }
    }
  }
}
