import DoseResponse
import Glibc
import Inference
import LinearAlgebra
import Probability
import TestSupport
import Testing

@Suite struct ProfileIntervalTests {
  /// What the sum of squares is at a limit.
  private func allowed(_ fit: CurveSetFit, _ level: ConfidenceLevel) throws -> Double {
    let t = StudentT(degreesOfFreedom: Double(fit.degreesOfFreedom))
      .quantile(upperTail: level.alpha / 2)
    return fit.fit.residualSumOfSquares + (try fit.dispersion()) * t * t
  }

  /// The sum of squares with a parameter fixed at a limit is what the level allows.
  @Test(arguments: ["ryegrass", "noisy", "secalonic"], [0.95, 0.8])
  func limitsOfParametersPutBack(dataset: String, level: Double) throws {
    let level = try #require(ConfidenceLevel(level))
    let fit = try curveSet(dataset).fit()
    let data = fit.set.samples[0]
    for (index, parameter) in fit.set.curve.parameters.enumerated() {
      let interval = try fit.profileInterval(.parameter(index), level: level)
      for limit in [interval.lower, interval.upper].compactMap(\.self)
      where limit.isFinite && limit != 0 {
        let held = ResponseCurve(.logLogistic4, fixing: [parameter: limit])
        let sum = try held.fit(data).residualSumOfSquares
        let allowed = try allowed(fit, level)
        #expect(relativeError(sum, allowed) <= 1e-11, "\(dataset) \(parameter) \(limit)")
      }
    }
  }

  /// The same for ED10, with a curve in which it takes the place of the ED50.
  @Test func limitsOfDosesPutBack() throws {
    let fit = try curveSet("ryegrass").fit()
    let data = fit.set.samples[0].points
    let interval = try fit.profileInterval(
      .dose(.relative(percent: 10), curve: 0), level: .percent95)
    for limit in [interval.lower, interval.upper].compactMap(\.self) {
      let regression = NonlinearRegression(responses: data.map(\.response)) { theta in
        let ed50 = limit * exp(log(9) / theta[0])
        let whole = theta + [ed50]
        let curve = ResponseCurve(.logLogistic4)
        let rows = data.map { point in
          let g = curve.gradient(dose: point.dose, parameters: whole)
          return [g[0] - g[3] * ed50 * log(9) / (theta[0] * theta[0]), g[1], g[2]]
        }
        return MeanResponse(
          values: data.map { curve.response(dose: $0.dose, parameters: whole) },
          jacobian: Matrix(rows))
      }
      let held = try regression.fit(start: Array(fit.estimates.prefix(3)))
      #expect(relativeError(held.residualSumOfSquares, try allowed(fit, .percent95)) <= 1e-11)
    }
  }

  /// At the limits of counts the deviance has risen by z².
  @Test func limitsOfCountsPutBack() throws {
    let data = try CurveData(try published("hatched", .binomial)[0].points)
    let fit = try CurveSet(ResponseCurve(.logLogistic3), [data], response: .binomial).fit()
    let z = ConfidenceLevel.percent95.normalCriticalValue(.two)
    for (index, parameter) in fit.set.curve.parameters.enumerated() {
      let interval = try fit.profileInterval(.parameter(index), level: .percent95)
      for limit in [interval.lower, interval.upper].compactMap(\.self)
      where limit.isFinite && limit != 0 && limit != 1 {
        let held = ResponseCurve(.logLogistic3, fixing: [parameter: limit])
        let deviance = try CurveSet(held, [data], response: .binomial).fit()
          .fit.residualSumOfSquares
        #expect(
          relativeError(deviance, fit.fit.residualSumOfSquares + z * z) <= 1e-10,
          "\(parameter) \(limit)")
      }
    }
  }

  @Test func intervalsAreNestedContainTheEstimateAndKeepSigns() throws {
    var stream = RandomStream(seed: 5)
    let levels = try [0.5, 0.8, 0.95, 0.99].map { try #require(ConfidenceLevel($0)) }
    let doses = [0, 0.1, 0.3, 1, 3, 10, 30, 100]
    for k in 0..<60 {
      // The last third of the curves are hardly there.
      let truth = [
        1 + 2 * stream.uniform(), 0, k < 40 ? 1 : 0.1, 100 * stream.uniform() * stream.uniform(),
      ]
      let data = try CurveData(simulated(truth, deviation: 0.1, doses: doses, &stream))
      let fit = try CurveSet(ResponseCurve(.logLogistic4), [data]).fit()
      for target in SetTarget.ofOneCurve {
        guard let estimate = try? fit.set.evaluate(target, fit.estimates).value else { continue }
        var (lower, upper) = (estimate, estimate)
        for level in levels {
          let interval = try fit.profileInterval(target, level: level)
          let (a, b) = (try #require(interval.lower), try #require(interval.upper))
          #expect(!a.isNaN && !b.isNaN)
          #expect(a <= lower && b >= upper, "\(target) \(level) \(interval) \(fit.estimates)")
          (lower, upper) = (a, b)
        }
        switch target {
        case .parameter(0): #expect(lower >= 0 || upper <= 0)
        case .parameter(3), .dose: #expect(lower >= 0)
        default: break
        }
      }
    }
  }

  /// Between two doses a step may be anywhere: its slope has no end above.
  @Test func aStepEndsAtItsDoses() throws {
    let doses = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8]
    let responses = [1.02, 0.97, 1.01, 1.0, 0.21, 0.19, 0.2, 0.18]
    let fit = try CurveSet(
      ResponseCurve(.logLogistic4), [CurveData(points(Array(zip(doses, responses))))]
    ).fit()
    let slope = try fit.profileInterval(.parameter(0), level: .percent95)
    #expect(slope.upper == .infinity)
    #expect(try #require(slope.lower) > 1)
    let ed50 = try fit.profileInterval(.parameter(3), level: .percent95)
    #expect(try #require(ed50.lower) >= 0.8 && #require(ed50.upper) <= 1.6)
  }

  /// Where the curve is not seen to end its lower plateau and its ED50 have no end either.
  @Test func aRunawayPlateauLeavesTheEndOpen() throws {
    let doses = [0, 0.1, 0.3, 1, 3, 10]
    let responses = [1.0, 1.01, 0.99, 1.0, 0.9, 0.6]
    let fit = try CurveSet(
      ResponseCurve(.logLogistic4), [CurveData(points(Array(zip(doses, responses))))]
    ).fit()
    let ed50 = try fit.profileInterval(
      .dose(.relative(percent: 50), curve: 0), level: .percent95)
    #expect(ed50.upper == .infinity)
    #expect(try #require(ed50.lower) > 1 && #require(ed50.lower) < 20)
    let lower = try fit.profileInterval(.parameter(1), level: .percent95)
    #expect(try #require(lower.lower) < -1e6)
    // That it has fallen by a tenth is seen.
    let tenth = try fit.profileInterval(
      .dose(.response(constant: 0.9, control: 0), curve: 0), level: .percent95)
    #expect(try #require(tenth.lower) > 1 && #require(tenth.upper) < 10)
  }

  /// The slope of an asymmetric curve may grow for ever while its asymmetry vanishes.
  @Test func anEndOfTheSearchIsNoLimit() throws {
    let fit = try curveSet("ryegrass", .logLogistic5).fit()
    let slope = try fit.profileInterval(.parameter(0), level: .percent95)
    #expect(slope.upper == .infinity)
    let location = fit.set.curve.parameters.firstIndex(of: .location)!
    let interval = try fit.profileInterval(.parameter(location), level: .percent95)
    #expect(interval.contains(fit.estimates[location]))
  }

  /// A bound that was asked for is a limit.
  @Test func anOwnBoundClosesTheInterval() throws {
    let set = try curveSet("secalonic", bounds: [.slope: 0.5...6, .lower: 0...1])
    let fit = try set.fit()
    let slope = try fit.profileInterval(.parameter(0), level: .percent95)
    #expect(relativeError(try #require(slope.upper), 6) <= 1e-14)
    let lower = try fit.profileInterval(.parameter(1), level: .percent95)
    #expect(lower.lower == 0)
    #expect(lower.upper == 1)
  }

  /// Where the lower plateau is fixed at 0, half of the control is half of the way.
  @Test(arguments: [
    DoseResponseModel.logLogistic3, .logNormal3, .weibull1With3, .weibull2With3,
    .exponentialDecay2,
  ])
  func aShareOfTheControlIsAnEffectiveDose(model: DoseResponseModel) throws {
    let data = try CurveData(try published("ryegrass")[0].points)
    let fit = try CurveSet(ResponseCurve(model), [data]).fit()
    for percent in [30.0, 50, 90] {
      let share = try fit.profileInterval(
        .dose(.response(constant: 0, control: percent / 100), curve: 0), level: .percent95)
      let effect = try fit.profileInterval(
        .dose(.relative(percent: 100 - percent), curve: 0), level: .percent95)
      #expect(relativeError(share.lower ?? 0, effect.lower ?? 1) <= 1e-10, "\(model) \(percent)")
      #expect(relativeError(share.upper ?? 0, effect.upper ?? 1) <= 1e-10, "\(model) \(percent)")
    }
  }

  /// Curves that share their plateaus are parallel where they also share the slope: one more parameter.
  @Test func parallelismIsTestedWithinWhatIsShared() throws {
    let curves = try published("S.alba").map { try CurveData($0.points) }
    let set = CurveSet(ResponseCurve(.logLogistic4), curves, shared: [.lower, .upper])
    let test = try set.parallelism(of: 1, and: 0)
    #expect(test.degreesOfFreedom == 1 && test.denominator == 62)
    let all = CurveSet(ResponseCurve(.logLogistic4), curves, shared: [.slope, .lower, .upper])
    let (with, without) = (try set.fit(), try all.fit())
    let excess = without.fit.residualSumOfSquares - with.fit.residualSumOfSquares
    #expect(relativeError(test.statistic, excess / (with.fit.residualSumOfSquares / 62)) <= 1e-9)
  }
}
