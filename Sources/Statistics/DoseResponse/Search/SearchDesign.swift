import Glibc

/// What a search needs of doses, weights and bounds, the same for all responses on one design.
struct SearchDesign {
  /// What the columns of a form are made of.
  enum Composition {
    /// Powers of the dose, without nonlinear parameters.
    case constant
    /// 1 and q.
    case rise
    /// p and q.
    case plateaus
    /// p, q and n q, n a function of the dose.
    case hormesis
  }

  let composition: Composition
  let doses: [Double]
  /// The doses as the curve sees them: their logarithms, or themselves.
  let positions: [Double]
  /// √w.
  let roots: [Double]
  /// What `hormesis` multiplies beside q.
  let numerators: [Double]
  /// The indices of the linear parameters that are not fixed.
  private(set) var freeLinear: [Int]
  /// The fixed values, 0 for free parameters.
  private(set) var fixedLinear: [Double]
  /// The bounds of all linear parameters.
  let lower: [Double]
  let upper: [Double]
  /// Whether of two mirrored curves, with plateaus exchanged and the slope turned, one is left out.
  let plateausAreOrdered: Bool

  /// Each free parameter may be inside or at one of its bounds.
  var choices: Int {
    let isBounded = freeLinear.contains { lower[$0].isFinite || upper[$0].isFinite }
    return isBounded ? freeLinear.reduce(1) { count, _ in 3 * count } : 1
  }

  init(
    _ curve: ResponseCurve, doses: [Double], weights: [Double],
    bounds: [CurveParameter: ClosedRange<Double>]
  ) {
    let form = curve.form
    self.doses = doses
    roots = weights.map { $0.squareRoot() }
    switch form {
    case .sigmoid(let sigmoid):
      composition =
        sigmoid.composition == .rise ? .rise : sigmoid.isHormesis ? .hormesis : .plateaus
      positions = sigmoid.isLogDose ? doses.map { log($0) } : doses
      numerators = doses.map { sigmoid.numerator($0).value }
      plateausAreOrdered =
        sigmoid.composition == .plateaus && sigmoid.slope != nil
        && [CurveParameter.slope, .lower, .upper].allSatisfy { curve.fixedValues[$0] == nil }
    case .polynomial:
      (composition, positions, numerators) = (.constant, doses, [])
      plateausAreOrdered = false
    case .exponential:
      (composition, positions, numerators) = (.rise, doses, [])
      plateausAreOrdered = false
    }
    freeLinear = form.linear.indices.filter { curve.fixedValues[form.linear[$0]] == nil }
    fixedLinear = form.linear.map { curve.fixedValues[$0] ?? 0 }
    lower = form.linear.map { bounds[$0]?.lowerBound ?? -.infinity }
    upper = form.linear.map { bounds[$0]?.upperBound ?? .infinity }
  }

  /// Holds a linear parameter.
  mutating func hold(linear index: Int, at value: Double) {
    freeLinear.removeAll { $0 == index }
    fixedLinear[index] = value
  }

  /// The best value for both plateaus, √w y being `responses`; `nil` where the bounds allow none.
  func level(_ responses: [Double]) -> Double? {
    let held = [0, 1].filter { !freeLinear.contains($0) }.map { fixedLinear[$0] }
    let lowest = ([lower[0], lower[1]] + held).max() ?? -.infinity
    let highest = ([upper[0], upper[1]] + held).min() ?? .infinity
    let mean = product(roots, responses) / product(roots, roots)
    return lowest <= highest ? min(highest, max(lowest, mean)) : nil
  }
}
