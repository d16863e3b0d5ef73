public import Inference

extension BinomialCount {
  /// The confidence interval of the proportion, always within [0, 1].
  ///
  /// Whatever the method, the lower limit is 0 without events and the upper one is 1 when all
  /// have the event; a two-sided interval keeps α/2 in each tail there too. Blaker's interval has
  /// two sides only.
  ///
  /// - Returns: `nil` where the method gives no interval: the logit at 0 and at n events.
  public func confidenceInterval(
    method: ProportionIntervalMethod, level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) -> ConfidenceInterval? {
    let z = level.normalCriticalValue(sides)
    let tail = level.tailProbability(sides)
    let limits: Limits? =
      switch method {
      case .wald: wald(z)
      case .waldCorrected: waldCorrected(z)
      case .wilson: wilson(z)
      case .wilsonCorrected: wilsonCorrected(z)
      case .clopperPearson: clopperPearson(tail)
      case .midP: midP(tail)
      case .blaker: blaker(level, sides)
      case .jeffreys: jeffreys(tail)
      case .agrestiCoull: agrestiCoull(z)
      case .likelihoodRatio: likelihoodRatio(z)
      case .logit: logit(z)
      case .arcsine: arcsine(z)
      case .scas: scas(z)
      }
    return limits.map { limits in
      ConfidenceInterval(
        lower: events == 0 ? 0 : min(1, max(0, limits.lower)),
        upper: nonEvents == 0 ? 1 : min(1, max(0, limits.upper)),
        level: level, sides: sides, isHull: limits.haveGaps)
    }
  }

  // Each of the intervals below solves a quadratic equation. Its larger root is a sum; the
  // smaller one is written as the product of the roots over the larger, since the textbook
  // difference cancels when events are few. Below z = 0, at levels under one half, the limits
  // change places.

  /// x/n ± z √(x (n − x) / n) / n.
  private func wald(_ z: Double) -> Limits {
    let (x, n) = (Double(events), Double(total))
    let deviation = abs(z) * (x * (n - x) / n).squareRoot()
    let product = (x * n).addingProduct(-z * z, n - x) * x / n
    return Limits(product / ((x + deviation) * n), (x + deviation) / n, swapped: z < 0)
  }

  /// x/n ± (z √(x (n − x) / n) + ½) / n.
  private func waldCorrected(_ z: Double) -> Limits {
    let (x, n) = (Double(events), Double(total))
    let variance = x * (n - x) / n
    return Limits(
      difference(x - 0.5, z, variance) / n, difference(x + 0.5, -z, variance) / n)
  }

  /// The p with |x − n p| = z √(n p (1 − p)), which the score test just keeps.
  package func wilson(_ z: Double) -> Limits {
    scoreRoots(Double(events), z, shift: 0)
  }

  /// The p with |x − n p| − ½ = z √(n p (1 − p)): Wilson's limits of x − ½ and of x + ½ events.
  package func wilsonCorrected(_ z: Double) -> Limits {
    let x = Double(events)
    return Limits(
      events == 0 ? 0 : scoreRoots(x - 0.5, z, shift: 0).lower,
      nonEvents == 0 ? 1 : scoreRoots(x + 0.5, z, shift: 0).upper)
  }

  /// The p with x − n p = ±z √(n p (1 − p)) + (z² − 1)(1 − 2p)/6, corrected for skewness.
  ///
  /// With S = x/n − p, V its variance and A = (1 − 2p) / 6√(n p (1 − p)) this is
  /// A z² + z = S/√V + A. Where x is at most (z² − 1)/6, the score stays below z down to p = 0.
  private func scas(_ z: Double) -> Limits {
    scoreRoots(Double(events), z, shift: (z * z - 1) / 6)
  }

  /// The p with |X − N p| = z √(n p (1 − p)), X = `x` − `shift` and N = n − 2 `shift`.
  ///
  /// (2X N + z² n ± z √(n (z² n + 4X (N − X)))) / 2(N² + z² n), with the product X² / (N² + z² n).
  /// Beyond the end of the parameter space, where X or N − X is negative, that end.
  private func scoreRoots(_ x: Double, _ z: Double, shift: Double) -> Limits {
    let n = Double(total)
    let (x, size) = (x - shift, n - 2 * shift)
    let sum =
      2 * x * (size / n) + z * z + abs(z) * (z * z + 4 * x * (size - x) / n).squareRoot()
    return Limits(
      x > 0 ? 2 * x * x / (n * sum) : 0,
      size - x > 0 ? sum / (2 * (size * (size / n) + z * z)) : 1, swapped: z < 0)
  }

  /// X/N ± z √(X (N − X) / N) / N with X = x + z²/2 and N = n + z².
  ///
  /// X² − z² X (N − X) / N = (x n + z² (2x − n/2)) X / N.
  private func agrestiCoull(_ z: Double) -> Limits {
    let (x, n) = (Double(events), Double(total))
    let (padded, size) = (x + z * z / 2, n + z * z)
    let deviation = abs(z) * (padded * (n - x + z * z / 2) / size).squareRoot()
    let product = (x * n).addingProduct(z * z, 2 * x - n / 2) * padded / size
    return Limits(
      product / ((padded + deviation) * size), (padded + deviation) / size, swapped: z < 0)
  }
}

/// `a` − z √`b` for `a` ≥ −½ and `b` ≥ 0.
///
/// A difference of positive numbers is written as (a² − z² b) / (a + z √b).
private func difference(_ a: Double, _ z: Double, _ b: Double) -> Double {
  let deviation = z * b.squareRoot()
  guard a > 0, deviation > 0 else { return a - deviation }
  return (a * a).addingProduct(-z * z, b) / (a + deviation)
}

/// The two ends of an interval, before they are cut to the parameter space.
package struct Limits {
  package let lower: Double
  package let upper: Double
  /// Whether values between them are rejected.
  package let haveGaps: Bool

  package init(
    _ lower: Double, _ upper: Double, swapped: Bool = false, haveGaps: Bool = false
  ) {
    self.haveGaps = haveGaps
    self.lower = swapped ? upper : lower
    self.upper = swapped ? lower : upper
  }
}
