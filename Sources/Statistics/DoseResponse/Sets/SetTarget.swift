import Glibc
public import Inference

/// A number that follows from the parameters of a set of curves.
public enum SetTarget: Hashable, Sendable {
  /// A parameter, by its place among those of the set.
  case parameter(Int)
  case dose(DoseTarget, curve: Int)
  /// The ED50 of `reference` over that of `curve`, above 1 where the curve is more potent.
  case potency(curve: Int, reference: Int)
}

extension CurveSet {
  /// The value of `target` and its gradient by the set's parameters.
  ///
  /// - Throws: `NotEstimable` where a curve has no such dose.
  public func evaluate(
    _ target: SetTarget, _ estimates: [Double]
  ) throws(NotEstimable) -> (value: Double, gradient: [Double]) {
    var gradient = [Double](repeating: 0, count: estimates.count)
    switch target {
    case .parameter(let index):
      gradient[index] = 1
      return (estimates[index], gradient)
    case .dose(let target, let index):
      let found = try curve.dose(target, parameters: values(estimates, of: index))
      for (place, change) in zip(places[index], found.gradient) { gradient[place] += change }
      return (found.dose, gradient)
    case .potency(let index, let reference):
      let own = try curve.effectiveDose(percent: 50, parameters: values(estimates, of: index))
      let other = try curve.effectiveDose(
        percent: 50, parameters: values(estimates, of: reference))
      let ratio = other.dose / own.dose
      for (place, change) in zip(places[reference], other.gradient) {
        gradient[place] += change / own.dose
      }
      for (place, change) in zip(places[index], own.gradient) {
        gradient[place] -= ratio * change / own.dose
      }
      return (ratio, gradient)
    }
  }

  /// A share of the response at dose 0 as the effective dose that it is where the curve ends at a fixed
  /// plateau: α + β f(0) is then 1 − β of the way, whatever the other plateau.
  func asEffect(_ target: SetTarget, _ estimates: [Double]) -> SetTarget {
    guard case .dose(.response(let constant, let control), let index) = target,
      control > 0, control < 1, case .sigmoid(let sigmoid) = curve.form, sigmoid.isLogDose,
      sigmoid.composition == .plateaus
    else { return target }
    let nonlinear = curve.split(values(estimates, of: index)).nonlinear
    let end = sigmoid.startsAtUpperShare(nonlinear) ? CurveParameter.lower : .upper
    guard let plateau = curve.fixedValues[end], constant == plateau * (1 - control) else {
      return target
    }
    return .dose(.relative(percent: 100 * (1 - control)), curve: index)
  }

  /// The ED50 as the parameter that it is, where it is one.
  func asParameter(_ target: SetTarget) -> SetTarget {
    guard case .dose(.relative(percent: 50), let index) = target,
      case .sigmoid(let sigmoid) = curve.form, !sigmoid.isHormesis,
      sigmoid.shape.isSymmetric, !sigmoid.isAsymmetric,
      let place = curve.parameters.firstIndex(of: sigmoid.location)
    else { return target }
    return .parameter(places[index][place])
  }

  /// Whether a parameter's `value` is at a bound that was asked for.
  func isOwnBound(_ value: Double, of index: Int) -> Bool {
    bounds[parameters[index].parameter]?.hasEnd(value) ?? false
  }

  /// Whether `target` cannot be 0 or less, so that its logarithm is what limits are symmetric in.
  public func isPositive(_ target: SetTarget) -> Bool {
    switch target {
    case .parameter(let index):
      return curve.form.coordinate(of: parameters[index].parameter) == .logarithm
    case .dose, .potency: return curve.hasPositiveDoses
    }
  }
}

extension ResponseCurve {
  /// Whether the curve is one of the logarithm of the dose, or of doses from 0 on.
  var hasPositiveDoses: Bool {
    switch form {
    case .sigmoid(let sigmoid): sigmoid.isLogDose
    case .polynomial, .exponential: false
    }
  }
}

extension ClosedRange<Double> {
  /// Whether `value` is an end but for rounding.
  func hasEnd(_ value: Double) -> Bool {
    let rounding = 1e-9 * abs(value)
    return value <= lowerBound + rounding || value >= upperBound - rounding
  }
}
