import Glibc
public import Inference
import Optimization

extension CurveSet {
  /// The curves with variance σ² f^(2θ): generalised least squares, weights and curves settled together.
  ///
  /// Without `theta` it is estimated by pseudo-likelihood, Σ log f^(2θ) + n log Σ w r²/f^(2θ) least.
  /// Carroll & Ruppert (1988), Transformation and Weighting in Regression, 3.2.
  ///
  /// - Throws: `NotEstimable` for counts and where a fitted value is not positive.
  public func powerOfMeanFit(
    theta: Double?
  ) throws(NotEstimable) -> (fit: CurveSetFit, theta: Double) {
    guard response == .continuous else { throw NotEstimable("counts have their own variance") }
    var fit = try fit()
    var power = theta ?? 0
    for _ in 0..<500 {
      let next =
        if let theta { theta } else { try pseudoLikelihoodPower(fit.estimates) }
      let weighted = try weighted(fit.estimates, power: next).fit()
      let change = zip(weighted.estimates, fit.estimates).reduce(abs(next - power)) {
        max($0, abs($1.0 - $1.1) / max(abs($1.1), 1e-300))
      }
      (fit, power) = (weighted, next)
      if change <= 1e-12 { return (fit, power) }
    }
    throw NotEstimable("weights and curve did not settle")
  }

  /// This with w f^(−2θ) as weights.
  private func weighted(_ estimates: [Double], power: Double) throws(NotEstimable) -> CurveSet {
    var weighted: [CurveData] = []
    for (index, sample) in samples.enumerated() {
      let values = values(estimates, of: index)
      var points: [DoseResponsePoint] = []
      for point in sample.points {
        let mean = try positiveMean(curve.response(dose: point.dose, parameters: values))
        points.append(
          DoseResponsePoint(
            dose: point.dose, response: point.response,
            weight: point.weight * exp(-2 * power * log(mean))))
      }
      guard let data = try? CurveData(points) else {
        throw NotEstimable("a weight is beyond all bounds")
      }
      weighted.append(data)
    }
    return replacing(weighted)
  }

  private func positiveMean(_ mean: Double) throws(NotEstimable) -> Double {
    guard mean > 0 else {
      throw NotEstimable("a variance by the power of the mean needs positive fitted values")
    }
    return mean
  }

  private func pseudoLikelihoodPower(_ estimates: [Double]) throws(NotEstimable) -> Double {
    var terms: [(squared: Double, logMean: Double)] = []
    for (index, sample) in samples.enumerated() {
      let values = values(estimates, of: index)
      for point in sample.points {
        let mean = try positiveMean(curve.response(dose: point.dose, parameters: values))
        let residual = point.response - mean
        terms.append((point.weight * residual * residual, log(mean)))
      }
    }
    // Its zero is where the squares, so weighted, do not depend on log f any more.
    let middle = terms.reduce(0) { $0 + $1.logMean } / Double(terms.count)
    func slope(_ power: Double) -> Double {
      let parts = terms.map { $0.squared * exp(-2 * power * ($0.logMean - middle)) }
      let total = parts.reduce(0, +)
      return zip(parts, terms).reduce(0) { $0 + $1.0 / total * ($1.1.logMean - middle) }
    }
    guard let root = try? bracketedRoot(of: slope, lower: -20, upper: 20) else {
      throw NotEstimable("the pseudo-likelihood has no greatest power of the mean")
    }
    return root.value
  }
}
