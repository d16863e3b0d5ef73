import CLAPACK

/// The singular value decomposition A = U Σ Vᵀ.
///
/// A is m × n, k = min(m, n); only the first k columns of U and rows of Vᵀ are formed.
/// LAPACK: `dgesdd`.
public struct SVD: Sendable {
  /// U, m × k, with orthonormal columns.
  public let left: Matrix

  /// The diagonal of Σ, k values in decreasing order, none negative.
  public let singularValues: [Double]

  /// Vᵀ, k × n, with orthonormal rows.
  public let rightTransposed: Matrix

  /// Decomposes `matrix`.
  ///
  /// - Throws: ``LinearAlgebraError/notFinite`` or ``LinearAlgebraError/noConvergence``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    guard matrix.isFinite else { throw .notFinite }
    let count = min(matrix.rows, matrix.columns)
    var destroyed = matrix
    var left = Matrix(repeating: 0, rows: matrix.rows, columns: count)
    var right = Matrix(repeating: 0, rows: count, columns: matrix.columns)
    var values = [Double](repeating: 0, count: count)
    let thin = CChar(UInt8(ascii: "S"))
    let info = unsafe LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, thin, LapackInt(matrix.rows), LapackInt(matrix.columns),
      &destroyed.elements, destroyed.leadingDimension, &values,
      &left.elements, left.leadingDimension, &right.elements, right.leadingDimension)
    switch info {
    case 0: break
    case 1...: throw .noConvergence
    default: preconditionFailure("dgesdd rejected argument \(-info)")
    }
    self.left = left
    singularValues = values
    rightTransposed = right
  }

  /// The number of singular values above `relativeTolerance` times the largest.
  ///
  /// The tolerance is max(m, n) · 2⁻⁵² unless given.
  public func rank(relativeTolerance: Double? = nil) -> Int {
    guard let largest = singularValues.first else { return 0 }
    let tolerance =
      relativeTolerance
      ?? defaultRankTolerance(rows: left.rows, columns: rightTransposed.columns)
    return singularValues.count { $0 > tolerance * largest }
  }

  /// The largest singular value over the smallest; infinite if that is 0, 1 if there are none.
  public var conditionNumber: Double {
    guard let largest = singularValues.first, let smallest = singularValues.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }
}
