public import LinearAlgebra

/// What the fit of one lot, donor or plate says of its parameters.
public struct LotEstimate: Hashable, Sendable {
  /// The estimates of the p parameters.
  public let values: [Double]

  /// Their covariance within the lot, p × p.
  public let covariance: Matrix

  public init(_ values: [Double], covariance: Matrix) {
    precondition(
      covariance.rows == values.count && covariance.columns == values.count,
      "\(values.count) values for \(covariance.rows) × \(covariance.columns) covariances")
    self.values = values
    self.covariance = covariance
  }

  /// One number, such as the logarithm of an effective dose, with its variance.
  public init(_ value: Double, variance: Double) {
    self.init([value], covariance: Matrix(rows: 1, columns: 1, elements: [variance]))
  }

  /// Parameter `index` alone.
  public func component(_ index: Int) -> LotEstimate {
    LotEstimate(values[index], variance: covariance[index, index])
  }
}

/// Which covariances between lots, Ψ, are looked for.
public enum LotStructure: String, CaseIterable, Sendable {
  /// Every positive semidefinite Ψ.
  case unstructured
  /// Parameters of a lot vary independently: Ψ is diagonal.
  case diagonal

  /// What `lots` lots allow of `parameters` parameters: unstructured from p + 2 lots on.
  ///
  /// With fewer, the k − 1 contrasts of lots do not span p dimensions with one to spare, and the
  /// estimate of an unstructured Ψ is singular whatever its true value.
  func allowed(lots: Int, parameters: Int) -> LotStructure {
    lots >= parameters + 2 ? self : .diagonal
  }
}

/// What is maximised over Ψ.
public enum LotLikelihood: String, CaseIterable, Sendable {
  /// The likelihood of the contrasts of lots. Patterson & Thompson (1971), Biometrika 58:545.
  case restricted = "reml"
  case maximum = "ml"
}
