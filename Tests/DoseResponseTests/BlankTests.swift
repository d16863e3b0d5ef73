import DoseResponse
import Inference
import LinearAlgebra
import TestSupport
import Testing

/// Responses from which a plate's uncertain mean blank was subtracted.
@Suite struct BlankTests {
  private static let model = ResponseCurve(.logLogistic4)

  private func points(plates: Int) throws -> [DoseResponsePoint] {
    try published("ryegrass")[0].points.enumerated().map {
      DoseResponsePoint(
        dose: $1.dose, response: $1.response, plate: $0 % plates)
    }
  }

  /// A common error moves both plateaus and nothing else: the curve stays, the variances of plateaus
  /// grow by that of the blank.
  @Test func theBlanksOfOnePlateAddToThePlateaus() throws {
    let data = try CurveData(try points(plates: 1))
    let plain = try CurveSet(Self.model, [data]).fit()
    let fit = try CurveSet(Self.model, [data], blankVariances: [0.04]).fit()
    for (one, other) in zip(fit.estimates, plain.estimates) {
      #expect(relativeError(one, other) <= 1e-9)
    }
    #expect(relativeError(fit.fit.residualSumOfSquares, plain.fit.residualSumOfSquares) <= 1e-10)
    for information in [FitInformation.expected, .observed] {
      let (with, without) = (
        try fit.covariance(information), try plain.covariance(information)
      )
      for (index, added) in [0, 0.04, 0.04, 0].enumerated() {
        #expect(
          relativeError(with[index, index], without[index, index] + added) <= 1e-8,
          "\(information) \(index)")
      }
    }
  }

  /// The profile of the ED50 is that without blanks, that of half the control's response is wider.
  @Test func absoluteDosesAreLessCertain() throws {
    let data = try CurveData(try points(plates: 1))
    let plain = try CurveSet(Self.model, [data]).fit()
    let fit = try CurveSet(Self.model, [data], blankVariances: [0.04]).fit()
    func interval(_ fit: CurveSetFit, _ target: DoseTarget) throws -> ConfidenceInterval {
      try fit.profileInterval(.dose(target, curve: 0), level: .percent95)
    }
    let half = DoseTarget.response(constant: 0, control: 0.5)
    let (one, other) = (
      try interval(fit, .relative(percent: 50)), try interval(plain, .relative(percent: 50))
    )
    #expect(relativeError(one.lower ?? 0, other.lower ?? 1) <= 1e-8)
    #expect(relativeError(one.upper ?? 0, other.upper ?? 1) <= 1e-8)
    let (wide, narrow) = (try interval(fit, half), try interval(plain, half))
    #expect(wide.lower ?? 0 < (narrow.lower ?? 0) - 0.005)
    #expect(wide.upper ?? 0 > (narrow.upper ?? 0) + 0.005)
  }

  /// The whitened sum of squares is the generalised one, rᵀ(I + κ11ᵀ)⁻¹r by plate.
  @Test func severalPlatesAreFittedByGeneralisedLeastSquares() throws {
    let points = try points(plates: 3)
    let variances = [0.02, 0.3, 0]
    let set = CurveSet(Self.model, [try CurveData(points)], blankVariances: variances)
    let fit = try set.fit()
    let variance = try #require(fit.fit.residualVariance)
    func sum(_ estimates: [Double]) -> Double {
      (0..<3).reduce(0.0) { total, plate in
        let residuals = points.filter { $0.plate == plate }.map {
          $0.response - Self.model.response(dose: $0.dose, parameters: estimates)
        }
        let kappa = variances[plate] / variance
        let common = residuals.reduce(0, +)
        return total + residuals.reduce(0) { $0 + $1 * $1 }
          - kappa / (1 + kappa * Double(residuals.count)) * common * common
      }
    }
    let least = sum(fit.estimates)
    #expect(relativeError(fit.fit.residualSumOfSquares, least) <= 1e-11)
    for index in fit.estimates.indices {
      for step in [-1e-4, 1e-4] {
        var moved = fit.estimates
        moved[index] *= 1 + step
        #expect(sum(moved) > least)
      }
    }
  }
}
