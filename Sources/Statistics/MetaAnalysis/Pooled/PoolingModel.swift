/// A method of pooling with the model of effects and the estimator of τ² that it is used with.
public struct PoolingModel: Hashable, Sendable {
  public let method: PoolingMethod
  public let effects: EffectModel
  /// `nil` where τ² is 0 or estimated by the method itself.
  public let tau2: Tau2Estimator?

  public init(_ method: PoolingMethod, _ effects: EffectModel, tau2: Tau2Estimator? = nil) {
    precondition(effects == .common || method.hasRandomEffects, "no random effects: \(method)")
    self.method = method
    self.effects = effects
    self.tau2 = tau2
  }

  /// Its parts as results name them: `inverse-variance/random/reml`.
  public var name: String {
    ([method.rawValue, effects.rawValue] + (tau2.map { [$0.rawValue] } ?? []))
      .joined(separator: "/")
  }
}

extension PoolingModel {
  /// The ways in which an interval and a test are made of its fit.
  public enum Variant: Hashable, Sendable {
    /// The only one, or Wald's where a likelihood could be profiled.
    case plain
    case inference(EffectInference)
    case profileLikelihood
  }

  /// What tells the variants of one model apart in results.
  public func name(of variant: Variant) -> String {
    switch variant {
    case .plain: name
    case .inference(let inference): "\(name)/\(inference.rawValue)"
    case .profileLikelihood: "\(name)/\(Tau2IntervalMethod.profileLikelihood.rawValue)"
    }
  }

  /// The variants there are, given the kinds of `inference` wanted of random effects.
  public func variants(_ inference: [EffectInference]) -> [Variant] {
    if method.isMixedModel || method == .betaBinomial { return [.plain, .profileLikelihood] }
    guard method == .inverseVariance, effects == .random else { return [.plain] }
    return inference.filter { $0 != .kenwardRoger || tau2 == .reml }.map { .inference($0) }
  }
}
