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
  let first: Int
  let masses: [Double]

  /// From the mode outwards by the ratio of neighbours, down to `negligible`.
  init(trials n: Int, _ p: Double, _ q: Double, negligible: Double) {
    guard p > 0, q > 0 else {
      (first, masses) = (p > 0 ? n : 0, [1])
      return
    }
    let mode = min(n, Int(Double(n + 1) * p))
    let peak =
      p <= q
      ? Binomial(trials: n, probability: p).density(mode)
      : Binomial(trials: n, probability: q).density(n - mode)
    var below: [Double] = []
    var mass = peak
    var k = mode
    while k > 0 {
      mass *= Double(k) * q / (Double(n - k + 1) * p)
      guard mass > negligible else { break }
      k -= 1
      below.append(mass)
    }
    first = k
    var all = Array(below.reversed())
    all.append(peak)
    mass = peak
    k = mode
    while k < n {
      mass *= Double(n - k) * p / (Double(k + 1) * q)
      guard mass > negligible else { break }
      k += 1
      all.append(mass)
    }
    masses = all
  }
}

extension TwoByTwoTable {
  /// The probability of the upper part of a region.
  func probability(ofUpper region: OutcomeRegion, _ risks: RiskPair, _ negligible: Double) -> Double
  {
    let own = BinomialMasses(
      trials: treatment.total, risks.p1, risks.q1, negligible: negligible)
    let other = BinomialMasses(
      trials: reference.total, risks.p2, risks.q2, negligible: negligible)
    // tails[i] = P(X₁ ≥ first + i).
    var tails = own.masses
    tails.append(0)
    for i in stride(from: own.masses.count - 1, through: 0, by: -1) {
      tails[i] += tails[i + 1]
    }
    var sum = 0.0
    for (i, mass) in other.masses.enumerated() {
      let start = region.upper[other.first + i] - own.first
      if start < tails.count { sum += mass * tails[max(0, start)] }
    }
    return min(1, sum)
  }

  /// The probability of the lower part of a region.
  func probability(ofLower region: OutcomeRegion, _ risks: RiskPair, _ negligible: Double) -> Double
  {
    let own = BinomialMasses(
      trials: treatment.total, risks.p1, risks.q1, negligible: negligible)
    let other = BinomialMasses(
      trials: reference.total, risks.p2, risks.q2, negligible: negligible)
    // tails[i] = P(X₁ < first + i).
    var tails = [0.0]
    tails.reserveCapacity(own.masses.count + 1)
    for mass in own.masses { tails.append((tails.last ?? 0) + mass) }
    var sum = 0.0
    for (i, mass) in other.masses.enumerated() {
      let end = region.lower[other.first + i] + 1 - own.first
      if end > 0 { sum += mass * tails[min(end, tails.count - 1)] }
    }
    return min(1, sum)
  }
}
