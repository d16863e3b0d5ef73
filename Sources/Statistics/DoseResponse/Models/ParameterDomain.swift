/// Which values a parameter of a curve may take.
public enum ParameterDomain: Hashable, Sendable {
  case real, nonzero, positive
}

extension DoseResponseModel {
  /// The values that `parameter` may take, free or fixed; `nil` where the model lacks it.
  public func domain(of parameter: CurveParameter) -> ParameterDomain? {
    let form = form(alpha: .one)
    guard form.parameters.contains(parameter) else { return nil }
    return switch form.coordinate(of: parameter) {
    case .identity: .real
    case .signedLogarithm: .nonzero
    case .logarithm: .positive
    }
  }

  /// Whether a dose may be below 0, such as the logarithm of one.
  public var takesNegativeDoses: Bool {
    if case .sigmoid(let sigmoid) = form(alpha: .one) { !sigmoid.isLogDose } else { true }
  }
}
