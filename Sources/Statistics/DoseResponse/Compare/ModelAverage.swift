import Glibc

/// Several models' answers to one question, weighted by how well each fits for its parameters.
public struct ModelAverage: Sendable {
  /// Akaike weights, exp(−Δ/2) over their sum, Δ the AICc above the least.
  public let weights: [Double]

  /// - Parameter criteria: the AICc of each model; at least one.
  public init(criteria: [Double]) {
    let least = criteria.min() ?? 0
    let parts = criteria.map { exp((least - $0) / 2) }
    let total = parts.reduce(0, +)
    weights = parts.map { $0 / total }
  }

  /// The weighted mean and its standard error, Σ wₘ √(vₘ + (θₘ − θ̄)²).
  ///
  /// Buckland, Burnham & Augustin (1997), Biometrics 53:603.
  public func average(
    _ values: [Double], standardErrors: [Double]
  ) -> (mean: Double, standardError: Double) {
    let mean = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
    let error = weights.indices.reduce(0) { sum, m in
      let distance = values[m] - mean
      return sum
        + weights[m] * (standardErrors[m] * standardErrors[m] + distance * distance).squareRoot()
    }
    return (mean, error)
  }
}
