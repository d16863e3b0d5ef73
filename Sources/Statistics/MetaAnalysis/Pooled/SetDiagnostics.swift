public import Inference

// Diagnostics of a set of studies by its own conventions.

extension StudySet {
  /// - Throws: ``NotEstimable`` as ``RegressionTest/harbord(_:)``.
  public func harbord() throws(NotEstimable) -> PooledEffect {
    try RegressionTest.harbord(risks)
  }

  /// - Throws: ``NotEstimable`` as ``RegressionTest/peters(_:risks:)``.
  public func peters() throws(NotEstimable) -> PooledEffect {
    try RegressionTest.peters(try effectSizes(), risks: risks)
  }

  /// Duval and Tweedie's method with means of a model that weights by inverse variances.
  ///
  /// - Throws: ``NotEstimable`` as ``TrimAndFill/init(_:estimator:side:model:)``.
  public func trimAndFill(
    _ model: PoolingModel, _ variant: PoolingModel.Variant
  ) throws(NotEstimable) -> TrimAndFill {
    try TrimAndFill(try effectSizes().effects) { effects throws(NotEstimable) in
      let normal = NormalModel(effects)
      let tau2 =
        model.effects == .common ? 0 : try normal.tau2Value(model.tau2 ?? preset.tau2)
      return try normal.fit(tau2: tau2).effect(variant.inference)
    }
  }
}

extension ModelFit {
  /// The pooled effect with what is known of heterogeneity, to be held against that without a study.
  ///
  /// - Throws: ``NotEstimable`` where the variant has no standard error.
  public func influenceFit(
    _ variant: PoolingModel.Variant
  ) throws(NotEstimable) -> Influence.Fit {
    Influence.Fit(
      effect: try effect(variant), tau2: (try? tau2) ?? 0, heterogeneity: (try? heterogeneity)?.q)
  }

  /// The leverages of the studies at ``places``, in a model that weights by inverse variances.
  public var hatValues: [Double]? {
    if case .normal(let fit) = solution { fit.hatValues } else { nil }
  }
}
