import CFitKernels
import Glibc
import LinearAlgebra

/// The products of the kernel's columns and the residuals, each with itself and the others.
struct RowsProducts {
  private let sums: [Double]

  init(
    _ parts: RowsParts, _ curve: rows_curve, transform: [Double]?, _ instructions: FitInstructions,
    _ spread: RowsSpread
  ) {
    let width = Int(ROWS_PRODUCTS)
    let count = parts.count
    let all = [Double](unsafeUninitializedCapacity: count * width) { buffer, filled in
      // Each part has a place of its own.
      nonisolated(unsafe) let places = buffer.baseAddress!
      spread(count) { part in
        withUnsafePointer(to: curve) { curve in
          withUnsafePointer(to: parts[part]) { data in
            rows_products(instructions.rawValue, data, curve, transform, places + part * width)
          }
        }
      }
      filled = count * width
    }
    sums = (0..<width).map { k in
      var sum = CompensatedSum()
      for part in 0..<count { sum.add(all[part * width + k]) }
      return sum.value
    }
  }

  private subscript(i: Int, j: Int) -> Double {
    let (first, last) = (min(i, j), max(i, j))
    return sums[last * (last + 1) / 2 + first]
  }

  private var residual: Int { RowsKernel.columns }

  var isFinite: Bool { sums.allSatisfy(\.isFinite) }

  /// Σ w r².
  var sumOfSquares: Double { self[residual, residual] }

  /// aᵀ CᵀWC b of two combinations of columns.
  func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices where a[i] != 0 {
      for j in b.indices where b[j] != 0 { sum += a[i] * b[j] * self[i, j] }
    }
    return sum
  }

  /// aᵀ CᵀW r.
  func productWithResiduals(_ a: [Double]) -> Double {
    a.indices.reduce(0) { a[$1] == 0 ? $0 : $0 + a[$1] * self[$1, residual] }
  }
}

/// The Cholesky factor R of JᵀWJ, and R⁻ᵀ JᵀW r, from products.
///
/// Of a column that depends on those before it there remains 0.
struct RowsTriangle {
  /// R, upper, by rows.
  private(set) var factor: [[Double]]
  private(set) var rotated: [Double]

  init(_ products: RowsProducts, _ changes: [[Double]]) {
    let count = changes.count
    factor = changes.map { _ in [Double](repeating: 0, count: count) }
    rotated = changes.map { _ in 0 }
    for i in 0..<count {
      let size = products.product(changes[i], changes[i])
      let rest = (0..<i).reduce(size) { $0 - factor[$1][i] * factor[$1][i] }
      guard rest > 1e-15 * size else { continue }
      factor[i][i] = rest.squareRoot()
      for j in (i + 1)..<max(count, i + 1) {
        let product = products.product(changes[i], changes[j])
        let part = (0..<i).reduce(product) { $0 - factor[$1][i] * factor[$1][j] }
        factor[i][j] = part / factor[i][i]
      }
      let part = (0..<i).reduce(products.productWithResiduals(changes[i])) {
        $0 - factor[$1][i] * rotated[$1]
      }
      rotated[i] = part / factor[i][i]
    }
  }

  /// Whether no column depends on others.
  var hasFullRank: Bool { factor.indices.allSatisfy { factor[$0][$0] > 0 } }

  /// The columns of A R⁻¹ for the columns `changes` of A.
  func orthonormalized(_ changes: [[Double]]) -> [[Double]] {
    var result = changes
    for j in changes.indices {
      for i in 0..<j {
        for k in result[j].indices { result[j][k] -= factor[i][j] * result[i][k] }
      }
      for k in result[j].indices { result[j][k] /= factor[j][j] }
    }
    return result
  }

  /// This factor of an orthonormalised matrix as that of the matrix, whose first factor was `first`.
  func following(_ first: RowsTriangle) -> RowsTriangle {
    var result = self
    for i in factor.indices {
      for j in factor.indices {
        result.factor[i][j] = (0..<factor.count).reduce(0) {
          $0 + factor[i][$1] * first.factor[$1][j]
        }
      }
    }
    return result
  }

  /// What an orthogonal transformation makes of all rows: as many as there are columns, and one more
  /// for what of the residuals is at right angles with them.
  func linearization(_ sumOfSquares: Double) -> Linearization {
    let inside = rotated.reduce(0) { $0 + $1 * $1 }
    let outside = max(0, sumOfSquares - inside).squareRoot()
    return Linearization(
      residuals: rotated + [outside],
      jacobian: Matrix(factor + [rotated.map { _ in 0 }]))
  }
}
