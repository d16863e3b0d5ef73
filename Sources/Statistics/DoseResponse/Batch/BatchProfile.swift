import Glibc
import Inference

/// Profile limits of the effective doses of curves that the kernels have fitted, by the walk of single
/// fits.
struct BatchProfile: Sendable {
  private let request: BatchRequest
  private let layout: BatchLayout
  /// The critical values of Student's t with 0, 1, … degrees of freedom.
  private let criticalValues: [Double]

  /// `nil` for other limits, and for curves whose profiles depend on more than a slope.
  init?(_ request: BatchRequest, points: Int) {
    guard request.interval == .profile, request.bounds.isEmpty,
      case .sigmoid(let sigmoid) = request.curve.form, SlopeProfile.knows(sigmoid),
      sigmoid.isLogDose, sigmoid.slope.map({ request.curve.fixedValues[$0] == nil }) ?? false
    else { return nil }
    self.request = request
    layout = request.layout
    criticalValues = request.criticalValues(upTo: points)
  }

  /// Puts the limits of the curve with these points into its row, which has those of Wald by the
  /// logarithm; false where they are left to the single fit.
  func fill(_ row: UnsafeMutablePointer<Double>, _ points: [DoseResponsePoint]) -> Bool {
    guard row[0] <= FitVerdict.extrapolated.code, let data = try? CurveData(points) else {
      return false
    }
    let set = CurveSet(request.curve, [data])
    let values = (0..<layout.parameterCount).map { row[1 + 2 * $0] }
    let critical = criticalValues[Int(row[layout.sumOfSquaresPlace + 2])]
    let rise = critical * row[layout.sumOfSquaresPlace + 1]
    let doses = data.means.map(\.dose)
    var limits: [(lower: Double, upper: Double)] = []
    for (percent, place) in zip(request.effects, layout.effectPlaces) {
      let step = min(log(row[place.lower + 1] / row[place.lower]) / 2, critical)
      let target = set.asParameter(.dose(.relative(percent: percent), curve: 0))
      guard step > 0, rise > 0, let profile = SlopeProfile(set, curve: 0, target, values),
        var walk = ProfileWalk(
          profile, start: profile.start, centre: profile.start[1], isLogarithmic: true,
          allowed: rise * rise, scale: step, domain: profile.domain),
        // A better curve on the way is one that the kernels have missed.
        walk.run()
      else { return false }
      let scale = ProfileScale.logarithm(sign: 1)
      limits.append(
        (
          min(scale.value(walk.lower, doses: doses), row[place.dose]),
          max(scale.value(walk.upper, doses: doses), row[place.dose])
        ))
    }
    for (limit, place) in zip(limits, layout.effectPlaces) {
      (row[place.lower], row[place.lower + 1]) = limit
    }
    return true
  }
}
