import Glibc
import Inference
import LinearAlgebra

/// Effects, variances and moderators of studies, for weighted regressions of O(kp²).
struct WeightedRegression: Sendable {
  /// The coefficients at τ² = 0.
  let origin: [Double]
  /// Σ (y − ŷ)² of the unweighted regression.
  let sumOfSquares: Double
  /// The residuals at τ² = 0.
  let deviations: [Double]
  let variances: [Double]
  let design: Matrix
  /// Columns that span those of the design, orthonormal.
  private let basis: Matrix

  init(_ effects: [EffectSize], _ design: Matrix, _ range: VarianceRange) throws(NotEstimable) {
    guard design.isFinite else { throw NotEstimable("a moderator is not a number") }
    self.design = design
    variances = effects.map { $0.variance / range.scale / range.scale }
    let values = effects.map { $0.value / range.scale }
    let roots = variances.map { (1 / $0).squareRoot() }
    do {
      let unweighted = try LeastSquares(design, values)
      guard unweighted.rank == design.columns else {
        throw NotEstimable("a moderator is a sum of multiples of others")
      }
      sumOfSquares = unweighted.residualSumOfSquares
      let weighted = try LeastSquares(
        design.scalingRows(by: roots), zip(roots, values).map { $0 * $1 })
      guard weighted.rank == design.columns else {
        throw NotEstimable("the variances leave a moderator to be a sum of multiples of others")
      }
      origin = weighted.coefficients.map { $0 * range.scale }
      let fitted = design * weighted.coefficients
      deviations = zip(values, fitted).map { $0 - $1 }
      guard deviations.allSatisfy(\.isFinite) else { throw NotEstimable.tooWideRange }
      basis = try PivotedQR(design.scalingColumns(by: design.sizes.map { 1 / $0 })).orthogonalFactor
    } catch let reason as NotEstimable {
      throw reason
    } catch {
      throw NotEstimable("the moderators are too large")
    }
  }

  /// √W X = QR at one τ².
  func factors(at tau2: Double) -> Factors { factors(weights: variances.map { 1 / ($0 + tau2) }) }

  /// √W X = QR with given weights.
  func factors(weights: [Double]) -> Factors { Factors(self, weights) }

  func forms(at tau2: Double) -> ResidualForms { factors(at: tau2).forms }

  /// How far the coefficients move from those at τ² = 0, and (XᵀWX)⁻¹.
  func coefficients(at tau2: Double) -> (change: [Double], covariance: Matrix) {
    let roots = variances.map { (1 / ($0 + tau2)).squareRoot() }
    guard
      let fit = try? LeastSquares(
        design.scalingRows(by: roots), zip(roots, deviations).map { $0 * $1 },
        relativeTolerance: 0)
    else { preconditionFailure("a finite design") }
    return (fit.coefficients, fit.unscaledCovariance)
  }

  /// Σ log((v + τ²)/(v + τ₀²)).
  func logRatios(_ tau2: Double, over reference: Double) -> Double {
    variances.reduce(0) { $0 + log1p((tau2 - reference) / ($1 + reference)) }
  }

  /// The factors of √W X, and the fit with these weights.
  struct Factors {
    /// √w.
    let roots: [Double]
    let weights: [Double]
    private let factorization: PivotedQR
    /// k × p, orthonormal.
    let q: Matrix
    /// √w (y − ŷ).
    let residuals: [Double]
    /// hᵢ = wᵢ xᵢ (XᵀWX)⁻¹ xᵢᵀ.
    let hatValues: [Double]

    fileprivate init(_ regression: WeightedRegression, _ weights: [Double]) {
      self.weights = weights
      roots = weights.map { $0.squareRoot() }
      let weighted = regression.basis.scalingRows(by: roots)
      guard let factorization = try? PivotedQR(weighted) else {
        preconditionFailure("a finite design")
      }
      self.factorization = factorization
      let q = factorization.orthogonalFactor
      self.q = q
      hatValues = (0..<q.rows).map { i in
        (0..<q.columns).reduce(0) { $0 + q[i, $1] * q[i, $1] }
      }
      let effects = zip(roots, regression.deviations).map { $0 * $1 }
      let fitted = q * q.transposedTimes(effects)
      residuals = zip(effects, fitted).map { $0 - $1 }
    }

    /// log |XᵀWX|, but for what does not depend on τ².
    var logDeterminant: Double {
      2 * factorization.upperFactor.diagonal.reduce(0) { $0 + log(abs($1)) }
    }

    var forms: ResidualForms {
      var (q1, q2, q3, trace, trace2) = (0.0, 0.0, 0.0, 0.0, 0.0)
      var (w1, w2) = (0.0, 0.0)
      var wr = residuals
      for i in weights.indices {
        let (w, e) = (weights[i], residuals[i])
        q1 += e * e
        q2 += w * e * e
        q3 += w * w * e * e
        trace += w * (1 - hatValues[i])
        trace2 += w * w * (1 - 2 * hatValues[i])
        w1 += w
        w2 += w * w
        wr[i] = w * e
      }
      q3 -= q.transposedTimes(wr).reduce(0) { $0 + $1 * $1 }
      let cross = q.transposedTimes(q.scalingRows(by: weights))
      trace2 += cross.elements.reduce(0) { $0 + $1 * $1 }
      return ResidualForms(
        q: q1, q2: q2, q3: q3, trace: trace, trace2: trace2,
        weight: w1, weight2: w2, mean: 0)
    }
  }
}

extension Matrix {
  /// The largest entry of each column, in absolute value.
  fileprivate var sizes: [Double] {
    (0..<columns).map { j in column(j).reduce(0) { max($0, abs($1)) } }
  }
}
