import Glibc
public import Inference
import Probability

extension PoissonCount {
  /// The confidence interval of the rate per person-year.
  ///
  /// The lower limit is 0 without events; a two-sided interval keeps α/2 in the upper tail there.
  public func confidenceInterval(
    method: RateIntervalMethod, level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) -> ConfidenceInterval {
    let expected =
      switch method {
      case .exact: exact(level.tailProbability(sides))
      case .midP: midP(level.tailProbability(sides))
      case .score: score(level.normalCriticalValue(sides))
      }
    return ConfidenceInterval(
      lower: events == 0 ? 0 : expected.lower / personYears, upper: expected.upper / personYears,
      level: level, sides: sides)
  }

  // The limits below are those of the expected number of events μ.

  /// The μ with P(X ≥ x) = `tail`, and with P(X ≤ x) = `tail`.
  ///
  /// Half the χ² quantiles with 2x and 2x + 2 degrees of freedom.
  private func exact(_ tail: Double) -> Limits {
    Limits(events == 0 ? 0 : enough.quantile(lowerTail: tail), more.quantile(upperTail: tail))
  }

  /// The μ with P(X > x) + ½ P(X = x) = `tail`, and with P(X < x) + ½ P(X = x) = `tail`.
  ///
  /// At x = 0 the equation is ½ e^−μ = `tail`.
  private func midP(_ tail: Double) -> Limits {
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

  /// The μ with |x − μ| = z √μ: x + z²/2 ± z √(x + z²/4), with the product x².
  ///
  /// Below z = 0, at levels under one half, the limits change places.
  private func score(_ z: Double) -> Limits {
    let x = Double(events)
    let larger = x + z * z / 2 + abs(z) * (x + z * z / 4).squareRoot()
    return Limits(x * x / larger, larger, swapped: z < 0)
  }

  /// P(X ≥ x) as a function of μ is the lower tail of this.
  private var enough: Gamma { Gamma(shape: Double(events)) }

  /// P(X ≤ x) as a function of μ is the upper tail of this.
  private var more: Gamma { Gamma(shape: Double(events + 1)) }
}
