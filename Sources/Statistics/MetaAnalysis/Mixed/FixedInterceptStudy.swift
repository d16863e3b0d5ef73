/// Two arms with an intercept of their own: L(μ, τ) = max over α of log ∫ exp ℓ(α, μ + τu) φ(u) du.
///
/// The integral is log-concave in α (Prékopa 1973, Acta Sci. Math. 34:335), so that Newton's steps
/// find its maximum. Second derivatives are those of the profile, Lₓₓ − LₓₐLₐₓ/Lₐₐ: their inverse,
/// summed over studies, is the block of the inverse with all intercepts.
struct FixedInterceptStudy<Kernel: CountKernel>: StudyLikelihood {
  let treatment: Kernel
  let reference: Kernel
  /// The α at which the search starts.
  let start: Double

  /// `parameters` are μ and τ.
  func term(_ parameters: [Double]) throws(UnresolvedIntegral) -> StudyTerm {
    let (mu, tau) = (parameters[0], parameters[1])
    var alpha = commonIntercept(mu)
    if tau == 0 { return profile(TwoArmMoments(curve(alpha, mu)).term(nodes: 1), tau) }
    var previous = Double.infinity
    while true {
      let (moments, nodes) = try Integrand(study: self, alpha: alpha, mu: mu, tau: tau).integral()
      let term = moments.term(nodes: nodes)
      let (slope, curvature) = (term.gradient[1], term.hessian[5])
      let step = -slope / curvature
      let decrement = abs(slope * step)
      // Quadratic convergence: what is left of L is the square of this.
      if decrement <= 1e-22 || (decrement <= 1e-8 && decrement >= previous / 4) {
        return profile(term, tau)
      }
      alpha += max(-2, min(2, step))
      previous = decrement
    }
  }

  private func curve(_ alpha: Double, _ theta: Double) -> TwoArmCurve {
    TwoArmCurve(treatment.curve(alpha + theta / 2), reference.curve(alpha - theta / 2))
  }

  /// The α with the largest likelihood where the effect is `theta`.
  private func commonIntercept(_ theta: Double) -> Double {
    let reach = 800 + abs(theta)
    return fallingRoot(
      from: start, in: (start - reach)...(start + reach), tolerance: 1e-15
    ) { alpha in
      let curve = curve(alpha, theta)
      return (curve.alpha, curve.alphaAlpha)
    }
  }

  /// By μ and τ, with the intercept at its best.
  private func profile(_ term: StudyTerm, _ tau: Double) -> StudyTerm {
    func second(_ i: Int, _ j: Int) -> Double {
      let hessian = term.hessian
      return hessian[4 * i + j] - hessian[4 * i + 1] * hessian[4 * j + 1] / hessian[5]
    }
    // At τ = 0 the second derivative is twice that by τ².
    return StudyTerm(
      value: term.value, gradient: [term.gradient[0], term.gradient[3]],
      hessian: [
        second(0, 0), second(0, 3), second(0, 3), tau == 0 ? 2 * term.squares[1] : second(3, 3),
      ],
      squares: [term.squares[1]], nodes: term.nodes)
  }

  private struct Integrand: NormalIntegrand {
    let study: FixedInterceptStudy
    let alpha: Double
    let mu: Double
    let tau: Double

    func curve(_ u: Double) -> Curve {
      let curve = study.curve(alpha, mu + tau * u)
      return Curve(
        value: curve.value, slope: tau * curve.theta, curvature: tau * tau * curve.thetaTheta)
    }

    func add(_ u: Double, _ weight: Double, to moments: inout TwoArmMoments) {
      let curve = study.curve(alpha, mu + tau * u)
      guard let share = moments.share(weight, curve.value - u * u / 2) else { return }
      moments.add(share, curve, u: u, v: 0)
    }
  }
}
