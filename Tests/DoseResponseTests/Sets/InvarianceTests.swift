import DoseResponse
import Glibc
import Inference
import Probability
import TestSupport
import Testing

/// What units, order and names may not change.
@Suite struct InvarianceTests {
  private let targets =
    SetTarget.ofOneCurve + [.dose(.response(constant: 0, control: 0.5), curve: 0)]

  /// By what a target is multiplied where doses are by `dose` and responses by `response`.
  private func factor(_ target: SetTarget, dose: Double, response: Double) -> Double {
    switch target {
    case .parameter(0): 1
    case .parameter(1), .parameter(2): response
    default: dose
    }
  }

  /// From µM to nM and M, and in other units of the response.
  @Test(
    arguments: ["ryegrass", "noisy"], [(1e3, 1.0), (1e-6, 1), (1, 1e4), (1, 1e-9), (1e9, 1e9)])
  func unitsScaleWhatIsInThem(dataset: String, units: (Double, Double)) throws {
    let plain = try curveSet(dataset).fit()
    let scaled = try curveSet(dataset) {
      DoseResponsePoint(dose: units.0 * $0.dose, response: units.1 * $0.response)
    }.fit()
    for target in targets {
      let factor = factor(target, dose: units.0, response: units.1)
      let before = try plain.set.evaluate(target, plain.estimates)
      let after = try scaled.set.evaluate(target, scaled.estimates)
      #expect(relativeError(after.value, factor * before.value) <= 1e-11, "\(target)")
      let error = try plain.covariance(.expected).standardError(along: before.gradient)
      let other = try scaled.covariance(.expected).standardError(along: after.gradient)
      #expect(relativeError(other, factor * error) <= 1e-10, "\(target)")
      let limits = try plain.profileInterval(target, level: .percent95)
      let others = try scaled.profileInterval(target, level: .percent95)
      for (old, new) in [(limits.lower, others.lower), (limits.upper, others.upper)] {
        let (old, new) = (try #require(old), try #require(new))
        #expect(relativeError(new, factor * old) <= 1e-10, "\(target)")
      }
    }
  }

  @Test func orderOfPointsChangesNoDigit() throws {
    let points = try published("ryegrass")[0].points
    let forwards = try CurveSet(ResponseCurve(.logLogistic4), [CurveData(points)]).fit()
    let backwards = try CurveSet(
      ResponseCurve(.logLogistic4), [CurveData(points.reversed())]
    ).fit()
    #expect(forwards.estimates == backwards.estimates)
  }

  @Test func orderOfCurvesOrdersTheirParameters() throws {
    let curves = try published("S.alba").map { try CurveData($0.points) }
    for shared: Set<CurveParameter> in [[], [.lower, .upper], [.slope, .lower, .upper]] {
      let curve = ResponseCurve(.logLogistic4)
      let one = try CurveSet(curve, curves, shared: shared).fit()
      let other = try CurveSet(curve, curves.reversed(), shared: shared).fit()
      for k in 0...1 {
        for (a, b) in zip(one.values(of: k), other.values(of: 1 - k)) {
          #expect(relativeError(a, b) <= 1e-11)
        }
      }
      let potency = try one.profileInterval(
        .potency(curve: 1, reference: 0), level: .percent95)
      let inverse = try other.profileInterval(
        .potency(curve: 1, reference: 0), level: .percent95)
      let product = try #require(potency.lower) * #require(inverse.upper)
      #expect(abs(product - 1) <= 1e-9)
    }
  }

  @Test func weightsAreReplicatesButForFreedom() throws {
    let points = try published("ryegrass")[0].points
    let doubled = points.map {
      DoseResponsePoint(dose: $0.dose, response: $0.response, weight: 2)
    }
    let curve = ResponseCurve(.logLogistic4)
    let weighted = try CurveSet(curve, [CurveData(doubled)]).fit()
    let repeated = try CurveSet(curve, [CurveData(points + points)]).fit()
    for (a, b) in zip(weighted.estimates, repeated.estimates) {
      #expect(relativeError(a, b) <= 1e-12)
    }
    #expect(
      relativeError(weighted.fit.residualSumOfSquares, repeated.fit.residualSumOfSquares) <= 1e-13)
    #expect(repeated.degreesOfFreedom == weighted.degreesOfFreedom + points.count)
  }

  /// Upside down the slope turns and the plateaus change places and signs.
  @Test func mirroredCurvesAreMirrored() throws {
    let up = try curveSet("ryegrass").fit()
    let down = try curveSet("ryegrass") {
      DoseResponsePoint(dose: $0.dose, response: -$0.response)
    }.fit()
    let mirror = [(0, 0, -1.0), (1, 2, -1), (2, 1, -1), (3, 3, 1)]
    for (i, j, sign) in mirror {
      #expect(relativeError(down.estimates[j], sign * up.estimates[i]) <= 1e-12)
      let limits = try up.profileInterval(.parameter(i), level: .percent95)
      let others = try down.profileInterval(.parameter(j), level: .percent95)
      let (a, b) = (try #require(limits.lower), try #require(limits.upper))
      let (c, d) = (try #require(others.lower), try #require(others.upper))
      let mirrored = sign < 0 ? (-d, -c) : (c, d)
      #expect(relativeError(mirrored.0, a) <= 1e-11 && relativeError(mirrored.1, b) <= 1e-11)
    }
  }

  /// A curve among others has the estimates that it has alone.
  @Test func separateCurvesKeepTheirEstimates() throws {
    let curve = ResponseCurve(.logLogistic3)
    let all = try published("vinclozolin").map { try CurveData($0.points) }
    let set = try CurveSet(curve, all).fit()
    var sum = 0.0
    for (k, data) in all.enumerated() {
      let alone = try CurveSet(curve, [data]).fit()
      #expect(set.values(of: k) == alone.estimates)
      sum += alone.fit.residualSumOfSquares
    }
    #expect(relativeError(set.fit.residualSumOfSquares, sum) <= 1e-14)
    #expect(set.degreesOfFreedom == all.reduce(0) { $0 + $1.count } - 3 * all.count)
    #expect(set.fit.converged)
  }
}
