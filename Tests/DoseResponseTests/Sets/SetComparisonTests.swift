import DoseResponse
import Inference
import Probability
import TestSupport
import Testing

@Suite struct SetComparisonTests {
  @Test func sharingNeverFitsBetter() throws {
    var stream = RandomStream(seed: 8)
    let doses = [0, 0.1, 0.3, 1, 3, 10, 30]
    let shares: [Set<CurveParameter>] = [
      [.upper], [.lower, .upper], [.slope, .lower, .upper], [.slope, .lower, .upper, .ed50],
      [.ed50],
    ]
    for _ in 0..<12 {
      let curves = try (0..<3).map { k in
        let truth = [0.7 + 2 * stream.uniform(), 0.1, 1, Double(k + 1)]
        return try CurveData(simulated(truth, deviation: 0.08, doses: doses, &stream))
      }
      let curve = ResponseCurve(.logLogistic4)
      let separate = try CurveSet(curve, curves).fit()
      for shared in shares {
        let fit = try CurveSet(curve, curves, shared: shared).fit()
        #expect(
          fit.fit.residualSumOfSquares >= separate.fit.residualSumOfSquares * (1 - 1e-12),
          "\(shared)")
        // With all shared the curves are one.
        guard shared.count == 4 else { continue }
        let pooled = try CurveSet(curve, [CurveData(curves.flatMap(\.points))]).fit()
        let own = pooled.fit.residualSumOfSquares
        #expect(relativeError(fit.fit.residualSumOfSquares, own) <= 1e-9)
      }
    }
  }

  @Test func extraSumOfSquaresIsItsFormula() throws {
    let less = try curveSet("ryegrass", .logLogistic3).fit()
    let more = try curveSet("ryegrass", .logLogistic4).fit()
    let test = try less.extraSumOfSquares(more)
    let (a, b) = (less.fit.residualSumOfSquares, more.fit.residualSumOfSquares)
    #expect(relativeError(test.statistic, (a - b) / (b / 20)) <= 1e-12)
    #expect(test.degreesOfFreedom == 1 && test.denominator == 20)
    let p = FDistribution(numeratorDegreesOfFreedom: 1, denominatorDegreesOfFreedom: 20)
      .upperTail(test.statistic)
    #expect(test.pValue == p)
    #expect(throws: NotEstimable.self) { try more.extraSumOfSquares(less) }
  }

  /// Two doses with a line in between: means 1, 3, 2 at doses 0, 1, 2.
  @Test func lackOfFitIsItsFormula() throws {
    let data = try CurveData(
      points([(0, 0.5), (0, 1.5), (1, 2.5), (1, 3.5), (2, 1.5), (2, 2.5)]))
    let test = try CurveSet(ResponseCurve(.linear), [data]).fit().lackOfFit()
    // The line 1.5 + x/2 leaves −0.5, 1, −0.5 twice each: 3; pure error 6 · ¼.
    #expect(abs(test.statistic - 3 / (1.5 / 3)) <= 1e-13)
    #expect(test.degreesOfFreedom == 1 && test.denominator == 3)
  }

  @Test func lackOfFitNeedsReplicatesAndDoses() throws {
    let single = try curveSet("secalonic").fit()
    #expect(throws: NotEstimable("no replicates that differ")) { try single.lackOfFit() }
    let data = try CurveData(points([(0, 1), (0, 2), (1, 3), (1, 4)]))
    let line = try CurveSet(ResponseCurve(.linear), [data]).fit()
    #expect(throws: NotEstimable("no more doses than parameters")) { try line.lackOfFit() }
  }

  /// −2 log L of a mean of 1 and 3 with σ² = 1 is 2 log 2π + 2.
  @Test func criteriaAreTheirFormulas() throws {
    let data = try CurveData(points([(0, 1), (1, 3), (2, 1), (3, 3), (4, 1), (5, 3)]))
    let fit = try CurveSet(ResponseCurve(.constant), [data]).fit()
    let logLikelihood = -3 * 2.8378770664093454836
    #expect(relativeError(try fit.logLikelihood(), logLikelihood) <= 1e-15)
    #expect(relativeError(try fit.aicc(), -2 * logLikelihood + 4 + 12.0 / 3) <= 1e-15)
    #expect(fit.likelihoodParameters == 2)
  }

  /// Doubling all weights changes σ² and the likelihood by constants alone.
  @Test func weightsOfOneSizeDoNotMatter() throws {
    let plain = try curveSet("ryegrass").fit()
    let weighted = try curveSet("ryegrass") {
      DoseResponsePoint(dose: $0.dose, response: $0.response, weight: 4)
    }.fit()
    #expect(relativeError(try weighted.logLikelihood(), try plain.logLikelihood()) <= 1e-13)
  }

  /// A ratio whose denominator may be 0 has no limits.
  @Test func fiellerIsUnboundedOverZero() throws {
    let fit = try curveSet("incomplete").fit()
    let unbounded = try fit.fiellerInterval(.parameter(2), over: .parameter(1), level: .percent95)
    #expect(unbounded.lower == -.infinity && unbounded.upper == .infinity)
    let bounded = try fit.fiellerInterval(.parameter(3), over: .parameter(2), level: .percent95)
    #expect(bounded.contains(fit.estimates[3] / fit.estimates[2]))
  }
}
