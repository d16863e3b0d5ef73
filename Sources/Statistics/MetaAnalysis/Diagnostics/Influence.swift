public import Inference

/// What a pooled effect owes to one study.
///
/// Viechtbauer & Cheung (2010), Res. Synth. Methods 1:112.
public struct Influence: Hashable, Sendable {
  /// A pooled effect, with what is known of the differences between its studies.
  public struct Fit: Hashable, Sendable {
    public let effect: PooledEffect
    public let tau2: Double
    /// Q.
    public let heterogeneity: Double?

    public init(effect: PooledEffect, tau2: Double = 0, heterogeneity: Double? = nil) {
      self.effect = effect
      self.tau2 = tau2
      self.heterogeneity = heterogeneity
    }
  }

  /// (y − μ₋)/√(v + τ²₋ + SE₋²), where ₋ is without the study; `nil` for one without an effect.
  public let studentizedResidual: Double?

  /// (μ − μ₋)/√(h(v + τ²₋)), or (μ − μ₋)/SE for a method without hat values.
  public let dffits: Double

  /// (μ − μ₋)²/SE².
  public let cooksDistance: Double

  /// SE₋²/SE².
  public let covarianceRatio: Double

  /// h, the share of the study in the weights; `nil` where weights are not inverse variances.
  public let hat: Double?

  /// Without the study.
  public let without: Fit

  /// Of a study with this `effect`, from the fits with it and without it.
  public init(of effect: EffectSize?, hat: Double?, with full: Fit, without: Fit) {
    let moved = full.effect.estimate - without.effect.estimate
    let (error, errorWithout) = (full.effect.standardError, without.effect.standardError)
    studentizedResidual = effect.map { effect in
      let variance = effect.variance + without.tau2 + errorWithout * errorWithout
      return (effect.value - without.effect.estimate) / variance.squareRoot()
    }
    let scale =
      if let effect, let hat { (hat * (effect.variance + without.tau2)).squareRoot() } else {
        error
      }
    dffits = moved == 0 ? 0 : moved / scale
    cooksDistance = (moved / error) * (moved / error)
    covarianceRatio = (errorWithout / error) * (errorWithout / error)
    self.hat = hat
    self.without = without
  }

  /// Of every study on the fit of all, each left out in turn.
  ///
  /// `fit` is told the places of the studies to pool; `effects` are `nil` for studies without one,
  /// `hats` for a method whose weights are not inverse variances.
  ///
  /// - Throws: ``NotEstimable`` where all studies together have no fit.
  public static func refitting(
    _ effects: [EffectSize?], hats: [Double]? = nil,
    fit: ([Int]) throws(NotEstimable) -> Fit
  ) throws(NotEstimable) -> [Result<Influence, NotEstimable>] {
    let full = try fit(Array(effects.indices))
    return effects.indices.map { place in
      do throws(NotEstimable) {
        let without = try fit(effects.indices.filter { $0 != place })
        return .success(
          Influence(of: effects[place], hat: hats?[place], with: full, without: without))
      } catch {
        return .failure(error)
      }
    }
  }

  /// Of every study on the common effect, in time that grows with their number.
  ///
  /// - Throws: ``NotEstimable`` for fewer than two studies.
  public static func onCommonEffect(
    _ effects: [EffectSize]
  ) throws(NotEstimable) -> [Influence] {
    guard effects.count > 1 else { throw NotEstimable("fewer than two studies") }
    let others = WeightedMoments.leavingOut(effects, tau2: 0)
    let all = Fit(others[0] + WeightedMoments(effects[0], tau2: 0))
    let total = others[0].weight + 1 / effects[0].variance
    return zip(effects, others).map { effect, others in
      Influence(of: effect, hat: 1 / effect.variance / total, with: all, without: Fit(others))
    }
  }
}

extension Influence.Fit {
  fileprivate init(_ moments: WeightedMoments) {
    self.init(
      effect: PooledEffect(
        estimate: moments.mean, standardError: 1 / moments.weight.squareRoot()),
      heterogeneity: moments.squares)
  }
}

/// A study's part of Q against its influence on the pooled effect.
///
/// Baujat et al. (2002), Stat. Med. 21:2641.
public struct BaujatPoint: Hashable, Sendable {
  /// (y − μ)²/(v + τ²).
  public let contribution: Double

  /// (μ − μ₋)²/SE₋², where ₋ is without the study.
  public let influence: Double

  public init(of effect: EffectSize, with full: Influence.Fit, without: Influence.Fit) {
    let residual = effect.value - full.effect.estimate
    contribution = residual * residual / (effect.variance + full.tau2)
    let moved =
      (full.effect.estimate - without.effect.estimate) / without.effect.standardError
    influence = moved * moved
  }
}

/// A standardised effect over its precision: the pooled effect is the slope through the origin.
///
/// Galbraith (1988), Stat. Med. 7:889.
public struct RadialPoint: Hashable, Sendable {
  /// 1/√(v + τ²).
  public let precision: Double

  /// y/√(v + τ²).
  public let standardizedEffect: Double

  public init(_ effect: EffectSize, tau2: Double = 0) {
    precision = 1 / (effect.variance + tau2).squareRoot()
    standardizedEffect = effect.value * precision
  }
}
