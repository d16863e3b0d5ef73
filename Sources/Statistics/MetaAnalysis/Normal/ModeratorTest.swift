public import Inference
import LinearAlgebra
import Probability

/// The test that some coefficients of a meta-regression are all 0.
public struct ModeratorTest: Hashable, Sendable {
  /// χ², or F where there are degrees of freedom of the denominator.
  public let statistic: Double
  /// The number of coefficients, that of the numerator of F.
  public let degreesOfFreedom: Int
  public let denominatorDegreesOfFreedom: Double?

  public var pValue: Double {
    let count = Double(degreesOfFreedom)
    return denominatorDegreesOfFreedom.map {
      FDistribution(numeratorDegreesOfFreedom: count, denominatorDegreesOfFreedom: $0)
        .upperTail(statistic)
    } ?? ChiSquare(degreesOfFreedom: count).upperTail(statistic)
  }
}

extension ModeratorTest {
  /// Wald's χ² of some `coefficients`, bᵀC⁻¹b with their part C of the covariance.
  init(
    _ estimates: [Double], _ covariance: Matrix, coefficients indices: Range<Int>
  ) throws(NotEstimable) {
    // Relative to the standard errors, so that coefficients of any size are alike.
    let errors = indices.map { covariance[$0, $0].squareRoot() }
    var correlation = Matrix(repeating: 0, rows: indices.count, columns: indices.count)
    for (i, row) in indices.enumerated() {
      for (j, column) in indices.enumerated() {
        correlation[i, j] = covariance[row, column] / errors[i] / errors[j]
      }
    }
    let ratios = zip(indices, errors).map { estimates[$0] / $1 }
    guard let cholesky = try? Cholesky(correlation) else { throw .tooWideRange }
    self.init(
      statistic: zip(ratios, cholesky.solve(ratios)).reduce(0) { $0 + $1.0 * $1.1 },
      degreesOfFreedom: indices.count, denominatorDegreesOfFreedom: nil)
  }
}

extension NormalFit {
  /// Wald's test of the given coefficients: bᵀC⁻¹b, χ² with z, else divided by their number, F.
  ///
  /// C is the covariance, times the factor of `inference`. Knapp & Hartung (2003), Stat. Med.
  /// 22:2693.
  ///
  /// - Throws: `NotEstimable` as ``effect(_:coefficient:)`` does, and for Kenward and Roger's
  ///   inference, whose test of several coefficients has a distribution of its own.
  public func omnibusTest(
    _ inference: EffectInference, coefficients indices: Range<Int>
  ) throws(NotEstimable) -> ModeratorTest {
    precondition(
      !indices.isEmpty && indices.clamped(to: coefficients.indices) == indices,
      "no coefficients \(indices)")
    guard inference != .kenwardRoger || indices.count == 1 else {
      throw NotEstimable("Kenward and Roger's inference is for one coefficient at a time")
    }
    if indices.count == 1 { return try singleTest(inference, indices.lowerBound) }
    let wald = try ModeratorTest(coefficients, covariance, coefficients: indices)
    guard inference != .z else { return wald }
    let factor = try varianceFactor(inference)
    return ModeratorTest(
      statistic: wald.statistic / factor / Double(indices.count), degreesOfFreedom: indices.count,
      denominatorDegreesOfFreedom: model.degrees)
  }

  private func singleTest(
    _ inference: EffectInference, _ coefficient: Int
  ) throws(NotEstimable) -> ModeratorTest {
    let effect = try effect(inference, coefficient: coefficient)
    return ModeratorTest(
      statistic: effect.statistic * effect.statistic, degreesOfFreedom: 1,
      denominatorDegreesOfFreedom: effect.degreesOfFreedom)
  }
}

/// The share of τ² that moderators explain: max(0, (τ₀² − τ²)/τ₀²), τ₀² without them.
///
/// Raudenbush (1994), in The Handbook of Research Synthesis, ch. 20.
///
/// - Throws: `NotEstimable` where τ₀² is 0.
public func rSquared(tau2: Double, withoutModerators: Double) throws(NotEstimable) -> Double {
  guard withoutModerators > 0 else {
    throw NotEstimable("the studies do not differ, so there is nothing to explain")
  }
  return max(0, (withoutModerators - tau2) / withoutModerators)
}
