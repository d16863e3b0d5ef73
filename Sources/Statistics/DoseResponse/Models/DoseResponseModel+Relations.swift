extension DoseResponseModel {
  /// Whether fixing parameters of `other` gives this model.
  public func isSpecialCase(of other: DoseResponseModel) -> Bool {
    guard self != other else { return false }
    switch (family, other.family) {
    case (.constant, .linear), (.constant, .quadratic), (.linear, .quadratic),
      (.constant, .exponential), (.emax, .sigmoidEmax):
      return true
    case (let own, let larger) where own == larger:
      let isSymmetric = ![.logLogistic5, .logistic5].contains(self)
      return other.fixedValues.allSatisfy { fixedValues[$0.key] == $0.value }
        && (isSymmetric || [.logLogistic5, .logistic5].contains(other))
    default: return false
    }
  }

  /// Whether the response is a function of the logarithm of the dose, with a limit at dose 0.
  public var isOfLogDose: Bool { ResponseCurve(self).hasPositiveDoses }
}
