import Glibc

/// Curves at a grid of the nonlinear parameters, computed once for a design.
///
/// Each is scored by its best linear parameters within their bounds, from products of its columns.
/// The cells that score no worse than their neighbours are where descents start, so that no minimum
/// wider than a cell is missed.
struct StartGrid {
  private let design: SearchDesign
  private let grid: CoordinateGrid
  /// √w φ of the free linear parameters, cell by cell, column by column.
  private let columns: [Double]
  /// Their products with each other and with what the fixed parameters make.
  private let products: [Double]
  private let offsets: [Double]?

  init(_ box: SearchBox, _ design: SearchDesign) {
    self.design = design
    grid = CoordinateGrid(box.starts)
    var projected = ProjectedCurve(box, design)
    let rows = design.doses.count
    var (columns, products, offsets) = ([Double](), [Double](), [Double]())
    columns.reserveCapacity(grid.cells.count * rows * design.freeLinear.count)
    let isOffset = design.fixedLinear.contains { $0 != 0 }
    for cell in grid.cells {
      projected.fillColumns(cell, isDifferentiated: false)
      let all = projected.columns
      for k in design.freeLinear {
        columns += all[(k * rows)..<((k + 1) * rows)]
        for l in design.freeLinear where l <= k {
          var sum = 0.0
          for i in 0..<rows { sum += all[k * rows + i] * all[l * rows + i] }
          products.append(sum)
        }
      }
      guard isOffset else { continue }
      for i in 0..<rows {
        offsets.append(
          design.fixedLinear.indices.reduce(0) {
            $0 + design.fixedLinear[$1] * all[$1 * rows + i]
          })
      }
    }
    self.columns = columns
    self.products = products
    self.offsets = isOffset ? offsets : nil
  }

  /// The cells from which to descend for these responses (√w y), best first, at most `limit`.
  func starts(_ responses: [Double], limit: Int) -> [[Double]] {
    grid.lowest(grid.cells.indices.map { score($0, responses) }, limit: limit)
  }

  /// The least sum of squares of a cell; infinite where the bounds allow none.
  private func score(_ cell: Int, _ responses: [Double]) -> Double {
    let count = design.freeLinear.count
    let rows = responses.count
    var total = 0.0
    var sums = (0.0, 0.0, 0.0)
    let start = cell * count * rows
    for i in 0..<rows {
      let value = offsets.map { responses[i] - $0[cell * rows + i] } ?? responses[i]
      total += value * value
      if count > 0 { sums.0 += columns[start + i] * value }
      if count > 1 { sums.1 += columns[start + rows + i] * value }
      if count > 2 { sums.2 += columns[start + 2 * rows + i] * value }
    }
    let first = cell * count * (count + 1) / 2
    switch count {
    case 0: return total
    case 1: return total - reduction(products[first], sums.0, design.freeLinear[0])
    case 2:
      return total
        - reduction(
          (products[first], products[first + 1], products[first + 2]), (sums.0, sums.1))
    default: return total - reduction(Array(products[first..<(first + 6)]), sums)
    }
  }

  /// 2ah − ga² for the best a.
  private func reduction(_ g: Double, _ h: Double, _ index: Int) -> Double {
    guard g > 0 else { return 0 }
    let a = min(design.upper[index], max(design.lower[index], h / g))
    return a * (2 * h - g * a)
  }

  /// 2aᵀh − aᵀGa for the best a within its bounds.
  private func reduction(
    _ g: (Double, Double, Double), _ h: (Double, Double)
  ) -> Double {
    let determinant = g.0 * g.2 - g.1 * g.1
    let (j, k) = (design.freeLinear[0], design.freeLinear[1])
    // Where the columns are one the curve is flat, and either serves.
    guard determinant > 1e-13 * g.0 * g.2 else {
      return max(reduction(g.0, h.0, j), reduction(g.2, h.1, k))
    }
    let a = (g.2 * h.0 - g.1 * h.1) / determinant
    let b = (g.0 * h.1 - g.1 * h.0) / determinant
    let isInside =
      a >= design.lower[j] && a <= design.upper[j] && b >= design.lower[k] && b <= design.upper[k]
    if isInside {
      let isReversed = design.plateausAreOrdered && a - b > 1e-9 * abs(a)
      return isReversed ? -.infinity : a * h.0 + b * h.1
    }
    var best = -Double.infinity
    func consider(_ a: Double, _ b: Double) {
      guard a.isFinite, b.isFinite, !design.plateausAreOrdered || a <= b else { return }
      best = max(
        best,
        2 * (a * h.0 + b * h.1) - (g.0 * a * a + 2 * g.1 * a * b + g.2 * b * b))
    }
    for a in [design.lower[j], design.upper[j]] where a.isFinite {
      consider(a, min(design.upper[k], max(design.lower[k], (h.1 - g.1 * a) / g.2)))
    }
    for b in [design.lower[k], design.upper[k]] where b.isFinite {
      consider(min(design.upper[j], max(design.lower[j], (h.0 - g.1 * b) / g.0)), b)
    }
    return best
  }

  /// hᵀG⁻¹h by Cholesky, bounds left aside: the descent keeps them.
  private func reduction(_ g: [Double], _ h: (Double, Double, Double)) -> Double {
    let a = g[0].squareRoot()
    let (b, c) = (g[1] / a, g[3] / a)
    let second = g[2] - b * b
    guard g[0] > 0, second > 1e-13 * g[2] else { return g[0] > 0 ? h.0 * h.0 / g[0] : 0 }
    let d = second.squareRoot()
    let e = (g[4] - b * c) / d
    let third = g[5] - c * c - e * e
    let x = h.0 / a
    let y = (h.1 - b * x) / d
    guard third > 1e-13 * g[5] else { return x * x + y * y }
    let z = (h.2 - c * x - e * y) / third.squareRoot()
    return x * x + y * y + z * z
  }
}
