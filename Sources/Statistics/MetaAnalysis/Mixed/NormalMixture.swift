/// A count whose θ is normal among studies: L(μ, τ) = log ∫ exp ℓ(μ + τu) φ(u) du.
///
/// Derivatives are expectations over the nodes of the quadrature, by Louis' identity
/// ∂²L = E[∂²ℓ + ∂ℓ ∂ℓᵀ] − E[∂ℓ] E[∂ℓ]ᵀ, and ∂L/∂τ² = ½ E[ℓ″ + ℓ′²].
/// Louis (1982), J. R. Stat. Soc. B 44:226.
struct NormalMixture<Kernel: CountKernel>: StudyLikelihood {
  let kernel: Kernel

  /// `parameters` are μ and τ.
  func term(
    _ parameters: [Double], agreement: Double
  ) throws(UnresolvedIntegral) -> StudyTerm {
    let (mu, tau) = (parameters[0], parameters[1])
    guard tau != 0 else {
      let curve = kernel.curve(mu)
      let second = curve.curvature + curve.slope * curve.slope
      return StudyTerm(
        value: curve.value, gradient: [curve.slope, 0], hessian: [curve.curvature, 0, 0, second],
        squares: [second / 2])
    }
    let (moments, nodes) = try Integrand(kernel: kernel, mu: mu, tau: tau)
      .integral(agreement: agreement)
    return moments.term(nodes: nodes)
  }

  private struct Integrand: NormalIntegrand {
    let kernel: Kernel
    let mu: Double
    let tau: Double

    var spread: Double { abs(tau) }

    func curve(_ u: Double) -> Curve {
      let curve = kernel.curve(mu + tau * u)
      return Curve(
        value: curve.value, slope: tau * curve.slope, curvature: tau * tau * curve.curvature)
    }

    func add(_ u: Double, _ weight: Double, to moments: inout CountMoments) {
      let curve = kernel.curve(mu + tau * u)
      guard let share = moments.share(weight, curve.value - u * u / 2) else { return }
      let first = share * curve.slope
      let second = share * (curve.curvature + curve.slope * curve.slope)
      moments.total += share
      moments.first += first
      moments.firstU += first * u
      moments.second += second
      moments.secondU += second * u
      moments.secondUU += second * u * u
    }
  }
}

/// Sums of ℓ′ and of ℓ″ + ℓ′², times 1, u and u².
struct CountMoments: IntegralMoments {
  var scale: Double
  var total = 0.0
  var first = 0.0
  var firstU = 0.0
  var second = 0.0
  var secondU = 0.0
  var secondUU = 0.0

  init(scale: Double) {
    self.scale = scale
  }

  func term(nodes: Int) -> StudyTerm {
    let (mu, tau) = (first / total, firstU / total)
    let mixed = secondU / total - mu * tau
    return StudyTerm(
      value: logIntegral, gradient: [mu, tau],
      hessian: [second / total - mu * mu, mixed, mixed, secondUU / total - tau * tau],
      squares: [second / total / 2], nodes: nodes)
  }
}
