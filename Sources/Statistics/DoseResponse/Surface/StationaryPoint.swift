public import Inference
import LinearAlgebra

extension ResponseSurface {
  /// The setting at which the surface is level in all directions, xₛ = −½ B⁻¹b; it may be anywhere.
  ///
  /// The response there is ``prediction(at:)``: by the delta method too, since the surface is level.
  ///
  /// - Throws: `NotEstimable` for a plane, where terms are aliased, or where B is singular.
  public func stationaryPoint() throws(NotEstimable) -> [Double] {
    let coded = try codedStationaryPoint()
    return factors.indices.map { coding.natural($0, coded[$0]) }
  }

  /// The coordinates of the stationary point with their standard errors by the delta method.
  ///
  /// ∂zₛ/∂β = −½ B⁻¹∇φ(zₛ) for the coefficient β of the term φ.
  ///
  /// - Throws: `NotEstimable` as ``stationaryPoint()``, or if nothing tells of the error.
  public func stationaryCoordinates() throws(NotEstimable) -> [StudentEstimate] {
    let point = try codedStationaryPoint()
    let deviation = try residualDeviation()
    let changes = try polynomial.map { term throws(NotEstimable) in
      try halfSolution(term.gradient(point))
    }
    return factors.indices.map { i in
      let weights = changes.map { $0[i] } + blocks.dropLast().map { _ in 0 }
      return StudentEstimate(
        estimate: coding.natural(i, point[i]),
        standardError: deviation * coding.half(i) * unscaledVariance(weights).squareRoot(),
        degreesOfFreedom: Double(residualDegreesOfFreedom))
    }
  }

  func codedStationaryPoint() throws(NotEstimable) -> [Double] {
    let slopes = factors.indices.map { coefficients[1 + $0] }
    let point = try halfSolution(slopes)
    guard point.allSatisfy(\.isFinite) else { throw .ridge }
    return point
  }

  /// −½ B⁻¹ v.
  private func halfSolution(_ vector: [Double]) throws(NotEstimable) -> [Double] {
    let axes = try canonicalAxes()
    let sizes = axes.map { abs($0.eigenvalue) }
    guard sizes.min()! > 1e-10 * sizes.max()! else { throw .ridge }
    return axes.reduce([Double](repeating: 0, count: vector.count)) { sum, axis in
      let part = product(axis.direction, vector) / (2 * axis.eigenvalue)
      return zip(sum, axis.direction).map { $0 - part * $1 }
    }
  }
}

extension NotEstimable {
  fileprivate static let ridge = NotEstimable("the surface is level along a line: no single point")
}
