import Inference

extension CurveSet {
  /// Whether the wells of a plate have an error in common, that of the blank subtracted from them.
  var hasUncertainBlanks: Bool {
    response == .continuous && blankVariances.contains { $0 > 0 }
  }

  /// Generalised least squares, σ² and curves settled together.
  func fitWithBlanks() throws(NotEstimable) -> CurveSetFit {
    var known: [CurveData] = []
    for sample in samples {
      guard let data = try? sample.onOnePlate else { throw NotEstimable("no curve has points") }
      known.append(data)
    }
    let plain = CurveSet(curve, known, shared: shared, bounds: bounds)
    var fit = try plain.fit()
    guard var variance = fit.fit.residualVariance, variance > 0 else { return fit }
    let starts = try plain.starts()
    for _ in 0..<50 {
      fit = try self.fit(
        SetProblem(self, .normal, variance: variance), from: [fit.estimates] + starts)
      guard let next = fit.fit.residualVariance, next > 0 else { break }
      let change = abs(next - variance)
      variance = next
      if change <= 1e-12 * next { break }
    }
    return fit
  }
}
