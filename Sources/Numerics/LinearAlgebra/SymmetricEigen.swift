import CLAPACK

/// The eigenvalues and eigenvectors of a symmetric matrix, A = V Λ Vᵀ.
///
/// Only the lower triangle of A is read. LAPACK: `dsyevd`.
public struct SymmetricEigen: Sendable {
  /// The diagonal of Λ, in increasing order.
  public let values: [Double]

  /// V: column j is the unit eigenvector of `values[j]`.
  public let vectors: Matrix

  /// Decomposes `matrix` (n × n).
  ///
  /// - Throws: ``LinearAlgebraError/notFinite`` if the lower triangle has a NaN or an infinity, or
  ///   ``LinearAlgebraError/noConvergence``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.isSquare, "not square: \(matrix.rows) × \(matrix.columns)")
    guard matrix.hasFiniteLowerTriangle else { throw .notFinite }
    var vectors = matrix
    var values = [Double](repeating: 0, count: matrix.rows)
    let withVectors = CChar(UInt8(ascii: "V"))
    let info = unsafe LAPACKE_dsyevd(
      LAPACK_COL_MAJOR, withVectors, Triangle.lower, LapackInt(matrix.rows),
      &vectors.elements, vectors.leadingDimension, &values)
    switch info {
    case 0: break
    case 1...: throw .noConvergence
    default: preconditionFailure("dsyevd rejected argument \(-info)")
    }
    self.values = values
    self.vectors = vectors
  }
}
