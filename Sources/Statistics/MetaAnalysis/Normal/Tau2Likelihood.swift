import Glibc

/// The likelihood of τ² with the coefficients at their best, or the restricted one.
///
/// −2 log L = Σ log(v + τ²) + yᵀPy, restricted + log |XᵀWX|. Its derivative is T − yᵀPPy with T = Σw,
/// restricted T = tr P: the maxima are where T/yᵀPPy passes 1 upwards.
struct Tau2Likelihood {
  let model: NormalModel
  let isRestricted: Bool

  /// The global maximum over τ² ≥ 0.
  ///
  /// T/yᵀPPy is a ratio of sums of functions of log(v + τ²) that are several octaves wide, so its
  /// values at every octave of τ², from half the smallest variance on, tell all maxima; each is
  /// polished by Newton's steps within its octave, and of several the one with the largest
  /// likelihood is taken.
  func maximum() -> Tau2Solution {
    let start = point(model.forms(at: 0))
    var best =
      start.ratio >= 1
      ? Tau2Solution(value: 0, termination: .boundary, residual: 1 / start.ratio - 1) : nil
    var below = Octave(tau2: 0, ratio: start.ratio)
    scan { above in
      if below.ratio < 1, above.ratio >= 1 {
        let found = polished(below, above)
        if let other = best {
          if deviance(found.value, over: other.value) < 0 { best = found }
        } else {
          best = found
        }
      }
      below = above
    }
    return best ?? Tau2Solution(value: 0, termination: .boundary, residual: 1 / start.ratio - 1)
  }

  /// −2 log L at `tau2` less that at `reference`.
  func deviance(_ tau2: Double, over reference: Double) -> Double {
    deviance(tau2, over: model.fitSummary(at: reference))
  }

  /// −2 log L at `tau2` less that of the fit `reference`.
  func deviance(_ tau2: Double, over reference: NormalModel.FitSummary) -> Double {
    let fit = model.fitSummary(at: tau2)
    let restriction =
      isRestricted ? fit.logInformation - reference.logInformation : 0
    return model.logRatios(tau2, over: reference.tau2) + restriction + (fit.q - reference.q)
  }

  /// No maximum is beyond: yᵀPPy ≤ S/(min v + τ²)² and T ≥ n/(max v + τ²), S the residuals' sum of
  /// squares of the unweighted fit and n = k − p, or k.
  var upperBound: Double {
    let count = isRestricted ? model.degrees : Double(model.effects.count)
    let half = model.sumOfSquares / count / 2
    let range = model.largestVariance - model.smallestVariance
    let sum = half + (half * half + 2 * half * range).squareRoot()
    // A little more than rounding takes away.
    return sum * (1 + 1e-12) - model.smallestVariance
  }

  /// The τ² at which the likelihood is looked at, in increasing order: at the last it decreases.
  var octaves: [Double] {
    let bound = upperBound
    guard bound > 0 else { return [] }
    let count = octaveCount(bound)
    return (1...count).map { scalbn(bound, Int32(clamping: $0 - count)) }
  }

  private func octaveCount(_ bound: Double) -> Int {
    max(1, Int((2 * bound / model.smallestVariance).exponent) + 1)
  }

  /// τ² with T/yᵀPPy there.
  private struct Octave {
    let tau2: Double
    let ratio: Double
  }

  /// Visits the octaves up to the first above all maxima, in increasing order.
  private func scan(_ visit: (Octave) -> Void) {
    let bound = upperBound
    guard bound > 0 else { return }
    let octaves = octaveCount(bound)
    switch model.kernel {
    case .mean(let columns):
      for index in stride(from: 1, through: octaves, by: 2) {
        let tau2 = scalbn(bound, Int32(clamping: index - octaves))
        let scores = columns.scores(at: (tau2, 2 * tau2))
        visit(octave(index, tau2, ratio(scores.0)))
        if index < octaves { visit(octave(index + 1, 2 * tau2, ratio(scores.1))) }
      }
    case .regression(let regression):
      for index in 1...octaves {
        let tau2 = scalbn(bound, Int32(clamping: index - octaves))
        visit(octave(index, tau2, point(regression.forms(at: tau2)).ratio))
      }
    }
    // At the last the likelihood decreases, whatever rounding makes of the ratio.
    func octave(_ index: Int, _ tau2: Double, _ ratio: Double) -> Octave {
      Octave(tau2: tau2, ratio: index == octaves ? max(1, ratio) : ratio)
    }
  }

  private func ratio(_ score: StudyColumns.Score) -> Double {
    (isRestricted ? score.trace : score.weight) / score.q2
  }

  /// T/yᵀPPy and its derivative.
  private func point(_ forms: ResidualForms) -> (ratio: Double, slope: Double) {
    let size = isRestricted ? forms.trace : forms.weight
    let decrease = isRestricted ? forms.trace2 : forms.weight2
    let ratio = size / forms.q2
    return (ratio, (2 * ratio * forms.q3 - decrease) / forms.q2)
  }

  /// The τ² between two octaves at which the ratio is 1, by Newton's steps that stay between the
  /// nearest known arguments on either side, and halve their distance where they do not.
  private func polished(_ below: Octave, _ above: Octave) -> Tau2Solution {
    var (lower, upper) = (below.tau2, above.tau2)
    var tau2 = lower + (upper - lower) * secant(below.ratio, above.ratio)
    var mean = 0.0
    var iterations = 0
    while true {
      let forms = model.forms(at: tau2, around: mean)
      let (ratio, slope) = point(forms)
      iterations += 1
      mean = forms.mean
      if ratio < 1 { lower = tau2 } else { upper = tau2 }
      var next = tau2 + (1 - ratio) / slope
      let step = abs(next - tau2)
      if step <= 1e-14 * (tau2 + model.smallestVariance) || upper - lower <= 2 * tau2.ulp
        || iterations == 200
      {
        return Tau2Solution(
          value: tau2, iterations: iterations, termination: .root, residual: 1 / ratio - 1)
      }
      if !(next > lower && next < upper) { next = lower + (upper - lower) / 2 }
      tau2 = next
    }
  }

  /// Where between 0 and 1 the straight line between two ratios is 1.
  private func secant(_ below: Double, _ above: Double) -> Double {
    let fraction = (1 - below) / (above - below)
    return fraction > 0.01 && fraction < 0.99 ? fraction : 0.5
  }
}

extension NormalModel {
  /// What the likelihood needs of the fit at one τ².
  struct FitSummary {
    let tau2: Double
    /// yᵀPy.
    let q: Double
    /// log |XᵀWX|, but for what does not depend on τ².
    let logInformation: Double
  }

  func fitSummary(at tau2: Double) -> FitSummary {
    switch kernel {
    case .mean(let columns):
      let forms = columns.forms(at: tau2, around: 0)
      return FitSummary(tau2: tau2, q: forms.q, logInformation: log(forms.weight))
    case .regression(let regression):
      let factors = regression.factors(at: tau2)
      return FitSummary(
        tau2: tau2, q: factors.forms.q, logInformation: factors.logDeterminant)
    }
  }

  /// Σ log((v + τ²)/(v + τ₀²)).
  func logRatios(_ tau2: Double, over reference: Double) -> Double {
    switch kernel {
    case .mean(let columns): columns.logRatios(tau2, over: reference)
    case .regression(let regression): regression.logRatios(tau2, over: reference)
    }
  }
}
