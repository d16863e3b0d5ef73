import Glibc

/// The scale on which a number is moved along its profile.
///
/// What cannot be 0 or change its sign moves as a logarithm.
enum ProfileScale: Hashable, Sendable {
  case identity
  /// sign · exp(t).
  case logarithm(sign: Double)

  /// The place t on the scale of `value`.
  func place(_ value: Double) -> Double {
    switch self {
    case .identity: value
    case .logarithm(let sign): log(sign * value)
    }
  }

  /// The value at `place`.
  func value(_ place: Double) -> Double {
    switch self {
    case .identity: place
    // The sum makes −0 0.
    case .logarithm(let sign): sign * exp(place) + 0
    }
  }

  /// The value at an end of a profile; of a step the one of `doses` that steeper and steeper curves
  /// lead to.
  func value(_ end: ProfileEnd, doses: [Double]) -> Double {
    guard let stepSlope = end.stepSlope,
      let nearest = doses.min(by: { abs(place($0) - end.value) < abs(place($1) - end.value) }),
      abs(place(nearest) - end.value) <= 50 / stepSlope
    else { return value(end.value) }
    return nearest
  }

  var isLogarithmic: Bool { self != .identity }
}

extension CurveSet {
  /// The scale of `target`; of a slope that which keeps its sign.
  func profileScale(_ target: SetTarget, _ value: Double) -> ProfileScale {
    if isPositive(target) { return .logarithm(sign: 1) }
    guard case .parameter(let index) = target,
      curve.form.coordinate(of: parameters[index].parameter) == .signedLogarithm
    else { return .identity }
    return .logarithm(sign: value < 0 ? -1 : 1)
  }
}
