import Inference
import LinearAlgebra

extension NormalFit {
  /// A coefficient with the variance and the degrees of freedom of Kenward and Roger.
  ///
  /// With Φ = (XᵀWX)⁻¹, w_r = XᵀWʳX and the expected information I = ½ tr PP of τ²,
  /// Φ_A = Φ + 2Φ (w₃ − w₂Φw₂)Φ/I, and df = 2I (ℓᵀΦ_Aℓ)²/(ℓᵀΦ_A w₂ Φ_Aℓ)². For one mean
  /// SE² = (1 + 2 (w₃/w₁ − (w₂/w₁)²)/I)/w₁ and df = 2I/(SE² w₂)².
  /// Kenward & Roger (1997), Biometrics 53:983; Partlett & Riley (2017), Stat. Med. 36:301.
  func kenwardRoger(_ coefficient: Int) throws(NotEstimable) -> PooledEffect {
    try model.requireResiduals()
    let forms = model.forms(at: model.scaled(tau2))
    let information = forms.trace2 / 2
    switch model.kernel {
    case .mean(let columns):
      let correction = columns.weightVariance(at: model.scaled(tau2)) / information
      let variance = (1 + 2 * correction) / forms.weight
      let divisor = variance * forms.weight2
      return PooledEffect(
        estimate: coefficients[0], standardError: variance.squareRoot() * model.scale,
        degreesOfFreedom: 2 * information / (divisor * divisor))
    case .regression(let regression):
      let weights = regression.variances.map { 1 / ($0 + model.scaled(tau2)) }
      let design = regression.design
      let squares = design.transposedTimes(design.scalingRows(by: weights.map { $0 * $0 }))
      let cubes = design.transposedTimes(design.scalingRows(by: weights.map { $0 * $0 * $0 }))
      let plain = regression.coefficients(at: model.scaled(tau2)).covariance
      // Φ times a unit vector; what is wanted is the row of one coefficient.
      let row = plain.column(coefficient)
      let second = squares * row
      let correction =
        dot(row, cubes * row) - dot(second, plain * second)
      let variance = plain[coefficient, coefficient] + 2 * correction / information
      let moved = cubes * row
      let inner = plain * moved
      let outer = plain * (squares * (plain * second))
      let adjusted = zip(row, zip(inner, outer)).map { $0 + 2 * ($1.0 - $1.1) / information }
      let divisor = dot(adjusted, squares * adjusted) / variance
      return PooledEffect(
        estimate: coefficients[coefficient],
        standardError: variance.squareRoot() * model.scale,
        degreesOfFreedom: 2 * information / (divisor * divisor))
    }
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
