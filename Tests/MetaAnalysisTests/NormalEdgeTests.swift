import Inference
import LinearAlgebra
import MetaAnalysis
import Probability
import Testing

@Suite struct NormalEdgeTests {
  @Test func oneStudyIsItsOwnMean() throws {
    let model = NormalModel([EffectSize(value: 0.7, variance: 0.04)])
    let effect = try model.fit(tau2: 0).effect(.z)
    #expect(effect.estimate == 0.7 && abs(effect.standardError - 0.2) <= 1e-16)
    for estimator in Tau2Estimator.allCases {
      #expect(throws: NotEstimable.self) { try model.tau2(estimator) }
    }
    for method in Tau2IntervalMethod.allCases {
      #expect(throws: NotEstimable.self) {
        try model.tau2Interval(method, .reml, level: .percent95)
      }
    }
    for inference in EffectInference.allCases where inference != .z {
      #expect(throws: NotEstimable.self) { try model.fit(tau2: 0).effect(inference) }
    }
    #expect(model.heterogeneity.q == 0 && model.heterogeneity.i2 == nil)
  }

  @Test func equalEffectsDoNotDiffer() throws {
    let model = NormalModel((1...5).map { EffectSize(value: 0.1, variance: Double($0)) })
    for estimator in Tau2Estimator.allCases {
      #expect(try model.tau2(estimator).value == 0)
    }
    for method in Tau2IntervalMethod.allCases {
      #expect(try model.tau2Interval(method, .reml, level: .percent95).lower == 0)
    }
    let fit = model.fit(tau2: 0)
    #expect(try fit.effect(.z).estimate == 0.1)
    #expect(throws: NotEstimable.self) { try fit.effect(.hartungKnapp) }
    #expect(try fit.effect(.hartungKnappAdHoc) == fit.effect(.t))
  }

  @Test func equalVariancesHaveClosedForms() throws {
    let values = [0.3, -1.2, 0.8, 2.5, -0.4]
    let mean = values.reduce(0, +) / 5
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let model = NormalModel(values.map { EffectSize(value: $0, variance: 0.25) })
    for estimator in [Tau2Estimator.dl, .he, .reml, .pm, .eb, .dl2, .he2, .genq] {
      #expect(abs(try model.tau2(estimator).value - (squares / 4 - 0.25)) <= 1e-14)
    }
    #expect(abs(try model.tau2(.ml).value - (squares / 5 - 0.25)) <= 1e-14)
  }

  @Test func variancesOfAnySizeGiveNumbers() throws {
    let sizes = [1e-300, 1e-100, 1e-12, 1, 1e12, 1e100, 1e300]
    for first in sizes {
      for second in sizes {
        for value in [0, 1e-150, 1e-6, 1, 1e6, 1e150, 1e300] {
          let model = NormalModel([
            EffectSize(value: value, variance: first), EffectSize(value: -1, variance: second),
            EffectSize(value: 0.5, variance: 1),
          ])
          check(model)
          let trend = Matrix([[1, 0], [1, 1], [1, 3]])
          if let regression = try? NormalModel(model.effects, design: trend) { check(regression) }
        }
      }
    }
  }

  /// Every answer is a number or an error.
  private func check(_ model: NormalModel) {
    let heterogeneity = model.heterogeneity
    #expect(heterogeneity.q.isFinite && (0...1).contains(heterogeneity.pValue))
    #expect(heterogeneity.i2.map((0...1).contains) ?? false)
    #expect((try? heterogeneity.h2Interval(level: .percent95).upper)?.isNaN != true)
    for estimator in Tau2Estimator.allCases {
      guard let tau2 = try? model.tau2(estimator) else { continue }
      #expect(tau2.value >= 0 && tau2.value.isFinite && tau2.residual.isFinite)
      #expect(tau2.standardError?.isNaN != true)
      for inference in EffectInference.allCases {
        guard let effect = try? model.fit(tau2: tau2.value).effect(inference) else { continue }
        #expect(effect.estimate.isFinite && effect.standardError.isFinite)
        let interval = effect.interval(level: .percent95)
        #expect(interval.lower?.isNaN == false && interval.upper?.isNaN == false)
        #expect((0...1).contains(effect.pValue))
      }
    }
    for method in Tau2IntervalMethod.allCases {
      guard let interval = try? model.tau2Interval(method, .reml, level: .percent95) else {
        continue
      }
      #expect(interval.lower?.isNaN == false && interval.upper?.isNaN == false)
    }
  }

  @Test func moderatorsThatDependOnOthersAreRefused() {
    let effects = (0..<6).map { EffectSize(value: Double($0), variance: 1) }
    let rows = (0..<6).map { [1, Double($0), 2 * Double($0) - 1] }
    #expect(throws: NotEstimable.self) { try NormalModel(effects, design: Matrix(rows)) }
    #expect(throws: NotEstimable.self) {
      try NormalModel(Array(effects.prefix(2)), design: Matrix([[1, 0], [1, 1]]))
    }
  }

  @Test func aPredictionNeedsThreeStudies() throws {
    let effects = [0.1, 0.9, 0.4].map { EffectSize(value: $0, variance: 0.01) }
    let two = NormalModel(Array(effects.prefix(2))).fit(tau2: 0.1)
    let three = NormalModel(effects).fit(tau2: 0.1)
    for method in PredictionMethod.allCases {
      #expect(throws: NotEstimable.self) {
        try two.predictionInterval(method, .z, level: .percent95)
      }
      let interval = try three.predictionInterval(method, .z, level: .percent95)
      #expect(interval.lower?.isFinite == true)
    }
  }

  @Test func aHundredThousandStudiesAreNoTrouble() throws {
    var stream = RandomStream(seed: 31)
    let effects = (0..<100_000).map { _ in
      let variance = 0.05 + stream.uniform() / 10
      return EffectSize(
        value: 0.4 + (0.1 + variance).squareRoot() * stream.normal(), variance: variance)
    }
    let model = NormalModel(effects)
    for estimator in Tau2Estimator.allCases {
      #expect(try model.tau2(estimator).value < 0.2)
    }
    let interval = try model.tau2Interval(.profileLikelihood, .reml, level: .percent95)
    let profile = try model.tau2Interval(.qProfile, .reml, level: .percent95)
    let (lower, other) = (try #require(interval.lower), try #require(profile.lower))
    #expect(abs(lower - other) < 1e-3)
  }
}
