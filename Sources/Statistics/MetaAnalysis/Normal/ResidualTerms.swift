import LinearAlgebra

/// One study in a weighted fit.
struct ResidualTerm {
  let weight: Double
  let variance: Double
  /// y − ŷ.
  let residual: Double
  /// h, the part of its own fitted value that the study is.
  let hat: Double
  /// 1 − h.
  let freedom: Double
}

extension NormalModel {
  /// The studies, in their order, in the fit with `weights` that depend on the variance, in scaled
  /// units.
  func residualTerms(weights: (Double) -> Double) -> [ResidualTerm] {
    switch kernel {
    case .mean: meanTerms(weights)
    case .regression(let regression): regressionTerms(regression, weights)
    }
  }

  /// An orthonormal basis of the columns of √a X, a the `weights`.
  func weightedBasis(_ weights: (Double) -> Double) -> Matrix {
    switch kernel {
    case .mean:
      let weights = effects.map { weights(scaled($0.variance)) }
      let total = weights.reduce(0, +)
      return Matrix(column: weights.map { ($0 / total).squareRoot() })
    case .regression(let regression):
      return regression.factors(weights: regression.variances.map(weights)).q
    }
  }

  private func meanTerms(_ weight: (Double) -> Double) -> [ResidualTerm] {
    let variances = effects.map { scaled($0.variance) }
    let deviations = effects.map { ($0.value - origin[0]) / scale }
    let weights = variances.map(weight)
    let heaviest = weights.indices.max { weights[$0] < weights[$1] } ?? 0
    let others = weights.indices.reduce(0) { $1 == heaviest ? $0 : $0 + weights[$1] }
    let total = others + weights[heaviest]
    let mean = zip(weights, deviations).reduce(0) { $0 + $1.0 * $1.1 } / total
    return weights.indices.map { i in
      ResidualTerm(
        weight: weights[i], variance: variances[i], residual: deviations[i] - mean,
        hat: weights[i] / total, freedom: i == heaviest ? others / total : 1 - weights[i] / total)
    }
  }

  private func regressionTerms(
    _ regression: WeightedRegression, _ weight: (Double) -> Double
  ) -> [ResidualTerm] {
    let weights = regression.variances.map(weight)
    let factors = regression.factors(weights: weights)
    return weights.indices.map { i in
      ResidualTerm(
        weight: weights[i], variance: regression.variances[i],
        residual: factors.residuals[i] / factors.roots[i],
        hat: factors.hatValues[i], freedom: 1 - factors.hatValues[i])
    }
  }

  /// Σ (y − ȳ)²/k, whatever the moderators.
  var totalVariance: Double {
    let count = Double(effects.count)
    let mean = effects.reduce(0) { $0 + ($1.value - effects[0].value) / scale } / count
    return effects.reduce(0) { sum, effect in
      let deviation = (effect.value - effects[0].value) / scale - mean
      return sum + deviation * deviation
    } / count
  }
}
