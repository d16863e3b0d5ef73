import Glibc
public import Inference

/// A dose that is a function of a curve's parameters.
public struct EffectiveDose: Hashable, Sendable {
  public let dose: Double

  /// ∂dose/∂θ, one entry for each of the curve's parameters.
  public let gradient: [Double]
}

/// Which dose of a curve is meant.
public enum DoseTarget: Hashable, Sendable {
  /// EDp: that at which the response has gone so many percent of its way.
  case relative(percent: Double)
  /// That at which the response is `constant` + `control` times the response at dose 0.
  ///
  /// An absolute response y has control 0; p percent of control has constant 0 (where the response
  /// counts from the blank); p percent of the way to a reference response r has constant p r/100 and
  /// control 1 − p/100.
  case response(constant: Double, control: Double)
}

extension ResponseCurve {
  /// The dose that `target` means.
  ///
  /// - Throws: `NotEstimable` where the curve has no such dose.
  public func dose(
    _ target: DoseTarget, parameters: [Double]
  ) throws(NotEstimable) -> EffectiveDose {
    switch target {
    case .relative(let percent):
      return try effectiveDose(percent: percent, parameters: parameters)
    case .response(let constant, let control):
      guard control != 0 else {
        return try dose(atResponse: constant, parameters: parameters)
      }
      let start = response(dose: 0, parameters: parameters)
      let found = try dose(atResponse: constant + control * start, parameters: parameters)
      let values = split(parameters)
      let slope = dot(values.linear, form.columns(found.dose, values.nonlinear).byDose)
      // The response aimed at moves with that at dose 0.
      let gradient = zip(found.gradient, gradient(dose: 0, parameters: parameters)).map {
        $0 + control * $1 / slope
      }
      guard gradient.allSatisfy(\.isFinite) else {
        throw NotEstimable("the dose is beyond all bounds")
      }
      return EffectiveDose(dose: found.dose, gradient: gradient)
    }
  }

  /// EDp: the dose at which the response has gone `percent` of the way it goes.
  ///
  /// The way is from dose 0 to infinite dose; for logistic and Gompertz curves, whose x may be the
  /// logarithm of a dose, from plateau to plateau; for hormesis from dose 0, and the dose is taken
  /// beyond the maximum. 0 < `percent` < 100.
  ///
  /// - Throws: `NotEstimable` where the curve has no limit or makes no way.
  public func effectiveDose(
    percent: Double, parameters: [Double]
  ) throws(NotEstimable) -> EffectiveDose {
    precondition(percent > 0 && percent < 100, "no part of the way: \(percent) %")
    guard case .sigmoid(let sigmoid) = form else {
      throw NotEstimable("the curve has no limit at high doses")
    }
    let values = split(parameters)
    let start = percent / 100
    let rest = (100 - percent) / 100
    if sigmoid.isHormesis {
      try requireLimit(sigmoid, values)
      // From upper, at dose 0, to lower.
      let target = [start, rest, 0]
      return try implicitDose(
        sigmoid.largestDose(reaching: dot(target, values.linear), values), target, values)
    }
    try requireWay(sigmoid, values)
    let startsAtQ = sigmoid.startsAtUpperShare(values.nonlinear)
    let (p, q) = startsAtQ ? (start, rest) : (rest, start)
    let dose = try sigmoid.dose(p: p, q: q, values.nonlinear)
    return try implicitDose(dose, sigmoid.composition == .rise ? [1, q] : [p, q], values)
  }

  /// The smallest dose, for hormesis the largest, at which the response equals `response`.
  ///
  /// - Throws: `NotEstimable` where the curve does not reach it.
  public func dose(
    atResponse response: Double, parameters: [Double]
  ) throws(NotEstimable) -> EffectiveDose {
    let values = split(parameters)
    let dose =
      switch form {
      case .sigmoid(let sigmoid):
        if sigmoid.isHormesis {
          try sigmoid.largestDose(reaching: response, values)
        } else {
          try absoluteDose(response, sigmoid, values)
        }
      case .polynomial:
        try smallestRoot(values.linear, response)
      case .exponential:
        try exponentialDose(values, response)
      }
    return try implicitDose(dose, values.linear.map { _ in 0 }, values)
  }

  /// dx/dθ = (∂t/∂θ − ∂f/∂θ)/(∂f/∂x), where f(x) = t and t = Σ aₖ `target`ₖ.
  private func implicitDose(
    _ dose: Double, _ target: [Double], _ values: (linear: [Double], nonlinear: [Double])
  ) throws(NotEstimable) -> EffectiveDose {
    var columns = form.columns(dose, values.nonlinear)
    let slope = dot(values.linear, columns.byDose)
    for k in target.indices { columns.values[k] -= target[k] }
    let gradient = gradient(columns, values.linear).map { -$0 / slope }
    guard dose.isFinite, gradient.allSatisfy(\.isFinite) else {
      throw NotEstimable("the dose is beyond all bounds")
    }
    return EffectiveDose(dose: dose, gradient: gradient)
  }

  private func requireWay(
    _ sigmoid: Sigmoid, _ values: (linear: [Double], nonlinear: [Double])
  ) throws(NotEstimable) {
    let way =
      sigmoid.composition == .rise ? values.linear[1] : values.linear[1] - values.linear[0]
    guard way != 0, sigmoid.signedSlope(values.nonlinear) != 0 else {
      throw NotEstimable("the curve is flat")
    }
  }

  private func requireLimit(
    _ sigmoid: Sigmoid, _ values: (linear: [Double], nonlinear: [Double])
  ) throws(NotEstimable) {
    let slope = sigmoid.signedSlope(values.nonlinear)
    guard slope > 0 else { throw NotEstimable("the curve of hormesis does not fall") }
    guard sigmoid.composition != .brainCousens || slope > 1 || values.linear[2] == 0 else {
      throw NotEstimable("with a slope of at most 1 the curve has no limit at high doses")
    }
    guard values.linear[0] != values.linear[1] else {
      throw NotEstimable("the curve ends where it starts")
    }
  }

  private func absoluteDose(
    _ response: Double, _ sigmoid: Sigmoid, _ values: (linear: [Double], nonlinear: [Double])
  ) throws(NotEstimable) -> Double {
    try requireWay(sigmoid, values)
    let (a, b) = (values.linear[0], values.linear[1])
    let (start, end) = sigmoid.composition == .rise ? (a, a + b) : (a, b)
    let (q, p) = ((response - start) / (end - start), (end - response) / (end - start))
    guard p > 0, q > 0 else { throw NotEstimable("the curve does not reach this response") }
    return try sigmoid.dose(p: p, q: q, values.nonlinear)
  }

  /// The smallest root, not negative, of a₀ + a₁ x + a₂ x² = `response`.
  private func smallestRoot(
    _ coefficients: [Double], _ response: Double
  ) throws(NotEstimable) -> Double {
    let unreached = NotEstimable("the curve does not reach this response")
    let a = coefficients + [Double](repeating: 0, count: 3 - coefficients.count)
    let constant = a[0] - response
    let discriminant = a[1] * a[1] - 4 * a[2] * constant
    guard discriminant >= 0, a[1] != 0 || a[2] != 0 else { throw unreached }
    // Of the two roots q/a₂ and constant/q neither is a difference of close numbers.
    let q = -(a[1] + (a[1] < 0 ? -1 : 1) * discriminant.squareRoot()) / 2
    let roots = [q == 0 ? 0 : constant / q] + (a[2] == 0 ? [] : [q / a[2]])
    guard let smallest = roots.filter({ $0 >= 0 }).min() else { throw unreached }
    return smallest
  }

  private func exponentialDose(
    _ values: (linear: [Double], nonlinear: [Double]), _ response: Double
  ) throws(NotEstimable) -> Double {
    let growth = (response - values.linear[0]) / values.linear[1]
    guard growth >= 0, growth.isFinite else {
      throw NotEstimable("the curve does not reach this response")
    }
    return values.nonlinear[0] * log1p(growth)
  }
}
