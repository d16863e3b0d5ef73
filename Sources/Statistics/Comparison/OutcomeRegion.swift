import Glibc
import Incidence
import Probability

/// The outcomes of two groups that speak at least as strongly as the observed one.
///
/// For each number of events x₂ of the reference group they are the x₁ ≥ `upper[x₂]`, and in a
/// two-sided order the x₁ ≤ `lower[x₂]` as well. Both rise with x₂.
struct OutcomeRegion: Hashable {
  var upper: [Int]
  var lower: [Int]

  func union(_ other: OutcomeRegion) -> OutcomeRegion {
    OutcomeRegion(
      upper: zip(upper, other.upper).map(min), lower: zip(lower, other.lower).map(max))
  }

  func intersection(_ other: OutcomeRegion) -> OutcomeRegion {
    OutcomeRegion(
      upper: zip(upper, other.upper).map(max), lower: zip(lower, other.lower).map(min))
  }
}

/// The risks of two groups, each beside its complement.
typealias RiskPair = RestrictedRisks

/// The probabilities of a binomial count that are not negligible.
struct BinomialMasses {
  /// The counts whose probabilities are not negligible.
  let support: ClosedRange<Int>
  /// The probability of each count, 0 where it is negligible.
  let masses: [Double]

  /// From the mode outwards by the ratio of neighbours, down to `negligible`.
  init(trials n: Int, _ p: Double, _ q: Double, negligible: Double) {
    var masses = [Double](repeating: 0, count: n + 1)
    let mode = p > 0 && q > 0 ? min(n, Int(Double(n + 1) * p)) : p > 0 ? n : 0
    masses[mode] =
      p <= q
      ? Binomial(trials: n, probability: p).density(mode)
      : Binomial(trials: n, probability: q).density(n - mode)
    var (first, last) = (mode, mode)
    while first > 0 {
      let mass = masses[first] * (Double(first) * q / (Double(n - first + 1) * p))
      guard mass > negligible else { break }
      first -= 1
      masses[first] = mass
    }
    while last < n {
      let mass = masses[last] * (Double(n - last) * p / (Double(last + 1) * q))
      guard mass > negligible else { break }
      last += 1
      masses[last] = mass
    }
    support = first...last
    self.masses = masses
  }
}

extension OutcomeRegion {
  /// The probability of the upper part, from the probabilities of x₁ and of x₂.
  func upperProbability(_ own: BinomialMasses, _ other: BinomialMasses) -> Double {
    // tails[x₁] = P(X₁ ≥ x₁).
    var tails = own.masses
    for x1 in stride(from: own.support.upperBound - 1, through: 0, by: -1) {
      tails[x1] += tails[x1 + 1]
    }
    var sum = 0.0
    for x2 in other.support where upper[x2] < tails.count {
      sum += other.masses[x2] * tails[upper[x2]]
    }
    return min(1, sum)
  }

  /// The probability of the lower part, from the probabilities of x₁ and of x₂.
  func lowerProbability(_ own: BinomialMasses, _ other: BinomialMasses) -> Double {
    // tails[x₁] = P(X₁ ≤ x₁).
    var tails = own.masses
    for x1 in tails.indices.dropFirst(own.support.lowerBound + 1) {
      tails[x1] += tails[x1 - 1]
    }
    var sum = 0.0
    for x2 in other.support where lower[x2] >= 0 {
      sum += other.masses[x2] * tails[lower[x2]]
    }
    return min(1, sum)
  }
}
