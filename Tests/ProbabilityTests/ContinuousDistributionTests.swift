import Probability
import TestSupport
import Testing

/// A continuous distribution of the reference tables, by its name there.
enum ContinuousLaw: String, CaseIterable, Sendable {
  case normal
  case studentT = "student-t"
  case chiSquare = "chi-square"
  case gamma
  case beta
  case f

  func distribution(_ a: Double, _ b: Double) -> any ContinuousDistribution {
    switch self {
    case .normal: Normal.standard
    case .studentT: StudentT(degreesOfFreedom: a)
    case .chiSquare: ChiSquare(degreesOfFreedom: a)
    case .gamma: Gamma(shape: a, rate: b)
    case .beta: Beta(alpha: a, beta: b)
    case .f: FDistribution(numeratorDegreesOfFreedom: a, denominatorDegreesOfFreedom: b)
    }
  }

  func distribution(of row: ReferenceRow) -> any ContinuousDistribution {
    distribution(row.double("a"), row.double("b"))
  }
}

/// The errors measured are below 5e-16 but for shapes of 10⁷, and quantiles within 1 ulp.
///
/// At shapes of 10⁷ the tails at 1e-300 are off by 5e-15: their exponent of 700 is a difference of
/// terms of 10⁵, rounded to 64 bits.
@Suite struct ContinuousDistributionTests {
  @Test(arguments: ContinuousLaw.allCases)
  func densityAndTailsMatchReference(law: ContinuousLaw) throws {
    var worst = Worst()
    for row in try referenceTable("Probability", "continuous")
    where row["distribution"] == law.rawValue {
      let distribution = law.distribution(of: row)
      let x = row.double("x")
      worst.check(distribution.density(x), "density", of: row, within: 1e-14)
      worst.check(distribution.lowerTail(x), "lower", of: row, within: 1e-14)
      worst.check(distribution.upperTail(x), "upper", of: row, within: 1e-14)
    }
    worst.report(law.rawValue)
  }

  @Test(arguments: ContinuousLaw.allCases)
  func quantilesMatchReference(law: ContinuousLaw) throws {
    var worst = Worst()
    for row in try referenceTable("Probability", "continuous-quantile")
    where row["distribution"] == law.rawValue {
      let distribution = law.distribution(of: row)
      let p = row.double("p")
      let x =
        row["side"] == "lower"
        ? distribution.quantile(lowerTail: p) : distribution.quantile(upperTail: p)
      worst.check(x, "quantile", of: row, within: 4e-16)
    }
    worst.report("\(law.rawValue) quantile")
  }

  @Test(arguments: ContinuousLaw.allCases)
  func endsOfTheSupport(law: ContinuousLaw) {
    let distribution = law.distribution(3, 4)
    let low = law == .normal || law == .studentT ? -Double.infinity : 0
    let high = law == .beta ? 1 : Double.infinity
    for (end, lower) in [(low, 0.0), (high, 1.0)] {
      #expect(distribution.lowerTail(end) == lower)
      #expect(distribution.upperTail(end) == 1 - lower)
      #expect(distribution.density(end) == 0)
      #expect(distribution.quantile(lowerTail: lower) == end)
      #expect(distribution.quantile(upperTail: 1 - lower) == end)
    }
  }

  @Test(arguments: ContinuousLaw.allCases)
  func quantilesInvertTheTails(law: ContinuousLaw) {
    var stream = RandomStream(seed: 1).split(named: law.rawValue)
    for _ in 0..<300 {
      let a = 0.5 + 30 * stream.uniform()
      let b = 0.5 + 30 * stream.uniform()
      let p = stream.uniform() * stream.uniform()
      let distribution = law.distribution(a, b)
      // Rounding the quantile alone moves the tail by 2e-13, where a beta's is close to 1.
      #expect(relativeError(distribution.lowerTail(distribution.quantile(lowerTail: p)), p) < 1e-12)
      #expect(relativeError(distribution.upperTail(distribution.quantile(upperTail: p)), p) < 1e-12)
    }
  }

  @Test(arguments: ContinuousLaw.allCases)
  func tailsAreMonotoneAndSumToOne(law: ContinuousLaw) {
    let distribution = law.distribution(2.5, 6)
    let points = stride(from: 0.01, to: 0.99, by: 0.01).map {
      distribution.quantile(lowerTail: $0)
    }
    for (before, after) in zip(points, points.dropFirst()) {
      #expect(before < after)
      #expect(distribution.lowerTail(before) < distribution.lowerTail(after))
      #expect(distribution.upperTail(before) > distribution.upperTail(after))
      #expect(abs(distribution.lowerTail(after) + distribution.upperTail(after) - 1) < 1e-15)
    }
  }

  @Test func symmetricDistributionsMirror() {
    for x in [0, 1e-8, 0.5, 3, 20, 37] {
      for distribution in [Normal.standard, StudentT(degreesOfFreedom: 4.5)]
        as [any ContinuousDistribution]
      {
        #expect(distribution.lowerTail(-x) == distribution.upperTail(x))
        #expect(distribution.density(-x) == distribution.density(x))
      }
    }
    let beta = Beta(alpha: 2.5, beta: 7)
    #expect(ulps(beta.lowerTail(0.25), from: Beta(alpha: 7, beta: 2.5).upperTail(0.75)) <= 1)
  }

  @Test func limitsAndSpecialCasesAgree() {
    // t² with ν degrees of freedom is F(1, ν); χ²/ν is F(ν, ∞); χ² with 2 is exponential.
    let t = StudentT(degreesOfFreedom: 7)
    let f = FDistribution(numeratorDegreesOfFreedom: 1, denominatorDegreesOfFreedom: 7)
    #expect(relativeError(2 * t.upperTail(3), f.upperTail(9)) < 1e-15)
    #expect(StudentT(degreesOfFreedom: .infinity).upperTail(2) == Normal.standard.upperTail(2))
    let exponential = Gamma(shape: 1, rate: 0.5)
    #expect(ChiSquare(degreesOfFreedom: 2).upperTail(30) == exponential.upperTail(30))
    #expect(exponential.density(0) == 0.5)
    #expect(Gamma(shape: 0.5).density(0) == .infinity)
    #expect(Beta(alpha: 1, beta: 3).density(0) == 3)
    #expect(Beta(alpha: 3, beta: 0.5).density(1) == .infinity)
    #expect(Beta(alpha: 2, beta: 2).density(-1) == 0)
  }
}
