import Glibc
import Probability

// The expected numbers of events that leave `tail` of the distribution beyond the observed count x.

extension PoissonCount {
  /// The μ with P(X ≥ x) = `tail`, and with P(X ≤ x) = `tail`.
  ///
  /// Half the χ² quantiles with 2x and 2x + 2 degrees of freedom.
  func exact(_ tail: Double) -> Limits {
    Limits(events == 0 ? 0 : enough.quantile(lowerTail: tail), more.quantile(upperTail: tail))
  }

  /// The μ with P(X > x) + ½ P(X = x) = `tail`, and with P(X < x) + ½ P(X = x) = `tail`.
  ///
  /// At x = 0 the equation is ½ e^−μ = `tail`.
  func midP(_ tail: Double) -> Limits {
    if events == 0 { return Limits(0, max(0, -log(2 * tail))) }
    return Limits(midPLower(tail), midPUpper(tail))
  }

  // As for a proportion: Newton's steps on log(T / tail), with f = P(X = x) and
  // |dT/dμ| = ½ f (x/μ + 1), in log μ for the lower limit and in μ for the upper one.

  private func midPLower(_ tail: Double) -> Double {
    var mean = enough.quantile(lowerTail: tail)
    var whole = tail
    while true {
      let half = Poisson(mean: mean).density(events) / 2
      guard half > 0 else { return mean }
      let slope = half * (Double(events) + mean)
      let step = log(tail / (whole - half)) * (whole - half) / slope
      mean *= exp(step)
      if step < convergedStep { return mean }
      whole = enough.lowerTail(mean)
    }
  }

  private func midPUpper(_ tail: Double) -> Double {
    var mean = more.quantile(upperTail: tail)
    var whole = tail
    while true {
      let half = Poisson(mean: mean).density(events) / 2
      guard half > 0 else { return mean }
      let slope = half * (Double(events) / mean + 1)
      let step = log(tail / (whole - half)) * (whole - half) / slope
      mean -= step
      if step < convergedStep * mean { return mean }
      whole = more.upperTail(mean)
    }
  }

  /// The quantiles of Gamma(x + ½), the posterior under Jeffreys' prior.
  package func jeffreys(_ tail: Double) -> Limits {
    let posterior = Gamma(shape: Double(events) + 0.5)
    return Limits(posterior.quantile(lowerTail: tail), posterior.quantile(upperTail: tail))
  }

  /// P(X ≥ x) as a function of μ is the lower tail of this.
  private var enough: Gamma { Gamma(shape: Double(events)) }

  /// P(X ≤ x) as a function of μ is the upper tail of this.
  private var more: Gamma { Gamma(shape: Double(events + 1)) }
}
