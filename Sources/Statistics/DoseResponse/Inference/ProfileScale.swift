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
