import Glibc
public import Inference
public import LinearAlgebra
import Probability

/// Lots pooled in two stages: their own fits, and a normal model of what differs between lots.
///
/// yᵢ ~ N(β, Vᵢ + Ψ), Vᵢ the covariance within lot i taken as known, Ψ the covariance between lots by
/// restricted or plain maximum likelihood. With one parameter it is the random-effects model of
/// meta-analysis. Jackson, Riley & White (2011), Stat. Med. 30:2481.
public struct LotPool: Sendable {
  /// Why the search for Ψ stopped.
  public enum Termination: String, Sendable {
    /// A maximum at a Ψ of full rank.
    case interior
    /// A maximum at a singular Ψ: some direction, or every one, has no variance between lots.
    case boundary
    /// No maximum within the iterations allowed; the best place found is kept.
    case iterationLimit = "iteration-limit"
  }

  /// k.
  public let lots: Int
  public let likelihood: LotLikelihood

  /// What was looked for: diagonal, whatever was asked for, with fewer than p + 2 lots.
  public let structure: LotStructure

  /// β̂ = (ΣW)⁻¹ ΣWy, W = (V + Ψ̂)⁻¹.
  public let means: [Double]

  /// (ΣW)⁻¹, the covariance of β̂ were Ψ̂ the true Ψ.
  public let covariance: Matrix

  /// Ψ̂.
  public let betweenLotCovariance: Matrix

  /// q for each parameter, by which ``mean(_:)`` multiplies its variance where it is above 1.
  ///
  /// With h the share of a lot in the parameter's mean, C W, and c = (CWC)ⱼⱼ for each lot,
  /// q = Σ (h r)²ⱼ/c / (k − Σ (CWCWC)ⱼⱼ/c), of expectation 1 at the true Ψ. With one parameter it is
  /// Σ w r²/(k − 1). Hartung & Knapp (2001), Stat. Med. 20:3875.
  public let hartungKnappFactors: [Double]

  /// −2 log of the likelihood that was maximised, of orthonormal contrasts where restricted.
  ///
  /// Σ log |V + Ψ| + Σ rᵀWr + kp log 2π, or + log |ΣW| − p log k + (k − 1) p log 2π.
  public let deviance: Double

  /// Cochran's test of Ψ = 0: Q = Σ rᵀV⁻¹r in the fit with Ψ = 0, χ² with (k − 1) p.
  public let homogeneity: TestResult

  public let termination: Termination

  /// The largest entry of LᵀGL over the number of contrasts, Ψ̂ = LLᵀ and G = d(−2 log L)/dΨ.
  public let gradientNorm: Double

  public let iterations: Int

  /// Pools `lots`, which have the same parameters in the same order.
  ///
  /// - Throws: `NotEstimable` for fewer than two lots, a covariance within a lot that is not positive
  ///   definite, or numbers beyond the range of doubles.
  public init(
    _ lots: [LotEstimate], structure: LotStructure = .unstructured,
    likelihood: LotLikelihood = .restricted
  ) throws(NotEstimable) {
    guard lots.count >= 2 else {
      throw NotEstimable(
        "\(lots.isEmpty ? "no lot says anything" : "one lot says nothing") of differences between lots"
      )
    }
    let parameters = lots[0].values.count
    precondition(
      parameters >= 1 && lots.allSatisfy { $0.values.count == parameters },
      "lots with different numbers of parameters")
    let scales = try Self.scales(lots)
    let model = LotModel(
      lots: try lots.map { lot throws(NotEstimable) in try lot.divided(by: scales) },
      likelihood: likelihood)
    let structure = structure.allowed(lots: lots.count, parameters: parameters)
    let none = Matrix(repeating: 0, rows: parameters, columns: parameters)
    guard let common = model.point(none),
      let best = LotSearch(model: model, structure: structure).maximum()
    else { throw .lotsOutOfRange }

    self.lots = lots.count
    self.likelihood = likelihood
    self.structure = structure
    means = zip(best.point.mean, scales).map { $0 * $1 }
    covariance = best.point.meanCovariance.times(scales)
    betweenLotCovariance = best.psi.times(scales)
    hartungKnappFactors = best.point.hartungKnappFactors
    let count = Double(lots.count)
    let units = 2 * scales.reduce(0) { $0 + log($1) }
    let contrasts = model.size / Double(parameters)
    deviance =
      best.point.deviance + contrasts * (units + Double(parameters) * log(2 * Double.pi))
      - (likelihood == .restricted ? Double(parameters) * log(count) : 0)
    let degrees = (lots.count - 1) * parameters
    let q = max(0, common.generalisedQ)
    homogeneity = TestResult(
      statistic: q, degreesOfFreedom: degrees,
      pValue: ChiSquare(degreesOfFreedom: Double(degrees)).upperTail(q))
    gradientNorm = best.gradientNorm
    iterations = best.iterations
    termination =
      best.gradientNorm > 1e-9 ? .iterationLimit : best.rank < parameters ? .boundary : .interior
    guard covariance.isFinite, betweenLotCovariance.isFinite, deviance.isFinite,
      means.allSatisfy(\.isFinite), covariance.diagonal.allSatisfy({ $0 > 0 })
    else { throw .lotsOutOfRange }
  }

  /// For each parameter √(variance of the lots' values + mean variance within lots).
  private static func scales(_ lots: [LotEstimate]) throws(NotEstimable) -> [Double] {
    let count = Double(lots.count)
    let scales = lots[0].values.indices.map { j in
      let mean = lots.reduce(0) { $0 + $1.values[j] / count }
      let between = lots.reduce(0) { $0 + ($1.values[j] - mean) * ($1.values[j] - mean) / count }
      let within = lots.reduce(0) { $0 + $1.covariance[j, j] / count }
      return (between + within).squareRoot()
    }
    guard scales.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .lotsOutOfRange }
    return scales
  }
}

extension LotEstimate {
  /// The same in units of `scales`.
  fileprivate func divided(by scales: [Double]) throws(NotEstimable) -> LotEstimate {
    let inverses = scales.map { 1 / $0 }
    let scaled = covariance.times(inverses)
    guard (try? Cholesky(scaled)) != nil else {
      throw NotEstimable("a covariance within a lot is not positive definite")
    }
    return LotEstimate(zip(values, scales).map { $0 / $1 }, covariance: scaled)
  }
}

extension Matrix {
  /// diag(`factors`) A diag(`factors`).
  fileprivate func times(_ factors: [Double]) -> Matrix {
    scalingRows(by: factors).scalingColumns(by: factors)
  }
}

extension LotPoint {
  /// See ``LotPool/hartungKnappFactors``.
  fileprivate var hartungKnappFactors: [Double] {
    let shares = weights.map { meanCovariance * $0 }
    return mean.indices.map { j in
      var found = 0.0
      var expected = Double(weights.count)
      for (share, residual) in zip(shares, residuals) {
        let own = share * meanCovariance
        let variance = own[j, j]
        let part = dot(share.row(j), residual)
        found += part * part / variance
        expected -= (share * own)[j, j] / variance
      }
      return found / expected
    }
  }
}

extension NotEstimable {
  fileprivate static let lotsOutOfRange = NotEstimable(
    "the lots' estimates or variances are beyond the range of numbers")
}
