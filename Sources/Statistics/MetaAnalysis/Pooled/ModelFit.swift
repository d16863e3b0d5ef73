import Comparison
import Incidence
public import Inference
import LinearAlgebra

/// What a model makes of a set of studies.
public struct ModelFit: Sendable {
  public let model: PoolingModel
  /// The studies that go in, by their places in the set.
  public let places: [Int]
  /// What Freeman and Tukey's transformations are undone with: a mean number of subjects or years.
  public let size: Double?
  let solution: Solution

  enum Solution: Sendable {
    case normal(NormalFit)
    case mantelHaenszel(MantelHaenszel, Heterogeneity?)
    case peto(PetoPooling)
    case sampleSize(SampleSizePooling, tau2: Double)
    case ivhet(HeterogeneityPooling)
    case exact(ExactConditional, midP: Bool)
    case likelihood(MixedFit)
    case firth(FirthRegression)
  }
}

extension StudySet {
  /// Fits `model`, with its own estimate of τ² unless `tau2` is given.
  ///
  /// - Throws: ``NotEstimable`` where no study has what the model needs.
  public func fit(_ model: PoolingModel, tau2: Double? = nil) throws(NotEstimable) -> ModelFit {
    switch model.method {
    case .inverseVariance:
      let effects = try pooledEffects()
      let normal = NormalModel(effects.effects)
      let fit = normal.fit(tau2: try variance(of: normal, model, tau2))
      return ModelFit(model, effects, .normal(fit))
    case .sampleSize:
      let effects = try pooledEffects()
      let pooling =
        switch studies {
        case .tables(.risks(let tables)): try SampleSizePooling(effects, risks: tables)
        case .tables(.rates(let tables)): try SampleSizePooling(effects, rates: tables)
        default: preconditionFailure("\(measure) has no two groups")
        }
      let variance = try variance(of: NormalModel(effects.effects), model, tau2)
      return ModelFit(model, effects, .sampleSize(pooling, tau2: variance))
    case .ivhet:
      let effects = try pooledEffects()
      return ModelFit(model, effects, .ivhet(try HeterogeneityPooling(effects.effects)))
    case .mantelHaenszel, .mantelHaenszelSato:
      let pooling = try mantelHaenszel(hasSatoVariance: model.method == .mantelHaenszelSato)
      return ModelFit(
        model: model, places: mantelHaenszelPlaces, size: nil,
        solution: .mantelHaenszel(pooling, heterogeneity(of: pooling)))
    case .peto:
      let pooling = try PetoPooling(risks)
      return ModelFit(
        model: model, places: risks.indices.filter { pooling.variances[$0] > 0 }, size: nil,
        solution: .peto(pooling))
    case .exactConditional, .exactConditionalMidP:
      return ModelFit(
        model: model, places: informativePlaces, size: nil,
        solution: .exact(try exactConditional(), midP: model.method == .exactConditionalMidP))
    case .unconditionalFixed, .unconditionalRandom, .conditionalExact, .conditionalApproximate,
      .betaBinomial:
      let mixed = try mixedModel(model.method)
      if model.effects == .random, model.method.isMixedModel, mixed.informative.count < 2 {
        throw NotEstimable("one study says nothing of differences between studies")
      }
      let fit = try mixed.fit(random: model.effects == .random)
      return ModelFit(
        model: model, places: mixed.informative.map(\.index), size: nil,
        solution: .likelihood(fit))
    case .firth:
      return ModelFit(
        model: model, places: Array(risks.indices), size: nil,
        solution: .firth(try FirthRegression(risks)))
    }
  }

  /// A mixed model of the counts, with moderators where there is a `design`.
  func mixedModel(
    _ method: PoolingMethod, design: Matrix? = nil
  ) throws(NotEstimable) -> MixedModel {
    guard case .tables(let tables) = studies, let likelihood = method.likelihood else {
      preconditionFailure("\(method) is no model of these counts")
    }
    return try MixedModel(likelihood, tables, design: design)
  }

  private func variance(
    of normal: NormalModel, _ model: PoolingModel, _ tau2: Double?
  ) throws(NotEstimable) -> Double {
    guard model.effects == .random else { return 0 }
    if let tau2 { return tau2 }
    return try normal.tau2Value(model.tau2 ?? preset.tau2)
  }

  /// The effects of the studies that have one, at least one.
  private func pooledEffects() throws(NotEstimable) -> EffectSizes {
    let effects = try effectSizes()
    guard !effects.effects.isEmpty else {
      throw effects.studies.first?.reason ?? NotEstimable("there are no studies")
    }
    return effects
  }

  private func mantelHaenszel(hasSatoVariance: Bool) throws(NotEstimable) -> MantelHaenszel {
    let policy = zeroCells ?? preset.mantelHaenszelZeroCells(measure)
    switch studies {
    case .tables(.risks(let tables)):
      return try MantelHaenszel(
        risks: tables, measure, zeroCells: policy, preset: preset,
        hasSatoVariance: hasSatoVariance || preset.riskDifferenceHasSatoVariance)
    case .tables(.rates(let tables)):
      return try MantelHaenszel(rates: tables, measure, zeroCells: policy, preset: preset)
    default: preconditionFailure("\(measure) has no two groups")
    }
  }

  /// All studies, or those that say something of a ratio.
  private var mantelHaenszelPlaces: [Int] {
    let policy = zeroCells ?? preset.mantelHaenszelZeroCells(measure)
    let excludes = policy.map { $0.doubleZero == .exclude } ?? measure.isRatio
    return excludes ? informativePlaces : Array(0..<count)
  }

  /// Q of the effects around the pooled one; `nil` where that is infinite or no study has an effect.
  private func heterogeneity(of pooling: MantelHaenszel) -> Heterogeneity? {
    let policy = zeroCells ?? preset.heterogeneityZeroCells(measure)
    guard let effects = try? effectSizes(zeroCells: policy).effects, !effects.isEmpty else {
      return nil
    }
    return try? pooling.heterogeneity(of: effects)
  }

  private func exactConditional() throws(NotEstimable) -> ExactConditional {
    switch studies {
    case .tables(.risks(let tables)): try ExactConditional(tables)
    case .tables(.rates(let tables)): try ExactConditional(tables)
    default: preconditionFailure("\(measure) has no two groups")
    }
  }

  var risks: [TwoByTwoTable] {
    guard case .tables(.risks(let tables)) = studies else {
      preconditionFailure("\(measure) is not of two risks")
    }
    return tables
  }

  /// The studies that say something of a ratio given their margins.
  var informativePlaces: [Int] {
    switch studies {
    case .tables(.risks(let tables)): tables.indices.filter { !tables[$0].hasOneOutcomeOnly }
    case .tables(.rates(let tables)): tables.indices.filter { tables[$0].events > 0 }
    default: Array(0..<count)
    }
  }
}

extension ModelFit {
  fileprivate init(_ model: PoolingModel, _ effects: EffectSizes, _ solution: Solution) {
    self.init(
      model: model, places: effects.estimable, size: effects.harmonicMeanSize,
      solution: solution)
  }
}

extension PoolingMethod {
  /// The likelihood of a mixed model.
  fileprivate var likelihood: MixedModel.Likelihood? {
    switch self {
    case .unconditionalFixed: .unconditionalFixed
    case .unconditionalRandom: .unconditionalRandom
    case .conditionalExact: .conditionalExact
    case .conditionalApproximate: .conditionalApproximate
    case .betaBinomial: .betaBinomial
    default: nil
    }
  }
}

extension EffectSizes.StudyEffect {
  fileprivate var reason: NotEstimable? {
    if case .failure(let reason) = effect { reason } else { nil }
  }
}
