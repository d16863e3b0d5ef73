import Comparison
import Glibc
import Incidence
import Inference
import LinearAlgebra
import MetaAnalysis
import Probability
import TestSupport
import Testing

@Suite struct MixedModelTests {
  /// Independent values of the exact conditional model, by Gauss–Hermite quadrature with 180 nodes.
  @Test(
    arguments: [
      (
        "nielweise2007", -1.35315812531982, 0.3510403291453532, 0.693457804266133,
        -24.94445663338719
      ),
      (
        "collins1985a_b", 0.17440619275251348, 0.1363854772808371, 0.11920954349000544,
        -52.990086145751974
      ),
      ("nissen2007_cvdeath", 0.5084670604422439, 0.2725472903862999, 0, -14.734809799415409),
      ("nissen2007_mi", 0.3548399831, 0.1662610527, 0, -32.0778180844),
      ("yusuf1985_t6", -0.0691314826, 0.1193339588, 0, -31.6446374235),
      ("hine1989", 0.5783738352, 0.2798420117, 0, -8.3804281155),
      ("lee2004", -0.7225987389, 0.2051199311, 0.3798310737, -40.8421670684),
    ])
  func conditionalExactMatchesIndependentValues(
    dataset: String, estimate: Double, standardError: Double, tau2: Double, logLikelihood: Double
  ) throws {
    let fit = try MixedModel(.conditionalExact, try studies(dataset)).fit(random: true)
    #expect(relativeError(fit.coefficients[0], estimate) < 1e-9)
    #expect(relativeError(try #require(fit.standardError), standardError) < 1e-9)
    #expect(relativeError(try #require(fit.tau2), tau2) < 1e-9)
    #expect(relativeError(fit.logLikelihood, logLikelihood) < 1e-11)
    #expect(fit.gradientNorm <= 1e-10)
  }

  /// Ten trials on which another program does not converge.
  @Test func tenTrialsWithoutHeterogeneityConverge() throws {
    let fit = try MixedModel(.conditionalExact, try studies("metafor45")).fit(random: true)
    #expect(abs(fit.coefficients[0] + 0.1623588215) < 1e-10)
    #expect(abs(try #require(fit.standardError) - 0.1955420233) < 1e-10)
    #expect(fit.tau2 == 0)
    #expect(abs(fit.logLikelihood + 13.2304837930) < 1e-10)
    #expect(try fit.heterogeneityTest.pValue == 1)
  }

  /// The likelihood by a dense sum of densities, which knows nothing of modes and nodes.
  @Test(arguments: ["nielweise2007", "lee2004", "collins1985b_pre", "hine1989"])
  func theMaximumIsOneOfADenseSum(dataset: String) throws {
    guard case .risks(let tables) = try studies(dataset) else { return }
    let fit = try MixedModel(.conditionalExact, .risks(tables)).fit(random: true)
    let (beta, tau2) = (fit.coefficients[0], try #require(fit.tau2))
    let top = denseLogLikelihood(tables, beta, max(tau2, 1e-8))
    #expect(abs(top - fit.logLikelihood) < (tau2 == 0 ? 1e-6 : 1e-9))
    let step = 1e-4
    let rise = denseLogLikelihood(tables, beta + step, max(tau2, 1e-8))
    let fall = denseLogLikelihood(tables, beta - step, max(tau2, 1e-8))
    #expect(abs(rise - fall) / (2 * step) < 1e-5)
    let wider = denseLogLikelihood(tables, beta, tau2 + 2 * step)
    #expect(wider < top)
    if tau2 > step { #expect(denseLogLikelihood(tables, beta, tau2 - step) < top) }
  }

  private func denseLogLikelihood(
    _ tables: [TwoByTwoTable], _ beta: Double, _ tau2: Double
  ) -> Double {
    let tau = tau2.squareRoot()
    return tables.filter { !$0.hasOneOutcomeOnly }.reduce(0) { sum, table in
      let step = 0.02
      var integral = 0.0
      for j in -450...450 {
        let u = Double(j) * step
        let law = NoncentralHypergeometric(
          marked: table.treatment.total, unmarked: table.reference.total, drawn: table.events,
          oddsRatio: exp(beta + tau * u))
        integral += step * Normal.standard.density(u) * law.density(table.treatment.events)
      }
      return sum + log(integral)
    }
  }

  @Test(arguments: [
    MixedModel.Likelihood.conditionalExact, .conditionalApproximate, .unconditionalFixed,
    .unconditionalRandom, .betaBinomial,
  ])
  func swappingTheGroupsTurnsTheSign(likelihood: MixedModel.Likelihood) throws {
    var random = RandomStream(seed: 11)
    for _ in 0..<(likelihood == .unconditionalRandom ? 6 : 60) {
      let tables = try randomTables(&random)
      guard let fit = try? MixedModel(likelihood, .risks(tables)).fit(random: true) else {
        continue
      }
      let mirrored = try MixedModel(likelihood, .risks(tables.map(\.exchanged))).fit(random: true)
      let reversed = try MixedModel(likelihood, .risks(tables.reversed())).fit(random: true)
      let message = "\(tables)"
      guard fit.coefficients[0].isFinite else {
        #expect(mirrored.coefficients[0] == -fit.coefficients[0])
        continue
      }
      #expect(abs(fit.coefficients[0] + mirrored.coefficients[0]) < 1e-8, "\(message)")
      #expect(abs(fit.coefficients[0] - reversed.coefficients[0]) < 1e-8, "\(message)")
      #expect(abs(fit.logLikelihood - mirrored.logLikelihood) < 1e-10, "\(message)")
      #expect(fit.gradientNorm <= 1e-10, "\(message)")
      let common = try MixedModel(likelihood, .risks(tables)).fit(random: false)
      #expect(fit.logLikelihood >= common.logLikelihood - 1e-11, "\(message)")
    }
  }

  @Test func limitsLieOnTheLikelihoodDrop() throws {
    var random = RandomStream(seed: 12)
    for _ in 0..<20 {
      let tables = try randomTables(&random)
      guard let fit = try? MixedModel(.conditionalExact, .risks(tables)).fit(random: true) else {
        continue
      }
      let interval = try fit.profileInterval(level: .percent95)
      for limit in [try #require(interval.lower), try #require(interval.upper)]
      where limit.isFinite {
        #expect(relativeError(try fit.profileTest(null: limit).pValue, 0.05) < 1e-8, "\(tables)")
      }
      #expect(interval.contains(fit.coefficients[0]))
    }
  }

  @Test(arguments: [
    MixedModel.Likelihood.conditionalExact, .conditionalApproximate, .unconditionalFixed,
    .unconditionalRandom, .betaBinomial,
  ])
  func allEventsInOneGroupAreUnbounded(likelihood: MixedModel.Likelihood) throws {
    guard case .risks(let tables) = try studies("tpora8") else { return }
    for isRandom in [false, true] {
      let fit = try MixedModel(likelihood, .risks(tables)).fit(random: isRandom)
      let mirrored = try MixedModel(likelihood, .risks(tables.map(\.exchanged)))
        .fit(random: isRandom)
      #expect(fit.coefficients == [.infinity] && mirrored.coefficients == [-.infinity])
      #expect(fit.standardError == nil && fit.tau2 == nil && fit.termination == .unbounded)
      #expect(throws: NotEstimable.self) { try fit.effect }
      #expect(throws: NotEstimable.self) { try fit.tau2ProfileInterval(level: .percent95) }
      let interval = try fit.profileInterval(level: .percent95)
      let lower = try #require(interval.lower)
      #expect(interval.upper == .infinity && lower > 0 && lower < 3)
      #expect(relativeError(try fit.profileTest(null: lower).pValue, 0.05) < 1e-8)
      let upper = try #require(try mirrored.profileInterval(level: .percent95).upper)
      #expect(abs(lower + upper) < 1e-8)
    }
  }

  @Test func whatHasNoAnswerSaysSo() throws {
    let none = try [table(0, 20, 0, 30), table(0, 40, 0, 10)]
    for likelihood in [MixedModel.Likelihood.conditionalExact, .unconditionalFixed] {
      #expect(throws: NotEstimable.self) { try MixedModel(likelihood, .risks(none)) }
    }
    #expect(throws: NotEstimable.self) {
      try MixedModel(.betaBinomial, .risks(none)).fit(random: true)
    }
    // Each study by itself has an infinite effect, in both directions.
    let opposed = try [table(3, 20, 0, 20), table(0, 20, 4, 20), table(2, 20, 0, 20)]
    let model = try MixedModel(.conditionalExact, .risks(opposed))
    #expect(throws: NotEstimable.self) { try model.fit(random: true) }
    #expect(try model.fit(random: false).coefficients[0].isFinite)
    // A moderator that tells those with events in one group from those with events in both.
    let separated = try [table(3, 20, 2, 20), table(2, 20, 4, 20), table(2, 20, 0, 20)]
    let moderated = try MixedModel(
      .conditionalExact, .risks(separated), design: Matrix([[1, 0], [1, 0], [1, 1]]))
    #expect(throws: NotEstimable.self) { try moderated.fit(random: false) }
    #expect(throws: NotEstimable.self) { try moderated.fit(random: true) }
    #expect(throws: NotEstimable.self) {
      try MixedModel(.conditionalExact, .proportions([try BinomialCount(events: 1, total: 9)]))
    }
  }

  /// Given the events of both groups, rates have the binomial distribution: both names are one.
  @Test func conditionalRatesAreExact() throws {
    let rates = try studies("nielweise2008")
    let exact = try MixedModel(.conditionalExact, rates).fit(random: true)
    let other = try MixedModel(.conditionalApproximate, rates).fit(random: true)
    #expect(exact.coefficients == other.coefficients && exact.tau2 == other.tau2)
  }

  /// Limits are sought from one profile to the next, tests from the whole range of variances.
  @Test(arguments: ["tpora8", "no_treatment_events"])
  func limitsOfSeparatedStudiesAreWhereTheLikelihoodHasFallen(dataset: String) throws {
    let z = ConfidenceLevel.percent95.normalCriticalValue(.two)
    for isRandom in [false, true] {
      let fit = try MixedModel(.unconditionalRandom, try studies(dataset)).fit(random: isRandom)
      let interval = try fit.profileInterval(level: .percent95)
      let limit = try #require(
        [interval.lower, interval.upper].compactMap { $0 }.first { $0.isFinite })
      let fallen = try #require(try fit.profileTest(null: limit).statistic)
      #expect(abs(fallen - z * z) < 1e-8, "\(fallen)")
    }
  }
}
