import Inference
import Optimization
import Probability

// Limits of τ² from the distribution of a generalised Q with weights that do not depend on τ²: its
// upper and its lower tail at the observed value are α/2.

extension NormalModel {
  /// Cochran's Q by a gamma distribution of the same mean and variance.
  func biggerstaffTweedieLimits(_ level: ConfidenceLevel) throws(NotEstimable) -> Tau2Limits {
    let forms = forms(at: 0)
    func gamma(_ tau2: Double) -> Gamma {
      let mean = degrees + tau2 * forms.trace
      let variance = 2 * (degrees + 2 * tau2 * forms.trace + tau2 * tau2 * forms.trace2)
      return Gamma(shape: mean * mean / variance, rate: mean / variance)
    }
    return try limits(
      level, lowerTail: { gamma($0).lowerTail(forms.q) },
      upperTail: { gamma($0).upperTail(forms.q) })
  }

  /// The exact distribution of Q with `weights` that depend on the variance.
  func generalisedQLimits(
    weights: (Double) -> Double, _ level: ConfidenceLevel
  ) throws(NotEstimable) -> Tau2Limits {
    let terms = residualTerms(weights: weights)
    let q = terms.reduce(0) { $0 + $1.weight * $1.residual * $1.residual }
    let basis = weightedBasis(weights)
    func distribution(_ tau2: Double) -> GeneralisedQDistribution {
      GeneralisedQDistribution(
        sizes: terms.map { $0.weight * ($0.variance + tau2) }, basis: basis)
    }
    return try limits(
      level, lowerTail: { distribution($0).lowerTail(q) },
      upperTail: { distribution($0).upperTail(q) })
  }

  /// The limits where the tails at the observed Q, one of which falls and one of which grows with
  /// τ², are α/2.
  private func limits(
    _ level: ConfidenceLevel, lowerTail: (Double) -> Double, upperTail: (Double) -> Double
  ) throws(NotEstimable) -> Tau2Limits {
    let tail = level.alpha / 2
    return Tau2Limits(
      lower: try crossing { upperTail($0) - tail }, upper: try crossing { tail - lowerTail($0) })
  }

  /// The τ² at which `function`, which grows, is 0; 0 where it is above 0 already there.
  private func crossing(of function: (Double) -> Double) throws(NotEstimable) -> Double {
    if function(0) >= 0 { return 0 }
    var lower = 0.0
    var upper = max(smallestVariance, sumOfSquares / degrees)
    while function(upper) < 0 {
      lower = upper
      upper *= 4
      guard upper.isFinite else { throw .tooWideRange }
    }
    guard let root = try? bracketedRoot(of: function, lower: lower, upper: upper) else {
      throw .tooWideRange
    }
    return root.value
  }
}
