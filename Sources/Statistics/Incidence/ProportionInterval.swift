public import Inference

extension BinomialCount {
  /// The confidence interval of the proportion, always within [0, 1].
  ///
  /// Whatever the method, the lower limit is 0 without events and the upper one is 1 when all
  /// have the event; a two-sided interval keeps α/2 in each tail there too.
  public func confidenceInterval(
    method: ProportionIntervalMethod, level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) -> ConfidenceInterval {
    let limits =
      switch method {
      case .wald: wald(level.normalCriticalValue(sides))
      case .wilson: wilson(level.normalCriticalValue(sides))
      case .agrestiCoull: agrestiCoull(level.normalCriticalValue(sides))
      case .clopperPearson: clopperPearson(level.tailProbability(sides))
      case .midP: midP(level.tailProbability(sides))
      case .jeffreys: jeffreys(level.tailProbability(sides))
      }
    return ConfidenceInterval(
      lower: events == 0 ? 0 : min(1, max(0, limits.lower)),
      upper: nonEvents == 0 ? 1 : min(1, max(0, limits.upper)),
      level: level, sides: sides)
  }

  // Each of the three intervals below solves a quadratic equation. Its larger root is a sum; the
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

  /// The p with |x − n p| = z √(n p (1 − p)), which the score test just keeps.
  ///
  /// (2x + z² ± z √(z² + 4x (n − x) / n)) / 2(n + z²), with the product x² / n(n + z²).
  private func wilson(_ z: Double) -> Limits {
    let (x, n) = (Double(events), Double(total))
    let sum = 2 * x + z * z + abs(z) * (z * z + 4 * x * (n - x) / n).squareRoot()
    return Limits(2 * x * x / (n * sum), sum / (2 * (n + z * z)), swapped: z < 0)
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

/// The two ends of an interval, before they are cut to the parameter space.
struct Limits {
  let lower: Double
  let upper: Double

  init(_ lower: Double, _ upper: Double, swapped: Bool = false) {
    self.lower = swapped ? upper : lower
    self.upper = swapped ? lower : upper
  }
}
