import Glibc
import Probability

// The limits that leave `tail` of the distribution beyond the observed count x of n.

extension BinomialCount {
  /// The p with P(X ≥ x) = `tail`, and with P(X ≤ x) = `tail`.
  ///
  /// Quantiles of Beta(x, n − x + 1) and Beta(x + 1, n − x).
  package func clopperPearson(_ tail: Double) -> Limits {
    Limits(
      events == 0 ? 0 : enough.quantile(lowerTail: tail),
      nonEvents == 0 ? 1 : more.quantile(upperTail: tail))
  }

  /// The quantiles of Beta(x + ½, n − x + ½), the posterior under Jeffreys' prior.
  func jeffreys(_ tail: Double) -> Limits {
    let posterior = Beta(alpha: Double(events) + 0.5, beta: Double(nonEvents) + 0.5)
    return Limits(posterior.quantile(lowerTail: tail), posterior.quantile(upperTail: tail))
  }

  /// The p with P(X > x) + ½ P(X = x) = `tail`, and with P(X < x) + ½ P(X = x) = `tail`.
  ///
  /// At x = 0 and x = n the equation is ½ (1 − p)ⁿ = `tail` or ½ pⁿ = `tail`.
  package func midP(_ tail: Double) -> Limits {
    let n = Double(total)
    if events == 0 { return Limits(0, -expm1(log(2 * tail) / n)) }
    if nonEvents == 0 { return Limits(exp(log(2 * tail) / n), 1) }
    return Limits(midPLower(tail), midPUpper(tail))
  }

  // The limits are roots of log(T / tail), T the mid-P tail. Its slope is known: with f = P(X = x),
  // |dT/dp| = ½ f (x/p + (n − x)/(1 − p)). log T is concave in log p for the lower limit and in
  // log(1 − p) for the upper one, so that Newton's steps in these variables go one way, from the
  // Clopper–Pearson limit inwards, and cannot pass the root. Where f is 0 that limit has been rounded
  // to the end of the parameter space.

  private func midPLower(_ tail: Double) -> Double {
    var p = enough.quantile(lowerTail: tail)
    var whole = tail
    while true {
      let half = Binomial(trials: total, probability: p).density(events) / 2
      guard half > 0 else { return p }
      let slope = half * (Double(events) + Double(nonEvents) * p / (1 - p))
      let step = log(tail / (whole - half)) * (whole - half) / slope
      p *= exp(step)
      if step < convergedStep { return p }
      whole = enough.lowerTail(p)
    }
  }

  private func midPUpper(_ tail: Double) -> Double {
    var p = more.quantile(upperTail: tail)
    var whole = tail
    while true {
      let half = Binomial(trials: total, probability: p).density(events) / 2
      guard half > 0 else { return p }
      let slope = half * (Double(events) * (1 - p) / p + Double(nonEvents))
      let step = log(tail / (whole - half)) * (whole - half) / slope
      let next = p - (1 - p) * expm1(step)
      // Close to 1 the rounding of p can hide a step from 1 − p.
      if next >= p || max(step, step * (1 - p) / p) < convergedStep { return next }
      p = next
      whole = more.upperTail(p)
    }
  }

  /// P(X ≥ x) as a function of p is the lower tail of this.
  private var enough: Beta { Beta(alpha: Double(events), beta: Double(nonEvents + 1)) }

  /// P(X ≤ x) as a function of p is the upper tail of this.
  private var more: Beta { Beta(alpha: Double(events + 1), beta: Double(nonEvents)) }
}

/// A relative Newton step after which the error, its square times at most 10³, is below rounding.
let convergedStep = 1e-10
