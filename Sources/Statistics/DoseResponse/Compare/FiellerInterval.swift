public import Inference
import LinearAlgebra

extension CurveSetFit {
  /// The limits of a ratio of two numbers a/b by Fieller's theorem.
  ///
  /// They solve (a − ρb)² = t² (v_aa − 2ρ v_ab + ρ² v_bb). Where b does not differ from 0, the ratio
  /// is unbounded. Fieller (1954), J. R. Stat. Soc. B 16:175.
  ///
  /// - Throws: `NotEstimable` where the numbers, or their covariance, do not exist.
  public func fiellerInterval(
    _ numerator: SetTarget, over denominator: SetTarget, level: ConfidenceLevel,
    information: FitInformation = .expected
  ) throws(NotEstimable) -> ConfidenceInterval {
    let covariance = try covariance(information)
    let (a, b) = (
      try set.evaluate(numerator, estimates), try set.evaluate(denominator, estimates)
    )
    func product(_ left: [Double], _ right: [Double]) -> Double { dot(left, covariance * right) }
    let t = try criticalValue(level)
    let quadratic = b.value * b.value - t * t * product(b.gradient, b.gradient)
    let linear = a.value * b.value - t * t * product(a.gradient, b.gradient)
    let constant = a.value * a.value - t * t * product(a.gradient, a.gradient)
    let discriminant = linear * linear - quadratic * constant
    guard quadratic > 0, discriminant >= 0 else {
      return ConfidenceInterval(lower: -.infinity, upper: .infinity, level: level, sides: .two)
    }
    // The root without a difference of close numbers, and the other from their product.
    let sum = linear + (linear < 0 ? -1 : 1) * discriminant.squareRoot()
    let roots = [sum / quadratic, sum == 0 ? 0 : constant / sum]
    return ConfidenceInterval(lower: roots[0], upper: roots[1], level: level, sides: .two)
  }
}
