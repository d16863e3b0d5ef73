import Glibc
import LinearAlgebra

/// The least-squares problem of one curve over rows, in its free parameters: first the linear ones,
/// then the coordinates of a box.
///
/// A linearisation is one pass over the rows, and is given as what an orthogonal transformation makes
/// of it, which no angle or length can tell from the whole.
struct RowsProblem {
  let kernel: RowsKernel
  let box: SearchBox
  let bounds: [CurveParameter: ClosedRange<Double>]
  let parts: RowsParts
  /// ‖√w y‖.
  let responseNorm: Double
  let instructions: FitInstructions
  let spread: RowsSpread

  private var curve: ResponseCurve { box.curve }

  /// The indices of the linear parameters that are not fixed.
  var freeLinear: [Int] {
    curve.form.linear.indices.filter { curve.fixedValues[curve.form.linear[$0]] == nil }
  }

  func problem(counting passes: @escaping () -> Void = {}) -> LeastSquaresProblem {
    let limits = freeLinear.map { bounds[curve.form.linear[$0]] ?? (-.infinity)...(.infinity) }
    return LeastSquaresProblem(
      lower: limits.map(\.lowerBound) + box.lower, upper: limits.map(\.upperBound) + box.upper,
      responseNorm: responseNorm
    ) { parameters in
      passes()
      return linearization(parameters)
    }
  }

  private func linearization(_ parameters: [Double]) -> Linearization? {
    let (products, changes) = products(parameters, transform: nil)
    guard products.isFinite else { return nil }
    let point = RowsTriangle(products, changes).linearization(products.sumOfSquares)
    return point.isFinite ? point : nil
  }

  /// The same as accurate as by QR, in two passes.
  ///
  /// In the second the factor of the first makes the columns nearly orthonormal. Yamamoto et al. (2015),
  /// Electron. Trans. Numer. Anal. 44:306.
  func accurateLinearization(_ parameters: [Double]) -> Linearization? {
    let (products, changes) = products(parameters, transform: nil)
    let first = RowsTriangle(products, changes)
    guard products.isFinite, first.hasFullRank else { return nil }
    let columns = first.orthonormalized(changes)
    let padding = [Double](
      repeating: 0, count: RowsKernel.columns * (RowsKernel.columns - columns.count))
    let (again, _) = self.products(parameters, transform: columns.flatMap(\.self) + padding)
    let units = columns.indices.map { j in (0..<RowsKernel.columns).map { $0 == j ? 1.0 : 0 } }
    let point = RowsTriangle(again, units).following(first).linearization(again.sumOfSquares)
    return point.isFinite ? point : nil
  }

  private func products(
    _ parameters: [Double], transform: [Double]?
  ) -> (RowsProducts, changes: [[Double]]) {
    let free = freeLinear
    var linear = curve.form.linear.map { curve.fixedValues[$0] ?? 0 }
    for (k, index) in free.enumerated() { linear[index] = parameters[k] }
    let coordinates = Array(parameters[free.count...])
    let nonlinear = box.nonlinear(coordinates)
    let products = RowsProducts(
      parts, kernel.curve(linear, nonlinear), transform: transform, instructions, spread)
    let changes =
      free.map { kernel.change(by: curve.form.linear[$0], linear, nonlinear) }
      + box.parameters.indices.map { j in
        let slope = box.natural(j, coordinates[j]).slope
        return kernel.change(by: box.parameters[j], linear, nonlinear).map { slope * $0 }
      }
    return (products, changes)
  }
}
