/// Two arms with an intercept of their own: L(μ, τ) = max over α of log ∫ exp ℓ(α, μ + τu) φ(u) du.
///
/// The integral is log-concave in α (Prékopa 1973, Acta Sci. Math. 34:335), so that Newton's steps
/// find its maximum. Second derivatives are those of the profile, Lₓₓ − LₓₐLₐₓ/Lₐₐ: their inverse,
/// summed over studies, is the block of the inverse with all intercepts.
struct FixedInterceptStudy<Kernel: CountKernel>: StudyLikelihood {
  let arms: TwoArms<Kernel>
  /// The α at which the search starts.
  let start: Double

  /// `parameters` are μ and τ.
  func term(
    _ parameters: [Double], agreement: Double
  ) throws(UnresolvedIntegral) -> StudyTerm {
    let (mu, tau) = (parameters[0], parameters[1])
    var alpha = commonIntercept(mu)
    var previous = Double.infinity
    while true {
      let (moments, nodes) = try arms.integral(
        alpha: alpha, mu: mu, tau: tau, agreement: agreement)
      let curve = moments.curve
      let step = -curve.slope / curve.curvature
      let decrement = abs(curve.slope * step)
      // The gradients are wrong by the step, in proportion.
      if tau == 0 || decrement <= agreement * agreement / 100
        || (decrement <= 1e-8 && decrement >= previous / 4)
      {
        return profile(moments.term(sigma: 0, tau: tau, nodes: nodes))
      }
      alpha += max(-2, min(2, step))
      previous = decrement
    }
  }

  /// The α with the largest likelihood where the effect is `theta`.
  private func commonIntercept(_ theta: Double) -> Double {
    let reach = 800 + abs(theta)
    return fallingRoot(
      from: start, in: (start - reach)...(start + reach), tolerance: 1e-14
    ) { alpha in
      let curve = arms.curve(alpha, theta)
      return (curve.alpha, curve.alphaAlpha)
    }
  }

  /// By μ and τ, with the intercept at its best.
  private func profile(_ term: StudyTerm) -> StudyTerm {
    let hessian = term.hessian
    func second(_ i: Int, _ j: Int) -> Double {
      hessian[4 * i + j] - hessian[4 * i + 1] * hessian[4 * j + 1] / hessian[5]
    }
    return StudyTerm(
      value: term.value, gradient: [term.gradient[0], term.gradient[3]],
      hessian: [second(0, 0), second(0, 3), second(0, 3), second(3, 3)],
      squares: [term.squares[1]], nodes: term.nodes)
  }
}
