import Incidence
import Inference

/// The score of one value of a contrast that all strata share.
///
/// Σ wS / √(Σ w² λV) with S and V of each stratum under that value and λ = N/(N − 1), 1 for
/// person-time. A stratum that is not informative is left out. Miettinen & Nurminen (1985), Stat.
/// Med. 4:213.
struct StratifiedScore<Table: StratumTable> {
  let contrast: Table.Measure
  let weights: StratumWeights
  /// The informative strata.
  let tables: [Table]

  init(_ strata: Strata<Table>, _ contrast: Table.Measure, _ weights: StratumWeights) {
    self.contrast = contrast
    self.weights = weights
    tables = strata.tables.filter { $0.isInformative(contrast) }
  }

  /// Normal with variance 1 under `value`.
  func statistic(at value: Double) -> Double {
    let sums = sums(at: value)
    guard sums.variance > 0 else { return sums.score == 0 ? 0 : sums.score * .infinity }
    return sums.score / sums.variance.squareRoot()
  }

  /// The value with score 0; an end of a ratio's range where the score only tends to 0.
  ///
  /// - Throws: ``NotEstimable`` without informative strata.
  func estimate() throws(NotEstimable) -> Double {
    guard !tables.isEmpty else { throw .noInformativeStratum }
    if !bounds.below { return contrast.range.lower }
    if !bounds.above { return contrast.range.upper }
    return crossing(at: 0, from: Table.pooled(tables).startingValue(contrast))
  }

  /// The values whose score lies between −z and z: all of them without informative strata.
  func acceptedValues(_ z: Double) -> AcceptedValues {
    guard !tables.isEmpty else {
      return AcceptedValues(Limits(contrast.range.lower, contrast.range.upper))
    }
    let start = start
    let around = limits(z, start, start)
    guard z > 0, let pole else { return AcceptedValues(around) }
    let beside = limits(z, pole - 1e-12, pole + 1e-12)
    let hull = Limits(min(around.lower, beside.lower), max(around.upper, beside.upper))
    let isApart = around.lower > pole || around.upper < pole
    return AcceptedValues(hull, haveGaps: isApart || abs(statistic(at: pole)) > z)
  }

  /// The limits found downwards from `below` and upwards from `above`.
  private func limits(_ z: Double, _ below: Double, _ above: Double) -> Limits {
    Limits(
      bounds.below ? crossing(at: z, from: below) : contrast.range.lower,
      bounds.above ? crossing(at: -z, from: above) : contrast.range.upper)
  }

  /// The value next to which a stratum outweighs all others and the score tends to 0.
  ///
  /// Where the groups have only one outcome, their variance under equal risks is 0, and so its
  /// inverse grows without bound.
  private var pole: Double? {
    let null = contrast.range == .ratio ? 1.0 : 0.0
    let exists = tables.contains { $0.scoreTerm(contrast, at: null).variance == 0 }
    return weights == .inverseVariance && exists ? null : nil
  }

  /// Where the score falls below `z`.
  private func crossing(at z: Double, from start: Double) -> Double {
    Comparison.crossing(
      of: { statistic(at: $0) - z }, within: contrast.range, from: start,
      step: firstStep(from: start))
  }

  /// Σ wS, Σ w² λV and Σ w.
  ///
  /// Where the variance of a stratum is 0, so is its score, except at the ends of the range, where
  /// all variances are 0.
  private func sums(at value: Double) -> (score: Double, variance: Double, weight: Double) {
    let terms = tables.map { $0.scoreTerm(contrast, at: value) }
    let weights =
      switch weights {
      case .mantelHaenszel: tables.map(\.mantelHaenszelWeight)
      case .inverseVariance: terms.map { $0.variance.isNormal ? 1 / $0.variance : 1 }
      case .miettinenNurminen: Table.optimalWeights(tables, contrast, at: value)
      case .sampleSize: tables.map(\.size)
      case .equal: tables.map { _ in 1.0 }
      }
    var sums = (score: 0.0, variance: 0.0, weight: 0.0)
    for ((table, term), weight) in zip(zip(tables, terms), weights) {
      sums.score += weight * term.score
      sums.variance += weight * (weight * term.variance) * table.varianceFactor
      sums.weight += weight
    }
    return sums
  }

  /// As for one table: any stratum in which a value can be too small bounds them all.
  private var bounds: (below: Bool, above: Bool) {
    let each = tables.map { $0.bounds(contrast) }
    return (each.contains(where: \.below), each.contains(where: \.above))
  }

  /// The estimate where it is inside the range.
  private var start: Double {
    let pooled = Table.pooled(tables).startingValue(contrast)
    guard bounds.below, bounds.above, let estimate = try? estimate() else { return pooled }
    return estimate > contrast.range.lower && estimate < contrast.range.upper ? estimate : pooled
  }

  /// About a standard error of a difference; 1, which doubles it, for a ratio.
  private func firstStep(from start: Double) -> Double {
    guard case .difference = contrast.range else { return 1 }
    let sums = sums(at: start)
    return sums.variance > 0 ? sums.variance.squareRoot() / sums.weight : 1e-9
  }
}

extension NotEstimable {
  static let noStratum = NotEstimable("no stratum has both groups")
  static let noInformativeStratum = NotEstimable("no stratum carries information")
}
