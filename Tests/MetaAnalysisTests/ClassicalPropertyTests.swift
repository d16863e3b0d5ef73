import Comparison
import Foundation
import Incidence
import Inference
import MetaAnalysis
import TestSupport
import Testing

@Suite struct ClassicalPropertyTests {
  private static let riskMeasures: [EffectMeasure] = [.oddsRatio, .riskRatio, .riskDifference]

  @Test func withNothingAddedItIsTheMethodOverStrata() throws {
    var random = RandomStudies(seed: 51)
    for _ in 0..<1000 {
      let risks = try random.risks()
      let strata = StratifiedRisks(risks)
      let rates = try random.rates()
      let rateStrata = StratifiedRates(rates)
      let pairs: [(MantelHaenszel?, ConfidenceInterval?)] = [
        (
          try? MantelHaenszel(risks: risks, .oddsRatio),
          try? strata.confidenceInterval(.oddsRatio(.mantelHaenszel))
        ),
        (
          try? MantelHaenszel(risks: risks, .riskRatio),
          try? strata.confidenceInterval(.ratio(.mantelHaenszel))
        ),
        (
          try? MantelHaenszel(rates: rates, .rateRatio),
          try? rateStrata.confidenceInterval(.ratio(.mantelHaenszel))
        ),
      ]
      for (pooling, interval) in pairs {
        let effect = try? pooling?.effect.get()
        #expect((effect == nil) == (interval == nil))
        guard let effect, let interval, let lower = interval.lower else { continue }
        let own = try #require(effect.interval(level: .percent95).lower)
        #expect(relativeError(exp(own), lower) <= 1e-14)
      }
      let difference = try MantelHaenszel(risks: risks, .riskDifference)
      #expect(
        difference.estimate == (try strata.estimate(of: .difference(.mantelHaenszel))))
      let rateDifference = try MantelHaenszel(rates: rates, .rateDifference)
      #expect(
        rateDifference.estimate == (try rateStrata.estimate(of: .difference(.mantelHaenszel))))
    }
  }

  @Test func exchangedGroupsTurnTheSign() throws {
    var random = RandomStudies(seed: 52)
    for _ in 0..<500 {
      let risks = try random.risks()
      let turned = risks.map(\.exchanged)
      for measure in Self.riskMeasures {
        for zeroCells in [nil, ZeroCells(defaultFor: measure)] {
          let first = try? MantelHaenszel(risks: risks, measure, zeroCells: zeroCells)
          let second = try? MantelHaenszel(risks: turned, measure, zeroCells: zeroCells)
          #expect((first == nil) == (second == nil))
          guard let first, let second else { continue }
          expectMirrored(first.estimate, second.estimate)
        }
      }
      let (peto, other) = (try? PetoPooling(risks), try? PetoPooling(turned))
      #expect((peto == nil) == (other == nil))
      if let peto, let other {
        expectMirrored(peto.effect.estimate, other.effect.estimate)
        #expect(
          peto.preconditions.largestArmRatio == other.preconditions.largestArmRatio)
      }
      let (exact, reciprocal) = (try? ExactConditional(risks), try? ExactConditional(turned))
      #expect((exact == nil) == (reciprocal == nil))
      if let exact, let reciprocal {
        #expect(relativeError(reciprocal.ratio, 1 / exact.ratio) <= 1e-10)
        let (p, q) = (try exact.pValue(), try reciprocal.pValue())
        #expect(relativeError(p, q) <= 1e-11)
      }
    }
  }

  private func expectMirrored(_ first: Double, _ second: Double) {
    #expect(first == -second || abs(first + second) <= 1e-13 * max(1, abs(first)))
  }

  @Test func theOrderOfStudiesDoesNotMatter() throws {
    var random = RandomStudies(seed: 53)
    for _ in 0..<300 {
      let risks = try random.risks()
      let reversed = Array(risks.reversed())
      for measure in Self.riskMeasures {
        let first = try? MantelHaenszel(risks: risks, measure)
        let second = try? MantelHaenszel(risks: reversed, measure)
        guard let first, let second, first.estimate.isFinite else { continue }
        expectMirrored(first.estimate, -second.estimate)
        if let weights = first.weights, let others = second.weights {
          #expect(abs(weights.reduce(0, +) - 100) <= 1e-11)
          for (one, other) in zip(weights, others.reversed()) {
            #expect(relativeError(one, other) <= 1e-13)
          }
        }
      }
    }
  }

  /// Weights of differences are means of what they weigh.
  @Test func weightsAreWhatTheEstimateIsAMeanWith() throws {
    var random = RandomStudies(seed: 54)
    for _ in 0..<300 {
      let risks = try random.risks()
      let pooling = try MantelHaenszel(risks: risks, .riskDifference)
      let weights = try #require(pooling.weights)
      let mean = zip(weights, risks).reduce(0) {
        $0 + $1.0 / 100 * ($1.1.treatment.proportion - $1.1.reference.proportion)
      }
      #expect(abs(mean - pooling.estimate) <= 1e-14)
      guard let peto = try? PetoPooling(risks) else { continue }
      let score = zip(peto.excess, peto.variances).reduce(0) {
        $0 + $1.0 - $1.1 * peto.effect.estimate
      }
      #expect(abs(score) <= 1e-11)
    }
  }

  @Test func withoutInformationThereIsAReason() throws {
    let zero = TwoByTwoTable(
      treatment: try BinomialCount(events: 0, total: 10),
      reference: try BinomialCount(events: 0, total: 20))
    let all = zero.complement
    func reason(_ body: () throws -> Void) -> String? {
      do {
        try body()
        return nil
      } catch { return (error as? NotEstimable)?.reason }
    }
    for (studies, expected) in [
      ([zero, zero], "no events in any study"),
      ([all, all], "every subject of every study had the event"),
      ([zero, all], "no study carries information"),
    ] {
      #expect(reason { _ = try MantelHaenszel(risks: studies, .oddsRatio) } == expected)
      #expect(reason { _ = try PetoPooling(studies) } == expected)
      #expect(reason { _ = try ExactConditional(studies) } == expected)
    }
    let difference = try MantelHaenszel(risks: [zero, zero], .riskDifference)
    #expect(difference.estimate == 0)
    #expect(throws: NotEstimable("the variance is 0")) { try difference.effect.get() }
    #expect(throws: NotEstimable("no study has an effect")) {
      try HeterogeneityPooling([])
    }
    let one = try MantelHaenszel(risks: [all, all], .riskRatio)
    #expect(one.estimate == 0)
  }

  @Test func separationIsUnbounded() throws {
    func table(_ x1: Int, _ x2: Int) throws -> TwoByTwoTable {
      TwoByTwoTable(
        treatment: try BinomialCount(events: x1, total: 30),
        reference: try BinomialCount(events: x2, total: 30))
    }
    let risks = [try table(2, 0), try table(0, 0), try table(1, 0)]
    let facts = Estimability(risks)
    #expect(facts.separation == .treatment)
    #expect(facts.withoutEvents == [1] && facts.inTreatmentOnly == [0, 2])
    #expect(Estimability(risks.map(\.exchanged)).separation == .reference)
    #expect(Estimability([try table(0, 0)]).hasNoEvents)
    #expect(Estimability([try table(1, 2)]).separation == nil)
    for measure in [EffectMeasure.oddsRatio, .riskRatio] {
      let pooling = try MantelHaenszel(risks: risks, measure)
      #expect(pooling.estimate == .infinity && pooling.weights == nil)
      #expect(throws: NotEstimable.self) { try pooling.effect.get() }
      #expect(throws: NotEstimable.self) { try pooling.heterogeneity(of: []) }
      let turned = try MantelHaenszel(risks: risks.map(\.exchanged), measure)
      #expect(turned.estimate == -.infinity)
    }
    let exact = try ExactConditional(risks)
    #expect(exact.ratio == .infinity)
    #expect(try exact.interval(level: .percent95).upper == .infinity)
  }

  /// With a variance between studies far above those within, sample sizes alone make the interval.
  @Test func sampleSizeWeightsDoNotDependOnTau2() throws {
    var random = RandomStudies(seed: 55)
    for _ in 0..<200 {
      let risks = try random.risks()
      let sizes = try EffectSizes(
        risks: risks, .oddsRatio, zeroCells: ZeroCells(defaultFor: .oddsRatio), preset: .none)
      guard let pooling = try? SampleSizePooling(sizes, risks: risks) else { continue }
      let (common, random) = (pooling.effect(), pooling.effect(tau2: 0.7))
      #expect(common.estimate == random.estimate)
      let squares = pooling.weights.reduce(0) { $0 + ($1 / 100) * ($1 / 100) }
      let more =
        random.standardError * random.standardError - common.standardError * common.standardError
      #expect(relativeError(more, 0.7 * squares) <= 1e-10)
      #expect(try HeterogeneityPooling(sizes.effects, tau2: 0).weights.count == sizes.effects.count)
    }
  }
}
