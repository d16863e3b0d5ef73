public import Inference
import LinearAlgebra

/// A principal axis of a quadratic surface.
public struct CanonicalAxis: Hashable, Sendable {
  /// λ, the coefficient of w² along the axis in ŷ = ŷₛ + Σ λw².
  public let eigenvalue: Double

  /// The unit vector of the axis in coded factors, its largest entry positive.
  public let direction: [Double]
}

/// What a quadratic surface is at its stationary point.
public enum SurfaceNature: String, Sendable {
  case maximum
  case minimum
  /// It rises along one axis and falls along another, both surely.
  case saddle
  /// Along some axis neither rise nor fall is sure.
  case ridge
}

extension ResponseSurface {
  /// B, half the second derivatives, in coded factors.
  ///
  /// - Throws: `NotEstimable` for a plane, or where terms are aliased.
  func curvature() throws(NotEstimable) -> Matrix {
    guard order == .quadratic else { throw NotEstimable("a plane has no curvature") }
    try requireEstimable(polynomial)
    var matrix = Matrix(repeating: 0, rows: factors.count, columns: factors.count)
    for (term, coefficient) in zip(polynomial, coefficients) {
      guard case .product(let i, let j) = term else { continue }
      matrix[i, j] += coefficient / 2
      matrix[j, i] += coefficient / 2
    }
    return matrix
  }

  /// The principal axes, the most negative eigenvalue first.
  ///
  /// B is in factors coded to half their tested ranges, so that factors of different units compare:
  /// λ is what the response changes by over such a half range. Box & Wilson (1951), J. R. Stat. Soc.
  /// B 13:1.
  ///
  /// - Throws: `NotEstimable` for a plane, or where terms are aliased.
  public func canonicalAxes() throws(NotEstimable) -> [CanonicalAxis] {
    let matrix = try curvature()
    guard let eigen = try? SymmetricEigen(matrix) else { throw .surfaceOutOfRange }
    return eigen.values.enumerated().map { index, value in
      let direction = eigen.vectors.column(index)
      let largest = direction.max { abs($0) < abs($1) } ?? 1
      return CanonicalAxis(
        eigenvalue: value, direction: largest < 0 ? direction.map { -$0 } : direction)
    }
  }

  /// The eigenvalue of `axis` with its standard error.
  ///
  /// λ = vᵀBv, whose derivatives by B are those with v held; so it is the coefficient of w² in a second
  /// regression on the canonical axes. Bisgaard & Ankenman (1996), Technometrics 38:238.
  ///
  /// - Throws: `NotEstimable` if nothing tells of the error.
  public func eigenvalue(of axis: CanonicalAxis) throws(NotEstimable) -> StudentEstimate {
    let weights = polynomial.map { $0.isQuadratic ? $0.value(axis.direction) : 0 }
    return try estimate(weights + blocks.dropLast().map { _ in 0 })
  }

  /// What the surface is, by the confidence intervals of its eigenvalues.
  ///
  /// - Throws: `NotEstimable` for a plane, where terms are aliased, or if nothing tells of the error.
  public func nature(level: ConfidenceLevel) throws(NotEstimable) -> SurfaceNature {
    var (rises, falls, open) = (false, false, false)
    for axis in try canonicalAxes() {
      let interval = try eigenvalue(of: axis).interval(level: level)
      if interval.contains(0) {
        open = true
      } else if axis.eigenvalue > 0 {
        rises = true
      } else {
        falls = true
      }
    }
    if rises && falls { return .saddle }
    if open { return .ridge }
    return rises ? .minimum : .maximum
  }
}
