import Incidence

/// The maximum-likelihood rates of two groups under a given value of their contrast.
struct RestrictedRates {
  let rate1: Double
  let rate2: Double
}

extension PersonTimeTable {
  /// The rates that maximise the likelihood under `contrast` = `value`.
  func restrictedRates(_ contrast: RateContrast, at value: Double) -> RestrictedRates {
    switch contrast {
    case .difference: restrictedRates(difference: value)
    case .ratio: restrictedRates(ratio: value)
    }
  }

  /// λ₁ = θ λ₂ with λ₂ = (x₁ + x₂) / (θ T₁ + T₂).
  private func restrictedRates(ratio theta: Double) -> RestrictedRates {
    let rate = Double(events) / (theta * treatment.personYears + reference.personYears)
    return RestrictedRates(rate1: theta * rate, rate2: rate)
  }

  /// λ₁ = λ₂ + θ: for θ ≥ 0 the positive root of T λ₂² + (T θ − x₁ − x₂) λ₂ − x₂ θ = 0.
  private func restrictedRates(difference theta: Double) -> RestrictedRates {
    guard theta >= 0 else {
      let rates = withGroupsExchanged.restrictedRates(difference: -theta)
      return RestrictedRates(rate1: rates.rate2, rate2: rates.rate1)
    }
    let linear = (-Double(events)).addingProduct(personYears, theta)
    let constant = Double(reference.events) * theta
    let root = (linear * linear + 4 * personYears * constant).squareRoot()
    // The root as a sum or as a quotient, whichever does not cancel.
    let rate =
      linear <= 0 ? (root - linear) / (2 * personYears) : 2 * constant / (linear + root)
    return RestrictedRates(rate1: rate + theta, rate2: rate)
  }
}
