/// A real matrix.
///
/// A value: copies are independent. Entries are stored column by column, as LAPACK reads them.
public struct Matrix: Hashable, Sendable {
  public let rows: Int
  public let columns: Int

  /// The entries: (row i, column j) at i + j · `rows`.
  public internal(set) var elements: [Double]

  /// The matrix with these `elements`, given column by column.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(rows >= 0 && columns >= 0, "no such shape: \(rows) × \(columns)")
    precondition(
      elements.count == rows * columns,
      "\(elements.count) elements for \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The matrix whose entries all equal `value`.
  public init(repeating value: Double, rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "no such shape: \(rows) × \(columns)")
    self.init(
      rows: rows, columns: columns, elements: [Double](repeating: value, count: rows * columns))
  }

  /// The matrix with these `rows`, which are of equal length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "rows of different lengths")
    self.init(repeating: 0, rows: rows.count, columns: columns)
    for (i, row) in rows.enumerated() {
      for (j, value) in row.enumerated() { self[i, j] = value }
    }
  }

  /// The matrix with one column.
  public init(column: [Double]) {
    self.init(rows: column.count, columns: 1, elements: column)
  }

  /// The square matrix with these `diagonal` entries and zeros elsewhere.
  public init(diagonal: [Double]) {
    self.init(repeating: 0, rows: diagonal.count, columns: diagonal.count)
    for (i, value) in diagonal.enumerated() { self[i, i] = value }
  }

  /// The identity matrix, `order` × `order`.
  public static func identity(_ order: Int) -> Matrix {
    Matrix(diagonal: [Double](repeating: 1, count: order))
  }

  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(contains(row, column), "(\(row), \(column)) in \(rows) × \(columns)")
      return elements[row + column * rows]
    }
    set {
      precondition(contains(row, column), "(\(row), \(column)) in \(rows) × \(columns)")
      elements[row + column * rows] = newValue
    }
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < rows && column >= 0 && column < columns
  }
}

extension Matrix {
  public var isSquare: Bool { rows == columns }

  /// Whether no entry is NaN or infinite.
  public var isFinite: Bool { elements.allSatisfy(\.isFinite) }

  /// The entries (i, i).
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// The entries of column `index`.
  public func column(_ index: Int) -> [Double] {
    precondition(index >= 0 && index < columns, "column \(index) of \(columns)")
    return Array(elements[index * rows..<(index + 1) * rows])
  }

  /// The entries of row `index`.
  public func row(_ index: Int) -> [Double] {
    precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
    return (0..<columns).map { elements[index + $0 * rows] }
  }

  /// Aᵀ.
  public var transposed: Matrix {
    var result = Matrix(repeating: 0, rows: columns, columns: rows)
    for j in 0..<columns {
      for i in 0..<rows { result.elements[j + i * columns] = elements[i + j * rows] }
    }
    return result
  }

  /// The columns at `indices`, in that order.
  public func selectingColumns(_ indices: [Int]) -> Matrix {
    Matrix(rows: rows, columns: indices.count, elements: indices.flatMap(column))
  }

  /// diag(`factors`) A: row i times `factors[i]`, as for weights in least squares.
  public func scalingRows(by factors: [Double]) -> Matrix {
    precondition(factors.count == rows, "\(factors.count) factors for \(rows) rows")
    var result = self
    for j in 0..<columns {
      for i in 0..<rows { result.elements[i + j * rows] *= factors[i] }
    }
    return result
  }

  /// A diag(`factors`): column j times `factors[j]`.
  public func scalingColumns(by factors: [Double]) -> Matrix {
    precondition(factors.count == columns, "\(factors.count) factors for \(columns) columns")
    var result = self
    for j in 0..<columns {
      for i in 0..<rows { result.elements[i + j * rows] *= factors[j] }
    }
    return result
  }
}
