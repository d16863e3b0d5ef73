package import Incidence
import Probability

// Given the events of both groups, those of the treatment group are binomial; where θ is the rate
// ratio, the odds of an event to be the treatment group's are θ T₁/T₂.

extension PersonTimeTable {
  /// The θ that leave `tail` of the binomial distribution beyond x₁; 0 and ∞ where x₁ or x₂ is 0.
  ///
  /// Clopper and Pearson's limits of x₁ of x₁ + x₂, or with `midP` the mid-P limits, as odds. Those
  /// of x₂ are their complements, with all digits. Przyborowski & Wilenski (1940), Biometrika 31:313.
  package func conditionalLimits(tail: Double, midP: Bool) -> Limits {
    guard let first = try? BinomialCount(events: treatment.events, total: events),
      let second = try? BinomialCount(events: reference.events, total: events)
    else { return Limits(0, .infinity) }
    let share = midP ? first.midP(tail) : first.clopperPearson(tail)
    let rest = midP ? second.midP(tail) : second.clopperPearson(tail)
    let time = reference.personYears / treatment.personYears
    return Limits(share.lower / rest.upper * time, share.upper / rest.lower * time)
  }

  /// P(X ≤ x₁) and P(X ≥ x₁) at a rate ratio; with `midP`, half of P(X = x₁) is taken from each.
  ///
  /// The first is the one-sided p-value against a smaller rate ratio, the second against a greater.
  package func conditionalTails(
    rateRatio: Double, midP: Bool
  ) -> (lower: Double, upper: Double) {
    let (own, other) = (rateRatio * treatment.personYears, reference.personYears)
    // A share next to 1 would lose the digits of its complement.
    guard own <= other else {
      let tails = withGroupsExchanged.conditionalTails(rateRatio: 1 / rateRatio, midP: midP)
      return (tails.upper, tails.lower)
    }
    let law = Binomial(trials: events, probability: own / (own + other))
    let half = midP ? law.density(treatment.events) / 2 : 0
    return (law.lowerTail(treatment.events) - half, law.upperTail(treatment.events) - half)
  }
}
