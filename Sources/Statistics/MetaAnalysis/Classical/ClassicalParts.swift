import Inference

extension Array<EffectSize> {
  /// Q = Σ (y − `value`)²/v around a value that was pooled from the same studies, perhaps otherwise.
  ///
  /// Cochran (1954), Biometrics 10:101.
  public func heterogeneity(around value: Double) -> Heterogeneity {
    precondition(value.isFinite, "no distances from \(value)")
    let q = reduce(0) { sum, effect in
      let residual = effect.value - value
      return sum + residual * residual / effect.variance
    }
    return Heterogeneity(
      q: q, degreesOfFreedom: Swift.max(0, count - 1),
      typicalVariance: isEmpty ? nil : NormalModel(self).heterogeneity.typicalVariance)
  }
}

extension Array<Double> {
  /// Each as a share of the sum in percent; `nil` where that is 0.
  var percentages: [Double]? {
    let total = reduce(0, +)
    return total > 0 ? map { 100 * ($0 / total) } : nil
  }
}

/// `estimate` with its `standardError`, or why that pair tells nothing.
func pooledEffect(_ estimate: Double, _ standardError: Double) -> Result<PooledEffect, NotEstimable>
{
  guard estimate.isFinite else { return .failure(.unboundedRatio) }
  guard standardError > 0 else { return .failure(NotEstimable("the variance is 0")) }
  guard standardError.isFinite else { return .failure(.outOfRange) }
  return .success(PooledEffect(estimate: estimate, standardError: standardError))
}

extension NotEstimable {
  static let noEffect = NotEstimable("no study has an effect")
  static let noEvents = NotEstimable("no events in any study")
  static let noNonEvents = NotEstimable("every subject of every study had the event")
  static let noInformation = NotEstimable("no study carries information")
  static let outOfRange = NotEstimable("the numbers are out of range")
  static let unboundedRatio = NotEstimable("the common ratio is 0 or infinite")
}
