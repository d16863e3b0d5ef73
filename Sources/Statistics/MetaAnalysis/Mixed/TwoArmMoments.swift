/// Sums of ∂ℓ, and of ∂²ℓ + ∂ℓ ∂ℓᵀ, where θ = μ + τu and α = a + σv.
struct TwoArmMoments: IntegralMoments {
  var scale: Double
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
    add(1, curve, u: 0)
  }

  /// Adds a node with v = 0.
  mutating func add(_ share: Double, _ curve: TwoArmCurve, u: Double) {
    let tt = share * (curve.thetaTheta + curve.theta * curve.theta)
    let ta = share * (curve.thetaAlpha + curve.theta * curve.alpha)
    total += share
    theta += share * curve.theta
    thetaU += share * curve.theta * u
    alpha += share * curve.alpha
    thetaTheta += tt
    thetaThetaU += tt * u
    thetaThetaUU += tt * u * u
    thetaAlpha += ta
    thetaAlphaU += ta * u
    alphaAlpha += share * (curve.alphaAlpha + curve.alpha * curve.alpha)
  }

  /// Adds what an integral over u gave, with v = 0 there, for this `v`.
  mutating func add(_ share: Double, _ other: TwoArmMoments, v: Double) {
    let share = share / other.total
    total += share * other.total
    theta += share * other.theta
    thetaU += share * other.thetaU
    alpha += share * other.alpha
    alphaV += share * other.alpha * v
    thetaTheta += share * other.thetaTheta
    thetaThetaU += share * other.thetaThetaU
    thetaThetaUU += share * other.thetaThetaUU
    thetaAlpha += share * other.thetaAlpha
    thetaAlphaU += share * other.thetaAlphaU
    thetaAlphaV += share * other.thetaAlpha * v
    thetaAlphaUV += share * other.thetaAlphaU * v
    alphaAlpha += share * other.alphaAlpha
    alphaAlphaV += share * other.alphaAlpha * v
    alphaAlphaVV += share * other.alphaAlpha * v * v
  }

  /// The logarithm of the integral as a function of α.
  var curve: Curve {
    let slope = alpha / total
    return Curve(value: logIntegral, slope: slope, curvature: alphaAlpha / total - slope * slope)
  }

  /// By μ, a, σ and τ.
  ///
  /// At a standard deviation of 0 the second derivative is twice that by the variance.
  func term(sigma: Double, tau: Double, nodes: Int) -> StudyTerm {
    let gradient = [theta, alpha, alphaV, thetaU].map { $0 / total }
    let raw = [
      thetaTheta, thetaAlpha, thetaAlphaV, thetaThetaU,
      thetaAlpha, alphaAlpha, alphaAlphaV, thetaAlphaU,
      thetaAlphaV, alphaAlphaV, sigma == 0 ? alphaAlpha : alphaAlphaVV, thetaAlphaUV,
      thetaThetaU, thetaAlphaU, thetaAlphaUV, tau == 0 ? thetaTheta : thetaThetaUU,
    ]
    let hessian = raw.indices.map { raw[$0] / total - gradient[$0 / 4] * gradient[$0 % 4] }
    return StudyTerm(
      value: logIntegral, gradient: gradient, hessian: hessian,
      squares: [alphaAlpha / total / 2, thetaTheta / total / 2], nodes: nodes)
  }
}
