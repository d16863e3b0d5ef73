import Glibc
public import Inference
import LinearAlgebra

extension ResponseSurface {
  /// `intercept`, `TPO`, `TPO²`, `TPO × SCF` or `block B`.
  public func name(of term: SurfaceTerm) -> String { term.name(factors) }

  /// The coefficient of `term` in the factors' own units.
  ///
  /// - Throws: `NotEstimable` if it is aliased.
  public func value(of term: SurfaceTerm) throws(NotEstimable) -> Double {
    try requireEstimable([term])
    return product(weights(of: term), coefficients)
  }

  /// The coefficient of `term` with its standard error.
  ///
  /// - Throws: `NotEstimable` if it is aliased, or if nothing tells of the error.
  public func coefficient(_ term: SurfaceTerm) throws(NotEstimable) -> StudentEstimate {
    try requireEstimable([term])
    return try estimate(weights(of: term))
  }

  /// The response at a setting of the factors, averaged over the blocks.
  ///
  /// - Throws: `NotEstimable` where aliased terms leave it open.
  public func response(at setting: [Double]) throws(NotEstimable) -> Double {
    product(try responseWeights(setting), coefficients)
  }

  /// The response at a setting of the factors, averaged over the blocks, with its standard error.
  ///
  /// - Throws: `NotEstimable` where aliased terms leave it open, or if nothing tells of the error.
  public func prediction(at setting: [Double]) throws(NotEstimable) -> StudentEstimate {
    try estimate(responseWeights(setting))
  }

  /// Whether the response at a setting is known less well than at each of the points.
  ///
  /// Corners of the tested ranges may be far from all that was tested. Cook (1977), Technometrics 19:15.
  ///
  /// - Throws: `NotEstimable` where aliased terms leave the response open.
  public func isExtrapolated(_ setting: [Double]) throws(NotEstimable) -> Bool {
    let variance = unscaledVariance(try responseWeights(setting))
    return points.allSatisfy {
      variance > (1 + 1e-9) * unscaledVariance(codedWeights(coding.coded($0.factors)))
    }
  }

  /// ŷ of each point, with its block.
  public var fitted: [Double] {
    points.map { point in
      var weights = codedWeights(coding.coded(point.factors))
      if blocks.contains(point.block) {
        weights = zip(weights, self.weights(of: .block(point.block))).map { $0 + $1 }
      }
      return product(weights, coefficients)
    }
  }

  /// y − ŷ.
  public var residuals: [Double] { zip(points, fitted).map { $0.response - $1 } }

  /// σ̂ = √(RSS/df).
  ///
  /// - Throws: `NotEstimable` without degrees of freedom, or where the fit is perfect.
  public func residualDeviation() throws(NotEstimable) -> Double {
    guard residualDegreesOfFreedom > 0 else {
      throw NotEstimable("a saturated design leaves no degrees of freedom for the error")
    }
    guard !isPerfectFit else { throw NotEstimable("the surface meets every response: no error") }
    return (residualSumOfSquares / Double(residualDegreesOfFreedom)).squareRoot()
  }

  /// 1 − RSS/Σ(y − ȳ)²; blocks count as part of the surface.
  public var rSquared: Double { 1 - residualSumOfSquares / totalSumOfSquares }

  /// 1 − (RSS/df)/(Σ(y − ȳ)²/(n − 1)).
  ///
  /// - Throws: `NotEstimable` without degrees of freedom.
  public func adjustedRSquared() throws(NotEstimable) -> Double {
    guard residualDegreesOfFreedom > 0 else {
      throw NotEstimable("a saturated design leaves no degrees of freedom for the error")
    }
    return 1 - residualSumOfSquares / Double(residualDegreesOfFreedom)
      / (totalSumOfSquares / Double(points.count - 1))
  }

  /// The weighted sum of the coded coefficients with its standard error.
  func estimate(_ weights: [Double]) throws(NotEstimable) -> StudentEstimate {
    let deviation = try residualDeviation()
    return StudentEstimate(
      estimate: product(weights, coefficients),
      standardError: deviation * unscaledVariance(weights).squareRoot(),
      degreesOfFreedom: Double(residualDegreesOfFreedom))
  }

  func unscaledVariance(_ weights: [Double]) -> Double {
    max(0, product(weights, unscaledCovariance * weights))
  }

  /// The weights of the coefficients in the response at `z`.
  func codedWeights(_ z: [Double]) -> [Double] {
    polynomial.map { $0.value(z) } + blocks.dropLast().map { _ in 0 }
  }

  private func responseWeights(_ setting: [Double]) throws(NotEstimable) -> [Double] {
    precondition(setting.count == factors.count, "\(setting.count) of \(factors.count) factors")
    let weights = codedWeights(coding.coded(setting))
    guard isEstimable(weights) else {
      throw NotEstimable("aliased terms leave the response open: \(aliasNames)")
    }
    return weights
  }

  /// - Throws: `NotEstimable` if one of `wanted` is aliased.
  func requireEstimable(_ wanted: [SurfaceTerm]) throws(NotEstimable) {
    let aliased = aliasedTerms
    guard !wanted.contains(where: aliased.contains) else {
      throw NotEstimable("the design cannot tell apart: \(aliasNames)")
    }
  }

  private var aliasNames: String { aliasedTerms.map(name).joined(separator: ", ") }
}
