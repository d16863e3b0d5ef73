import Probability

// Estimators of τ² from the expectation of a quadratic form of the residuals.

extension NormalModel {
  /// The generalised Q of weights a, with what its moments need of A = P at these weights.
  struct Moment {
    /// yᵀAy.
    let q: Double
    /// tr A.
    let trace: Double
    /// tr AV, V the variances within studies.
    let traceV: Double

    /// The τ² at which E yᵀAy = tr AV + τ² tr A is what is observed.
    func tau2(_ degrees: Double) -> Double { (q - traceV) / trace }
  }

  /// The generalised Q with `weights` that depend on the variance.
  func moment(weights: (Double) -> Double) -> Moment {
    let terms = residualTerms(weights: weights)
    var (q, trace, traceV) = (0.0, 0.0, 0.0)
    for term in terms {
      q += term.weight * term.residual * term.residual
      trace += term.weight * term.freedom
      traceV += term.weight * term.freedom * term.variance
    }
    return Moment(q: q, trace: trace, traceV: traceV)
  }

  /// τ² + (Q − (k − p))/tr P at `tau2`: the estimator of moments with weights 1/(v + τ²).
  ///
  /// DerSimonian & Kacker (2007), Contemp. Clin. Trials 28:105.
  func momentStep(from tau2: Double) -> Double {
    let forms = forms(at: tau2)
    return tau2 + (forms.q - degrees) / forms.trace
  }

  /// (`factor` Q − k)/Σw.
  func hunterSchmidt(_ factor: Double) -> Double {
    let forms = forms(at: 0)
    return (factor * forms.q - Double(effects.count)) / forms.weight
  }

  /// τ₀² Q(τ₀²)/(k − p), in which τ₀² Q stays above 0 where τ₀² does.
  func sidikJonkman(from tau2: Double) -> Double {
    tau2 * forms(at: tau2).q / degrees
  }

  /// The τ² at which the generalised Q is `target`, or 0 where it is less already at 0.
  ///
  /// 1/Q is concave and increases with τ², so Newton's steps for it never pass the root from below,
  /// and none is taken from above it: with the residuals' sum of squares S of the unweighted fit,
  /// Q ≥ S/(max v + τ²).
  func generalisedQEqual(to target: Double) -> Tau2Solution {
    var tau2 = max(0, sumOfSquares / target - largestVariance)
    var forms = forms(at: tau2)
    if tau2 == 0, forms.q <= target {
      return Tau2Solution(
        value: 0, termination: .boundary, residual: forms.q / target - 1)
    }
    var iterations = 0
    while iterations < 200 {
      let next = tau2 + (forms.q / target - 1) * forms.q / forms.q2
      // At the root rounding alone decides whether a step goes back.
      guard next > tau2 || iterations == 0 else { break }
      let step = abs(next - tau2)
      tau2 = max(0, next)
      forms = self.forms(at: tau2, around: forms.mean)
      iterations += 1
      if step <= 4e-16 * (tau2 + smallestVariance) { break }
    }
    return Tau2Solution(
      value: tau2, iterations: iterations, termination: .root, residual: forms.q / target - 1)
  }

  /// The median of χ² with k − p degrees of freedom, that of Q at the true τ².
  var medianChiSquare: Double { ChiSquare(degreesOfFreedom: degrees).quantile(lowerTail: 0.5) }
}
