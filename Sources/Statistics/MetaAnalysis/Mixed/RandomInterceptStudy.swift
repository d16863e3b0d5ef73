/// Two arms whose intercept and effect are normal among studies, and independent.
///
/// L(μ, a, σ, τ) = log ∫∫ exp ℓ(a + σv, μ + τu) φ(u) φ(v) du dv: the integral over u is log-concave
/// in α = a + σv (Prékopa 1973, Acta Sci. Math. 34:335), so that the one over v is of the same kind.
struct RandomInterceptStudy<Kernel: CountKernel>: StudyLikelihood {
  let arms: TwoArms<Kernel>

  /// `parameters` are μ, a, σ and τ.
  func term(
    _ parameters: [Double], agreement: Double
  ) throws(UnresolvedIntegral) -> StudyTerm {
    let integrand = Integrand(
      arms: arms, mu: parameters[0], level: parameters[1], sigma: parameters[2], tau: parameters[3],
      agreement: agreement)
    let (moments, nodes) =
      integrand.sigma == 0
      ? try integrand.inner(0, agreement: agreement) : try integrand.integral(agreement: agreement)
    return moments.term(sigma: integrand.sigma, tau: integrand.tau, nodes: nodes)
  }

  private struct Integrand: NormalIntegrand {
    let arms: TwoArms<Kernel>
    let mu: Double
    let level: Double
    let sigma: Double
    let tau: Double
    let agreement: Double

    var spread: Double { abs(sigma) }

    func inner(
      _ v: Double, agreement: Double
    ) throws(UnresolvedIntegral) -> (moments: TwoArmMoments, nodes: Int) {
      try arms.integral(alpha: level + sigma * v, mu: mu, tau: tau, agreement: agreement)
    }

    /// Only to place the nodes.
    func curve(_ v: Double) throws(UnresolvedIntegral) -> Curve {
      let curve = try inner(v, agreement: 1e-3).moments.curve
      return Curve(
        value: curve.value, slope: sigma * curve.slope, curvature: sigma * sigma * curve.curvature)
    }

    func add(
      _ v: Double, _ weight: Double, to moments: inout TwoArmMoments
    ) throws(UnresolvedIntegral) {
      let inner = try inner(v, agreement: agreement).moments
      guard let share = moments.share(weight, inner.logIntegral - v * v / 2) else { return }
      moments.add(share, inner, v: v)
    }
  }
}
