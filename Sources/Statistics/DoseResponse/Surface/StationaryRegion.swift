import Glibc
public import Inference
import LinearAlgebra
import Optimization
import Probability

/// The confidence region of a surface's stationary point.
///
/// The settings x at which the slopes d = b + 2Bx may all be 0: dᵀ Var(d)⁻¹ d ≤ k F, F the quantile with
/// k and the residual degrees of freedom. It has the level exactly, but may be unbounded or in parts.
/// Box & Hunter (1954), Biometrika 41:190; del Castillo & Cahya (2001), J. Qual. Technol. 33:261.
public struct StationaryRegion: Sendable {
  public let level: ConfidenceLevel
  private let surface: ResponseSurface
  private let deviation: Double
  private let bound: Double

  /// The region for `surface`.
  ///
  /// - Throws: `NotEstimable` for a plane, where terms are aliased, or if nothing tells of the error.
  public init(of surface: ResponseSurface, level: ConfidenceLevel) throws(NotEstimable) {
    _ = try surface.curvature()
    deviation = try surface.residualDeviation()
    self.surface = surface
    self.level = level
    let count = Double(surface.factors.count)
    bound =
      count
      * FDistribution(
        numeratorDegreesOfFreedom: count,
        denominatorDegreesOfFreedom: Double(surface.residualDegreesOfFreedom)
      ).quantile(upperTail: level.alpha)
  }

  /// Whether the stationary point may be at `setting`.
  public func contains(_ setting: [Double]) -> Bool {
    let z = surface.coding.coded(setting)
    return statistic(surface.polynomial.map { $0.gradient(z) }) <= bound
  }

  /// Whether no direction leads to infinity within the region.
  ///
  /// Far out along u only 2Bu counts, so it is bounded where (2Bu)ᵀ Var(2Bu)⁻¹ 2Bu > k F for every u. The
  /// least of these is looked for from all principal axes and all factors.
  public var isBounded: Bool {
    let count = surface.factors.count
    let axes = ((try? surface.canonicalAxes()) ?? []).map(\.direction)
    let units = (0..<count).map { Matrix.identity(count).column($0) }
    return (axes + units).allSatisfy { leastStatistic(from: $0) > bound }
  }

  /// dᵀ Var(d)⁻¹ d of the d that the coefficients weigh with the gradients of their terms.
  private func statistic(_ gradients: [[Double]]) -> Double {
    let count = surface.factors.count
    let none = [Double](repeating: 0, count: count)
    let jacobian = Matrix(gradients + surface.blocks.dropLast().map { _ in none })
    let slopes = jacobian.transposedTimes(surface.coefficients)
    let unscaled = jacobian.transposedTimes(surface.unscaledCovariance * jacobian)
    guard let factor = try? Cholesky(unscaled) else { return .infinity }
    return product(slopes, factor.solve(slopes)) / (deviation * deviation)
  }

  private func statisticFarOut(_ direction: [Double]) -> Double {
    statistic(
      surface.polynomial.map {
        $0.isQuadratic ? $0.gradient(direction) : direction.map { _ in 0 }
      })
  }

  /// The least ``statisticFarOut(_:)`` that turns of `start` towards each direction at right angles
  /// with it lead to, or one within the bound.
  private func leastStatistic(from start: [Double]) -> Double {
    var (direction, least) = (start, statisticFarOut(start))
    for _ in 0..<50 {
      let before = least
      for side in directionsBeside(direction) where least > bound {
        func turned(_ angle: Double) -> [Double] {
          zip(direction, side).map { cos(angle) * $0 + sin(angle) * $1 }
        }
        let width = Double.pi / 32
        let angles = (-16..<16).map { Double($0) * width }
        let values = angles.map { statisticFarOut(turned($0)) }
        let best = angles[values.indices.min { values[$0] < values[$1] }!]
        let found = brentMinimum(
          of: { statisticFarOut(turned($0)) }, lower: best - width, upper: best + width)
        if found.value < least { (direction, least) = (turned(found.argument), found.value) }
      }
      if least <= bound || least > before * (1 - 1e-9) { break }
    }
    return least
  }

  /// Unit vectors at right angles with `direction` and each other.
  private func directionsBeside(_ direction: [Double]) -> [[Double]] {
    let units = direction.indices.map { Matrix.identity(direction.count).column($0) }
    // The unit vector nearest to the direction depends on the others and it.
    let nearest = direction.indices.max { abs(direction[$0]) < abs(direction[$1]) }!
    let rest = units.enumerated().filter { $0.offset != nearest }.map(\.element)
    return Array(OrthonormalColumns([direction] + rest).basis.dropFirst())
  }
}
