import CFitKernels

/// The rows cut into parts of a size that does not depend on who computes them.
struct RowsParts: Sendable {
  let rows: DoseRows
  let size: Int

  /// Parts of `size` rows, more where there would be more than `limit` parts.
  init(_ rows: DoseRows, size: Int = 1 << 20, limit: Int? = nil) {
    self.rows = rows
    self.size = max(size, limit.map { (rows.count + $0 - 1) / $0 } ?? 0)
  }

  var count: Int { (rows.count + size - 1) / size }

  /// The rows of part `index` as the kernels take them.
  subscript(index: Int) -> rows_data {
    let first = index * size
    return rows_data(
      doses: rows.doses.baseAddress.map { $0 + first },
      responses: rows.responses.baseAddress.map { $0 + first },
      weights: rows.weights?.baseAddress.map { $0 + first },
      count: min(size, rows.count - first))
  }
}

/// A sum that keeps what rounding takes from it.
///
/// Neumaier (1974), Z. angew. Math. Mech. 54:39.
struct CompensatedSum {
  private var sum = 0.0
  private var rounding = 0.0

  var value: Double { sum + rounding }

  mutating func add(_ term: Double) {
    let total = sum + term
    rounding += abs(sum) >= abs(term) ? (sum - total) + term : (term - total) + sum
    sum = total
  }
}
