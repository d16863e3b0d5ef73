import CLAPACK
import Glibc

/// The x that minimises ‖A x − b‖₂.
///
/// A is m × n, any shape and rank. Columns are first scaled by powers of two to norms in [1, 2),
/// which rounds nothing and makes the rank independent of their units; then ``PivotedQR``.
/// If columns depend on others, this is a basic solution: the coefficients of as many of them
/// are 0. Golub & Van Loan (2013), Matrix Computations, 4th ed., section 5.5.
public struct LeastSquares: Sendable {
  /// x, one entry a column of A; 0 for aliased columns.
  public let coefficients: [Double]

  /// The rank of A.
  public let rank: Int

  /// The columns, in increasing order, that depend on the others within the tolerance.
  public let aliasedColumns: [Int]

  /// ‖A x − b‖².
  public let residualSumOfSquares: Double

  /// m − rank.
  public let residualDegreesOfFreedom: Int

  /// (AᵀA)⁻¹, n × n, for the columns not aliased; rows and columns of aliased ones are 0.
  ///
  /// Times the variance of the observations this is the covariance of the coefficients.
  public let unscaledCovariance: Matrix

  /// Solves for `response` (b, of m entries) on the columns of `design` (A).
  ///
  /// - Throws: ``LinearAlgebraError/notFinite``.
  public init(
    _ design: Matrix, _ response: [Double], relativeTolerance: Double? = nil
  ) throws(LinearAlgebraError) {
    precondition(
      response.count == design.rows, "\(response.count) observations for \(design.rows) rows")
    guard design.isFinite else { throw .notFinite }
    let scales = design.columnScales
    let factorization = try PivotedQR(
      design.scalingColumns(by: scales), relativeTolerance: relativeTolerance)
    let rotated = try factorization.transposedQTimes(response)
    let rank = factorization.rank
    let kept = Array(factorization.permutation[..<rank])
    let upper = factorization.upperFactor

    let solution = upper.solveLeadingTriangle(Array(rotated[..<rank]))
    var coefficients = [Double](repeating: 0, count: design.columns)
    for (column, value) in zip(kept, solution) { coefficients[column] = value * scales[column] }

    let inverse = upper.inverseOfLeadingCrossProduct(order: rank)
    var covariance = Matrix(repeating: 0, rows: design.columns, columns: design.columns)
    for (j, column) in kept.enumerated() {
      for (i, row) in kept.enumerated() {
        covariance[row, column] = inverse[i, j] * scales[row] * scales[column]
      }
    }

    self.coefficients = coefficients
    self.rank = rank
    aliasedColumns = factorization.permutation[rank...].sorted()
    residualSumOfSquares = rotated[rank...].reduce(0) { $0 + $1 * $1 }
    residualDegreesOfFreedom = design.rows - rank
    unscaledCovariance = covariance
  }
}

extension Matrix {
  /// For each column the power of two that brings its norm into [1, 2); 1 for a column of zeros.
  fileprivate var columnScales: [Double] {
    (0..<columns).map { j in
      let entries = column(j)
      let largest = entries.reduce(0) { max($0, abs($1)) }
      guard largest > 0 else { return 1 }
      // Relative to the largest entry no square overflows.
      let norm = entries.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
      let exponent = largest.exponent + (largest.significand * norm).exponent
      // 2^-exponent itself may be out of range for entries at the ends of the exponents.
      return scalbn(1, -max(-1022, min(1022, exponent)))
    }
  }

  /// The x with U x = b, U the leading square of this upper trapezoidal matrix.
  ///
  /// BLAS: `dtrsv`.
  fileprivate func solveLeadingTriangle(_ vector: [Double]) -> [Double] {
    var solution = vector
    unsafe cblas_dtrsv(
      CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, LapackInt(vector.count),
      elements, leadingDimension, &solution, 1)
    return solution
  }

  /// (UᵀU)⁻¹, U the leading square, of full rank, of this upper trapezoidal matrix.
  fileprivate func inverseOfLeadingCrossProduct(order: Int) -> Matrix {
    // The transpose is the lower triangle L of L Lᵀ = UᵀU.
    var lower = Matrix(repeating: 0, rows: order, columns: order)
    for j in 0..<order {
      for i in 0...j { lower[j, i] = self[i, j] }
    }
    return lower.inverseOfLowerProduct
  }
}
