import Incidence
import Probability

// The tests of equal risks given both margins; their p-value is 1 where only one table is possible.

extension TwoByTwoTable {
  /// The sum of the probabilities that do not exceed that of the observed table.
  ///
  /// With `midP`, all tables tied with the observed one count half.
  package func fisher(midP: Bool = false) -> Double {
    pValue { $0.minimumLikelihood(treatment.events, midP: midP) }
  }

  /// Twice the smaller tail; with `midP`, without half the probability of the observed table.
  package func fisherCentral(midP: Bool = false) -> Double {
    pValue { $0.central(treatment.events, midP: midP) }
  }

  /// The smaller tail and the longest opposite tail that does not exceed it.
  package func fisherBlaker() -> Double {
    pValue { $0.smallerTails(treatment.events) }
  }

  private func pValue(_ probability: (Hypergeometric) -> Double) -> Double {
    guard !hasOneOutcomeOnly else { return 1 }
    return probability(
      Hypergeometric(marked: treatment.total, unmarked: reference.total, drawn: events))
  }
}
