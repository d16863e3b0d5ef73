import Inference
import Probability

extension CurveSet {
  /// Least squares without the wells that a robust fit tells to be outliers.
  ///
  /// 1. Errors are taken to be Lorentzian: Σ log(1 + (r/RSDR)²) is least, RSDR = P68 n/(n − p), P68
  ///    the 68.27th percentile of |r|, settled together.
  /// 2. Of the 30 % farthest wells, from the nearest on, the first whose |r|/RSDR has by Student's t
  ///    with n − p degrees of freedom p < Q (n − i + 1)/n, i its rank, is an outlier, and so are all
  ///    beyond it; Q = 1 %.
  ///
  /// Motulsky & Brown (2006), BMC Bioinformatics 7:123.
  func rout() throws(NotEstimable) -> RobustFit {
    let rows = unreduced
    var best: (estimates: [Double], scale: Double)?
    for start in try robustStarts() {
      guard let found = try? rows.lorentzian(from: start) else { continue }
      if found.scale < best?.scale ?? .infinity { best = found }
    }
    guard let best else {
      throw NotEstimable("most of the wells lie on the curve, which leaves no scale")
    }
    let outliers = rows.outliers(best.estimates, scale: best.scale)
    var removed: [(curve: Int, point: DoseResponsePoint)] = []
    var kept: [CurveData] = []
    var place = 0
    for (index, sample) in samples.enumerated() {
      var points: [DoseResponsePoint] = []
      for point in sample.points {
        if outliers.contains(place) {
          removed.append((index, point))
        } else {
          points.append(point)
        }
        place += 1
      }
      guard let data = try? CurveData(points) else {
        throw NotEstimable("all wells of a curve are outliers")
      }
      kept.append(data)
    }
    return RobustFit(
      fit: try replacing(kept).fit(), scale: best.scale, removed: removed)
  }

  private func lorentzian(
    from start: [Double]
  ) throws(NotEstimable) -> (estimates: [Double], scale: Double) {
    // The loss of Cauchy with its constant taken into the scale.
    let found = try settled(.cauchy, tuning: 2.385, from: start) { estimates throws(NotEstimable) in
      try standardDeviationOfResiduals(estimates)
    }
    return (found.fit.estimates, found.scale)
  }

  /// RSDR.
  private func standardDeviationOfResiduals(
    _ estimates: [Double]
  ) throws(NotEstimable) -> Double {
    let sizes = absoluteResiduals(estimates).sorted()
    let n = Double(sizes.count)
    guard sizes.count > estimates.count else {
      throw NotEstimable("as many parameters as observations leave no variance")
    }
    let scale = sizes.quantile(0.6827) * n / (n - Double(estimates.count))
    guard scale > 1e-12 * (sizes.last ?? 0), scale > 0 else {
      throw NotEstimable("most of the wells lie on the curve, which leaves no scale")
    }
    return scale
  }

  /// The places of outliers among all points.
  private func outliers(_ estimates: [Double], scale: Double) -> Set<Int> {
    let sizes = absoluteResiduals(estimates)
    let n = sizes.count
    let distribution = StudentT(degreesOfFreedom: Double(n - estimates.count))
    let ranked = sizes.indices.sorted { sizes[$0] < sizes[$1] }
    for i in max(1, Int(0.7 * Double(n)))...n {
      let p = 2 * distribution.upperTail(sizes[ranked[i - 1]] / scale)
      if p < 0.01 * Double(n - i + 1) / Double(n) { return Set(ranked[(i - 1)...]) }
    }
    return []
  }
}
