import LinearAlgebra

/// Errors that all rows of a plate have in common, beside their own.
///
/// The covariance of the rows of a plate times √w is σ²(I + κ u uᵀ), u = √w and κ the variance of the
/// common error over σ². Rows multiplied by (I + κ u uᵀ)^(−½) = I − (1 − 1/√(1 + κ uᵀu)) u uᵀ/uᵀu have
/// independent errors of variance σ².
struct CommonErrors: Sendable {
  private struct Plate: Sendable {
    let rows: [Int]
    /// u/‖u‖.
    let direction: [Double]
    /// 1 − 1/√(1 + κ uᵀu).
    let share: Double
  }

  private let plates: [Plate]

  /// `variances` are the κ of the plates that rows name.
  init(_ rows: [SetProblem.Row], variances: [Double]) {
    plates = Dictionary(grouping: rows.indices, by: { rows[$0].plate })
      .sorted { $0.key < $1.key }.compactMap { plate, indices in
        guard plate < variances.count, variances[plate] > 0 else { return nil }
        let size = indices.reduce(0) { $0 + rows[$1].weight }
        return Plate(
          rows: indices, direction: indices.map { (rows[$0].weight / size).squareRoot() },
          share: 1 - 1 / (1 + variances[plate] * size).squareRoot())
      }
  }

  func whitened(_ vector: [Double]) -> [Double] {
    var result = vector
    for plate in plates {
      let part = zip(plate.rows, plate.direction).reduce(0) { $0 + vector[$1.0] * $1.1 }
      for (row, direction) in zip(plate.rows, plate.direction) {
        result[row] -= plate.share * part * direction
      }
    }
    return result
  }

  func whitened(_ matrix: Matrix) -> Matrix {
    Matrix(
      rows: matrix.rows, columns: matrix.columns,
      elements: (0..<matrix.columns).flatMap { whitened(matrix.column($0)) })
  }
}
