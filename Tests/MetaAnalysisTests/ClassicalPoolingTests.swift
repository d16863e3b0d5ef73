import Comparison
import Foundation
import Incidence
import Inference
import MetaAnalysis
import TestSupport
import Testing

@Suite struct ClassicalPoolingTests {
  private static let percent95 = ConfidenceLevel.percent95

  @Test(arguments: Metafor.datasets)
  func mantelHaenszelMatchesMetafor(dataset: String) throws {
    let risks = try Studies.risks(dataset)
    let measures: [(EffectMeasure, String)] = [
      (.oddsRatio, "OR"), (.riskRatio, "RR"), (.riskDifference, "RD"),
    ]
    for (measure, name) in measures {
      let metafor = try Metafor(dataset, name)
      let pooling = try MantelHaenszel(
        risks: risks, measure, preset: .metafor, hasSatoVariance: true)
      guard let b = metafor["MH.b"], let se = metafor["MH.se"], let q = metafor["MH.QE"] else {
        #expect(pooling.estimate == .infinity)
        continue
      }
      let effect = try pooling.effect.get()
      #expect(relativeError(effect.estimate, b) <= 1e-12)
      #expect(relativeError(effect.standardError, se) <= 1e-12)
      #expect(relativeError(effect.pValue, try #require(metafor["MH.p"])) <= 1e-10)
      let sizes = try EffectSizes(
        risks: risks, measure,
        zeroCells: MetaAnalysisPreset.metafor.heterogeneityZeroCells(measure),
        preset: .metafor)
      let test = try pooling.heterogeneity(of: sizes.effects)
      #expect(relativeError(test.q, q) <= 1e-11)
      #expect(relativeError(test.pValue, try #require(metafor["MH.QEp"])) <= 1e-9)
    }
  }

  @Test(arguments: Metafor.datasets)
  func petoMatchesMetafor(dataset: String) throws {
    let metafor = try Metafor(dataset, "OR")
    let peto = try PetoPooling(try Studies.risks(dataset))
    #expect(relativeError(peto.effect.estimate, try #require(metafor["PETO.b"])) <= 1e-12)
    #expect(relativeError(peto.effect.standardError, try #require(metafor["PETO.se"])) <= 1e-12)
    #expect(relativeError(peto.effect.pValue, try #require(metafor["PETO.p"])) <= 1e-10)
    let test = peto.heterogeneity
    #expect(
      relativeError(test.q, try #require(metafor["PETO.QE"])) <= 1e-11)
    #expect(relativeError(test.pValue, try #require(metafor["PETO.QEp"])) <= 1e-9)
  }

  /// On trials without an event in any reference group the method decides the conclusion.
  @Test func theEightTrials() throws {
    let trials = try Studies.risks("tpora8")
    func expect(_ effect: PooledEffect, printed: [String], isLog: Bool = true) throws {
      let interval = effect.interval(level: Self.percent95)
      let limits = [effect.estimate, try #require(interval.lower), try #require(interval.upper)]
      for (value, text) in zip(limits, printed) {
        #expect(agrees(isLog ? exp(value) : value, printed: text), "\(value) \(text)")
      }
    }
    let filled = try MantelHaenszel(
      risks: trials, .oddsRatio,
      zeroCells: MetaAnalysisPreset.meta8.mantelHaenszelZeroCells(.oddsRatio))
    try expect(try filled.effect.get(), printed: ["2.2696", "0.7013", "7.3453"])
    try expect(try PetoPooling(trials).effect, printed: ["4.7024", "1.3793", "16.0309"])
    let difference = try MantelHaenszel(
      risks: trials, .riskDifference,
      zeroCells: MetaAnalysisPreset.meta8.mantelHaenszelZeroCells(.riskDifference))
    try expect(
      try difference.effect.get(), printed: ["0.0185", "0.0019", "0.0351"], isLog: false)
    #expect(try MantelHaenszel(risks: trials, .oddsRatio).estimate == .infinity)

    let exact = try ExactConditional(trials)
    #expect(exact.ratio == .infinity)
    let interval = try exact.interval(level: Self.percent95)
    // R's mantelhaen.test prints 1.414571972: its root is found to 1e-4 only.
    #expect(relativeError(try #require(interval.lower), 1.414_561_307_313_166_3) <= 1e-12)
    #expect(interval.upper == .infinity)
    #expect(agrees(try exact.pValue(), printed: "0.0147"))
    #expect(agrees(try exact.pValue(midP: true), printed: "0.00735"))
    let midP = try exact.interval(level: Self.percent95, midP: true)
    #expect(agrees(try #require(midP.lower), printed: "1.80"))

    let peto = try PetoPooling(trials).preconditions
    #expect(!peto.isBalanced && !peto.isRare && !peto.isModerate)
    #expect(Estimability(trials).separation == .treatment)
  }
}
