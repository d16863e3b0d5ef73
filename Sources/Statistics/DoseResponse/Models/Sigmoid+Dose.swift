import Glibc
import Inference
import Optimization

extension Sigmoid {
  /// Whether q is 1, and not 0, in the limit of low doses.
  func startsAtUpperShare(_ nonlinear: [Double]) -> Bool {
    let start = signedSlope(nonlinear) > 0 ? -Double.infinity : .infinity
    return shape.share(at: start, asymmetry: asymmetry(nonlinear)).q == 1
  }

  /// The dose at which the shares are `p` and `q`, both positive.
  func dose(p: Double, q: Double, _ nonlinear: [Double]) throws(NotEstimable) -> Double {
    let z = shape.argument(p: p, q: q, asymmetry: asymmetry(nonlinear))
    let distance = z / signedSlope(nonlinear)
    let location = location(nonlinear)
    let dose = isLogDose ? location * exp(distance) : location + distance
    guard dose.isFinite, dose > 0 || !isLogDose else {
      throw NotEstimable("the dose is beyond all bounds")
    }
    return dose
  }

  /// The largest dose at which a curve of hormesis equals `response`.
  ///
  /// From where the curve has all but reached its limit the search goes down in steps so short
  /// beside 1/slope that no crossing is passed over.
  func largestDose(
    reaching response: Double, _ values: (linear: [Double], nonlinear: [Double])
  ) throws(NotEstimable) -> Double {
    let slope = signedSlope(values.nonlinear)
    guard slope > 0 else { throw NotEstimable("the curve of hormesis does not fall") }
    let location = location(values.nonlinear)
    func excess(_ distance: Double) -> Double {
      dot(values.linear, columns(location * exp(distance), values.nonlinear).values) - response
    }
    // Where hormesis x outweighs the plateaus the curve falls as slowly as x^(1 − slope).
    let decline = composition == .brainCousens && slope > 1 ? min(slope, slope - 1) : slope
    let farthest = min(100 / decline, 600)
    let step = 0.05 / max(1, slope)
    var upper = farthest
    let last = excess(upper)
    while upper > -100 / min(1, slope) {
      let lower = upper - max(step, 0.01 * abs(upper))
      let value = excess(lower)
      if value == 0 { return location * exp(lower) }
      if (value < 0) != (last < 0), value.isFinite, last.isFinite {
        guard let root = try? bracketedRoot(of: excess, lower: lower, upper: upper) else { break }
        return location * exp(root.value)
      }
      upper = lower
    }
    throw NotEstimable("the curve does not reach this response")
  }
}
