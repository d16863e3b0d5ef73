import Glibc
import Inference
import LinearAlgebra
import MetaAnalysis
import Probability
import TestSupport
import Testing

/// What defines an estimate or a limit, put back.
@Suite struct NormalEquationTests {
  @Test(arguments: [0, 3, 8] as [Double])
  func likelihoodsAreStationaryAndLargest(decades: Double) throws {
    var stream = RandomStream(seed: 11)
    var several = 0
    for _ in 0..<1500 {
      let effects = stream.effects(decades: decades)
      let (model, plain) = (NormalModel(effects), PlainModel(effects: effects))
      for (estimator, restricted) in [(Tau2Estimator.ml, false), (.reml, true)] {
        let estimate = try model.tau2(estimator)
        let tau2 = estimate.value
        let squares = plain.squares(tau2, power: 2)
        let trace = plain.trace(tau2, restricted: restricted)
        if tau2 > 0 {
          #expect(estimate.termination == .root)
          #expect(abs(squares - trace) <= 1e-11 * trace, "\(effects)")
        } else {
          #expect(estimate.termination == .boundary)
          #expect(squares <= trace * (1 + 1e-12))
        }
        let best = plain.deviance(tau2, restricted: restricted)
        var changes = 0
        var rose = false
        for step in -40...60 {
          let other = plain.deviance(pow(10, Double(step) / 5), restricted: restricted)
          #expect(other >= best - 1e-11 * (abs(best) + 10), "\(step) \(effects)")
          let slope = pow(10, Double(step) / 5)
          let rises =
            plain.squares(slope, power: 2) > plain.trace(slope, restricted: restricted)
          if rose, !rises { changes += 1 }
          rose = rises
        }
        if changes > 1 || (tau2 == 0 && changes > 0) { several += 1 }
      }
    }
    if decades == 8 { #expect(several > 10, "\(several) with several maxima") }
  }

  @Test func theGeneralisedQIsItsTarget() throws {
    var stream = RandomStream(seed: 12)
    for _ in 0..<2000 {
      let effects = stream.effects(decades: 8)
      let (model, plain) = (NormalModel(effects), PlainModel(effects: effects))
      let degrees = Double(effects.count - 1)
      let chiSquare = ChiSquare(degreesOfFreedom: degrees)
      let limits = try model.tau2Interval(.qProfile, .pm, level: .percent95)
      for (tau2, target) in [
        (try model.tau2(.pm).value, degrees), (try model.tau2(.eb).value, degrees),
        (try model.tau2(.pmm).value, chiSquare.quantile(lowerTail: 0.5)),
        (try #require(limits.lower), chiSquare.quantile(upperTail: 0.025)),
        (try #require(limits.upper), chiSquare.quantile(lowerTail: 0.025)),
      ] {
        let q = plain.squares(tau2)
        #expect(tau2 > 0 ? relativeError(q, target) <= 1e-11 : q <= target * (1 + 1e-12))
      }
    }
  }

  @Test func theProfileFallsByTheQuantile() throws {
    var stream = RandomStream(seed: 13)
    let z = ConfidenceLevel.percent95.normalCriticalValue(.two)
    for _ in 0..<300 {
      let effects = stream.effects(decades: 6)
      let (model, plain) = (NormalModel(effects), PlainModel(effects: effects))
      for (estimator, restricted) in [(Tau2Estimator.ml, false), (.reml, true)] {
        let best = plain.deviance(try model.tau2(estimator).value, restricted: restricted)
        let limits = try model.tau2Interval(.profileLikelihood, estimator, level: .percent95)
        for limit in [try #require(limits.lower), try #require(limits.upper)] {
          let rise = plain.deviance(limit, restricted: restricted) - best
          let tolerance = 1e-12 * (abs(best) + 100)
          #expect(limit > 0 ? abs(rise - z * z) <= tolerance : rise <= z * z + tolerance)
        }
      }
    }
  }

  /// P(Q > q) at the lower limit and P(Q ≤ q) at the upper one are α/2.
  @Test func tailsAreAtTheirLevel() throws {
    var stream = RandomStream(seed: 14)
    for _ in 0..<100 {
      let effects = stream.effects(decades: 4)
      let model = NormalModel(effects)
      for (method, power) in [(Tau2IntervalMethod.jackson, 0.5), (.biggerstaffJackson, 1)] {
        let weights = effects.map { pow($0.variance, -power) }
        let total = weights.reduce(0, +)
        let basis = Matrix(column: weights.map { ($0 / total).squareRoot() })
        let mean = zip(weights, effects).reduce(0) { $0 + $1.0 * $1.1.value } / total
        let q = zip(weights, effects).reduce(0) {
          $0 + $1.0 * ($1.1.value - mean) * ($1.1.value - mean)
        }
        func distribution(_ tau2: Double) -> GeneralisedQDistribution {
          GeneralisedQDistribution(
            sizes: zip(weights, effects).map { $0 * ($1.variance + tau2) }, basis: basis)
        }
        let interval = try model.tau2Interval(method, .dl, level: .percent95)
        let (lower, upper) = (try #require(interval.lower), try #require(interval.upper))
        let above = distribution(lower).upperTail(q)
        let below = distribution(upper).lowerTail(q)
        #expect(lower > 0 ? relativeError(above, 0.025) <= 1e-11 : above >= 0.025 - 1e-12)
        #expect(upper > 0 ? relativeError(below, 0.025) <= 1e-11 : below <= 0.025 + 1e-12)
      }
    }
  }

  /// A gamma distribution of the mean and variance of Q has its tails there.
  @Test func gammaTailsAreAtTheirLevel() throws {
    var stream = RandomStream(seed: 15)
    for _ in 0..<300 {
      let effects = stream.effects(decades: 4)
      let (model, plain) = (NormalModel(effects), PlainModel(effects: effects))
      let weights = plain.weights(0)
      let sums = (1...3).map { power in weights.reduce(0) { $0 + pow($1, Double(power)) } }
      let (degrees, q) = (Double(effects.count - 1), plain.squares(0))
      let trace = plain.trace(0, restricted: true)
      let square = sums[1] - 2 * sums[2] / sums[0] + sums[1] * sums[1] / sums[0] / sums[0]
      func gamma(_ tau2: Double) -> Gamma {
        let mean = degrees + tau2 * trace
        let variance = 2 * degrees + 4 * tau2 * trace + 2 * tau2 * tau2 * square
        return Gamma(shape: mean * mean / variance, rate: mean / variance)
      }
      let interval = try model.tau2Interval(.biggerstaffTweedie, .dl, level: .percent95)
      let (lower, upper) = (try #require(interval.lower), try #require(interval.upper))
      let (above, below) = (gamma(lower).upperTail(q), gamma(upper).lowerTail(q))
      #expect(lower > 0 ? relativeError(above, 0.025) <= 1e-9 : above >= 0.025 - 1e-12)
      #expect(upper > 0 ? relativeError(below, 0.025) <= 1e-9 : below <= 0.025 + 1e-12)
    }
  }
}
