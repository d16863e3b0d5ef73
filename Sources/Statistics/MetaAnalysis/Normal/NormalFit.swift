public import Inference
public import LinearAlgebra
import Probability

/// The fit of a normal model at a given τ², with weights w = 1/(v + τ²).
public struct NormalFit: Sendable {
  public let model: NormalModel
  public let tau2: Double
  /// β, or the one mean.
  public let coefficients: [Double]
  /// (XᵀWX)⁻¹.
  public let covariance: Matrix
  /// Σ w (y − ŷ)², the generalised Q.
  public let generalisedQ: Double
}

extension NormalModel {
  /// The weighted fit with the given variance between studies.
  public func fit(tau2: Double) -> NormalFit {
    precondition(tau2 >= 0 && tau2.isFinite, "not a variance: \(tau2)")
    let forms = forms(at: scaled(tau2))
    switch kernel {
    case .mean:
      return NormalFit(
        model: self, tau2: tau2, coefficients: [origin[0] + forms.mean * scale],
        covariance: Matrix(rows: 1, columns: 1, elements: [unscaled(1 / forms.weight)]),
        generalisedQ: forms.q)
    case .regression(let regression):
      let (coefficients, covariance) = regression.coefficients(at: scaled(tau2))
      return NormalFit(
        model: self, tau2: tau2,
        coefficients: zip(origin, coefficients).map { $0 + $1 * scale },
        covariance: Matrix(
          rows: parameters, columns: parameters, elements: covariance.elements.map(unscaled)),
        generalisedQ: forms.q)
    }
  }
}

extension NormalFit {
  /// 1/(v + τ²), in the order of the studies.
  public var weights: [Double] { model.effects.map { 1 / ($0.variance + tau2) } }

  /// hᵢ = wᵢ xᵢ (XᵀWX)⁻¹ xᵢᵀ, in the order of the studies.
  public var hatValues: [Double] {
    let tau2 = model.scaled(tau2)
    return model.residualTerms(weights: { 1 / ($0 + tau2) }).map(\.hat)
  }

  /// y − ŷ, in the order of the studies.
  public var residuals: [Double] {
    let tau2 = model.scaled(tau2)
    return model.residualTerms(weights: { 1 / ($0 + tau2) }).map { $0.residual * model.scale }
  }

  /// A coefficient, the mean unless said otherwise, with the standard error and the distribution of
  /// `inference`.
  ///
  /// Kenward and Roger's is for a τ² by restricted maximum likelihood.
  ///
  /// - Throws: `NotEstimable` where the standard error does not exist.
  public func effect(
    _ inference: EffectInference, coefficient: Int = 0
  ) throws(NotEstimable) -> PooledEffect {
    precondition(coefficients.indices.contains(coefficient), "no coefficient \(coefficient)")
    let estimate = coefficients[coefficient]
    let variance = covariance[coefficient, coefficient]
    let effect =
      switch inference {
      case .z: PooledEffect(estimate: estimate, standardError: variance.squareRoot())
      case .t, .hartungKnapp, .hartungKnappAdHoc:
        PooledEffect(
          estimate: estimate,
          standardError: (try varianceFactor(inference) * variance).squareRoot(),
          degreesOfFreedom: model.degrees)
      case .kenwardRoger: try kenwardRoger(coefficient)
      }
    guard effect.estimate.isFinite, effect.standardError.isFinite, effect.standardError > 0,
      effect.degreesOfFreedom.map({ $0 > 0 && $0.isFinite }) ?? true
    else { throw .tooWideRange }
    return effect
  }

  /// What the variances of the coefficients are multiplied by.
  ///
  /// - Throws: `NotEstimable` where there are not more studies than coefficients.
  func varianceFactor(_ inference: EffectInference) throws(NotEstimable) -> Double {
    guard inference != .z else { return 1 }
    guard model.residualDegreesOfFreedom > 0 else {
      throw NotEstimable("one study leaves no degrees of freedom")
    }
    let q = generalisedQ / model.degrees
    switch inference {
    case .z, .t, .kenwardRoger: return 1
    case .hartungKnappAdHoc: return max(1, q)
    case .hartungKnapp:
      guard q > 0 else { throw NotEstimable("the effects do not differ at all") }
      return q
    }
  }

  /// The interval for the effect of one more study, μ ± c √(τ² + SE²), SE that of `inference`.
  ///
  /// In a regression μ is the first coefficient, the mean where all moderators are 0.
  ///
  /// - Throws: `NotEstimable` for fewer than three studies, or where SE or the degrees of freedom
  ///   of c do not exist.
  public func predictionInterval(
    _ method: PredictionMethod, _ inference: EffectInference, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard model.effects.count >= 3 else {
      throw NotEstimable("a prediction interval needs three studies")
    }
    let mean = try effect(inference)
    let degrees = try method.degreesOfFreedom(residual: model.degrees)
    let scale = model.scale
    let (tau, error) = (tau2 / scale / scale, mean.standardError / scale)
    return PooledEffect(
      estimate: mean.estimate, standardError: (tau + error * error).squareRoot() * scale,
      degreesOfFreedom: degrees
    ).interval(level: level)
  }
}

extension PredictionMethod {
  /// Those of the interval's distribution, `nil` for the normal one; `residual` is k − p.
  ///
  /// - Throws: `NotEstimable` where there would be less than one.
  func degreesOfFreedom(residual: Double) throws(NotEstimable) -> Double? {
    let degrees: Double? =
      switch self {
      case .tKMinus1: residual
      case .tKMinus2: residual - 1
      case .z: nil
      }
    if let degrees, degrees < 1 {
      throw NotEstimable("there are too few studies for the degrees of freedom")
    }
    return degrees
  }
}
