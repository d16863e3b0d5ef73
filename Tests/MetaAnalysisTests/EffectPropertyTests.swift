import Comparison
import Foundation
import Incidence
import Inference
import MetaAnalysis
import TestSupport
import Testing

@Suite struct EffectPropertyTests {
  private static let riskMeasures: [EffectMeasure] = [
    .oddsRatio, .riskRatio, .riskDifference, .arcsineDifference,
  ]

  private static func policies(_ measure: EffectMeasure) -> [ZeroCells] {
    ZeroCells.Target.allCases.flatMap { target in
      [ZeroCells.Method.constant, .treatmentArm].flatMap { method in
        ZeroCells.DoubleZero.allCases.map {
          ZeroCells(target: target, method: method, doubleZero: $0)
        }
      }
    }
  }

  @Test func exchangedGroupsTurnTheSign() throws {
    var random = RandomStudies(seed: 41)
    for _ in 0..<300 {
      let risks = try random.risks()
      for measure in Self.riskMeasures {
        for zeroCells in Self.policies(measure) {
          let sizes = try EffectSizes(
            risks: risks, measure, zeroCells: zeroCells, preset: .metafor)
          let turned = try EffectSizes(
            risks: risks.map(\.exchanged), measure, zeroCells: zeroCells, preset: .metafor)
          #expect(sizes.estimable == turned.estimable)
          for (effect, other) in zip(sizes.effects, turned.effects) {
            // Shares of the sizes are rounded before they are added to the cells.
            #expect(abs(effect.value + other.value) <= 2e-15 * max(1, abs(effect.value)))
            #expect(relativeError(other.variance, effect.variance) <= 4e-15)
          }
        }
      }
    }
  }

  @Test func exchangedOutcomesTurnTheSignOfOdds() throws {
    var random = RandomStudies(seed: 42)
    for _ in 0..<300 {
      let risks = try random.risks()
      for measure in [EffectMeasure.oddsRatio, .riskDifference, .arcsineDifference] {
        let zeroCells = ZeroCells(target: .zeroStudies, doubleZero: .exclude)
        let sizes = try EffectSizes(risks: risks, measure, zeroCells: zeroCells, preset: .none)
        let turned = try EffectSizes(
          risks: risks.map(\.complement), measure, zeroCells: zeroCells, preset: .none)
        for (effect, other) in zip(sizes.effects, turned.effects) {
          #expect(abs(effect.value + other.value) <= 8 * effect.value.ulp)
          #expect(relativeError(other.variance, effect.variance) <= 1e-15)
        }
      }
    }
  }

  /// What is added sums to 2a over both groups, and by arms is the share of the group's size.
  @Test func additionsSumToTwiceTheAmount() throws {
    var random = RandomStudies(seed: 43)
    for _ in 0..<500 {
      let risks = try random.risks()
      for method in ZeroCells.Method.allCases {
        let zeroCells = ZeroCells(
          amount: 0.25, target: .zeroStudies, method: method, doubleZero: .include)
        guard
          let sizes = try? EffectSizes(
            risks: risks, .oddsRatio, zeroCells: zeroCells, preset: .none)
        else { continue }
        for (table, study) in zip(risks, sizes.studies) {
          let cells = [
            table.treatment.events, table.treatment.nonEvents, table.reference.events,
            table.reference.nonEvents,
          ]
          #expect((study.added != nil) == cells.contains(0))
          guard let added = study.added else { continue }
          #expect(relativeError(added.treatment + added.reference, 0.5) <= 1e-15)
          if method == .treatmentArm {
            let share = Double(table.treatment.total) / Double(table.total)
            #expect(relativeError(added.treatment, 0.5 * share) <= 1e-15)
          }
        }
      }
    }
  }

  @Test func empiricalAdditionsNeedAStudyWithoutZeros() throws {
    let zero = TwoByTwoTable(
      treatment: try BinomialCount(events: 2, total: 40),
      reference: try BinomialCount(events: 0, total: 20))
    let whole = TwoByTwoTable(
      treatment: try BinomialCount(events: 4, total: 20),
      reference: try BinomialCount(events: 2, total: 20))
    let empirical = ZeroCells(target: .zeroStudies, method: .empirical, doubleZero: .exclude)
    #expect(throws: NotEstimable.self) {
      try EffectSizes(risks: [zero, zero], .oddsRatio, zeroCells: empirical, preset: .none)
    }
    let sizes = try EffectSizes(
      risks: [zero, whole], .oddsRatio, zeroCells: empirical, preset: .none)
    // Ω = 4·18/(16·2) = 9/4 and R = ½.
    let added = try #require(sizes.studies[0].added)
    #expect(relativeError(added.treatment, 9.0 / 11) <= 1e-15)
    #expect(relativeError(added.reference, 2.0 / 11) <= 1e-15)
    #expect(sizes.studies[1].added == nil)
  }

  @Test func presetsDifferInWhatTheyAddTo() throws {
    let risks = [
      TwoByTwoTable(
        treatment: try BinomialCount(events: 1, total: 339),
        reference: try BinomialCount(events: 0, total: 85))
    ]
    func effect(_ measure: EffectMeasure, _ preset: MetaAnalysisPreset) throws -> EffectSize {
      try EffectSizes(
        risks: risks, measure, zeroCells: ZeroCells(defaultFor: measure), preset: preset
      ).effects[0]
    }
    for preset in MetaAnalysisPreset.allCases {
      let ratio = try effect(.riskRatio, preset)
      let more = preset == .meta8 ? 0.5 : 1
      let expected = log((1.5 / (339 + more)) / (0.5 / (85 + more)))
      #expect(relativeError(ratio.value, expected) <= 1e-14)
      let difference = try effect(.riskDifference, preset)
      let value = preset == .metafor ? 1.5 / 340 - 0.5 / 86 : 1.0 / 339
      #expect(relativeError(difference.value, value) <= 1e-14)
      let variance = 1.5 * 338.5 / (340.0 * 340 * 340) + 0.5 * 85.5 / (86.0 * 86 * 86)
      #expect(relativeError(difference.variance, variance) <= 1e-14)
    }
    // Published: odds ratio 0.76 [0.03, 18.76], with ½ in all cells.
    let odds = try effect(.oddsRatio, .revman5)
    let half = 1.959_963_984_540_054 * odds.standardError
    #expect(agrees(exp(odds.value), printed: "0.7578"))
    #expect(agrees(exp(odds.value - half), printed: "0.0306"))
    #expect(agrees(exp(odds.value + half), printed: "18.7650"))
  }

  @Test func studiesWithoutInformationSayWhy() throws {
    func table(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) throws -> TwoByTwoTable {
      TwoByTwoTable(
        treatment: try BinomialCount(events: x1, total: n1),
        reference: try BinomialCount(events: x2, total: n2))
    }
    let risks = [try table(0, 10, 0, 20), try table(10, 10, 20, 20), try table(1, 10, 0, 20)]
    func reasons(_ measure: EffectMeasure, _ zeroCells: ZeroCells) throws -> [String?] {
      try EffectSizes(risks: risks, measure, zeroCells: zeroCells, preset: .none).studies.map {
        if case .failure(let reason) = $0.effect { reason.reason } else { nil }
      }
    }
    let none = ZeroCells(target: .none, doubleZero: .include)
    let (zero, flat) = ("the logarithm of a zero", "the variance is 0")
    let (without, only) = (
      "the study has no event", "every subject of the study had the event"
    )
    #expect(try reasons(.oddsRatio, ZeroCells(defaultFor: .oddsRatio)) == [without, only, nil])
    #expect(try reasons(.oddsRatio, none) == [zero, zero, zero])
    #expect(try reasons(.riskRatio, none) == [zero, flat, zero])
    #expect(try reasons(.riskDifference, none) == [flat, flat, nil])
    #expect(
      try reasons(.riskDifference, ZeroCells(defaultFor: .riskDifference)) == [nil, nil, nil])
    #expect(try reasons(.arcsineDifference, none) == [nil, nil, nil])
  }

  /// A transform undoes the other, also for Freeman and Tukey's of every count.
  @Test func theWayBackLeadsToTheEstimate() throws {
    for measure in EffectMeasure.allCases {
      for p in [1e-9, 0.003, 0.2, 0.5, 0.9, 0.999] {
        guard let value = measure.transformed(p) else { continue }
        #expect(relativeError(measure.backTransformed(value, size: nil), p) <= 1e-13)
      }
    }
    for n in [1, 2, 7, 50, 1000] {
      for x in 0...n {
        let sizes = try EffectSizes(
          proportions: [try BinomialCount(events: x, total: n)], .proportionFreemanTukey,
          zeroCells: ZeroCells(defaultFor: .proportionFreemanTukey), preset: .none)
        let back = EffectMeasure.proportionFreemanTukey.backTransformed(
          sizes.effects[0].value, size: sizes.harmonicMeanSize)
        #expect(abs(back - Double(x) / Double(n)) <= 1e-15, "\(x)/\(n): \(back)")
        let rates = try EffectSizes(
          eventRates: [try PoissonCount(events: x, personYears: Double(n))], .rateFreemanTukey,
          zeroCells: ZeroCells(defaultFor: .rateFreemanTukey), preset: .none)
        let rate = EffectMeasure.rateFreemanTukey.backTransformed(
          rates.effects[0].value, size: rates.harmonicMeanSize)
        let expected = Double(x) / Double(n)
        #expect(abs(rate - expected) <= 1e-13 * expected + 1e-30)
      }
    }
    #expect(EffectMeasure.proportionFreemanTukey.backTransformed(-1, size: 20) == 0)
    #expect(EffectMeasure.proportionFreemanTukey.backTransformed(2, size: 20) == 1)
    #expect(EffectMeasure.rateFreemanTukey.backTransformed(-1, size: 20) == 0)
    #expect(EffectMeasure.proportionArcsine.backTransformed(-0.1, size: nil) == 0)
  }

  /// Equal risks but for one subject in 10¹⁵ keep all digits of their difference.
  @Test func nothingCancels() throws {
    let n = 1_000_000_000_000_000
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 500_000_000_000_001, total: n),
      reference: try BinomialCount(events: 500_000_000_000_000, total: n))
    for (measure, expected) in [
      (EffectMeasure.oddsRatio, 4e-15), (.riskRatio, 2e-15), (.riskDifference, 1e-15),
      (.arcsineDifference, 1e-15),
    ] {
      let sizes = try EffectSizes(
        risks: [table], measure, zeroCells: ZeroCells(defaultFor: measure), preset: .none)
      #expect(relativeError(sizes.effects[0].value, expected) <= 1e-14, "\(measure)")
    }
  }
}
