public import Inference

extension CurveSet {
  /// The curves of `curve` and `reference` alone, sharing `parameters` and nothing else.
  public func pair(
    _ curve: Int, _ reference: Int, sharing parameters: Set<CurveParameter>
  ) -> CurveSet {
    CurveSet(
      self.curve, [samples[reference], samples[curve]], response: response, shared: parameters,
      bounds: bounds, blankVariances: blankVariances)
  }

  /// Whether two curves are the same but for their location; what the set shares both fits share.
  ///
  /// - Throws: `NotEstimable` where either fit is, or no variance is left.
  public func parallelism(of curve: Int, and reference: Int) throws(NotEstimable) -> FTest {
    let others = Set(self.curve.parameters.filter { $0 != locationParameter })
    guard !others.isEmpty else { throw NotEstimable("the model has no other parameter") }
    return try pair(curve, reference, sharing: others).fit()
      .extraSumOfSquares(try pair(curve, reference, sharing: shared).fit())
  }

  /// Whether two curves have one ED50; what the set shares both fits share.
  ///
  /// - Throws: `NotEstimable` where either fit is, or the ED50 is not one parameter of the model.
  public func equalED50(of curve: Int, and reference: Int) throws(NotEstimable) -> FTest {
    guard let location = locationParameter,
      location == .ed50 || [.logistic3, .logistic4].contains(self.curve.model)
        || self.curve.form.hasScaleAsLocation
    else {
      throw NotEstimable("the ED50 is not a parameter of this model")
    }
    return try pair(curve, reference, sharing: shared.union([location])).fit()
      .extraSumOfSquares(try pair(curve, reference, sharing: shared).fit())
  }

  /// The parameter that moves a curve along the dose, where it is free.
  public var locationParameter: CurveParameter? {
    guard case .sigmoid(let sigmoid) = curve.form,
      curve.parameters.contains(sigmoid.location)
    else { return nil }
    return sigmoid.location
  }
}

extension CurveForm {
  /// Whether the location alone makes the ED50: the slope is 1.
  fileprivate var hasScaleAsLocation: Bool {
    if case .sigmoid(let sigmoid) = self { return sigmoid.slope == nil }
    return false
  }
}
