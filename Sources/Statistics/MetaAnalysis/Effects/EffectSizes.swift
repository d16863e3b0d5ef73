public import Comparison
public import Incidence
public import Inference

/// The effects of all studies, in the order given.
public struct EffectSizes: Sendable {
  public struct StudyEffect: Sendable {
    /// The effect, or why the study has none or is left out.
    public let effect: Result<EffectSize, NotEstimable>
    /// What was added to the cells; `nil` where nothing was.
    public let added: ZeroCells.Added?
  }

  public var studies: [StudyEffect] {
    counted ?? effects.map { StudyEffect(effect: .success($0), added: nil) }
  }

  /// `nil` where effects are known as they are.
  private let counted: [StudyEffect]?

  /// The places of the studies with an effect, from 0.
  public let estimable: [Int]

  /// The effects of the studies that have one, in order.
  public let effects: [EffectSize]

  /// The harmonic mean of n, or of T, of the studies with an effect: of measures of one group alone.
  public let harmonicMeanSize: Double?

  /// - Throws: ``NotEstimable`` where what is added to zeros depends on studies without zeros and
  ///   there are none.
  public init(
    risks: [TwoByTwoTable], _ measure: EffectMeasure, zeroCells: ZeroCells,
    preset: MetaAnalysisPreset
  ) throws(NotEstimable) {
    try self.init(risks.map(\.cells), measure, zeroCells, preset)
  }

  /// - Throws: ``NotEstimable`` as ``init(risks:_:zeroCells:preset:)``.
  public init(
    rates: [PersonTimeTable], _ measure: EffectMeasure, zeroCells: ZeroCells,
    preset: MetaAnalysisPreset
  ) throws(NotEstimable) {
    try self.init(rates.map(\.cells), measure, zeroCells, preset)
  }

  /// The same is added to one group by every method.
  public init(
    proportions: [BinomialCount], _ measure: EffectMeasure, zeroCells: ZeroCells,
    preset: MetaAnalysisPreset
  ) throws(NotEstimable) {
    let cells = proportions.map {
      ProportionCells(events: Double($0.events), nonEvents: Double($0.nonEvents))
    }
    try self.init(cells, measure, zeroCells, preset, size: \.total)
  }

  /// The same is added to one group by every method.
  public init(
    eventRates: [PoissonCount], _ measure: EffectMeasure, zeroCells: ZeroCells,
    preset: MetaAnalysisPreset
  ) throws(NotEstimable) {
    let cells = eventRates.map { EventRateCells(events: Double($0.events), years: $0.personYears) }
    try self.init(cells, measure, zeroCells, preset, size: \.years)
  }

  /// Effects that are known as they are.
  public init(_ effects: [EffectSize]) {
    counted = nil
    estimable = Array(effects.indices)
    self.effects = effects
    harmonicMeanSize = nil
  }

  private init<Cells: StudyCells>(
    _ cells: [Cells], _ measure: EffectMeasure, _ zeroCells: ZeroCells,
    _ preset: MetaAnalysisPreset, size: ((Cells) -> Double)? = nil
  ) throws(NotEstimable) {
    let toEventsAlone = measure == .riskRatio && preset.riskRatioAddsOnceToSubjects
    let studies = zip(cells, try zeroCells.additions(to: cells)).map { cells, addition in
      switch addition {
      case .success(let added):
        let filled = added.map { cells.adding($0, toEventsAlone: toEventsAlone) } ?? cells
        let effect = filled.effect(
          measure, valueFrom: preset.differenceAddsToEstimate ? filled : cells)
        return StudyEffect(effect: effect, added: added)
      case .failure(let reason): return StudyEffect(effect: .failure(reason), added: nil)
      }
    }
    counted = studies
    let found = studies.enumerated().compactMap { index, study in
      (try? study.effect.get()).map { (index: index, effect: $0) }
    }
    estimable = found.map(\.index)
    effects = found.map(\.effect)
    let kept = estimable
    harmonicMeanSize = size.flatMap { size in
      kept.isEmpty ? nil : Double(kept.count) / kept.reduce(0) { $0 + 1 / size(cells[$1]) }
    }
  }
}
