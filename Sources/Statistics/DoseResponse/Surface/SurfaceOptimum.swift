public import Inference
import LinearAlgebra

/// Which end of the response is looked for.
public enum SurfaceGoal: String, CaseIterable, Sendable {
  case maximum
  case minimum
}

/// The best setting within the tested ranges.
public struct SurfaceOptimum: Hashable, Sendable {
  /// Where a factor is at an end of its tested range.
  public enum Bound: String, Sendable {
    case lower
    case upper
  }

  /// The value of each factor.
  public let setting: [Double]

  /// The end of its range each factor is at; `nil` inside.
  public let bounds: [Bound?]

  /// ŷ there; ``ResponseSurface/prediction(at:)`` has its standard error.
  public let response: Double
}

extension ResponseSurface {
  /// The setting within all tested ranges with the largest or smallest response.
  ///
  /// On each of the 3^k faces of the box, where some factors are at an end, the surface has at most one
  /// maximum inside, if its B there is negative definite; the best of these is the optimum, since along
  /// any other face the response rises to its edge. Of equals the one with fewer bounds.
  ///
  /// - Throws: `NotEstimable` where terms are aliased.
  public func optimum(_ goal: SurfaceGoal) throws(NotEstimable) -> SurfaceOptimum {
    try requireEstimable(polynomial)
    let sign: Double = goal == .maximum ? 1 : -1
    var best: (z: [Double], bounds: [SurfaceOptimum.Bound?], value: Double)?
    for bounds in faces {
      guard let z = summit(bounds, sign) else { continue }
      let value = sign * product(codedWeights(z), coefficients)
      if value > best?.value ?? -.infinity { best = (z, bounds, value) }
    }
    guard let best else { throw .surfaceOutOfRange }
    return SurfaceOptimum(
      setting: factors.indices.map { coding.natural($0, best.z[$0]) }, bounds: best.bounds,
      response: sign * best.value)
  }

  /// All choices of bounds, those with fewer first.
  private var faces: [[SurfaceOptimum.Bound?]] {
    let all = factors.reduce([[SurfaceOptimum.Bound?]()]) { faces, _ in
      faces.flatMap { face in [nil, .lower, .upper].map { face + [$0] } }
    }
    return (0...factors.count).flatMap { count in
      all.filter { $0.count { $0 != nil } == count }
    }
  }

  /// The maximum of `sign` ŷ inside a face: B z = −½(b + 2Bz of the bound factors) for the free ones.
  private func summit(_ bounds: [SurfaceOptimum.Bound?], _ sign: Double) -> [Double]? {
    var z = bounds.map { bound in bound.map { $0 == .lower ? -1 : 1 } ?? 0.0 }
    let free = bounds.indices.filter { bounds[$0] == nil }
    guard !free.isEmpty else { return z }
    var slopes = [Double](repeating: 0, count: factors.count)
    var curvature = Matrix(repeating: 0, rows: factors.count, columns: factors.count)
    for (term, coefficient) in zip(polynomial, coefficients) {
      slopes = zip(slopes, term.gradient(z)).map { $0 + sign * coefficient * $1 }
      guard case .product(let i, let j) = term else { continue }
      curvature[i, j] -= sign * coefficient
      curvature[j, i] -= sign * coefficient
    }
    let part = Matrix(free.map { i in free.map { curvature[i, $0] } })
    guard let factor = try? Cholesky(part) else { return nil }
    for (i, value) in zip(free, factor.solve(free.map { slopes[$0] })) { z[i] = value }
    return free.allSatisfy { abs(z[$0]) <= 1 } ? z : nil
  }
}
