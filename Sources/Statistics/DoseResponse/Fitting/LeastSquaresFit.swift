import Inference
public import LinearAlgebra

/// The outcome of a nonlinear least-squares fit.
///
/// A fit that ran out of iterations is a result, not an error: its parameters are the best found.
public struct LeastSquaresFit: Sendable {
  /// Why the search stopped.
  public enum Termination: String, Sendable {
    /// The residuals are at right angles with every free column of J within 1e-10.
    case orthogonal
    /// Rounding of the data and of the model hides what is left of the gradient.
    case rounding
    /// The residuals are no more than the rounding of the responses.
    case perfectFit = "perfect-fit"
    /// No step decreased the sum of squares any more: the curve runs off, or the model is not smooth.
    case stalled
    /// None of these within the iterations allowed.
    case iterationLimit = "iteration-limit"
  }

  /// θ̂, in the order of the model's free parameters.
  public let parameters: [Double]

  /// Σ w (y − f)².
  public let residualSumOfSquares: Double

  /// n − p, p counting also parameters that came to lie at a bound, as R's nls and drc do.
  public let degreesOfFreedom: Int

  /// (JᵀWJ)⁻¹, the inverse expected information but for σ²; `nil` where it does not exist.
  ///
  /// Rows and columns of parameters at a bound are 0.
  public let unscaledCovariance: Matrix?

  public let termination: Termination

  /// max |Jⱼᵀ r| / (‖Jⱼ‖ ‖r‖) over the parameters not at a bound.
  public let gradientNorm: Double

  /// The condition number of J with columns scaled to length 1; infinite where its rank is not full.
  public let conditionNumber: Double

  public let iterations: Int

  /// The indices of the parameters at a bound.
  public let parametersAtBounds: [Int]

  /// The sums of squares of the distinct minima found, smallest first.
  public let minima: [Double]

  public var converged: Bool {
    switch termination {
    case .orthogonal, .rounding, .perfectFit: true
    case .stalled, .iterationLimit: false
    }
  }

  /// σ̂² = RSS/(n − p); `nil` when the curve has as many parameters as data.
  public var residualVariance: Double? {
    degreesOfFreedom > 0 ? residualSumOfSquares / Double(degreesOfFreedom) : nil
  }

  /// σ̂.
  public var residualStandardDeviation: Double? { residualVariance?.squareRoot() }

  /// σ̂² (JᵀWJ)⁻¹, from the expected information.
  public var covariance: Matrix? {
    guard let variance = residualVariance, let unscaled = unscaledCovariance else { return nil }
    let scaled = unscaled.scaled(by: variance)
    return scaled.isFinite ? scaled : nil
  }

  /// The square roots of the diagonal of ``covariance``.
  public var standardErrors: [Double]? { covariance?.diagonal.map { $0.squareRoot() } }
}

extension LeastSquaresFit {
  /// What is told of the best of several descents.
  ///
  /// - Throws: `NotEstimable` if there are fewer observations than parameters.
  init(
    _ best: LevenbergMarquardt.Outcome, of problem: LeastSquaresProblem, observations: Int,
    pureError: Double, minima: [Double], limit: Int
  ) throws(NotEstimable) {
    let count = best.parameters.count
    guard observations >= count else {
      throw NotEstimable("\(observations) observations for \(count) parameters")
    }
    let bounded = best.parameters.indices.filter {
      best.parameters[$0] <= problem.lower[$0] || best.parameters[$0] >= problem.upper[$0]
    }
    let inside = best.parameters.indices.filter { !bounded.contains($0) }
    let jacobian = best.point.jacobian.selectingColumns(inside)
    let condition = jacobian.scaledConditionNumber
    parameters = best.parameters
    residualSumOfSquares = best.sumOfSquares + pureError
    degreesOfFreedom =
      observations - best.parameters.indices.count { problem.lower[$0] < problem.upper[$0] }
    conditionNumber = condition
    let inverse =
      condition.isFinite
      ? (try? LeastSquares(jacobian, best.point.residuals))?.unscaledCovariance : nil
    unscaledCovariance = inverse.flatMap {
      $0.isFinite ? $0.spread(over: count, at: inside) : nil
    }
    gradientNorm = best.cosine
    iterations = best.iterations
    parametersAtBounds = bounded
    self.minima = minima
    let residual = norm(best.point.residuals)
    termination =
      if residual <= 1e-14 * problem.responseNorm, pureError == 0 {
        .perfectFit
      } else if best.cosine <= 1e-10 {
        .orthogonal
      } else if best.cosine * residual <= 1e-14 * problem.responseNorm {
        .rounding
      } else {
        best.iterations < limit ? .stalled : .iterationLimit
      }
  }
}

extension Matrix {
  /// The ratio of the extreme singular values once every column has length 1.
  var scaledConditionNumber: Double {
    let norms = (0..<columns).map { norm(column($0)) }
    guard columns > 0 else { return 1 }
    guard rows >= columns, norms.allSatisfy({ $0 > 0 && $0.isFinite }) else { return .infinity }
    let unit = scalingColumns(by: norms.map { 1 / $0 })
    guard unit.isFinite, let svd = try? SVD(unit) else { return .infinity }
    let condition = svd.conditionNumber
    return condition < 1 / Double.ulpOfOne ? condition : .infinity
  }

  /// The matrix of `order` whose rows and columns at `indices` are this one's, the others 0.
  func spread(over order: Int, at indices: [Int]) -> Matrix {
    var result = Matrix(repeating: 0, rows: order, columns: order)
    for (i, row) in indices.enumerated() {
      for (j, column) in indices.enumerated() { result[row, column] = self[i, j] }
    }
    return result
  }
}
