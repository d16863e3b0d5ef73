import Glibc

/// π = F(b) − F(a), the probability of one grade, F the logistic distribution and a < b.
///
/// π = F(b) (1 − F(a)) (1 − e^−(b − a)), without differences of close numbers. The derivatives are
/// those of log π, curvatures with the opposite sign.
struct Band {
  private let lower: Double
  private let upper: Double
  /// 1 / (e^(b − a) − 1).
  private let odds: Double

  init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
    odds = 1 / expm1(upper - lower)
  }

  var logProbability: Double {
    logLogistic(upper) + logLogistic(-lower) + log(-expm1(lower - upper))
  }

  var probability: Double { exp(logProbability) }

  /// 1 − F(b) + 1/(e^(b − a) − 1).
  var upperSlope: Double { logistic(-upper) + odds }

  /// −F(a) − 1/(e^(b − a) − 1).
  var lowerSlope: Double { -logistic(lower) - odds }

  var upperCurvature: Double { logistic(upper) * logistic(-upper) + odds * (1 + odds) }

  var lowerCurvature: Double { logistic(lower) * logistic(-lower) + odds * (1 + odds) }

  var mixedCurvature: Double { -odds * (1 + odds) }
}

/// F(x) = 1 / (1 + e^−x).
private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// log F(x).
private func logLogistic(_ x: Double) -> Double {
  x < 0 ? x - log1p(exp(x)) : -log1p(exp(-x))
}
