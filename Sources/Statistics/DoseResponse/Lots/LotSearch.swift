import Glibc
import LinearAlgebra

/// The search for the Ψ = L Lᵀ with the largest likelihood of a model of lots.
///
/// L is lower triangular or diagonal and otherwise free, so that a singular Ψ is an ordinary point.
/// The likelihood is looked at along rays tM from next to 0 to beyond the spread of the lots; from
/// each of its maxima there Newton's steps with the exact second derivatives lead on. A point where
/// these end is kept if it solves the equations of a maximum over semidefinite matrices, LᵀGL = 0
/// with G positive semidefinite (``LotPoint/score``); where an eigenvalue of G is negative the
/// search goes on in its direction.
struct LotSearch {
  let model: LotModel
  let structure: LotStructure

  /// Octaves of t along a ray.
  private static let octaves = -40...4
  private static let iterationLimit = 100

  /// A Ψ with what is known of the likelihood there.
  struct Place {
    let psi: Matrix
    let point: LotPoint
    let rank: Int
    /// The largest entry of LᵀGL over the number of contrasts.
    let gradientNorm: Double
    let iterations: Int
  }

  /// The best place found; `nil` where the likelihood is finite nowhere.
  func maximum() -> Place? {
    let identity = Matrix.identity(model.parameters)
    let places = [identity, spreadOfLots.plus(identity, times: 0.01)].flatMap { ray in
      starts(along: ray).compactMap { climbed(from: $0).map(settled) }
    }
    return places.min { $0.point.deviance < $1.point.deviance }
  }

  /// The sample covariance of the lots' values.
  private var spreadOfLots: Matrix {
    let count = Double(model.lots.count)
    let mean = (0..<model.parameters).map { j in
      model.lots.reduce(0) { $0 + $1.values[j] } / count
    }
    return model.lots.reduce(
      Matrix(repeating: 0, rows: model.parameters, columns: model.parameters)
    ) { sum, lot in
      let rest = Matrix(column: zip(lot.values, mean).map { $0 - $1 })
      return sum.plus(rest.timesTransposed(rest), times: 1 / (count - 1))
    }
  }

  /// The factors of the tM that are no worse than their neighbours along the ray.
  private func starts(along ray: Matrix) -> [Matrix] {
    let shape = structure == .diagonal ? Matrix(diagonal: ray.diagonal) : ray
    guard let factor = try? Cholesky(shape).lowerFactor else { return [] }
    let places = Self.octaves.map { octave in
      let t = scalbn(1, Int32(octave))
      return (
        scale: t.squareRoot(),
        deviance: model.point(shape.plus(shape, times: t - 1))?.deviance ?? .infinity
      )
    }
    return places.indices.filter { i in
      places[i].deviance.isFinite
        && [i - 1, i + 1].allSatisfy {
          !places.indices.contains($0) || places[i].deviance <= places[$0].deviance
        }
    }.map { i in factor.scalingRows(by: factor.diagonal.map { _ in places[i].scale }) }
  }

  /// The entries (i, j) of L that are free.
  private var free: [(i: Int, j: Int)] {
    (0..<model.parameters).flatMap { j in
      (j..<(structure == .diagonal ? j + 1 : model.parameters)).map { (i: $0, j: j) }
    }
  }

  /// Newton's steps from the factor `start` until LᵀGL decreases no more.
  private func climbed(from start: Matrix) -> Place? {
    guard var place = place(start, iterations: 0) else { return nil }
    var factor = start
    for iteration in 1...Self.iterationLimit {
      guard let (nextFactor, next) = step(from: factor, place, iteration) else { break }
      let isDone = place.gradientNorm <= 1e-10 && next.gradientNorm > place.gradientNorm / 2
      if isDone { break }
      (factor, place) = (nextFactor, next)
    }
    return place
  }

  private func place(_ factor: Matrix, iterations: Int) -> Place? {
    let psi = factor.timesTransposed(factor)
    guard let point = model.point(psi) else { return nil }
    return Place(
      psi: psi, point: point,
      rank: (0..<factor.columns).count { norm(factor.column($0)) > 0 },
      gradientNorm: gradientNorm(factor, point), iterations: iterations)
  }

  private func gradientNorm(_ factor: Matrix, _ point: LotPoint) -> Double {
    var product = factor.transposedTimes(point.score * factor)
    if structure == .diagonal { product = Matrix(diagonal: product.diagonal) }
    return product.elements.reduce(0) { max($0, abs($1)) } / model.size
  }

  /// A step against the gradient in L, its part along each eigenvector of the second derivatives over
  /// the size of the eigenvalue, shortened until −2 log L does not increase.
  private func step(
    from factor: Matrix, _ place: Place, _ iteration: Int
  ) -> (Matrix, Place)? {
    let (gradient, curvature) = derivatives(factor, place.point)
    guard let eigen = try? SymmetricEigen(curvature) else { return nil }
    let floor = 1e-10 * (eigen.values.map(abs).max() ?? 0)
    let parts = zip(eigen.vectors.transposedTimes(gradient), eigen.values).map { part, value in
      abs(value) > floor ? -part / abs(value) : 0
    }
    var step = eigen.vectors * parts
    let limit = 1 + norm(factor.elements)
    let length = norm(step)
    if length > limit { step = step.map { $0 * (limit / length) } }
    // Rounding of −2 log L, which a step next to the maximum cannot show against.
    let rounding = 1e-14 * (model.size + abs(place.point.deviance))
    for halvings in 0..<50 {
      var next = factor
      for (entry, change) in zip(free, step) {
        next[entry.i, entry.j] += scalbn(change, Int32(-halvings))
      }
      if let found = self.place(next, iterations: iteration),
        found.point.deviance <= place.point.deviance + rounding
      {
        return (next, found)
      }
    }
    return nil
  }

  /// The first and second derivatives of −2 log L in the free entries of L: of the gradient 2GL along
  /// E, with D = ELᵀ + LEᵀ, it is 2 dG(D) L + 2GE.
  private func derivatives(_ factor: Matrix, _ point: LotPoint) -> ([Double], Matrix) {
    let score = point.score
    let slope = score * factor
    let gradient = free.map { 2 * slope[$0.i, $0.j] }
    var curvature = Matrix(repeating: 0, rows: free.count, columns: free.count)
    for (column, entry) in free.enumerated() {
      var unit = Matrix(repeating: 0, rows: factor.rows, columns: factor.columns)
      unit[entry.i, entry.j] = 1
      let half = unit.timesTransposed(factor)
      let change = (point.scoreChange(half.plus(half.transposed)) * factor).plus(score * unit)
      for (row, other) in free.enumerated() {
        curvature[row, column] = 2 * change[other.i, other.j]
      }
    }
    return (gradient, curvature)
  }
}

extension LotSearch {
  /// `place` with directions without variance made exactly so, once no direction leads higher.
  private func settled(_ place: Place) -> Place {
    var place = place
    for _ in 0..<model.parameters {
      place = withoutSpuriousVariance(place)
      guard let next = continued(place) else { break }
      place = next
    }
    return withoutSpuriousVariance(place)
  }

  /// The eigenvectors of Ψ with their eigenvalues; with a diagonal Ψ the axes.
  private func axes(_ matrix: Matrix) -> (values: [Double], vectors: Matrix)? {
    if structure == .diagonal { return (matrix.diagonal, .identity(matrix.rows)) }
    return (try? SymmetricEigen(matrix)).map { ($0.values, $0.vectors) }
  }

  /// Eigenvalues of Ψ, however small, that a positive derivative drives to 0 are 0.
  private func withoutSpuriousVariance(_ place: Place) -> Place {
    guard let axes = axes(place.psi) else { return place }
    let score = place.point.score
    let roots = axes.values.enumerated().map { index, value in
      let axis = axes.vectors.column(index)
      let within = model.lots.map { dot(axis, $0.covariance * axis) }.min() ?? 0
      let isSpurious = value <= 1e-8 * within && dot(axis, score * axis) > 0
      return isSpurious || value < 0 ? 0 : value.squareRoot()
    }
    guard roots.contains(0),
      let found = self.place(axes.vectors.scalingColumns(by: roots), iterations: place.iterations),
      found.point.deviance <= place.point.deviance + 1e-12
        * (model.size + abs(place.point.deviance))
    else { return place }
    return found
  }

  /// Where the search leads on from a place at which a direction of negative derivative has no
  /// variance yet; `nil` if there is none.
  private func continued(_ place: Place) -> Place? {
    let score = place.point.score
    guard let axes = axes(score),
      let index = axes.values.indices.min(by: { axes.values[$0] < axes.values[$1] })
    else { return nil }
    let axis = Matrix(column: axes.vectors.column(index))
    // In units of the variance of the mean of lots along the axis, per contrast.
    let weight = dot(axis.elements, place.point.total * axis.elements)
    guard axes.values[index] < -1e-8 * weight else { return nil }
    let square = axis.timesTransposed(axis)
    for octave in Self.octaves.reversed() {
      let psi = place.psi.plus(square, times: scalbn(1, Int32(octave)))
      guard let point = model.point(psi), point.deviance < place.point.deviance,
        let factor = factor(psi), let found = climbed(from: factor),
        found.point.deviance < place.point.deviance
      else { continue }
      return found
    }
    return nil
  }

  /// A factor of the wanted shape of `psi` with a little added to directions without variance.
  private func factor(_ psi: Matrix) -> Matrix? {
    let trace = psi.diagonal.reduce(0, +)
    return try? Cholesky(psi.plus(.identity(psi.rows), times: 1e-12 * trace)).lowerFactor
  }
}
