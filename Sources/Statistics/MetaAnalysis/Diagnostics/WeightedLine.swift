import Inference
import LinearAlgebra

/// The line through points (x, y) that minimises Σ w (y − a − bx)².
struct WeightedLine {
  let slope: Double
  /// Of the slope, for points of variance 1/w.
  let unscaledStandardError: Double
  let residualSumOfSquares: Double
  let residualDegreesOfFreedom: Int
  /// (Σ w(y − a − bx)² − (k − 2)) / (Σw − tr (XᵀWX)⁻¹XᵀW²X), at least 0, with X = (1, x).
  let momentVariance: Double

  /// - Throws: ``NotEstimable`` for fewer than three points, for equal x and for points on a line.
  init(_ points: [(x: Double, y: Double, weight: Double)]) throws(NotEstimable) {
    guard points.count > 2 else { throw NotEstimable("fewer than three studies") }
    let roots = points.map { $0.weight.squareRoot() }
    let rows = zip(roots, points)
    let response = rows.map { $0.0 * $0.1.y }
    let design = Matrix(
      rows: points.count, columns: 2, elements: roots + rows.map { $0.0 * $0.1.x })
    guard let fit = try? LeastSquares(design, response) else {
      throw NotEstimable("the numbers are out of range")
    }
    guard fit.rank == 2 else { throw NotEstimable("all studies have the same precision") }
    // What is left of points on a line is rounding.
    let rounding = response.reduce(0) { $0 + $1 * $1 } * 1e-29
    guard fit.residualSumOfSquares > rounding else {
      throw NotEstimable("the studies lie on a line")
    }
    let covariance = fit.unscaledCovariance
    slope = fit.coefficients[1]
    unscaledStandardError = covariance[1, 1].squareRoot()
    residualSumOfSquares = fit.residualSumOfSquares
    residualDegreesOfFreedom = fit.residualDegreesOfFreedom
    let trace = points.reduce(0) { sum, point in
      let leverage =
        covariance[0, 0] + 2 * point.x * covariance[0, 1] + point.x * point.x * covariance[1, 1]
      return sum + point.weight * (1 - point.weight * leverage)
    }
    momentVariance = max(0, (residualSumOfSquares - Double(residualDegreesOfFreedom)) / trace)
  }
}
