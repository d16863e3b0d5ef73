import CLAPACK

// Products by OpenBLAS: `dgemm` and `dgemv`. Transposes are read in place, never copied.
extension Matrix {
  /// A B.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(
      left.columns == right.rows,
      "\(left.rows) × \(left.columns) times \(right.rows) × \(right.columns)")
    return product(
      left, CblasNoTrans, right, CblasNoTrans,
      rows: left.rows, inner: left.columns, columns: right.columns)
  }

  /// A x.
  public static func * (matrix: Matrix, vector: [Double]) -> [Double] {
    precondition(
      vector.count == matrix.columns,
      "\(matrix.rows) × \(matrix.columns) times \(vector.count) entries")
    return product(matrix, CblasNoTrans, vector, count: matrix.rows)
  }

  /// Aᵀ B.
  public func transposedTimes(_ right: Matrix) -> Matrix {
    precondition(
      rows == right.rows,
      "transpose of \(rows) × \(columns) times \(right.rows) × \(right.columns)")
    return Self.product(
      self, CblasTrans, right, CblasNoTrans, rows: columns, inner: rows, columns: right.columns)
  }

  /// Aᵀ x.
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(
      vector.count == rows, "transpose of \(rows) × \(columns) times \(vector.count) entries")
    return Self.product(self, CblasTrans, vector, count: columns)
  }

  /// A Bᵀ.
  public func timesTransposed(_ right: Matrix) -> Matrix {
    precondition(
      columns == right.columns,
      "\(rows) × \(columns) times transpose of \(right.rows) × \(right.columns)")
    return Self.product(
      self, CblasNoTrans, right, CblasTrans, rows: rows, inner: columns, columns: right.rows)
  }

  private static func product(
    _ left: Matrix, _ leftForm: CBLAS_TRANSPOSE, _ right: Matrix, _ rightForm: CBLAS_TRANSPOSE,
    rows: Int, inner: Int, columns: Int
  ) -> Matrix {
    var result = Matrix(repeating: 0, rows: rows, columns: columns)
    unsafe cblas_dgemm(
      CblasColMajor, leftForm, rightForm,
      LapackInt(rows), LapackInt(columns), LapackInt(inner),
      1, left.elements, left.leadingDimension, right.elements, right.leadingDimension,
      0, &result.elements, result.leadingDimension)
    return result
  }

  private static func product(
    _ matrix: Matrix, _ form: CBLAS_TRANSPOSE, _ vector: [Double], count: Int
  ) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    unsafe cblas_dgemv(
      CblasColMajor, form, LapackInt(matrix.rows), LapackInt(matrix.columns),
      1, matrix.elements, matrix.leadingDimension, vector, 1, 0, &result, 1)
    return result
  }

  /// The distance between columns, which BLAS and LAPACK want to be at least 1.
  var leadingDimension: LapackInt { LapackInt(max(1, rows)) }
}
