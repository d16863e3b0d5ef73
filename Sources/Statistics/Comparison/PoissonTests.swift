import Incidence
import Probability

// The tests of equal rates given the events of both groups; their p-value is 1 without events.

extension PersonTimeTable {
  /// The sum of the probabilities that do not exceed that of the observed events.
  package func poissonConditional() -> Double {
    pValue { $0.minimumLikelihood($1, midP: false) }
  }

  /// Twice the smaller tail; with `midP`, without half the probability of the observed events.
  package func poissonConditionalCentral(midP: Bool = false) -> Double {
    pValue { $0.central($1, midP: midP) }
  }

  private func pValue(_ probability: (_ law: Binomial, _ x: Int) -> Double) -> Double {
    guard events > 0 else { return 1 }
    // A share next to 1 would lose the digits of its complement.
    let smaller = treatment.personYears <= reference.personYears ? treatment : reference
    let share = smaller.personYears / personYears
    return probability(Binomial(trials: events, probability: share), smaller.events)
  }
}
