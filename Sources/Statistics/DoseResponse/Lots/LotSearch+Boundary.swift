import Glibc
import LinearAlgebra

extension LotSearch {
  /// F with F Fᵀ = k (ΣW)⁻¹, the units of a place: an average lot varies by 1 in each direction.
  ///
  /// With a diagonal Ψ that of the diagonal of ΣW.
  struct Units {
    let root: Matrix
    let inverse: Matrix
  }

  func units(_ place: Place) -> Units? {
    let count = Double(model.lots.count)
    if structure == .diagonal {
      let roots = place.point.total.diagonal.map { ($0 / count).squareRoot() }
      return Units(root: Matrix(diagonal: roots.map { 1 / $0 }), inverse: Matrix(diagonal: roots))
    }
    let none = Matrix(repeating: 0, rows: model.parameters, columns: model.parameters)
    guard let root = try? Cholesky(none.plus(place.point.meanCovariance, times: count)).lowerFactor
    else { return nil }
    // F⁻¹ = Fᵀ (F Fᵀ)⁻¹.
    return Units(
      root: root, inverse: root.transposedTimes(none.plus(place.point.total, times: 1 / count)))
  }

  /// `place` with directions without variance made exactly so, once no direction leads higher.
  func settled(_ place: Place) -> Place {
    var place = place
    for _ in 0..<model.parameters {
      place = withoutSpuriousVariance(place)
      guard let next = continued(place) else { break }
      place = next
    }
    return withoutSpuriousVariance(place)
  }

  /// The eigenvectors of a matrix in some units with their eigenvalues; with a diagonal Ψ the axes.
  private func axes(_ matrix: Matrix) -> (values: [Double], vectors: Matrix)? {
    if structure == .diagonal { return (matrix.diagonal, .identity(matrix.rows)) }
    return (try? SymmetricEigen(matrix)).map { ($0.values, $0.vectors) }
  }

  /// Eigenvalues of Ψ, however small, that a positive derivative drives to 0 are 0.
  private func withoutSpuriousVariance(_ place: Place) -> Place {
    guard let units = units(place) else { return place }
    let inner = units.inverse * place.factor
    guard let axes = axes(inner.timesTransposed(inner)) else { return place }
    let score = place.point.score
    let roots = axes.values.enumerated().map { index, value in
      let axis = units.root * axes.vectors.column(index)
      let largest = place.point.weights.map { dot(axis, $0 * axis) }.max() ?? 0
      let isSpurious = value * largest <= 1e-8 && dot(axis, score * axis) > 0
      return isSpurious || value < 0 ? 0 : value.squareRoot()
    }
    guard roots.contains(0),
      let found = self.place(
        units.root * axes.vectors.scalingColumns(by: roots), iterations: place.iterations),
      found.point.deviance <= place.point.deviance
        + 1e-12 * (model.size + abs(place.point.deviance))
    else { return place }
    return found
  }

  /// Where the search leads on from a place at which a direction of negative derivative has no
  /// variance yet; `nil` if there is none.
  private func continued(_ place: Place) -> Place? {
    guard let units = units(place),
      let axes = axes(units.root.transposedTimes(place.point.score * units.root)),
      let index = axes.values.indices.min(by: { axes.values[$0] < axes.values[$1] }),
      axes.values[index] < -1e-8 * Double(model.lots.count)
    else { return nil }
    let axis = Matrix(column: units.root * axes.vectors.column(index))
    let square = axis.timesTransposed(axis)
    let psi = place.psi
    for octave in stride(from: 20, through: -60, by: -1) {
      let next = psi.plus(square, times: scalbn(1, Int32(octave)))
      guard let point = model.point(next), point.deviance < place.point.deviance,
        let factor = factor(next, units), let found = climbed(from: factor),
        found.point.deviance < place.point.deviance
      else { continue }
      return found
    }
    return nil
  }

  /// A factor of the wanted shape of `psi` with a little added to directions without variance.
  private func factor(_ psi: Matrix, _ units: Units) -> Matrix? {
    let little = units.root.timesTransposed(units.root)
    return try? Cholesky(psi.plus(little, times: 1e-12)).lowerFactor
  }
}
