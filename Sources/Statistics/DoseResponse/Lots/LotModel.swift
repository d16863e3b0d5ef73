import Glibc
import LinearAlgebra

/// The normal model of lots, yᵢ ~ N(β, Vᵢ + Ψ), at a given Ψ.
///
/// With W = (V + Ψ)⁻¹, C = (ΣW)⁻¹, β = C ΣWy and r = y − β, without constants
/// −2 log L = Σ log |V + Ψ| + Σ rᵀWr, restricted + log |ΣW|.
struct LotModel {
  let lots: [LotEstimate]
  let likelihood: LotLikelihood

  var parameters: Int { lots[0].values.count }

  /// The number of contrasts, or of values, that tell of Ψ.
  var size: Double {
    Double(parameters * (likelihood == .restricted ? lots.count - 1 : lots.count))
  }

  /// The model at `psi`; `nil` where a V + Ψ is not positive definite in doubles.
  func point(_ psi: Matrix) -> LotPoint? {
    var logDeterminants = 0.0
    var weights: [Matrix] = []
    for lot in lots {
      guard let factor = try? Cholesky(lot.covariance.plus(psi)) else { return nil }
      logDeterminants += factor.logDeterminant
      weights.append(factor.inverse)
    }
    var total = Matrix(repeating: 0, rows: parameters, columns: parameters)
    var sum = [Double](repeating: 0, count: parameters)
    for (lot, weight) in zip(lots, weights) {
      total = total.plus(weight)
      sum = zip(sum, weight * lot.values).map { $0 + $1 }
    }
    guard let information = try? Cholesky(total) else { return nil }
    let mean = information.solve(sum)
    let residuals = lots.map { lot in zip(lot.values, mean).map { $0 - $1 } }
    let q = zip(weights, residuals).reduce(0) { $0 + dot($1.1, $1.0 * $1.1) }
    let restriction = likelihood == .restricted ? information.logDeterminant : 0
    let deviance = logDeterminants + restriction + q
    guard deviance.isFinite else { return nil }
    return LotPoint(
      isRestricted: likelihood == .restricted, weights: weights, total: total, mean: mean,
      meanCovariance: information.inverse, residuals: residuals, generalisedQ: q,
      deviance: deviance)
  }
}

/// The model of lots at one Ψ, with the derivatives of −2 log L.
struct LotPoint {
  let isRestricted: Bool
  /// W.
  let weights: [Matrix]
  /// ΣW.
  let total: Matrix
  /// β.
  let mean: [Double]
  /// C.
  let meanCovariance: Matrix
  /// r.
  let residuals: [[Double]]
  /// Σ rᵀWr.
  let generalisedQ: Double
  /// −2 log L without constants.
  let deviance: Double

  /// G with d(−2 log L) = tr G dΨ: ΣW − ΣWAW, A = rrᵀ, restricted + C.
  var score: Matrix {
    var score = total
    for (weight, residual) in zip(weights, residuals) {
      score = score.plus(weight * spread(residual) * weight, times: -1)
    }
    return score
  }

  /// dG where dΨ = `direction` (D), symmetric.
  ///
  /// dW = −WDW, dβ = −C ΣWDWr, dA = −dβ rᵀ − r dβᵀ, restricted + C (ΣWDW) C.
  func scoreChange(_ direction: Matrix) -> Matrix {
    let products = weights.map { $0 * direction * $0 }
    var sum = Matrix(repeating: 0, rows: total.rows, columns: total.rows)
    var shift = [Double](repeating: 0, count: total.rows)
    for (product, residual) in zip(products, residuals) {
      sum = sum.plus(product)
      shift = zip(shift, product * residual).map { $0 - $1 }
    }
    let meanChange = meanCovariance * shift
    let none = Matrix(repeating: 0, rows: total.rows, columns: total.rows)
    let covarianceChange = isRestricted ? meanCovariance * sum * meanCovariance : none
    var change = none
    for (i, weight) in weights.enumerated() {
      let outer = Matrix(column: meanChange).timesTransposed(Matrix(column: residuals[i]))
      let spreadChange = covarianceChange.plus(outer.plus(outer.transposed), times: -1)
      let left = products[i] * spread(residuals[i]) * weight
      change = change.plus(products[i], times: -1).plus(left).plus(left.transposed)
        .plus(weight * spreadChange * weight, times: -1)
    }
    return change
  }

  /// A.
  private func spread(_ residual: [Double]) -> Matrix {
    let column = Matrix(column: residual)
    let square = column.timesTransposed(column)
    return isRestricted ? square.plus(meanCovariance) : square
  }
}

extension Matrix {
  /// A + `factor` B.
  func plus(_ other: Matrix, times factor: Double = 1) -> Matrix {
    precondition(rows == other.rows && columns == other.columns, "matrices of different shapes")
    return Matrix(
      rows: rows, columns: columns,
      elements: zip(elements, other.elements).map { $0 + factor * $1 })
  }
}
