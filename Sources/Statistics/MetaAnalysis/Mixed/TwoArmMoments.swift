/// The likelihood of two arms with log odds, or log rates, α + θ/2 and α − θ/2, by θ and α.
struct TwoArmCurve {
  let value: Double
  let theta: Double
  let alpha: Double
  let thetaTheta: Double
  let thetaAlpha: Double
  let alphaAlpha: Double

  init(_ treatment: Curve, _ reference: Curve) {
    value = treatment.value + reference.value
    theta = (treatment.slope - reference.slope) / 2
    alpha = treatment.slope + reference.slope
    thetaTheta = (treatment.curvature + reference.curvature) / 4
    thetaAlpha = (treatment.curvature - reference.curvature) / 2
    alphaAlpha = treatment.curvature + reference.curvature
  }
}

/// Sums of ∂ℓ, and of ∂²ℓ + ∂ℓ ∂ℓᵀ, where θ = μ + τu and α = a + σv.
struct TwoArmMoments: IntegralMoments {
  let scale: Double
  var total = 0.0
  private var theta = 0.0
  private var thetaU = 0.0
  private var alpha = 0.0
  private var alphaV = 0.0
  private var thetaTheta = 0.0
  private var thetaThetaU = 0.0
  private var thetaThetaUU = 0.0
  private var thetaAlpha = 0.0
  private var thetaAlphaU = 0.0
  private var thetaAlphaV = 0.0
  private var thetaAlphaUV = 0.0
  private var alphaAlpha = 0.0
  private var alphaAlphaV = 0.0
  private var alphaAlphaVV = 0.0

  init(scale: Double) {
    self.scale = scale
  }

  /// The moments of a single node.
  init(_ curve: TwoArmCurve) {
    self.init(scale: curve.value)
    add(1, curve, u: 0, v: 0)
  }

  mutating func add(_ share: Double, _ curve: TwoArmCurve, u: Double, v: Double) {
    let first = (share * curve.theta, share * curve.alpha)
    let tt = share * (curve.thetaTheta + curve.theta * curve.theta)
    let ta = share * (curve.thetaAlpha + curve.theta * curve.alpha)
    let aa = share * (curve.alphaAlpha + curve.alpha * curve.alpha)
    total += share
    theta += first.0
    thetaU += first.0 * u
    alpha += first.1
    alphaV += first.1 * v
    thetaTheta += tt
    thetaThetaU += tt * u
    thetaThetaUU += tt * u * u
    thetaAlpha += ta
    thetaAlphaU += ta * u
    thetaAlphaV += ta * v
    thetaAlphaUV += ta * u * v
    alphaAlpha += aa
    alphaAlphaV += aa * v
    alphaAlphaVV += aa * v * v
  }

  /// By μ, a, σ and τ.
  func term(nodes: Int) -> StudyTerm {
    let gradient = [theta, alpha, alphaV, thetaU].map { $0 / total }
    let raw = [
      thetaTheta, thetaAlpha, thetaAlphaV, thetaThetaU,
      thetaAlpha, alphaAlpha, alphaAlphaV, thetaAlphaU,
      thetaAlphaV, alphaAlphaV, alphaAlphaVV, thetaAlphaUV,
      thetaThetaU, thetaAlphaU, thetaAlphaUV, thetaThetaUU,
    ]
    let hessian = raw.indices.map { raw[$0] / total - gradient[$0 / 4] * gradient[$0 % 4] }
    return StudyTerm(
      value: logIntegral, gradient: gradient, hessian: hessian,
      squares: [alphaAlpha / total / 2, thetaTheta / total / 2], nodes: nodes)
  }
}
