import Glibc
import LinearAlgebra

/// The search for the Ψ = L Lᵀ with the largest likelihood of a model of lots.
///
/// L is lower triangular or diagonal and otherwise free, so that a singular Ψ is an ordinary point.
/// The likelihood is looked at along rays tM from far below the variances within lots to beyond the
/// spread of the lots; from each of its maxima there Newton's steps with the exact second derivatives
/// lead on. A point where these end is kept if it solves the equations of a maximum over semidefinite
/// matrices, LᵀGL = 0 with G positive semidefinite (``LotPoint/score``); where an eigenvalue of G is
/// negative the search goes on in its direction.
struct LotSearch {
  let model: LotModel
  let structure: LotStructure

  private static let iterationLimit = 100

  /// A Ψ with what is known of the likelihood there.
  struct Place {
    /// L, or another root of Ψ.
    let factor: Matrix
    let point: LotPoint
    /// The largest entry of LᵀGL over the number of contrasts.
    let gradientNorm: Double
    let iterations: Int

    var psi: Matrix { factor.timesTransposed(factor) }
    var rank: Int { (0..<factor.columns).count { norm(factor.column($0)) > 0 } }
  }

  /// The best place found; `nil` where the likelihood is finite nowhere.
  func maximum() -> Place? {
    let none = Matrix(repeating: 0, rows: order, columns: order)
    guard let within = place(none).flatMap(units) else { return nil }
    let alike = within.root.timesTransposed(within.root)
    let places = [alike, alike.plus(spreadOfLots)].flatMap { ray in
      starts(along: ray).compactMap { climbed(from: $0).map(settled) }
    }
    return places.min { $0.point.deviance < $1.point.deviance }
  }

  private var order: Int { model.parameters }

  /// The sample covariance of the lots' values, or its diagonal.
  private var spreadOfLots: Matrix {
    let count = Double(model.lots.count)
    let mean = (0..<order).map { j in model.lots.reduce(0) { $0 + $1.values[j] } / count }
    let spread = model.lots.reduce(Matrix(repeating: 0, rows: order, columns: order)) { sum, lot in
      let rest = Matrix(column: zip(lot.values, mean).map { $0 - $1 })
      return sum.plus(rest.timesTransposed(rest), times: 1 / (count - 1))
    }
    return structure == .diagonal ? Matrix(diagonal: spread.diagonal) : spread
  }

  /// The factors of the tM that are no worse than their neighbours along the ray, an octave apart.
  private func starts(along ray: Matrix) -> [Matrix] {
    guard let factor = try? Cholesky(ray).lowerFactor else { return [] }
    let octaves = octaves(along: ray)
    let places = octaves.map { octave in
      let root = scalbn(1, Int32(octave)).squareRoot()
      let start = factor.scalingColumns(by: factor.diagonal.map { _ in root })
      return (start: start, deviance: place(start)?.point.deviance ?? .infinity)
    }
    return places.indices.filter { i in
      places[i].deviance.isFinite
        && [i - 1, i + 1].allSatisfy {
          !places.indices.contains($0) || places[i].deviance <= places[$0].deviance
        }
    }.map { places[$0].start }
  }

  /// The exponents of t from a quarter of the smallest variance within a lot, in units of `ray` (M), to
  /// four times the largest between lots.
  private func octaves(along ray: Matrix) -> ClosedRange<Int> {
    func size(_ matrix: Matrix, in unit: Matrix) -> Double {
      let trace = (try? Cholesky(unit))?.solve(matrix).diagonal.reduce(0, +) ?? 1
      return min(1e30, max(1e-30, trace))
    }
    let finest = model.lots.map { size(ray, in: $0.covariance) }.max() ?? 1
    return Int(
      (-log2(finest) - 2).rounded(.down))...Int(
        (log2(max(1, size(spreadOfLots, in: ray))) + 2).rounded(.up))
  }

  /// Newton's steps from the factor `start` until LᵀGL decreases no more.
  func climbed(from start: Matrix) -> Place? {
    guard var place = place(start) else { return nil }
    while place.iterations < Self.iterationLimit, let next = step(from: place) {
      if place.gradientNorm <= 1e-10 && next.gradientNorm > place.gradientNorm / 2 { break }
      place = next
    }
    return place
  }

  func place(_ factor: Matrix, iterations: Int = 0) -> Place? {
    guard let point = model.point(factor.timesTransposed(factor)) else { return nil }
    var product = factor.transposedTimes(point.score * factor)
    if structure == .diagonal { product = Matrix(diagonal: product.diagonal) }
    return Place(
      factor: factor, point: point,
      gradientNorm: product.elements.reduce(0) { max($0, abs($1)) } / model.size,
      iterations: iterations)
  }

  /// A step against the gradient in L, in units of the place, its part along each eigenvector of the
  /// second derivatives over the size of the eigenvalue, shortened until −2 log L does not increase.
  private func step(from place: Place) -> Place? {
    guard let units = units(place) else { return nil }
    let (gradient, curvature) = derivatives(place, units)
    guard let eigen = try? SymmetricEigen(curvature) else { return nil }
    let floor = 1e-10 * (eigen.values.map(abs).max() ?? 0)
    let parts = zip(eigen.vectors.transposedTimes(gradient), eigen.values).map { part, value in
      abs(value) > floor ? -part / abs(value) : 0
    }
    let step = eigen.vectors * parts
    let limit = 1 + norm((units.inverse * place.factor).elements)
    let shortening = min(1, limit / max(norm(step), .leastNormalMagnitude))
    var change = Matrix(repeating: 0, rows: order, columns: order)
    for (entry, value) in zip(free, step) { change[entry.i, entry.j] = value * shortening }
    change = units.root * change
    // Rounding of −2 log L, which a step next to the maximum cannot show against.
    let rounding = 1e-14 * (model.size + abs(place.point.deviance))
    for halvings in 0..<50 {
      let factor = place.factor.plus(change, times: scalbn(1, Int32(-halvings)))
      if let next = self.place(factor, iterations: place.iterations + 1),
        next.point.deviance <= place.point.deviance + rounding
      {
        return next
      }
    }
    return nil
  }

  /// The entries (i, j) of L that are free.
  private var free: [(i: Int, j: Int)] {
    (0..<order).flatMap { j in
      (j..<(structure == .diagonal ? j + 1 : order)).map { (i: $0, j: j) }
    }
  }

  /// The first and second derivatives of −2 log L in the free entries of M, where L = FM.
  ///
  /// The gradient is 2FᵀGL; along E, with D = FELᵀ + LEᵀFᵀ, it changes by 2Fᵀ(dG(D) L + GFE).
  private func derivatives(_ place: Place, _ units: Units) -> ([Double], Matrix) {
    let (factor, point) = (place.factor, place.point)
    let score = point.score
    let slope = units.root.transposedTimes(score * factor)
    let gradient = free.map { 2 * slope[$0.i, $0.j] }
    var curvature = Matrix(repeating: 0, rows: free.count, columns: free.count)
    for (column, entry) in free.enumerated() {
      var unit = Matrix(repeating: 0, rows: order, columns: order)
      unit[entry.i, entry.j] = 1
      unit = units.root * unit
      let half = unit.timesTransposed(factor)
      let change = units.root.transposedTimes(
        (point.scoreChange(half.plus(half.transposed)) * factor).plus(score * unit))
      for (row, other) in free.enumerated() {
        curvature[row, column] = 2 * change[other.i, other.j]
      }
    }
    return (gradient, curvature)
  }
}
