public import Comparison
import Glibc
public import Inference

/// The pooled odds ratio, risk ratio, risk difference, rate ratio or rate difference of Mantel and
/// Haenszel.
///
/// Nothing is added to zeros unless asked: sums over studies need it only where they are 0.
public struct MantelHaenszel: Sendable {
  /// On the scale of pooling; ∞ or −∞ for the logarithm of a ratio without events on one side.
  public let estimate: Double

  /// The estimate with its standard error, or why there is none.
  public let effect: Result<PooledEffect, NotEstimable>

  /// In percent, of each study given, 0 for those left out; `nil` where they sum to 0.
  public let weights: [Double]?

  /// What was added to each study given.
  public let added: [ZeroCells.Added?]

  /// Pools odds ratios, risk ratios or risk differences, these with Sato's variance or else with
  /// Greenland and Robins'.
  ///
  /// What is added to the cells of a difference enters its weight and its variance, and under
  /// `preset` its value.
  ///
  /// - Throws: ``NotEstimable`` where no study carries information.
  public init(
    risks: [TwoByTwoTable], _ measure: EffectMeasure, zeroCells: ZeroCells? = nil,
    preset: MetaAnalysisPreset = .none, hasSatoVariance: Bool = false
  ) throws(NotEstimable) {
    let studies = try FilledStudies(risks.map(\.cells), zeroCells)
    switch measure {
    case .oddsRatio:
      let common = studies.filled.mantelHaenszelOddsRatio()
      try self.init(common, studies) { $0.events2 * $0.nonEvents1 / $0.size }
    case .riskRatio:
      let common = studies.filled.mantelHaenszelRatio()
      try self.init(common, studies) { $0.events2 * $0.total1 / $0.size }
    case .riskDifference:
      let common =
        hasSatoVariance
        ? studies.filled.satoDifference() : studies.filled.mantelHaenszelDifference()
      try self.init(common, studies, value: preset.differenceAddsToEstimate ? nil : \.difference) {
        $0.total1 * ($0.total2 / $0.size)
      }
    default: preconditionFailure("\(measure) does not compare two risks by this method")
    }
  }

  /// Pools rate ratios or rate differences.
  ///
  /// - Throws: ``NotEstimable`` where no study carries information.
  public init(
    rates: [PersonTimeTable], _ measure: EffectMeasure, zeroCells: ZeroCells? = nil,
    preset: MetaAnalysisPreset = .none
  ) throws(NotEstimable) {
    let studies = try FilledStudies(rates.map(\.cells), zeroCells)
    switch measure {
    case .rateRatio:
      let common = studies.filled.mantelHaenszelRatio()
      try self.init(common, studies) { $0.events2 * ($0.years1 / ($0.years1 + $0.years2)) }
    case .rateDifference:
      let common = studies.filled.mantelHaenszelDifference()
      try self.init(common, studies, value: preset.differenceAddsToEstimate ? nil : \.difference) {
        $0.years1 * ($0.years2 / ($0.years1 + $0.years2))
      }
    default: preconditionFailure("\(measure) does not compare two rates by this method")
    }
  }

  private init<Cells>(
    _ common: CommonRatio, _ studies: FilledStudies<Cells>, weight: (Cells) -> Double
  ) throws(NotEstimable) {
    guard common.numerator > 0 || common.denominator > 0 else { throw studies.flaw }
    estimate = log(common.numerator / common.denominator)
    guard !estimate.isNaN else { throw .outOfRange }
    effect = pooledEffect(estimate, common.variance.squareRoot())
    weights = studies.weights(weight).percentages
    added = studies.added
  }

  /// With the mean of `value` of the cells to which nothing is added, where it is given.
  private init<Cells>(
    _ common: WaldContrast, _ studies: FilledStudies<Cells>, value: ((Cells) -> Double)?,
    weight: (Cells) -> Double
  ) throws(NotEstimable) {
    guard !studies.filled.isEmpty else { throw studies.flaw }
    let weights = studies.weights(weight)
    estimate =
      value.flatMap { value in
        studies.isFilled
          ? zip(weights, studies.observed).reduce(0) { $1.0 > 0 ? $0 + $1.0 * value($1.1) : $0 }
            / weights.reduce(0, +) : nil
      } ?? common.centre
    guard !estimate.isNaN else { throw .outOfRange }
    effect = pooledEffect(estimate, common.standardError)
    self.weights = weights.percentages
    added = studies.added
  }
}

extension MantelHaenszel {
  /// Q of `effects`, those of the same studies with inverse variances, around the estimate.
  ///
  /// - Throws: ``NotEstimable`` where the estimate is infinite.
  public func heterogeneity(of effects: [EffectSize]) throws(NotEstimable) -> Heterogeneity {
    guard estimate.isFinite else { throw .unboundedRatio }
    return effects.heterogeneity(around: estimate)
  }
}

/// Studies with what is added to their cells.
private struct FilledStudies<Cells: StudyCells> {
  let observed: [Cells]
  let added: [ZeroCells.Added?]
  /// The places of the studies that are kept.
  private let kept: [Int]
  /// The cells of those, with what is added.
  let filled: [Cells]

  init(_ observed: [Cells], _ zeroCells: ZeroCells?) throws(NotEstimable) {
    self.observed = observed
    guard let zeroCells else {
      added = observed.map { _ in nil }
      kept = Array(observed.indices)
      filled = observed
      return
    }
    var added = [ZeroCells.Added?](repeating: nil, count: observed.count)
    var (kept, filled): ([Int], [Cells]) = ([], [])
    for (place, addition) in try zeroCells.additions(to: observed).enumerated() {
      guard case .success(let amounts) = addition else { continue }
      added[place] = amounts
      kept.append(place)
      filled.append(
        amounts.map { observed[place].adding($0, toEventsAlone: false) } ?? observed[place])
    }
    (self.added, self.kept, self.filled) = (added, kept, filled)
  }

  var isFilled: Bool { added.contains { $0 != nil } }

  /// Of each study observed; 0 for those left out.
  func weights(_ weight: (Cells) -> Double) -> [Double] {
    var weights = [Double](repeating: 0, count: observed.count)
    for (place, cells) in zip(kept, filled) { weights[place] = weight(cells) }
    return weights
  }

  /// Why nothing is pooled.
  var flaw: NotEstimable {
    guard let first = observed.first?.flaw else { return .noInformation }
    guard observed.allSatisfy({ $0.flaw == first }) else { return .noInformation }
    return first == .noEvent ? .noEvents : .noNonEvents
  }
}

extension MetaAnalysisPreset {
  /// What Mantel and Haenszel's method adds to zeros unless a study definition says it.
  public func mantelHaenszelZeroCells(_ measure: EffectMeasure) -> ZeroCells? {
    mantelHaenszelAddsToZeros ? ZeroCells(defaultFor: measure) : nil
  }

  /// What is added to zeros in the effects whose Q is taken around a value of Mantel and Haenszel.
  ///
  /// metafor leaves out double zeros there of differences too.
  public func heterogeneityZeroCells(_ measure: EffectMeasure) -> ZeroCells {
    var zeroCells = ZeroCells(defaultFor: measure)
    if self == .metafor { zeroCells.doubleZero = .exclude }
    return zeroCells
  }
}
