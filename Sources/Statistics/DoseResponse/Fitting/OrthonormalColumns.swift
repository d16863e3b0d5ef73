/// A few columns Φ and their factorisation Φ = Q R, for the linear parameters of a curve.
///
/// Gram–Schmidt, each column orthogonalised twice, which is as accurate as Householder's for full
/// rank (Giraud et al. 2005, Numer. Math. 101:87). A column that depends on those before it has a
/// coefficient of 0.
struct OrthonormalColumns {
  private(set) var basis: [[Double]] = []
  /// Column k of R.
  private var upper: [[Double]] = []

  init(_ columns: [[Double]]) {
    for column in columns {
      var rest = column
      let length = norm(column)
      var entries = [Double](repeating: 0, count: basis.count)
      for _ in 0..<2 {
        for (k, direction) in basis.enumerated() {
          let part = product(direction, rest)
          entries[k] += part
          for i in rest.indices { rest[i] -= part * direction[i] }
        }
      }
      let remaining = norm(rest)
      let isDependent = !(remaining > 1e-13 * length)
      basis.append(rest.map { isDependent ? 0 : $0 / remaining })
      upper.append(entries + [isDependent ? 0 : remaining])
    }
  }

  /// Qᵀ y.
  func projections(_ vector: [Double]) -> [Double] { basis.map { product($0, vector) } }

  /// The a that minimises ‖y − Φa‖, from Qᵀ y.
  func coefficients(_ projections: [Double]) -> [Double] {
    var solution = projections
    for k in projections.indices.reversed() {
      for j in projections.indices where j > k { solution[k] -= upper[j][k] * solution[j] }
      solution[k] = upper[k][k] == 0 ? 0 : solution[k] / upper[k][k]
    }
    return solution
  }

  /// (I − QQᵀ) v.
  func complement(_ vector: [Double]) -> [Double] {
    var rest = vector
    for _ in 0..<2 {
      for direction in basis {
        let part = product(direction, rest)
        for i in rest.indices { rest[i] -= part * direction[i] }
      }
    }
    return rest
  }
}

/// Σ aᵢ bᵢ.
func product(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}
