import Comparison
import Incidence
import Inference
import MetaAnalysis
import TestSupport
import Testing

@Suite struct EffectSizesTests {
  private static let measures: [(EffectMeasure, String)] = [
    (.oddsRatio, "OR"), (.riskRatio, "RR"), (.riskDifference, "RD"), (.arcsineDifference, "AS"),
  ]

  @Test(arguments: Metafor.datasets)
  func matchesMetafor(dataset: String) throws {
    let risks = try Studies.risks(dataset)
    for (measure, name) in Self.measures {
      let metafor = try Metafor(dataset, name)
      let sizes = try EffectSizes(
        risks: risks, measure, zeroCells: ZeroCells(defaultFor: measure), preset: .metafor)
      for (index, study) in sizes.studies.enumerated() {
        let (value, variance) = (metafor["yi.\(index + 1)"], metafor["vi.\(index + 1)"])
        if let value, let variance {
          let effect = try study.effect.get()
          // metafor prints fifteen digits and subtracts logarithms.
          #expect(
            abs(effect.value - value) <= 1e-12 * max(abs(value), 1e-2),
            "\(name) \(index + 1): \(effect.value) \(value)")
          #expect(relativeError(effect.variance, variance) <= 1e-12)
        } else {
          #expect((try? study.effect.get()) == nil, "\(name) \(index + 1)")
        }
      }
    }
  }
}
