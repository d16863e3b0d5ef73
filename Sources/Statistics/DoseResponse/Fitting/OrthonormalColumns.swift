/// An orthonormal basis of a few columns.
///
/// Gram–Schmidt, each column orthogonalised twice, which is as accurate as Householder's for full
/// rank (Giraud et al. 2005, Numer. Math. 101:87). Of a column that depends on those before it 0 is
/// left.
struct OrthonormalColumns {
  private(set) var basis: [[Double]] = []

  init(_ columns: [[Double]]) {
    for column in columns {
      var rest = column
      let length = norm(column)
      for _ in 0..<2 {
        for direction in basis {
          let part = product(direction, rest)
          for i in rest.indices { rest[i] -= part * direction[i] }
        }
      }
      let remaining = norm(rest)
      let isDependent = !(remaining > 1e-13 * length)
      basis.append(rest.map { isDependent ? 0 : $0 / remaining })
    }
  }
}

/// Σ aᵢ bᵢ.
func product(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}
