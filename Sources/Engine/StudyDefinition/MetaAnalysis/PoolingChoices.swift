import Inference
import JSON
import MetaAnalysis

/// The methods that a meta-analysis asks for, each list complete with its defaults.
struct PoolingChoices {
  let pooling: [PoolingMethod]
  let effects: [EffectModel]
  let tau2: [Tau2Estimator]
  let inference: [EffectInference]
  let tau2Intervals: [Tau2IntervalMethod]
  let predictions: [PredictionMethod]

  /// Reads the choices, and reports those that do not go together.
  init?(_ reader: inout ObjectReader, _ measure: EffectMeasure?, _ preset: MetaAnalysisPreset) {
    let pooling = reader.required("pooling") { $0.pooling(measure) }
    let effects = reader.optional("effects") {
      $0.oneOrMore(of: EffectModel.self, what: "a model of effects")
    }
    let tau2 = reader.optional("tau2") {
      $0.oneOrMore(of: Tau2Estimator.self, what: "an estimator of τ²")
    }
    let inference = reader.optional("inference") {
      $0.oneOrMore(of: EffectInference.self, what: "a kind of inference")
    }
    let intervals = reader.optional("tau2Interval") {
      $0.oneOrMore(of: Tau2IntervalMethod.self, what: "an interval of τ²")
    }
    let predictions = reader.optional("prediction") { $0.predictions(preset) }
    self.pooling = pooling ?? []
    self.effects = effects ?? EffectModel.allCases
    self.tau2 = tau2 ?? [preset.tau2]
    self.inference = inference ?? [preset.inference]
    tau2Intervals = intervals ?? []
    self.predictions = predictions ?? []
    guard let pooling else { return nil }
    let hasRandomModel = self.effects.contains(.random) && pooling.contains(where: \.isMixedModel)
    let hasLikelihood =
      hasRandomModel
      || (self.tau2.contains { $0.isLikelihood } && pooling.contains(.inverseVariance))
    if tau2Intervals.contains(.profileLikelihood), !hasLikelihood {
      reader["tau2Interval"]?.report(
        found: "\"profile-likelihood\"",
        expected: "with it the tau2 \"ml\" or \"reml\", or a mixed model with random effects")
    }
    if self.inference.contains(.kenwardRoger), !self.tau2.contains(.reml) {
      reader["inference"]?.report(
        found: "\"kenward-roger\"", expected: "with it the tau2 \"reml\"")
    }
  }
}

extension Tau2Estimator {
  /// Whether it maximises a likelihood, which can be profiled.
  package var isLikelihood: Bool { self == .ml || self == .reml }
}

extension Element {
  /// The methods of pooling, each for the measure.
  fileprivate func pooling(_ measure: EffectMeasure?) -> [PoolingMethod]? {
    let chosen = oneOrMore(of: PoolingMethod.self, what: "a method of pooling")
    guard let chosen, let measure, chosen.count == elementCount ?? 1 else { return chosen }
    for (method, element) in zip(chosen, eachOrItself)
    where !method.measures.contains(measure) {
      let fitting = PoolingMethod.allCases.filter { $0.measures.contains(measure) }
      element.report(
        expected: "a method for \(quoted(measure.rawValue)): one of "
          + listed(fitting.map(\.rawValue)))
    }
    return chosen
  }

  /// `true` for the interval of the preset, or names.
  fileprivate func predictions(_ preset: MetaAnalysisPreset) -> [PredictionMethod]? {
    guard case .bool(let isWanted) = node.value else {
      return oneOrMore(of: PredictionMethod.self, what: "a prediction interval")
    }
    return isWanted ? [preset.prediction] : []
  }

  /// The elements of a list, or what stands for a list of one.
  var eachOrItself: [Element] { elementCount == nil ? [self] : elements() ?? [] }

  /// One spelling, or a list of at least one and each once.
  func oneOrMore<Choice: RawRepresentable & CaseIterable & Hashable>(
    of type: Choice.Type, what: String
  ) -> [Choice]? where Choice.RawValue == String {
    if elementCount != nil { return choices(of: type, what: what) }
    return choice(of: type, what: what).map { [$0] }
  }
}
