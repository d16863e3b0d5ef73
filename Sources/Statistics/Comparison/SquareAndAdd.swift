import Incidence

// Limits of a contrast from the limits of each group by itself: the method of variance estimates
// recovery (MOVER). Where p̂ − l is z standard errors below p̂, (p̂ − l)² is z² variances there.

/// A risk or a rate with its own limits.
struct EstimateWithLimits {
  let value: Double
  let limits: Limits

  fileprivate var below: Double { value - limits.lower }
  fileprivate var above: Double { limits.upper - value }
}

/// d̂ − √((p̂₁ − l₁)² + (u₂ − p̂₂)²) and d̂ + √((u₁ − p̂₁)² + (p̂₂ − l₂)²).
///
/// Newcombe (1998), Stat. Med. 17:873.
func squareAndAdd(
  difference: Double, _ first: EstimateWithLimits, _ second: EstimateWithLimits
) -> Limits {
  Limits(
    difference - (first.below * first.below + second.above * second.above).squareRoot(),
    difference + (first.above * first.above + second.below * second.below).squareRoot())
}

/// (p̂₁p̂₂ − √((p̂₁p̂₂)² − l₁u₂(2p̂₁ − l₁)(2p̂₂ − u₂))) / (u₂(2p̂₂ − u₂)), and the mirror of it above.
///
/// The lower limit is written as the quotient that does not cancel. Donner & Zou (2012), Stat.
/// Methods Med. Res. 21:347.
func squareAndAdd(ratioOf first: EstimateWithLimits, to second: EstimateWithLimits) -> Limits {
  Limits(lowerRatioLimit(first, second), 1 / lowerRatioLimit(second, first))
}

private func lowerRatioLimit(
  _ first: EstimateWithLimits, _ second: EstimateWithLimits
) -> Double {
  let (p1, p2) = (first.value, second.value)
  let (a, b) = (first.below, second.above)
  // l₁(2p̂₁ − l₁) = p̂₁² − a², and the difference under the root is a sum of squares.
  let numerator = first.limits.lower * (p1 + a)
  let root = (numerator * b * b + p2 * p2 * a * a).squareRoot()
  return numerator == 0 ? 0 : numerator / (p1 * p2 + root)
}

extension TwoByTwoTable {
  /// Newcombe's method 10, or 11 with continuity correction: from Wilson's limits of each risk.
  func newcombe(_ z: Double, corrected: Bool) -> Limits {
    squareAndAdd(
      difference: startingValue(.difference), treatment.withWilsonLimits(z, corrected),
      reference.withWilsonLimits(z, corrected))
  }

  /// The ratio of the risks, from Wilson's limits of each.
  func moverWilsonRatio(_ z: Double) -> Limits {
    squareAndAdd(
      ratioOf: treatment.withWilsonLimits(z, false), to: reference.withWilsonLimits(z, false))
  }
}

extension PersonTimeTable {
  /// The difference of the rates, from the Jeffreys limits of each.
  func moverDifference(_ tail: Double) -> Limits {
    squareAndAdd(
      difference: startingValue(.difference), treatment.withJeffreysLimits(tail),
      reference.withJeffreysLimits(tail))
  }

  /// The ratio of the rates, from the Jeffreys limits of each.
  func moverRatio(_ tail: Double) -> Limits {
    squareAndAdd(
      ratioOf: treatment.withJeffreysLimits(tail), to: reference.withJeffreysLimits(tail))
  }
}

extension BinomialCount {
  fileprivate func withWilsonLimits(_ z: Double, _ corrected: Bool) -> EstimateWithLimits {
    EstimateWithLimits(
      value: proportion, limits: corrected ? wilsonCorrected(z) : wilson(z))
  }
}

extension PoissonCount {
  fileprivate func withJeffreysLimits(_ tail: Double) -> EstimateWithLimits {
    let expected = jeffreys(tail)
    return EstimateWithLimits(
      value: rate,
      limits: Limits(
        events == 0 ? 0 : expected.lower / personYears, expected.upper / personYears))
  }
}
