import Inference
import LinearAlgebra
import MetaAnalysis
import Probability
import TestSupport
import Testing

@Suite struct NormalPropertyTests {
  @Test(arguments: [1e-6, 1e6, 1e-30, 1e30] as [Double])
  func unitsDoNotMatter(factor: Double) throws {
    try compare {
      EffectSize(value: $0.value * factor, variance: $0.variance * factor * factor)
    } check: { original, changed in
      for estimator in Tau2Estimator.allCases {
        let tau2 = try original.tau2(estimator).value
        let other = try changed.tau2(estimator).value / factor / factor
        #expect(abs(tau2 - other) <= 1e-11 * (tau2 + smallest(original)), "\(estimator)")
        let fit = original.fit(tau2: tau2)
        let otherFit = changed.fit(tau2: tau2 * factor * factor)
        for inference in EffectInference.allCases {
          let error = try fit.effect(inference).standardError
          let otherError = try otherFit.effect(inference).standardError / factor
          #expect(relativeError(otherError, error) <= 1e-11)
        }
      }
    }
  }

  @Test func signsAndPlaceDoNotMatter() throws {
    try compare {
      EffectSize(value: 2 - $0.value, variance: $0.variance)
    } check: {
      original, changed in
      for estimator in Tau2Estimator.allCases {
        let tau2 = try original.tau2(estimator).value
        let other = try changed.tau2(estimator).value
        #expect(abs(tau2 - other) <= 1e-9 * (tau2 + smallest(original)), "\(estimator)")
      }
    }
  }

  @Test func theOrderDoesNotMatter() throws {
    var stream = RandomStream(seed: 22)
    for _ in 0..<300 {
      let effects = stream.effects(decades: 6)
      let (original, changed) = (NormalModel(effects), NormalModel(effects.reversed()))
      for estimator in Tau2Estimator.allCases {
        let tau2 = try original.tau2(estimator).value
        let other = try changed.tau2(estimator).value
        #expect(abs(tau2 - other) <= 1e-11 * (tau2 + smallest(original)), "\(estimator)")
        let (fit, otherFit) = (original.fit(tau2: tau2), changed.fit(tau2: tau2))
        #expect(fit.weights == otherFit.weights.reversed())
        for (hat, other) in zip(fit.hatValues, otherFit.hatValues.reversed()) {
          #expect(relativeError(other, hat) <= 1e-13)
        }
      }
    }
  }

  @Test func aColumnOfOnesIsTheModelWithoutModerators() throws {
    var stream = RandomStream(seed: 23)
    for _ in 0..<200 {
      let effects = stream.effects(decades: 3)
      let mean = NormalModel(effects)
      let regression = try NormalModel(
        effects, design: Matrix(column: [Double](repeating: 1, count: effects.count)))
      for estimator in Tau2Estimator.allCases {
        let tau2 = try mean.tau2(estimator)
        let other = try regression.tau2(estimator)
        #expect(abs(tau2.value - other.value) <= 1e-11 * (tau2.value + smallest(mean)))
        #expect((tau2.standardError == nil) == (other.standardError == nil))
        if let error = tau2.standardError, let otherError = other.standardError {
          #expect(abs(error - otherError) <= 1e-9 * error)
        }
        let (fit, otherFit) = (mean.fit(tau2: tau2.value), regression.fit(tau2: tau2.value))
        for inference in EffectInference.allCases {
          let (effect, other) = (try fit.effect(inference), try otherFit.effect(inference))
          #expect(abs(effect.estimate - other.estimate) <= 1e-10 * effect.standardError)
          #expect(relativeError(other.standardError, effect.standardError) <= 1e-9)
          if let degrees = effect.degreesOfFreedom, let otherDegrees = other.degreesOfFreedom {
            #expect(relativeError(otherDegrees, degrees) <= 1e-8)
          }
        }
      }
      for method in Tau2IntervalMethod.allCases {
        let interval = try mean.tau2Interval(method, .reml, level: .percent95)
        let other = try regression.tau2Interval(method, .reml, level: .percent95)
        let (upper, otherUpper) = (try #require(interval.upper), try #require(other.upper))
        #expect(abs(upper - otherUpper) <= 1e-9 * (upper + smallest(mean)))
      }
    }
  }

  /// Another basis of the same columns fits the same means.
  @Test func theBasisOfModeratorsDoesNotMatter() throws {
    var stream = RandomStream(seed: 24)
    for _ in 0..<100 {
      let effects = (0..<12).map { _ in
        EffectSize(value: stream.normal(), variance: 0.1 + stream.uniform())
      }
      let rows = effects.map { _ in [1, stream.uniform(), stream.normal()] }
      let first = try NormalModel(effects, design: Matrix(rows))
      let second = try NormalModel(
        effects, design: Matrix(rows.map { [$0[0], 1e6 * ($0[1] - 3), $0[2] + 2 * $0[1]] }))
      for estimator in Tau2Estimator.allCases {
        let tau2 = try first.tau2(estimator).value
        #expect(abs(tau2 - (try second.tau2(estimator).value)) <= 1e-10 * (tau2 + 0.1))
        let (fit, other) = (first.fit(tau2: tau2), second.fit(tau2: tau2))
        for inference in [EffectInference.z, .t, .hartungKnapp, .hartungKnappAdHoc] {
          let test = try fit.omnibusTest(inference, coefficients: 1..<3)
          let otherTest = try other.omnibusTest(inference, coefficients: 1..<3)
          #expect(relativeError(otherTest.statistic, test.statistic) <= 1e-9)
        }
        // The last coefficient is the same in both.
        let (effect, otherEffect) = (
          try fit.effect(.kenwardRoger, coefficient: 2),
          try other.effect(.kenwardRoger, coefficient: 2)
        )
        #expect(relativeError(otherEffect.estimate, effect.estimate) <= 1e-8)
        #expect(relativeError(otherEffect.standardError, effect.standardError) <= 1e-9)
        let (df, otherDf) = (effect.degreesOfFreedom ?? 0, otherEffect.degreesOfFreedom ?? 0)
        #expect(relativeError(otherDf, df) <= 1e-8)
      }
    }
  }

  private func compare(
    _ change: (EffectSize) -> EffectSize, check: (NormalModel, NormalModel) throws -> Void
  ) throws {
    var stream = RandomStream(seed: 21)
    for _ in 0..<300 {
      let effects = stream.effects(decades: 6)
      try check(NormalModel(effects), NormalModel(effects.map(change)))
    }
  }

  private func smallest(_ model: NormalModel) -> Double {
    model.effects.map(\.variance).min() ?? 0
  }
}
