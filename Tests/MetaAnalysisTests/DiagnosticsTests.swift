import Comparison
import Inference
import MetaAnalysis
import TestSupport
import Testing

@Suite struct DiagnosticsTests {
  static let measures: [(EffectMeasure, String)] = [
    (.oddsRatio, "OR"), (.riskRatio, "RR"), (.riskDifference, "RD"), (.arcsineDifference, "AS"),
  ]

  /// The effects of every dataset and measure, with what metafor gives for them.
  private static func cases() throws -> [(effects: [EffectSize], metafor: Metafor, name: String)] {
    try Metafor.datasets.flatMap { dataset in
      try measures.map { measure, name in
        let sizes = try EffectSizes(
          risks: try Studies.risks(dataset), measure, zeroCells: ZeroCells(defaultFor: measure),
          preset: .metafor)
        return (sizes.effects, try Metafor(dataset, name), "\(dataset) \(name)")
      }
    }
  }

  @Test func eggerMatchesMetafor() throws {
    for (effects, metafor, name) in try Self.cases() {
      let test = try RegressionTest.egger(effects)
      #expect(
        relativeError(test.statistic, try #require(metafor["egger_lm.t"])) <= 1e-10, "\(name)")
      #expect(relativeError(test.pValue, try #require(metafor["egger_lm.p"])) <= 1e-10, "\(name)")
      #expect(test.degreesOfFreedom == metafor["egger_lm.df"])
      let mixed = try RegressionTest.mixedEgger(effects, tau2: .dl)
      #expect(
        relativeError(mixed.statistic, try #require(metafor["egger_rma.z"])) <= 1e-10, "\(name)")
      #expect(relativeError(mixed.pValue, try #require(metafor["egger_rma.p"])) <= 1e-10, "\(name)")
    }
  }

  @Test func beggMatchesMetafor() throws {
    for (effects, metafor, name) in try Self.cases() {
      let test = try BeggTest(effects)
      #expect(relativeError(test.tau, try #require(metafor["begg.tau"])) <= 1e-12, "\(name)")
      #expect(relativeError(test.pValue, try #require(metafor["begg.p"])) <= 1e-10, "\(name)")
    }
  }

  @Test func trimAndFillMatchesMetafor() throws {
    for (effects, metafor, name) in try Self.cases() {
      for (estimator, key) in [(TrimAndFill.Estimator.l0, "trimfill_L0"), (.r0, "trimfill_R0")] {
        let filled = try TrimAndFill(effects, estimator: estimator, model: derSimonianLaird)
        #expect(Double(filled.filled.count) == metafor["\(key).k0"], "\(name) \(key)")
        let effect = filled.effect
        #expect(
          relativeError(effect.estimate, try #require(metafor["\(key).b"])) <= 1e-9,
          "\(name) \(key) \(effect.estimate)")
        #expect(
          relativeError(effect.standardError, try #require(metafor["\(key).se"])) <= 1e-9,
          "\(name) \(key)")
      }
    }
  }

  /// How many trials of BCG are filled depends on the model: four on common effects, one on random.
  @Test func theModelDecidesHowManyTrialsAreFilled() throws {
    let sizes = try EffectSizes(
      risks: try Studies.risks("bcg"), .riskRatio, zeroCells: ZeroCells(defaultFor: .riskRatio),
      preset: .none)
    let common = try TrimAndFill(sizes.effects) { effects throws(NotEstimable) in
      try NormalModel(effects).fit(tau2: 0).effect(.z)
    }
    #expect(common.filled.count == 4 && common.side == .right)
    for (estimator, printed) in [(Tau2Estimator.dl, "0.65607"), (.reml, "0.65708")] {
      let random = try TrimAndFill(sizes.effects) { effects throws(NotEstimable) in
        let model = NormalModel(effects)
        return try model.fit(tau2: try model.tau2(estimator).value).effect(.z)
      }
      #expect(random.filled.count == 1)
      #expect(agrees(-random.effect.estimate, printed: printed))
    }
  }

  /// The standard error is 0.3132 with τ² by DerSimonian and Laird, 0.3010 with the REML of R's meta.
  @Test func ivhetOfBCG() throws {
    let sizes = try EffectSizes(
      risks: try Studies.risks("bcg"), .oddsRatio, zeroCells: ZeroCells(defaultFor: .oddsRatio),
      preset: .none)
    let pooling = try HeterogeneityPooling(sizes.effects)
    #expect(agrees(pooling.effect.standardError, printed: "0.3132"))
    let reml = try NormalModel(sizes.effects).tau2(.reml).value
    let restricted = try HeterogeneityPooling(sizes.effects, tau2: reml)
    #expect(agrees(restricted.effect.standardError, printed: "0.3010"))
    let direct = try NormalModel(sizes.effects).fit(tau2: 0).effect(.z)
    #expect(relativeError(pooling.effect.estimate, direct.estimate) <= 1e-14)
  }
}

/// The mean with weights 1/(v + τ²), τ² by DerSimonian and Laird.
private func derSimonianLaird(_ effects: [EffectSize]) throws(NotEstimable) -> PooledEffect {
  let model = NormalModel(effects)
  return try model.fit(tau2: try model.tau2(.dl).value).effect(.z)
}
