import CLAPACK

/// The QR factorisation A P = Q R with column pivoting.
///
/// A is m × n, k = min(m, n); Q is m × m and orthogonal, R is k × n and upper trapezoidal. P brings
/// forward, at each step, the column with the largest remaining norm, so |R₁₁| ≥ |R₂₂| ≥ ...
/// Businger & Golub (1965), Numer. Math. 7:269. LAPACK: `dgeqp3`, `dormqr`, `dorgqr`.
public struct PivotedQR: Sendable {
  private let reflectors: Matrix  // R on and above the diagonal, Householder vectors below
  private let scales: [Double]

  /// Column j of A P is column `permutation[j]` of A.
  public let permutation: [Int]

  /// The number of i with |Rᵢᵢ| > `relativeTolerance` · |R₁₁|.
  public let rank: Int

  /// Factorises `matrix`.
  ///
  /// The tolerance of the rank is max(m, n) · 2⁻⁵² unless given; it depends on the units of the
  /// columns.
  ///
  /// - Throws: ``LinearAlgebraError/notFinite``.
  public init(
    _ matrix: Matrix, relativeTolerance: Double? = nil
  ) throws(LinearAlgebraError) {
    guard matrix.isFinite else { throw .notFinite }
    var reflectors = matrix
    var pivots = [LapackInt](repeating: 0, count: matrix.columns)
    var scales = [Double](repeating: 0, count: min(matrix.rows, matrix.columns))
    let info = unsafe LAPACKE_dgeqp3(
      LAPACK_COL_MAJOR, LapackInt(matrix.rows), LapackInt(matrix.columns),
      &reflectors.elements, reflectors.leadingDimension, &pivots, &scales)
    precondition(info == 0, "dgeqp3 rejected argument \(-info)")
    self.reflectors = reflectors
    self.scales = scales
    permutation = pivots.map { Int($0) - 1 }
    let tolerance =
      relativeTolerance ?? defaultRankTolerance(rows: matrix.rows, columns: matrix.columns)
    let diagonal = reflectors.diagonal.map(abs)
    // The diagonal decreases, so these are the first ones.
    rank = diagonal.count { $0 > tolerance * diagonal[0] }
  }

  /// R, k × n.
  public var upperFactor: Matrix {
    var upper = Matrix(repeating: 0, rows: scales.count, columns: reflectors.columns)
    for j in 0..<upper.columns {
      for i in 0..<min(j + 1, upper.rows) { upper[i, j] = reflectors[i, j] }
    }
    return upper
  }

  /// The first k columns of Q, m × k.
  public var orthogonalFactor: Matrix {
    let count = scales.count
    var factor = reflectors.selectingColumns(Array(0..<count))
    let info = unsafe LAPACKE_dorgqr(
      LAPACK_COL_MAJOR, LapackInt(factor.rows), LapackInt(count), LapackInt(count),
      &factor.elements, factor.leadingDimension, scales)
    precondition(info == 0, "dorgqr rejected argument \(-info)")
    return factor
  }

  /// Qᵀ b, with m entries.
  ///
  /// - Throws: ``LinearAlgebraError/notFinite``.
  public func transposedQTimes(_ vector: [Double]) throws(LinearAlgebraError) -> [Double] {
    try transposedQTimes(Matrix(column: vector)).elements
  }

  /// Qᵀ B, m × the columns of B.
  ///
  /// - Throws: ``LinearAlgebraError/notFinite``.
  public func transposedQTimes(_ matrix: Matrix) throws(LinearAlgebraError) -> Matrix {
    precondition(
      matrix.rows == reflectors.rows, "\(matrix.rows) rows for \(reflectors.rows)")
    guard matrix.isFinite else { throw .notFinite }
    var result = matrix
    let fromTheLeft = CChar(UInt8(ascii: "L"))
    let transposed = CChar(UInt8(ascii: "T"))
    let info = unsafe LAPACKE_dormqr(
      LAPACK_COL_MAJOR, fromTheLeft, transposed,
      LapackInt(result.rows), LapackInt(result.columns), LapackInt(scales.count),
      reflectors.elements, reflectors.leadingDimension, scales,
      &result.elements, result.leadingDimension)
    precondition(info == 0, "dormqr rejected argument \(-info)")
    return result
  }
}

/// max(m, n) · 2⁻⁵²: below it, relative to the largest, a pivot or singular value may be rounding.
func defaultRankTolerance(rows: Int, columns: Int) -> Double {
  Double(max(rows, columns)) * Double.ulpOfOne
}
