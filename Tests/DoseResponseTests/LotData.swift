import DoseResponse
import LinearAlgebra
import TestSupport

/// The lots of a data set of `lots-data.csv`.
func lotData(_ dataset: String) throws -> [LotEstimate] {
  try referenceTable("DoseResponse", "lots-data").filter { $0["dataset"] == dataset }.map { row in
    let values = numbers(row["values"])
    return LotEstimate(
      values, covariance: symmetric(numbers(row["covariances"]), order: values.count))
  }
}

/// The symmetric matrix whose lower triangle is `packed` column by column.
func symmetric(_ packed: [Double], order: Int) -> Matrix {
  var matrix = Matrix(repeating: 0, rows: order, columns: order)
  var entries = packed.makeIterator()
  for j in 0..<order {
    for i in j..<order {
      let value = entries.next()!
      matrix[i, j] = value
      matrix[j, i] = value
    }
  }
  return matrix
}

/// The largest difference between entries, those of row i and column j in units of sᵢ sⱼ.
func difference(_ a: Matrix, _ b: Matrix, scales: [Double]) -> Double {
  var largest = 0.0
  for j in 0..<a.columns {
    for i in 0..<a.rows {
      largest = max(largest, abs(a[i, j] - b[i, j]) / (scales[i] * scales[j]))
    }
  }
  return largest
}
