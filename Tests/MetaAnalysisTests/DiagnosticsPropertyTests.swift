import Inference
import MetaAnalysis
import TestSupport
import Testing

@Suite struct DiagnosticsPropertyTests {
  private static func common(_ effects: [EffectSize]) throws(NotEstimable) -> PooledEffect {
    try NormalModel(effects).fit(tau2: 0).effect(.z)
  }

  private static func effects(_ random: inout RandomStudies, _ count: Int) -> [EffectSize] {
    (0..<count).map { _ in
      EffectSize(value: 3 * random.uniform() - 1, variance: 0.01 + random.uniform())
    }
  }

  private static func mirrored(_ effects: [EffectSize]) -> [EffectSize] {
    effects.map { EffectSize(value: -$0.value, variance: $0.variance) }
  }

  /// Adding c√v to every effect adds c to the slope of Egger's line, and to nothing else.
  @Test func eggersSlopeIsThatOfTheLine() throws {
    var random = RandomStudies(seed: 61)
    for _ in 0..<300 {
      let effects = Self.effects(&random, random.int(3...30))
      let tilted = effects.map {
        EffectSize(value: $0.value + 2.5 * $0.standardError - 1, variance: $0.variance)
      }
      let (before, after) = (
        try RegressionTest.egger(effects), try RegressionTest.egger(tilted)
      )
      let scale = max(before.standardError, abs(before.estimate))
      #expect(abs(after.estimate - before.estimate - 2.5) <= 1e-10 * scale)
      #expect(relativeError(after.standardError, before.standardError) <= 1e-10)
      let turned = try RegressionTest.egger(Self.mirrored(effects))
      #expect(abs(turned.estimate + before.estimate) <= 1e-11 * scale)
      let unit = try RegressionTest.egger(
        effects.map { EffectSize(value: 1000 * $0.value, variance: 1e6 * $0.variance) })
      #expect(relativeError(unit.statistic, before.statistic) <= 1e-9)
    }
  }

  @Test func regressionsNeedThreeDifferentStudies() throws {
    let two = [EffectSize(value: 1, variance: 1), EffectSize(value: 2, variance: 3)]
    #expect(throws: NotEstimable("fewer than three studies")) { try RegressionTest.egger(two) }
    #expect(throws: NotEstimable("fewer than three studies")) { try BeggTest(two) }
    #expect(throws: NotEstimable("fewer than three studies")) {
      try TrimAndFill(two, model: Self.common)
    }
    let equal = [0.1, 0.5, 0.7, 0.2].map { EffectSize(value: $0, variance: 0.3) }
    #expect(throws: NotEstimable("all studies have the same precision")) {
      try RegressionTest.egger(equal)
    }
    #expect(throws: NotEstimable("all studies have the same precision")) { try BeggTest(equal) }
    let line = [0.1, 0.2, 0.4, 0.8].map { EffectSize(value: 1 + 3 * $0, variance: $0 * $0) }
    #expect(throws: NotEstimable("the studies lie on a line")) { try RegressionTest.egger(line) }
  }

  /// Counting every pair gives the same as counting exchanges while sorting, ties among them.
  @Test func beggsTauCountsPairs() throws {
    var random = RandomStudies(seed: 62)
    for round in 0..<300 {
      var effects = Self.effects(&random, random.int(3...60))
      if round % 2 == 0 {
        effects = effects.map {
          EffectSize(value: $0.value, variance: ($0.variance * 8).rounded(.up))
        }
      }
      // Equal studies are ties in both.
      if round % 3 == 0 { effects += effects.prefix(4) }
      guard let test = try? BeggTest(effects) else { continue }
      let weights = effects.map { 1 / $0.variance }
      let total = weights.reduce(0, +)
      let mean = zip(weights, effects).reduce(0) { $0 + $1.0 * $1.1.value } / total
      let pairs = effects.map {
        ($0.variance, ($0.value - mean) / ($0.variance - 1 / total).squareRoot())
      }
      var (excess, first, second) = (0, 0, 0)
      for i in pairs.indices {
        for j in 0..<i {
          let a = (pairs[i].0 > pairs[j].0 ? 1 : 0) - (pairs[i].0 < pairs[j].0 ? 1 : 0)
          let b = (pairs[i].1 > pairs[j].1 ? 1 : 0) - (pairs[i].1 < pairs[j].1 ? 1 : 0)
          excess += a * b
          first += a * a
          second += b * b
        }
      }
      let expected = Double(excess) / (Double(first) * Double(second)).squareRoot()
      #expect(abs(test.tau - expected) <= 1e-15)
      let hasTies = first < pairs.count * (pairs.count - 1) / 2
      #expect(test.isExact == (!hasTies && pairs.count < 50))
    }
  }

  /// Of the 6 orders of three studies the extreme ones have p = 2/6, the others p = 1.
  @Test func beggsExactTestOfThreeStudies() throws {
    let rising = [(0.0, 1.0), (1, 2), (4, 3)].map { EffectSize(value: $0.0, variance: $0.1) }
    let test = try BeggTest(rising)
    #expect(test.tau == 1 && test.isExact)
    #expect(relativeError(test.pValue, 1.0 / 3) <= 1e-15)
  }

  @Test func mirroredStudiesAreFilledOnTheOtherSide() throws {
    var random = RandomStudies(seed: 63)
    for _ in 0..<300 {
      let effects = Self.effects(&random, random.int(3...40))
      for estimator in [TrimAndFill.Estimator.l0, .r0] {
        guard let filled = try? TrimAndFill(effects, estimator: estimator, model: Self.common)
        else { continue }
        let turned = try TrimAndFill(
          Self.mirrored(effects), estimator: estimator, model: Self.common)
        #expect(filled.side != turned.side)
        #expect(filled.filled.count == turned.filled.count)
        #expect(abs(filled.effect.estimate + turned.effect.estimate) <= 1e-12)
      }
    }
  }

  /// What was taken off one side of a symmetric funnel is put back, and with it the mean.
  @Test func whatIsMissingOfAFunnelIsFilled() throws {
    let funnel = (1...10).flatMap { place -> [EffectSize] in
      let spread = 0.1 * Double(place)
      return [-1.0, 1].map { EffectSize(value: 2 + $0 * spread, variance: spread * spread) }
    }
    let whole = try TrimAndFill(funnel, side: .left, model: Self.common)
    #expect(whole.filled.isEmpty)
    #expect(whole.effect == (try Self.common(funnel)))
    let missing = funnel.filter { $0.value > 1.25 }
    let filled = try TrimAndFill(missing, model: Self.common)
    #expect(filled.side == .left && !filled.filled.isEmpty)
    let (before, after) = (try Self.common(missing).estimate, filled.effect.estimate)
    #expect(abs(after - 2) < abs(before - 2))
    // Filled studies are mirror images of the greatest around one centre.
    let greatest = missing.sorted { $0.value < $1.value }.suffix(filled.filled.count)
    let centres = zip(greatest, filled.filled).map { ($0.value + $1.value) / 2 }
    for centre in centres { #expect(relativeError(centre, centres[0]) <= 1e-14) }
  }

  @Test func partsOfHeterogeneityAddUp() throws {
    var random = RandomStudies(seed: 64)
    for _ in 0..<200 {
      let effects = Self.effects(&random, random.int(2...30))
      let full = Influence.Fit(effect: try Self.common(effects))
      let influence = try Influence.onCommonEffect(effects)
      #expect(abs(influence.reduce(0) { $0 + ($1.hat ?? 0) } - 1) <= 1e-14)
      let points = zip(effects, influence).map {
        BaujatPoint(of: $0, with: full, without: $1.without)
      }
      let q = effects.heterogeneity(around: full.effect.estimate).q
      #expect(relativeError(points.reduce(0) { $0 + $1.contribution }, q) <= 1e-12)
      let refitted = try Influence.refitting(effects, hats: influence.map { $0.hat ?? 0 }) {
        places throws(NotEstimable) in
        Influence.Fit(effect: try Self.common(places.map { effects[$0] }))
      }
      for (one, other) in zip(influence, refitted) {
        let other = try other.get()
        #expect(
          abs((one.studentizedResidual ?? 0) - (other.studentizedResidual ?? 0)) <= 1e-12)
        #expect(abs(one.dffits - other.dffits) <= 1e-12)
        #expect(relativeError(one.covarianceRatio, other.covarianceRatio) <= 1e-12)
      }
      // The slope through the origin of a radial plot is the mean.
      let radial = effects.map { RadialPoint($0, tau2: 0.2) }
      let slope =
        radial.reduce(0) { $0 + $1.precision * $1.standardizedEffect }
        / radial.reduce(0) { $0 + $1.precision * $1.precision }
      let mean = try NormalModel(effects).fit(tau2: 0.2).effect(.z).estimate
      #expect(abs(slope - mean) <= 1e-14)
    }
  }

  /// A study a million times as precise as the others leaves their digits alone.
  @Test func aDominatingStudyHidesNothing() throws {
    let effects = [
      EffectSize(value: 0.5, variance: 1e-12), EffectSize(value: -0.25, variance: 1),
      EffectSize(value: 1.5, variance: 2), EffectSize(value: 0.75, variance: 4),
    ]
    let without = try Influence.onCommonEffect(effects)[0].without
    let expected = try Self.common(Array(effects.dropFirst()))
    #expect(relativeError(without.effect.estimate, expected.estimate) <= 1e-15)
    #expect(relativeError(without.effect.standardError, expected.standardError) <= 1e-15)
    let q = effects.dropFirst().reduce(0) {
      $0 + ($1.value - expected.estimate) * ($1.value - expected.estimate) / $1.variance
    }
    #expect(relativeError(try #require(without.heterogeneity), q) <= 1e-14)
    #expect(throws: NotEstimable.self) { try Influence.onCommonEffect([effects[0]]) }
  }
}
