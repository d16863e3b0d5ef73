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
}

/// The mean with weights 1/(v + τ²), τ² by DerSimonian and Laird.
private func derSimonianLaird(_ effects: [EffectSize]) throws(NotEstimable) -> PooledEffect {
  let model = NormalModel(effects)
  return try model.fit(tau2: try model.tau2(.dl).value).effect(.z)
}
