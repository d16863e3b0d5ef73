import DoseResponse
import Inference
import Probability
import TestSupport
import Testing

@Suite struct SimulationTests {
  @Test func bootstrapsRepeatFromTheirSeed() throws {
    let fit = try curveSet("ryegrass").fit()
    func limits(_ seed: UInt64) throws -> [ConfidenceInterval] {
      try fit.bootstrapIntervals(
        SetTarget.ofOneCurve, level: .percent95, samples: 400, stream: RandomStream(seed: seed)
      ).map { try $0.get() }
    }
    let first = try limits(1)
    #expect(first == (try limits(1)))
    #expect(first != (try limits(2)))
    for (target, interval) in zip(SetTarget.ofOneCurve, first) {
      let found = try fit.set.evaluate(target, fit.estimates)
      #expect(interval.contains(found.value), "\(target)")
      // As wide as the standard error says, but for what 400 samples and curvature do.
      let error = try fit.covariance(.expected).standardError(along: found.gradient)
      let width = (try #require(interval.upper)) - (try #require(interval.lower))
      #expect(width > 2.5 * error && width < 6 * error, "\(target) \(width / error)")
    }
  }

  @Test func bootstrapsOfCountsAndSharedCurves() throws {
    let data = try CurveData(try published("hatched", .binomial)[0].points)
    let counts = try CurveSet(ResponseCurve(.logLogistic3), [data], response: .binomial).fit()
    let shared = try curveSet("S.alba", shared: [.slope, .lower, .upper]).fit()
    for (fit, target) in [
      (counts, SetTarget.dose(.relative(percent: 50), curve: 0)),
      (shared, .potency(curve: 1, reference: 0)),
    ] {
      let intervals = try fit.bootstrapIntervals(
        [target], level: .percent95, samples: 100, stream: RandomStream(seed: 4))
      let interval = try intervals[0].get()
      #expect(interval.contains(try fit.set.evaluate(target, fit.estimates).value))
    }
  }

  /// Under the null the p-values are uniform: Kolmogorov's distance stays below its 0.1 % point.
  @Test(arguments: [DoseResponseModel.logLogistic4, .emax])
  func flatnessIsUniformUnderTheNull(model: DoseResponseModel) throws {
    var stream = RandomStream(seed: 21)
    let doses = [0, 0.1, 0.3, 1, 3, 10, 30, 100, 300]
    func flat() throws -> CurveData {
      try CurveData(simulated([1, 5, 5, 1], deviation: 0.7, doses: doses, &stream))
    }
    let test = FlatnessTest(
      ResponseCurve(model), try flat(), samples: 2999, stream: RandomStream(seed: 2))
    #expect(FlatnessTest.isInvariant(ResponseCurve(model), response: .continuous, bounds: [:]))
    let count = 400
    let sorted = try (0..<count).map { _ in test.pValue(try flat()) }.sorted()
    let distance = sorted.enumerated().reduce(0) { distance, term in
      let (low, high) = (
        Double(term.offset) / Double(count), Double(term.offset + 1) / Double(count)
      )
      return max(distance, abs(term.element - low), abs(term.element - high))
    }
    #expect(distance <= 1.95 / Double(count).squareRoot(), "\(distance)")
  }

  @Test func flatnessSeesACurve() throws {
    var stream = RandomStream(seed: 30)
    let data = try CurveData(
      simulated([2, 0, 1, 3], deviation: 0.1, doses: [0, 0.1, 0.3, 1, 3, 10, 30, 100], &stream))
    let test = FlatnessTest(
      ResponseCurve(.logLogistic4), data, samples: 999, stream: RandomStream(seed: 1))
    #expect(test.pValue(data) == 1.0 / 1000)
    let flat = try CurveData(data.means.map { DoseResponsePoint(dose: $0.dose, response: 2) })
    #expect(test.pValue(flat) == 1)
  }
}
