import CBoostMath

/// The number of successes in n independent trials of probability p.
///
/// P(X = k) = C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ; P(X ≥ k) = I(p; k, n − k + 1).
public struct Binomial: DiscreteDistribution {
  public let trials: Int
  public let probability: Double

  public init(trials: Int, probability: Double) {
    precondition(trials >= 0, "negative number of trials: \(trials)")
    requireProbability(probability)
    self.trials = trials
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 0...trials }

  public var mean: Double { Double(trials) * probability }

  public var variance: Double { mean * (1 - probability) }

  public func density(_ k: Int) -> Double {
    guard support.contains(k) else { return 0 }
    return saddlepoint_binomial(Double(k), Double(trials), probability)
  }

  public func lowerTail(_ k: Int) -> Double {
    if k < 0 { return 0 }
    return k >= trials ? 1 : boost_ibetac(Double(k + 1), Double(trials - k), probability)
  }

  public func upperTail(_ k: Int) -> Double {
    if k <= 0 { return 1 }
    return k > trials ? 0 : boost_ibeta(Double(k), Double(trials - k + 1), probability)
  }
}
