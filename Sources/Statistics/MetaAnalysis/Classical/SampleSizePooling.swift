public import Comparison
import Incidence
public import Inference

/// The mean of the effects weighted by w = n₁n₂/N, for rates T₁T₂/T, which depend on no event.
///
/// Its variance is Σ w²(v + τ²) / (Σ w)². Bakbergenuly, Hoaglin & Kulinskaya (2020), Res. Synth.
/// Methods 11:827.
public struct SampleSizePooling: Sendable {
  /// In percent, of each study given; 0 for those without an effect.
  public let weights: [Double]

  private let terms: [(weight: Double, effect: EffectSize)]

  /// - Throws: ``NotEstimable`` where no study has an effect.
  public init(_ sizes: EffectSizes, risks: [TwoByTwoTable]) throws(NotEstimable) {
    try self.init(sizes) {
      $0.total1 * ($0.total2 / $0.size)
    } of: {
      risks[$0].cells
    }
  }

  /// - Throws: ``NotEstimable`` where no study has an effect.
  public init(_ sizes: EffectSizes, rates: [PersonTimeTable]) throws(NotEstimable) {
    try self.init(sizes) {
      $0.years1 * ($0.years2 / ($0.years1 + $0.years2))
    } of: {
      rates[$0].cells
    }
  }

  private init<Cells>(
    _ sizes: EffectSizes, weight: (Cells) -> Double, of cells: (Int) -> Cells
  ) throws(NotEstimable) {
    var all = [Double](repeating: 0, count: sizes.studies.count)
    for place in sizes.estimable { all[place] = weight(cells(place)) }
    guard let percentages = all.percentages else { throw .noEffect }
    weights = percentages
    terms = zip(sizes.estimable, sizes.effects).map { (percentages[$0] / 100, $1) }
  }

  /// With common effects, or with effects whose variance between studies is τ².
  public func effect(tau2: Double = 0) -> PooledEffect {
    let total = terms.reduce(0) { $0 + $1.weight }
    return PooledEffect(
      estimate: terms.reduce(0) { $0 + $1.weight * $1.effect.value } / total,
      standardError: terms.reduce(0) {
        $0 + $1.weight * $1.weight * ($1.effect.variance + tau2)
      }.squareRoot() / total)
  }
}

/// The common-effect estimate with a standard error that allows for τ² by DerSimonian and Laird.
///
/// Σ wy / Σ w with w = 1/v and variance Σ w²(v + τ²) / (Σ w)². Doi et al. (2015), Contemp. Clin.
/// Trials 45:130.
public struct HeterogeneityPooling: Sendable {
  public let effect: PooledEffect

  /// In percent, of each effect.
  public let weights: [Double]

  public let heterogeneity: Heterogeneity

  /// One study has a τ² of 0, as others do where none is estimated.
  ///
  /// - Throws: ``NotEstimable`` without effects.
  public init(_ effects: [EffectSize], tau2: Double? = nil) throws(NotEstimable) {
    guard let weights = effects.map({ 1 / $0.variance }).percentages else { throw .noEffect }
    let tau2 = tau2 ?? (try? NormalModel(effects).tau2(.dl).value) ?? 0
    let terms = zip(weights.map { $0 / 100 }, effects)
    let estimate = terms.reduce(0) { $0 + $1.0 * $1.1.value }
    let variance = terms.reduce(0) { $0 + $1.0 * $1.0 * ($1.1.variance + tau2) }
    effect = PooledEffect(estimate: estimate, standardError: variance.squareRoot())
    heterogeneity = effects.heterogeneity(around: estimate)
    self.weights = weights
  }
}
