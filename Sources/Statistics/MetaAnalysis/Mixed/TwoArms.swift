/// The counts of two arms with log odds, or log rates, α + θ/2 and α − θ/2.
struct TwoArms<Kernel: CountKernel>: Sendable {
  let treatment: Kernel
  let reference: Kernel

  func curve(_ alpha: Double, _ theta: Double) -> TwoArmCurve {
    TwoArmCurve(treatment.curve(alpha + theta / 2), reference.curve(alpha - theta / 2))
  }

  /// log ∫ exp ℓ(`alpha`, μ + τu) φ(u) du and its derivatives.
  func integral(
    alpha: Double, mu: Double, tau: Double, agreement: Double
  ) throws(UnresolvedIntegral) -> (moments: TwoArmMoments, nodes: Int) {
    if tau == 0 { return (TwoArmMoments(curve(alpha, mu)), 1) }
    return try Integrand(arms: self, alpha: alpha, mu: mu, tau: tau)
      .integral(agreement: agreement)
  }

  private struct Integrand: NormalIntegrand {
    let arms: TwoArms
    let alpha: Double
    let mu: Double
    let tau: Double

    var spread: Double { abs(tau) / 2 }

    func curve(_ u: Double) -> Curve {
      let curve = arms.curve(alpha, mu + tau * u)
      return Curve(
        value: curve.value, slope: tau * curve.theta, curvature: tau * tau * curve.thetaTheta)
    }

    func add(_ u: Double, _ weight: Double, to moments: inout TwoArmMoments) {
      let curve = arms.curve(alpha, mu + tau * u)
      guard let share = moments.share(weight, curve.value - u * u / 2) else { return }
      moments.add(share, curve, u: u)
    }
  }
}

/// The likelihood of two arms with its derivatives by θ and α.
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
