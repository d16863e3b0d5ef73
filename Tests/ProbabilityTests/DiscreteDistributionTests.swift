import Probability
import TestSupport
import Testing

/// A discrete distribution of the reference table, by its name there.
enum DiscreteLaw: String, CaseIterable, Sendable {
  case binomial
  case negativeBinomial = "negative-binomial"
  case poisson
  case hypergeometric
  case noncentralHypergeometric = "noncentral-hypergeometric"

  func distribution(of row: ReferenceRow) -> any DiscreteDistribution {
    switch self {
    case .binomial: Binomial(trials: row.int("a"), probability: row.double("b"))
    case .negativeBinomial: NegativeBinomial(size: row.double("a"), probability: row.double("b"))
    case .poisson: Poisson(mean: row.double("a"))
    case .hypergeometric:
      Hypergeometric(marked: row.int("a"), unmarked: row.int("b"), drawn: row.int("c"))
    case .noncentralHypergeometric:
      NoncentralHypergeometric(
        marked: row.int("a"), unmarked: row.int("b"), drawn: row.int("c"),
        oddsRatio: row.double("d"))
    }
  }

  /// The relative error allowed of densities and tails.
  var tolerance: Double {
    switch self {
    case .binomial, .negativeBinomial, .poisson: 4e-15
    case .hypergeometric, .noncentralHypergeometric: 4e-14
    }
  }

  /// A small one, whose whole support can be summed.
  var example: any DiscreteDistribution {
    switch self {
    case .binomial: Binomial(trials: 60, probability: 0.13)
    case .negativeBinomial: NegativeBinomial(size: 3.5, probability: 0.4)
    case .poisson: Poisson(mean: 6.5)
    case .hypergeometric: Hypergeometric(marked: 30, unmarked: 25, drawn: 40)
    case .noncentralHypergeometric:
      NoncentralHypergeometric(marked: 30, unmarked: 25, drawn: 40, oddsRatio: 2.5)
    }
  }
}

/// The errors measured are 2e-16 for Poisson, 6e-16 for negative binomial, 1.4e-15 for binomial.
///
/// The hypergeometric ones are within 1.4e-14 at 2·10⁷ members, where thousands of rounded ratios
/// are multiplied.
@Suite struct DiscreteDistributionTests {
  @Test(arguments: DiscreteLaw.allCases)
  func densityAndTailsMatchReference(law: DiscreteLaw) throws {
    var worst = Worst()
    for row in try referenceTable("Probability", "discrete")
    where row["distribution"] == law.rawValue {
      let distribution = law.distribution(of: row)
      let k = row.int("k")
      worst.check(distribution.density(k), "density", of: row, within: law.tolerance)
      worst.check(distribution.lowerTail(k), "lower", of: row, within: law.tolerance)
      worst.check(distribution.upperTail(k), "upper", of: row, within: law.tolerance)
    }
    worst.report(law.rawValue)
  }

  @Test(arguments: DiscreteLaw.allCases)
  func quantilesAreTheFirstValueThatReachesTheTail(law: DiscreteLaw) throws {
    let rows = try referenceTable("Probability", "discrete").filter {
      $0["distribution"] == law.rawValue
    }
    let distributions = [law.example] + rows.prefix(30).map(law.distribution(of:))
    for distribution in distributions {
      for p in [1e-300, 1e-40, 1e-9, 0.025, 0.3, 0.5, 0.8, 0.999] {
        let k = distribution.quantile(lowerTail: p)
        #expect(distribution.lowerTail(k) >= p)
        #expect(distribution.lowerTail(k - 1) < p)
        let l = distribution.quantile(upperTail: p)
        #expect(distribution.upperTail(l + 1) <= p)
        #expect(l == distribution.support.lowerBound || distribution.upperTail(l) > p)
      }
    }
  }

  @Test(arguments: DiscreteLaw.allCases)
  func densitiesSumToTheTails(law: DiscreteLaw) {
    let distribution = law.example
    let values = max(0, distribution.support.lowerBound - 2)..<120
    var below = 0.0
    var mean = 0.0
    for k in values {
      below += distribution.density(k)
      mean += Double(k) * distribution.density(k)
      #expect(relativeError(distribution.lowerTail(k), below) < 1e-14)
      #expect(
        abs(distribution.lowerTail(k) + distribution.upperTail(k) - distribution.density(k) - 1)
          < 1e-15)
    }
    #expect(abs(below - 1) < 1e-14)
    #expect(relativeError(distribution.mean, mean) < 1e-14)
    let variance = values.reduce(0) {
      $0 + (Double($1) - mean) * (Double($1) - mean) * distribution.density($1)
    }
    #expect(relativeError(distribution.variance, variance) < 1e-13)
  }

  @Test(arguments: DiscreteLaw.allCases)
  func endsOfTheSupport(law: DiscreteLaw) {
    let distribution = law.example
    let support = distribution.support
    #expect(distribution.density(support.lowerBound - 1) == 0)
    #expect(distribution.lowerTail(support.lowerBound - 1) == 0)
    #expect(distribution.upperTail(support.lowerBound) == 1)
    #expect(distribution.quantile(lowerTail: 0) == support.lowerBound)
    #expect(distribution.quantile(upperTail: 1) == support.lowerBound)
    #expect(distribution.quantile(lowerTail: 1) == support.upperBound)
    #expect(distribution.quantile(upperTail: 0) == support.upperBound)
    guard support.upperBound < Int.max else { return }
    #expect(distribution.density(support.upperBound + 1) == 0)
    #expect(distribution.lowerTail(support.upperBound) == 1)
    #expect(distribution.upperTail(support.upperBound + 1) == 0)
  }

  @Test func certainOutcomes() {
    #expect(Binomial(trials: 0, probability: 0.5).density(0) == 1)
    #expect(Binomial(trials: 9, probability: 0).density(0) == 1)
    #expect(Binomial(trials: 9, probability: 1).density(9) == 1)
    #expect(Binomial(trials: 9, probability: 1).lowerTail(8) == 0)
    #expect(Poisson(mean: 0).density(0) == 1)
    #expect(Poisson(mean: 0).upperTail(1) == 0)
    #expect(NegativeBinomial(size: 2, probability: 1).density(0) == 1)
    #expect(NegativeBinomial(size: 2, probability: 1).upperTail(1) == 0)
    #expect(Hypergeometric(marked: 0, unmarked: 0, drawn: 0).density(0) == 1)
    #expect(Hypergeometric(marked: 4, unmarked: 0, drawn: 3).density(3) == 1)
  }

  @Test func binomialTailsAreBetaTails() {
    var stream = RandomStream(seed: 2)
    for _ in 0..<200 {
      let n = Int.random(in: 2...1000, using: &stream)
      let k = Int.random(in: 1...n, using: &stream)
      let p = stream.uniform()
      let beta = Beta(alpha: Double(k), beta: Double(n - k + 1))
      #expect(Binomial(trials: n, probability: p).upperTail(k) == beta.lowerTail(p))
    }
  }
}
