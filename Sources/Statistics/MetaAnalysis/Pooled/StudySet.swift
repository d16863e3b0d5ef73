import Comparison
import Incidence
public import Inference
import LinearAlgebra

/// The studies of a meta-analysis, with what is pooled of them and by which conventions.
public struct StudySet: Sendable {
  public enum Studies: Sendable {
    case tables(StudyTables)
    case effects([EffectSize])
  }

  public let studies: Studies
  public let measure: EffectMeasure
  /// What is added to zeros; `nil` for what each method does by itself.
  public let zeroCells: ZeroCells?
  public let preset: MetaAnalysisPreset

  /// The kind of `studies` must be that of ``EffectMeasure/evidence``.
  public init(
    _ studies: Studies, _ measure: EffectMeasure, zeroCells: ZeroCells? = nil,
    preset: MetaAnalysisPreset = .none
  ) {
    self.studies = studies
    self.measure = measure
    self.zeroCells = zeroCells
    self.preset = preset
  }

  public var count: Int {
    switch studies {
    case .tables(let tables): tables.count
    case .effects(let effects): effects.count
    }
  }

  /// The studies at `places`, in that order.
  public func selecting(_ places: [Int]) -> StudySet {
    let selected: Studies =
      switch studies {
      case .tables(let tables): .tables(tables.selecting(places))
      case .effects(let effects): .effects(places.map { effects[$0] })
      }
    return StudySet(selected, measure, zeroCells: zeroCells, preset: preset)
  }

  /// The effect of each study, for methods that pool effects.
  ///
  /// - Throws: ``NotEstimable`` where what is added to zeros depends on studies without zeros and
  ///   there are none.
  public func effectSizes() throws(NotEstimable) -> EffectSizes {
    try effectSizes(zeroCells: zeroCells ?? ZeroCells(defaultFor: measure))
  }

  func effectSizes(zeroCells policy: ZeroCells) throws(NotEstimable) -> EffectSizes {
    switch studies {
    case .effects(let effects): return EffectSizes(effects)
    case .tables(.risks(let tables)):
      return try EffectSizes(risks: tables, measure, zeroCells: policy, preset: preset)
    case .tables(.rates(let tables)):
      return try EffectSizes(rates: tables, measure, zeroCells: policy, preset: preset)
    case .tables(.proportions(let counts)):
      return try EffectSizes(proportions: counts, measure, zeroCells: policy, preset: preset)
    case .tables(.eventRates(let counts)):
      return try EffectSizes(eventRates: counts, measure, zeroCells: policy, preset: preset)
    }
  }

  /// What the counts of two groups allow to be estimated; `nil` where there are not two groups.
  public var estimability: Estimability? {
    switch studies {
    case .tables(.risks(let tables)): Estimability(tables)
    case .tables(.rates(let tables)): Estimability(tables)
    default: nil
    }
  }
}
