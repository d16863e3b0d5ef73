import CLAPACK
import Glibc

/// The Cholesky factorisation A = L Lᵀ of a symmetric positive definite matrix.
///
/// Only the lower triangle of A is read. LAPACK: `dpotrf`, `dpotri`; BLAS: `dtrsm`.
public struct Cholesky: Sendable {
  private let factor: Matrix  // L in the lower triangle; above it what A had there

  /// Factorises `matrix` (n × n).
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)``, or
  ///   ``LinearAlgebraError/notFinite`` if the lower triangle has a NaN or an infinity.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.isSquare, "not square: \(matrix.rows) × \(matrix.columns)")
    guard matrix.hasFiniteLowerTriangle else { throw .notFinite }
    var factor = matrix
    let info = unsafe LAPACKE_dpotrf(
      LAPACK_COL_MAJOR, Triangle.lower, LapackInt(matrix.rows), &factor.elements,
      factor.leadingDimension)
    switch info {
    case 0: self.factor = factor
    case 1...: throw .notPositiveDefinite(order: Int(info))
    default: preconditionFailure("dpotrf rejected argument \(-info)")
    }
  }

  /// n.
  public var order: Int { factor.rows }

  /// L, with zeros above the diagonal.
  public var lowerFactor: Matrix {
    var lower = factor
    for j in 0..<order {
      for i in 0..<j { lower[i, j] = 0 }
    }
    return lower
  }

  /// log |A| = 2 Σ log Lᵢᵢ; 0 for order 0.
  public var logDeterminant: Double {
    2 * factor.diagonal.reduce(0) { $0 + log($1) }
  }

  /// The x with A x = b.
  public func solve(_ vector: [Double]) -> [Double] {
    precondition(vector.count == order, "\(vector.count) entries for order \(order)")
    var solution = vector
    for form in [CblasNoTrans, CblasTrans] {  // L y = b, then Lᵀ x = y
      unsafe cblas_dtrsv(
        CblasColMajor, CblasLower, form, CblasNonUnit, LapackInt(order),
        factor.elements, factor.leadingDimension, &solution, 1)
    }
    return solution
  }

  /// The X with A X = B (n × any number of columns).
  public func solve(_ matrix: Matrix) -> Matrix {
    precondition(matrix.rows == order, "\(matrix.rows) rows for order \(order)")
    var solution = matrix
    for form in [CblasNoTrans, CblasTrans] {
      unsafe cblas_dtrsm(
        CblasColMajor, CblasLeft, CblasLower, form, CblasNonUnit,
        LapackInt(order), LapackInt(matrix.columns), 1,
        factor.elements, factor.leadingDimension, &solution.elements, solution.leadingDimension)
    }
    return solution
  }

  /// A⁻¹, exactly symmetric.
  public var inverse: Matrix { factor.inverseOfLowerProduct }
}

extension Matrix {
  /// (L Lᵀ)⁻¹, exactly symmetric, L the lower triangle of this square matrix of full rank.
  ///
  /// LAPACK: `dpotri`.
  var inverseOfLowerProduct: Matrix {
    var inverse = self
    let info = unsafe LAPACKE_dpotri(
      LAPACK_COL_MAJOR, Triangle.lower, LapackInt(columns), &inverse.elements,
      inverse.leadingDimension)
    precondition(info == 0, "dpotri: \(info)")
    inverse.mirrorLowerTriangle()
    return inverse
  }
}
