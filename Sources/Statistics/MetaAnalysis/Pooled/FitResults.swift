import Glibc
public import Inference

extension ModelFit {
  /// The pooled effect with a symmetric interval.
  ///
  /// - Throws: ``NotEstimable`` where there is no standard error.
  public func effect(_ variant: PoolingModel.Variant) throws(NotEstimable) -> PooledEffect {
    switch solution {
    case .normal(let fit): return try fit.effect(variant.inference)
    case .mantelHaenszel(let pooling, _): return try pooling.effect.get()
    case .peto(let pooling): return pooling.effect
    case .sampleSize(let pooling, let tau2): return pooling.effect(tau2: tau2)
    case .ivhet(let pooling): return pooling.effect
    case .exact: throw NotEstimable("the interval is exact, without a standard error")
    case .likelihood(let fit): return try fit.effect
    case .firth(let fit):
      return PooledEffect(estimate: fit.estimate, standardError: fit.standardError)
    }
  }

  /// The pooled effect by one of the model's variants.
  ///
  /// - Throws: ``NotEstimable`` where not even an estimate exists.
  public func result(
    _ variant: PoolingModel.Variant, level: ConfidenceLevel
  ) throws(NotEstimable) -> PooledResult {
    if case .exact(let pooling, let midP) = solution {
      return try exactResult(pooling, midP: midP, level)
    }
    if case .likelihood(let fit) = solution, variant == .profileLikelihood {
      return PooledResult(
        estimate: fit.coefficients[0], interval: try fit.profileInterval(level: level),
        standardError: .failure(NotEstimable("a profile needs no standard error")),
        pValue: try fit.profileTest().pValue)
    }
    if case .firth(let fit) = solution {
      return PooledResult(
        estimate: fit.estimate, interval: try fit.profileInterval(level: level),
        standardError: .success(fit.standardError), pValue: try fit.profileTest().pValue)
    }
    do throws(NotEstimable) {
      return PooledResult(try effect(variant), level: level)
    } catch {
      guard let estimate = unboundedEstimate else { throw error }
      return PooledResult(estimate: estimate, without: error)
    }
  }

  private func exactResult(
    _ pooling: ExactConditional, midP: Bool, _ level: ConfidenceLevel
  ) throws(NotEstimable) -> PooledResult {
    let interval = try pooling.interval(level: level, midP: midP)
    return PooledResult(
      estimate: log(pooling.ratio),
      interval: ConfidenceInterval(
        lower: log(interval.lower ?? 0), upper: log(interval.upper ?? .infinity), level: level,
        sides: .two),
      standardError: .failure(NotEstimable("the interval is exact, without a standard error")),
      pValue: try pooling.pValue(midP: midP))
  }

  /// ±∞ where all events are in one group and the method tells no more.
  private var unboundedEstimate: Double? {
    switch solution {
    case .mantelHaenszel(let pooling, _): pooling.estimate
    case .likelihood(let fit): fit.coefficients[0]
    default: nil
    }
  }

  /// The interval for the effect of one more study.
  ///
  /// - Throws: ``NotEstimable`` for fewer than three studies.
  public func predictionInterval(
    _ method: PredictionMethod, _ variant: PoolingModel.Variant, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    switch solution {
    case .normal(let fit):
      return try fit.predictionInterval(method, variant.inference, level: level)
    case .sampleSize(let pooling, let tau2):
      return try predictionInterval(
        method, around: pooling.effect(tau2: tau2), tau2: tau2, level: level)
    case .likelihood(let fit):
      return try predictionInterval(method, around: try fit.effect, tau2: try tau2, level: level)
    case .mantelHaenszel, .peto, .ivhet, .exact, .firth: throw .oneEffect
    }
  }

  /// The variance of effects between studies.
  public var tau2: Double {
    get throws(NotEstimable) {
      switch solution {
      case .normal(let fit): return fit.tau2
      case .sampleSize(_, let tau2): return tau2
      case .likelihood(let fit):
        guard let tau2 = fit.tau2 else { throw NotEstimable("τ² has no estimate") }
        return tau2
      case .mantelHaenszel, .peto, .ivhet, .exact, .firth: throw .oneEffect
      }
    }
  }

  public func tau2Interval(
    _ method: Tau2IntervalMethod, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    switch solution {
    case .normal(let fit):
      guard let estimator = model.tau2 else { throw NotEstimable("τ² is not estimated") }
      return try fit.model.tau2Interval(method, estimator, level: level)
    case .likelihood(let fit): return try fit.tau2ProfileInterval(level: level)
    case .sampleSize: throw NotEstimable("the interval is told of inverse variances")
    case .mantelHaenszel, .peto, .ivhet, .exact, .firth: throw .oneEffect
    }
  }

  /// How much the studies differ from the common effect of the method.
  public var heterogeneity: Heterogeneity {
    get throws(NotEstimable) {
      switch solution {
      case .normal(let fit): return fit.model.heterogeneity
      case .mantelHaenszel(_, let heterogeneity):
        guard let heterogeneity else { throw NotEstimable("no study has an effect") }
        return heterogeneity
      case .peto(let pooling): return pooling.heterogeneity
      case .ivhet(let pooling): return pooling.heterogeneity
      case .sampleSize, .exact, .likelihood, .firth:
        throw NotEstimable("Q is not told of this method")
      }
    }
  }

  /// I² and H² of a given τ².
  public func inconsistency(ofTau2 tau2: Double) throws(NotEstimable) -> [Double] {
    let heterogeneity = try heterogeneity
    guard let i2 = heterogeneity.i2(tau2: tau2), let h2 = heterogeneity.h2(tau2: tau2) else {
      throw NotEstimable("one study has nothing to differ from")
    }
    return [tau2 == .infinity ? 1 : i2, h2]
  }

  /// The share of each study in the pooled effect in percent, in the order of ``places``.
  public func weights() throws(NotEstimable) -> [Double] {
    switch solution {
    case .normal(let fit): return fit.weights.percentages ?? []
    case .mantelHaenszel(let pooling, _):
      guard let weights = pooling.weights else { throw NotEstimable("all weights are 0") }
      return places.map { weights[$0] }
    case .peto(let pooling):
      let weights = pooling.weights
      return places.map { weights[$0] }
    case .sampleSize(let pooling, _): return places.map { pooling.weights[$0] }
    case .ivhet(let pooling): return pooling.weights
    case .exact, .likelihood, .firth: throw NotEstimable("the method weights no studies")
    }
  }

  /// The fit of a mixed model; of these methods alone.
  public var mixedFit: MixedFit? {
    if case .likelihood(let fit) = solution { fit } else { nil }
  }

  /// Whether Peto's method may be relied on; of that method alone.
  public var petoPreconditions: PetoPreconditions? {
    if case .peto(let pooling) = solution { pooling.preconditions } else { nil }
  }

  /// Σw(y − μ)²/(k − 1), by which Hartung and Knapp multiply the variance of a normal model.
  public var residualScale: Double? {
    guard case .normal(let fit) = solution, places.count > 1 else { return nil }
    return fit.generalisedQ / Double(places.count - 1)
  }

  /// μ ± c √(τ² + SE²) with the degrees of freedom of `method`.
  private func predictionInterval(
    _ method: PredictionMethod, around effect: PooledEffect, tau2: Double, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard places.count >= 3 else {
      throw NotEstimable("a prediction interval needs three studies")
    }
    let error = (tau2 + effect.standardError * effect.standardError).squareRoot()
    return PooledEffect(
      estimate: effect.estimate, standardError: error,
      degreesOfFreedom: try method.degreesOfFreedom(residual: Double(places.count - 1))
    ).interval(level: level)
  }
}

extension NotEstimable {
  static let oneEffect = NotEstimable("the method assumes one effect in all studies")
}

extension PoolingModel.Variant {
  var inference: EffectInference {
    if case .inference(let inference) = self { inference } else { .z }
  }
}
