import Incidence

// Limits of a contrast from the limits of each group by itself: the method of variance estimates
// recovery (MOVER). Where p̂ − l is z standard errors below p̂, (p̂ − l)² is z² variances there.

/// A risk or a rate with its own limits.
struct EstimateWithLimits {
  let value: Double
  let limits: Limits
  /// The distances from the value to its limits.
  let below: Double
  let above: Double
}

extension EstimateWithLimits {
  init(value: Double, limits: Limits) {
    self.init(
      value: value, limits: limits, below: value - limits.lower, above: limits.upper - value)
  }
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

// At levels under one half of one side, below z = 0, the limits change places.

extension TwoByTwoTable {
  /// Newcombe's method 10, or 11 with continuity correction: from Wilson's limits of each risk.
  func newcombe(_ z: Double, corrected: Bool) -> Limits {
    let limits = squareAndAdd(
      difference: startingValue(.difference), treatment.withWilsonLimits(abs(z), corrected),
      reference.withWilsonLimits(abs(z), corrected))
    return Limits(limits.lower, limits.upper, swapped: z < 0)
  }

  /// The ratio of the risks, from Wilson's limits of each.
  func moverWilsonRatio(_ z: Double) -> Limits {
    let limits = squareAndAdd(
      ratioOf: treatment.withWilsonLimits(abs(z), false),
      to: reference.withWilsonLimits(abs(z), false))
    return Limits(limits.lower, limits.upper, swapped: z < 0)
  }
}

extension PersonTimeTable {
  /// The difference of the rates, from the Jeffreys limits of each.
  func moverDifference(_ tail: Double) -> Limits {
    let smaller = min(tail, 1 - tail)
    let limits = squareAndAdd(
      difference: startingValue(.difference), treatment.withJeffreysLimits(smaller),
      reference.withJeffreysLimits(smaller))
    return Limits(limits.lower, limits.upper, swapped: tail > 0.5)
  }

  /// The ratio of the rates, from the Jeffreys limits of each.
  func moverRatio(_ tail: Double) -> Limits {
    let smaller = min(tail, 1 - tail)
    let limits = squareAndAdd(
      ratioOf: treatment.withJeffreysLimits(smaller),
      to: reference.withJeffreysLimits(smaller))
    return Limits(limits.lower, limits.upper, swapped: tail > 0.5)
  }
}

extension BinomialCount {
  /// Above one half the distances are those of the complement, which keep their digits near 0.
  fileprivate func withWilsonLimits(_ z: Double, _ corrected: Bool) -> EstimateWithLimits {
    let limits = corrected ? wilsonCorrected(z) : wilson(z)
    guard events > nonEvents else { return EstimateWithLimits(value: proportion, limits: limits) }
    let rest = complement.withWilsonLimits(z, corrected)
    return EstimateWithLimits(
      value: proportion, limits: limits, below: rest.above, above: rest.below)
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
