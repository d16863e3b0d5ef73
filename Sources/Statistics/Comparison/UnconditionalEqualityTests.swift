import Incidence
package import Inference
import Probability

// Under equal risks the total of events s is binomial, and given s the treatment group's events are
// hypergeometric: the probability of a set of tables is Σ P(s | p) P(set | s), whose supremum over
// the common risk p is the p-value.

extension TwoByTwoTable {
  /// The supremum of the probability of the tables whose |z| with pooled variance is as great.
  ///
  /// Barnard (1947), Biometrika 34:123; Suissa & Shuster (1985), J. R. Stat. Soc. A 148:317.
  ///
  /// - Throws: ``NotEstimable`` for more than a million tables.
  package func barnard() throws(NotEstimable) -> Double {
    let size = Double(total)
    let observed = abs(Double(treatment.events) * size - Double(events * treatment.total))
    guard observed > 0 else { return 1 }
    let spread = Double(events) * Double(nonEvents)
    return try supremum { law in
      // |x₁ N − s n₁| / √(s (N − s)) ≥ the observed value.
      let (s, rest) = (Double(law.drawn), size - Double(law.drawn))
      let distance = observed / tied * (s * rest / spread).squareRoot()
      guard distance > 0 else { return 0 }
      let centre = s * Double(treatment.total)
      let above = ((centre + distance) / size).rounded(.up)
      let below = ((centre - distance) / size).rounded(.down)
      return law.upperTail(Int(above)) + law.lowerTail(Int(below))
    }
  }

  /// The supremum of the probability of the tables whose two-sided Fisher p-value is as small.
  ///
  /// Boschloo (1970), Stat. Neerl. 24:1.
  ///
  /// - Throws: ``NotEstimable`` for more than a million tables.
  package func boschloo() throws(NotEstimable) -> Double {
    let observed = fisher() * tied
    guard observed < 1 else { return 1 }
    // Given s, the set has as its probability the greatest attainable p-value that is as small.
    return try supremum { law in
      var (low, high) = (law.support.lowerBound, law.support.upperBound)
      var attained = 0.0
      while low <= high {
        let least = min(law.density(low), law.density(high)) * tied
        var next = attained
        while low <= high, law.density(low) <= least {
          next += law.density(low)
          low += 1
        }
        while low <= high, law.density(high) <= least {
          next += law.density(high)
          high -= 1
        }
        guard next <= observed else { break }
        attained = next
      }
      return attained
    }
  }

  /// The supremum over p of Σ P(s | p) P(set | s).
  private func supremum(_ conditional: (Hypergeometric) -> Double) throws(NotEstimable) -> Double {
    try requireFewOutcomes()
    let size = total
    let conditionals = (0...size).map { s in
      conditional(Hypergeometric(marked: treatment.total, unmarked: reference.total, drawn: s))
    }
    return NuisanceSupremum(subjects: size).value { place in
      let totals = BinomialMasses(trials: size, place.s, place.rest, negligible: 1e-290)
      return totals.support.reduce(0) { $0 + totals.masses[$1] * conditionals[$1] }
    }
  }

  /// - Throws: ``NotEstimable`` for more than a million outcomes, which would take minutes to order.
  func requireFewOutcomes() throws(NotEstimable) {
    let (n1, n2) = (treatment.total, reference.total)
    let (outcomes, overflow) = (n1 + 1).multipliedReportingOverflow(by: n2 + 1)
    guard !overflow, outcomes <= 1_000_000 else {
      throw NotEstimable(
        "groups of \(n1) and \(n2) have more than 1000000 outcomes, too many for an unconditional "
          + "exact method")
    }
  }
}
