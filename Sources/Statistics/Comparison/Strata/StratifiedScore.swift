import Incidence
import Inference

/// The score of one value of a contrast that all strata share.
///
/// Σ wS / √(Σ w² λV) with S and V of each stratum under that value and λ = N/(N − 1), 1 for
/// person-time. A stratum that is not informative is left out. Miettinen & Nurminen (1985), Stat.
/// Med. 4:213.
struct StratifiedScore<Table: StratumTable> {
  private let contrast: Table.Measure
  private let weights: StratumWeights
  /// Whether the score may cross a limit more than once.
  ///
  /// With the weights that are a contrast's own, or Miettinen and Nurminen's, no such strata are
  /// known.
  private let mayTurn: Bool
  /// The informative strata.
  private let tables: [Table]

  /// The `weights` of the contrast's own choice are `usual`.
  init(
    _ strata: Strata<Table>, _ contrast: Table.Measure, _ weights: StratumWeights?,
    usual: StratumWeights
  ) {
    self.contrast = contrast
    self.weights = weights ?? usual
    mayTurn = self.weights != usual && self.weights != .miettinenNurminen
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
  func acceptedValues(_ z: Double) -> Limits {
    guard !tables.isEmpty else {
      return Limits(contrast.range.lower, contrast.range.upper)
    }
    let start = start
    let limits = Limits(
      bounds.below ? crossing(at: z, from: start) : contrast.range.lower,
      bounds.above ? crossing(at: -z, from: start) : contrast.range.upper)
    return mayTurn && z > 0 ? hull(limits, z) : limits
  }

  /// The accepted values around `limits` and those apart from them.
  ///
  /// Where the groups have only one outcome, or nearly so, their variance next to equal risks is
  /// small. Weights that do not allow for it let such a stratum outweigh all others there.
  private func hull(_ limits: Limits, _ z: Double) -> Limits {
    let values = valuesAroundNull(limits)
    let accepted = values.filter { abs(statistic(at: $0)) <= z }
    var (lower, upper) = (limits.lower, limits.upper)
    if let least = accepted.min(), least < lower { lower = crossing(at: z, from: least) }
    if let greatest = accepted.max(), greatest > upper { upper = crossing(at: -z, from: greatest) }
    let inside = values.count { $0 > lower && $0 < upper }
    let acceptedInside = accepted.count { $0 > lower && $0 < upper }
    return Limits(lower, upper, haveGaps: acceptedInside < inside)
  }

  /// Equal risks, and values on both sides whose distances grow by a tenth, up to ten times the
  /// largest of `limits`: accepted values closer together than that may be missed.
  private func valuesAroundNull(_ limits: Limits) -> [Double] {
    let distances = Array(sequence(first: 1.0) { $0 / 1.1 }.prefix(315))
    guard case .difference(let lower, let upper) = contrast.range else {
      let factors = distances.map { 1 + 10 * $0 }
      return [1] + factors + factors.map { 1 / $0 }
    }
    let farthest = 10 * max(abs(limits.lower), abs(limits.upper))
    let above = distances.map { $0 * farthest }
    return [0] + above.filter { $0 < upper } + above.map { -$0 }.filter { $0 > lower }
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
