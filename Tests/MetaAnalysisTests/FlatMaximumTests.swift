import Comparison
import Glibc
import Incidence
import Inference
import MetaAnalysis
import Testing

/// Maxima that are hard to reach: flat ones, and those of very small and very large studies.
@Suite struct FlatMaximumTests {
  /// With 3 of 4 events on one of two equal sides, ℓ″ + ℓ′² is 0 at an odds ratio of 1: the likelihood
  /// of τ is as flat there as −τ⁴.
  @Test(arguments: 1...6)
  func profilesPassATopOfTheFourthOrder(count: Int) throws {
    let tables = try (0..<count).map { _ in try table(3, 50, 1, 50) }
    let fit = try MixedModel(.conditionalApproximate, .risks(tables)).fit(random: true)
    #expect(fit.tau2 == 0)
    let common = try MixedModel(.conditionalApproximate, .risks(tables)).fit(random: false)
    let statistic = try #require(try fit.profileTest().statistic)
    let other = try #require(try common.profileTest().statistic)
    #expect(abs(statistic - other) < 1e-10)
    let interval = try fit.profileInterval(level: .percent95)
    let narrower = try common.profileInterval(level: .percent95)
    #expect(try #require(interval.lower) <= (try #require(narrower.lower)) + 1e-10)
    #expect(try #require(interval.upper) >= (try #require(narrower.upper)) - 1e-10)
  }

  /// The curvature of ℓ* is twice the information there, and whole steps go to and fro.
  @Test func firthsMaximumOfOneSubjectAGroupIsFound() throws {
    let fit = try FirthRegression([try table(1, 1, 0, 1)])
    #expect(abs(fit.estimate - 2 * log(3)) < 1e-12)
    #expect(try fit.profileTest().pValue > 0)
  }

  /// A likelihood of milliards of subjects is rounded in its sixth decimal.
  @Test func firthsMaximumOfMilliardsIsFound() throws {
    let large = try table(50_000_000, 1_000_000_000, 50_000_700, 1_000_000_000)
    let fit = try FirthRegression([large, try table(3, 1_000_000_000, 1, 1_000_000_000)])
    let (odds1, odds2) = (5e7 / 9.5e8, 50_000_700.0 / 949_999_300.0)
    // The small study adds 1 event in 5e7.
    #expect(abs(fit.estimate - log(odds1 / odds2)) < 1e-7)
    let interval = try fit.profileInterval(level: .percent95)
    let width = try #require(interval.upper) - (try #require(interval.lower))
    #expect(abs(width / fit.standardError / 3.919927969080108 - 1) < 1e-5)
  }
}
