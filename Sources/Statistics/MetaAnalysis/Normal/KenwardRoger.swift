import Inference
import LinearAlgebra

extension NormalFit {
  /// A coefficient ℓᵀβ with the variance and the degrees of freedom of Kenward and Roger.
  ///
  /// With Φ = (XᵀWX)⁻¹, w_r = XᵀWʳX and the expected information I = ½ tr PP of τ²,
  /// Φ_A = Φ + 2Φ (w₃ − w₂Φw₂)Φ/I, and df = 2I (ℓᵀΦ_Aℓ)²/(ℓᵀΦ_A w₂ Φ_Aℓ)². For one mean
  /// SE² = (1 + 2 (w₃/w₁ − (w₂/w₁)²)/I)/w₁ and df = 2I/(SE² w₂)².
  /// Kenward & Roger (1997), Biometrics 53:983; Partlett & Riley (2017), Stat. Med. 36:301.
  func kenwardRoger(_ coefficient: Int) throws(NotEstimable) -> PooledEffect {
    try model.requireResiduals()
    let tau2 = model.scaled(tau2)
    let forms = model.forms(at: tau2)
    let information = forms.trace2 / 2
    let (variance, divisor) =
      switch model.kernel {
      case .mean(let columns):
        columns.kenwardRoger(at: tau2, forms, information)
      case .regression(let regression):
        regression.kenwardRoger(at: tau2, coefficient, information)
      }
    return PooledEffect(
      estimate: coefficients[coefficient], standardError: variance.squareRoot() * model.scale,
      degreesOfFreedom: 2 * information / (divisor * divisor))
  }
}

extension StudyColumns {
  /// SE² and SE² w₂.
  fileprivate func kenwardRoger(
    at tau2: Double, _ forms: ResidualForms, _ information: Double
  ) -> (variance: Double, divisor: Double) {
    let variance = (1 + 2 * weightVariance(at: tau2) / information) / forms.weight
    return (variance, variance * forms.weight2)
  }
}

extension WeightedRegression {
  /// ℓᵀΦ_Aℓ and ℓᵀΦ_A w₂ Φ_Aℓ over it.
  ///
  /// With √W X = QR, w₂ = RᵀMR for M = QᵀWQ, and w₃ − w₂Φw₂ = RᵀZᵀZR for Z = WQ − QM.
  fileprivate func kenwardRoger(
    at tau2: Double, _ coefficient: Int, _ information: Double
  ) -> (variance: Double, divisor: Double) {
    let factors = factors(at: tau2)
    let q = factors.q
    let weighted = q.scalingRows(by: factors.weights)
    let m = q.transposedTimes(weighted)
    let projected = q * m
    let z = Matrix(
      rows: q.rows, columns: q.columns,
      elements: zip(weighted.elements, projected.elements).map { $0 - $1 })
    // R⁻ᵀℓ, and with the correction.
    let change = design * coefficients(at: tau2).covariance.column(coefficient)
    let plain = q.transposedTimes(zip(factors.roots, change).map { $0 * $1 })
    let adjusted = zip(plain, z.transposedTimes(z * plain)).map { $0 + 2 * $1 / information }
    let variance = product(plain, adjusted)
    return (variance, product(adjusted, m * adjusted) / variance)
  }

  private func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
