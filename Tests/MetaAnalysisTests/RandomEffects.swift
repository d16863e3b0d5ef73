import Glibc
import MetaAnalysis
import Probability

extension RandomStream {
  mutating func normal() -> Double { Normal.standard.quantile(lowerTail: uniform()) }

  /// Two to twelve studies whose variances span up to `decades` powers of ten.
  mutating func effects(decades: Double) -> [EffectSize] {
    let count = 2 + Int(uniform() * 11)
    let range = decades * uniform()
    let tau = pow(10, 1 - 3 * uniform())
    return (0..<count).map { _ in
      let variance = pow(10, range * (uniform() - 0.5))
      return EffectSize(
        value: 0.3 + (variance.squareRoot() + tau) * normal(), variance: variance)
    }
  }
}

/// The normal model written out from its definition.
struct PlainModel {
  let effects: [EffectSize]

  func weights(_ tau2: Double) -> [Double] { effects.map { 1 / ($0.variance + tau2) } }

  func mean(_ weights: [Double]) -> Double {
    zip(weights, effects).reduce(0) { $0 + $1.0 * $1.1.value } / weights.reduce(0, +)
  }

  /// Σ wᵖ (y − μ)² with w = 1/(v + τ²).
  func squares(_ tau2: Double, power: Double = 1) -> Double {
    let weights = weights(tau2)
    let mean = mean(weights)
    return zip(weights, effects).reduce(0) {
      $0 + pow($1.0, power) * ($1.1.value - mean) * ($1.1.value - mean)
    }
  }

  /// Σ w, or Σ w (1 − w/Σw).
  func trace(_ tau2: Double, restricted: Bool) -> Double {
    let weights = weights(tau2)
    let total = weights.reduce(0, +)
    guard restricted else { return total }
    return weights.indices.reduce(0) { sum, i in
      let others = weights.indices.reduce(0) { $1 == i ? $0 : $0 + weights[$1] }
      return sum + weights[i] * others / total
    }
  }

  /// −2 log L without the constant.
  func deviance(_ tau2: Double, restricted: Bool) -> Double {
    let weights = weights(tau2)
    let sum = effects.reduce(squares(tau2)) { $0 + log($1.variance + tau2) }
    return restricted ? sum + log(weights.reduce(0, +)) : sum
  }
}
