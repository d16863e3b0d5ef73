import Glibc
public import Inference
import LinearAlgebra

/// A polynomial in one to six factors, fitted by least squares.
///
/// y = b₀ + Σ bᵢxᵢ (+ Σ bᵢⱼxᵢxⱼ, i ≤ j) + block + error. Blocks are fixed effects that sum to 0, so that
/// the surface is the average over the blocks. It is fitted in factors coded to their tested ranges
/// and told in their own units. Box & Wilson (1951), J. R. Stat. Soc. B 13:1.
public struct ResponseSurface: Sendable {
  /// The names of the factors.
  public let factors: [String]
  public let order: SurfaceOrder
  public let points: [SurfacePoint]

  /// The tested values of each factor.
  public var ranges: [ClosedRange<Double>] { coding.ranges }

  /// The blocks in the order of their first runs; none if all runs are of one.
  public let blocks: [String]

  /// The terms of the polynomial, then the blocks.
  public let terms: [SurfaceTerm]

  /// The terms whose coefficients the design cannot tell from each other.
  public var aliasedTerms: [SurfaceTerm] { terms.filter { !isEstimable(weights(of: $0)) } }

  /// Σ (y − ŷ)².
  public let residualSumOfSquares: Double

  /// n − the rank of the design.
  public let residualDegreesOfFreedom: Int

  /// Σ (y − ȳ)².
  public let totalSumOfSquares: Double

  /// Whether the residuals are no more than the rounding of the responses.
  public let isPerfectFit: Bool

  let coding: SurfaceCoding
  let polynomial: [SurfaceTerm]
  /// In coded factors, then all blocks but the last.
  let coefficients: [Double]
  let unscaledCovariance: Matrix
  /// The changes of the coefficients that leave all fitted values as they are.
  private let nullSpace: [[Double]]

  /// Fits a surface to `points`, which have a value for each of `factors`.
  ///
  /// - Throws: `NotEstimable` without points, for a factor with one value, equal responses, or
  ///   numbers that are not finite or out of range.
  public init(
    _ points: [SurfacePoint], factors: [String], order: SurfaceOrder = .quadratic
  ) throws(NotEstimable) {
    precondition((1...6).contains(factors.count), "\(factors.count) factors")
    precondition(
      points.allSatisfy { $0.factors.count == factors.count }, "points with other factors")
    guard let first = points.first else { throw NotEstimable("there are no points") }
    guard points.allSatisfy({ $0.response.isFinite && $0.factors.allSatisfy(\.isFinite) }) else {
      throw NotEstimable("a factor or response is not a finite number")
    }
    guard points.contains(where: { $0.response != first.response }) else {
      throw NotEstimable("all responses are equal")
    }
    let ranges = factors.indices.map { i in
      let values = points.map { $0.factors[i] }
      return values.min()!...values.max()!
    }
    if let fixed = ranges.firstIndex(where: { $0.lowerBound == $0.upperBound }) {
      throw NotEstimable("\(factors[fixed]) has one value only")
    }
    let names = points.map(\.block).reduce(into: [String]()) { names, block in
      if !names.contains(block) { names.append(block) }
    }
    let coding = SurfaceCoding(ranges: ranges)
    let polynomial = SurfaceTerm.polynomial(order, factors: factors.count)
    let blocks = names.count > 1 ? names : []
    let design = Matrix(
      points.map { point in
        let z = coding.coded(point.factors)
        return polynomial.map { $0.value(z) }
          + blocks.dropLast().map { name in
            point.block == name ? 1 : point.block == blocks.last ? -1 : 0
          }
      })
    let mean = points.reduce(0) { $0 + $1.response / Double(points.count) }
    let centred = points.map { $0.response - mean }
    // Factors that depend on others but for the rounding of their values are aliased.
    guard let fit = try? LeastSquares(design, centred, relativeTolerance: 1e-10) else {
      throw .surfaceOutOfRange
    }
    let kept = (0..<design.columns).filter { !fit.aliasedColumns.contains($0) }

    self.factors = factors
    self.order = order
    self.points = points
    self.coding = coding
    self.polynomial = polynomial
    self.blocks = blocks
    terms = polynomial + blocks.map { .block($0) }
    coefficients = [fit.coefficients[0] + mean] + fit.coefficients.dropFirst()
    unscaledCovariance = fit.unscaledCovariance
    residualSumOfSquares = fit.residualSumOfSquares
    residualDegreesOfFreedom = fit.residualDegreesOfFreedom
    totalSumOfSquares = centred.reduce(0) { $0 + $1 * $1 }
    isPerfectFit =
      fit.residualSumOfSquares.squareRoot() <= 1e-13 * norm(points.map(\.response))
    nullSpace = fit.aliasedColumns.compactMap { column in
      guard
        let combination = try? LeastSquares(design.selectingColumns(kept), design.column(column))
      else { return nil }
      var change = [Double](repeating: 0, count: design.columns)
      for (index, value) in zip(kept, combination.coefficients) { change[index] = value }
      change[column] = -1
      return change
    }
    guard unscaledCovariance.isFinite, totalSumOfSquares.isFinite, residualSumOfSquares.isFinite,
      coefficients.allSatisfy(\.isFinite)
    else { throw .surfaceOutOfRange }
  }

  /// The weights of the coded coefficients in the coefficient of `term`, which is one of ``terms``.
  func weights(of term: SurfaceTerm) -> [Double] {
    precondition(terms.contains(term), "no term of the surface: \(term)")
    guard case .block(let name) = term else {
      return coding.weights(of: term, among: polynomial) + blocks.dropLast().map { _ in 0 }
    }
    return polynomial.map { _ in 0 }
      + blocks.dropLast().map { other in
        name == blocks.last ? -1 : name == other ? 1 : 0
      }
  }

  /// Whether the sum of coefficients with these `weights` is the same in all fits as near.
  func isEstimable(_ weights: [Double]) -> Bool {
    nullSpace.allSatisfy { abs(product($0, weights)) <= 1e-8 * norm($0) * norm(weights) }
  }
}

extension NotEstimable {
  static let surfaceOutOfRange = NotEstimable(
    "the factors or responses are beyond the range of numbers")
}
