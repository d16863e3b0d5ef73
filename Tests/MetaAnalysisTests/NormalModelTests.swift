import Inference
import LinearAlgebra
import MetaAnalysis
import Probability
import TestSupport
import Testing

@Suite struct NormalModelTests {
  @Test func aColumnOfOnesIsTheModelWithoutModerators() throws {
    var stream = RandomStream(seed: 1)
    for count in 2..<40 {
      let effects = (0..<count).map { _ in
        EffectSize(
          value: Normal.standard.quantile(lowerTail: stream.uniform()),
          variance: 0.05 + stream.uniform())
      }
      let mean = NormalModel(effects)
      let ones = Matrix(column: [Double](repeating: 1, count: count))
      let regression = try NormalModel(effects, design: ones)
      for estimator in Tau2Estimator.allCases {
        let expected = try mean.tau2(estimator).value
        #expect(abs(try regression.tau2(estimator).value - expected) <= 1e-12 * (expected + 1))
      }
    }
  }
}
