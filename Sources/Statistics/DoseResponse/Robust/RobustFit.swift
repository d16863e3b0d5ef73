import Glibc
public import Inference

/// A fit that wells far off hardly move.
public struct RobustFit: Sendable {
  public let fit: CurveSetFit
  /// s, in units of the response: the median absolute residual/0.6745 · n/(n − p); ROUT's RSDR.
  public let scale: Double
  /// The points that ROUT took for outliers, with their curves, and left out.
  public let removed: [(curve: Int, point: DoseResponsePoint)]
}

extension CurveSet {
  /// The curves by a robust loss, loss and scale settled together.
  ///
  /// From least squares, and from least squares on the medians of doses, which outliers do not move;
  /// of two answers that with the smaller scale.
  ///
  /// - Throws: `NotEstimable` for counts, with too few points, or where half of the wells lie on a curve.
  public func robustFit(_ method: RobustMethod) throws(NotEstimable) -> RobustFit {
    guard response == .continuous else { throw NotEstimable("counts have no robust fit") }
    switch method {
    case .none: return RobustFit(fit: try fit(), scale: 0, removed: [])
    case .huber: return try settled(.huber, from: robustStarts())
    case .cauchy: return try settled(.cauchy, from: robustStarts())
    case .tukey:
      // The biweight knows no wells far off: it begins where a loss that does has settled.
      let first = try settled(.cauchy, from: robustStarts())
      return try settled(.tukey, from: [first.fit.estimates] + robustStarts())
    case .rout: return try rout()
    }
  }

  /// This with every point by itself.
  var unreduced: CurveSet {
    replacing(
      samples.compactMap { try? CurveData($0.points, replicatesAreReduced: false) })
  }

  func robustStarts() throws(NotEstimable) -> [[Double]] {
    let medians = samples.compactMap { sample in
      try? CurveData(
        sample.means.map { mean in
          let sorted = sample.points.filter { $0.dose == mean.dose }.map(\.response).sorted()
          return DoseResponsePoint(
            dose: mean.dose, response: sorted.quantile(0.5), weight: mean.weight)
        })
    }
    return [try fit().estimates]
      + ((try? replacing(medians).fit().estimates).map { [$0] } ?? [])
  }

  private func settled(
    _ loss: RobustLoss, from starts: [[Double]]
  ) throws(NotEstimable) -> RobustFit {
    let rows = unreduced
    var fits: [RobustFit] = []
    var reason: NotEstimable?
    for start in starts {
      do throws(NotEstimable) {
        fits.append(try rows.settled(loss, from: start))
      } catch {
        reason = error
      }
    }
    guard let best = fits.min(by: { $0.scale < $1.scale }) else {
      throw reason ?? NotEstimable("no robust fit was found")
    }
    return best
  }

  private func settled(
    _ loss: RobustLoss, from start: [Double]
  ) throws(NotEstimable) -> RobustFit {
    let found = try settled(loss, from: start) { estimates throws(NotEstimable) in
      try robustScale(estimates)
    }
    return RobustFit(fit: found.fit, scale: found.scale, removed: [])
  }

  /// The curve by `loss` and the scale that follow from each other, in units of `tuning`.
  ///
  /// The logarithm of the scale by which the next one differs is made 0 by secants: renewed in turn,
  /// curve and scale may swing for ever.
  func settled(
    _ loss: RobustLoss, tuning: Double = 1, from start: [Double],
    scaleOf measure: ([Double]) throws(NotEstimable) -> Double
  ) throws(NotEstimable) -> (fit: CurveSetFit, scale: Double) {
    var estimates = start
    var scale = try measure(start)
    var last: (place: Double, change: Double)?
    var (below, above) = (0.0, Double.infinity)
    for _ in 0..<200 {
      let problem = SetProblem(self, .robust(loss, scale: scale / tuning))
      let fit = try fit(problem, from: [estimates])
      estimates = fit.estimates
      let next = try measure(estimates)
      let change = log(next / scale)
      if change > 0 { below = max(below, scale) } else { above = min(above, scale) }
      let isEnclosed = above - below <= 1e-13 * above && abs(change) <= 1e-9
      if abs(change) <= 1e-13 || isEnclosed { return (fit, scale) }
      let place = log(scale)
      let secant = last.map { place - change * (place - $0.place) / (change - $0.change) }
      last = (place, change)
      scale = secant.map { exp($0) } ?? next
      if !(scale > below && scale < above) {
        scale = above < .infinity && below > 0 ? (below * above).squareRoot() : next
      }
    }
    throw NotEstimable("scale and curve did not settle")
  }

  /// The median of |√w r|/0.6745 · n/(n − p).
  private func robustScale(_ estimates: [Double]) throws(NotEstimable) -> Double {
    let sizes = absoluteResiduals(estimates).sorted()
    let n = Double(sizes.count)
    guard sizes.count > estimates.count else {
      throw NotEstimable("as many parameters as observations leave no variance")
    }
    let scale = sizes.quantile(0.5) / 0.6745 * n / (n - Double(estimates.count))
    guard scale > 1e-12 * (sizes.last ?? 0), scale > 0 else {
      throw NotEstimable("half of the wells lie on the curve, which leaves no scale")
    }
    return scale
  }

  /// |√w (y − f)|, curve by curve and point by point.
  func absoluteResiduals(_ estimates: [Double]) -> [Double] {
    samples.enumerated().flatMap { index, sample in
      let values = values(estimates, of: index)
      return sample.points.map {
        abs(
          $0.weight.squareRoot()
            * ($0.response - curve.response(dose: $0.dose, parameters: values)))
      }
    }
  }
}
