import DoseResponse
import Glibc
import Inference
import Probability
import Testing

/// Profile limits of noisy curves against a dense search of doses and slopes that shares nothing with
/// the engine.
@Suite struct ProfileSearchTests {
  /// The least sum of squares at a dose over many slopes, of log-logistic curves.
  private struct DenseSearch {
    let data: CurveData
    /// `nil` where free.
    let lower: Double?
    let upper: Double?
    let percent: Double
    let falls: Bool
    let slopes: [Double]

    init(_ data: CurveData, _ curve: ResponseCurve, percent: Double, falls: Bool) {
      self.data = data
      (lower, upper) = (curve.fixedValues[.lower], curve.fixedValues[.upper])
      self.percent = percent
      self.falls = falls
      let doses = data.means.map(\.dose)
      let width = log(doses.max()! / doses.min()!)
      slopes = (0...240).map { log(0.1 / width) + 0.04 * Double($0) }
    }

    /// By the normal equations; plateaus that are both free keep their order.
    func sum(_ dose: Double, _ slope: Double) -> Double {
      var (w, x, y, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
      for mean in data.means {
        let gone =
          1 / (1 + (100 - percent) / percent * pow(mean.dose / dose, -exp(slope)))
        let share = falls ? 1 - gone : gone
        // The share of a free plateau, and what of the response is left to it.
        let (own, response) =
          switch (lower, upper) {
          case (nil, nil): (share, mean.mean)
          case (let low?, nil): (share, mean.mean - low * (1 - share))
          case (nil, let high?): (1 - share, mean.mean - high * share)
          case (let low?, let high?): (0.0, mean.mean - low - (high - low) * share)
          }
        (w, x, y) = (w + mean.weight, x + mean.weight * own, y + mean.weight * response)
        xx += mean.weight * own * own
        xy += mean.weight * own * response
        yy += mean.weight * response * response
      }
      switch (lower, upper) {
      case (nil, nil):
        let (square, product) = (xx - x * x / w, xy - x * y / w)
        let gain = square > 1e-12 * xx && product > 0 ? product * product / square : 0
        return yy - y * y / w - gain
      case (_?, _?): return yy
      default: return xx > 0 ? yy - xy * xy / xx : yy
      }
    }

    /// At the best slope, found between its neighbours by halving at golden sections.
    func least(_ dose: Double) -> Double {
      let sums = slopes.map { sum(dose, $0) }
      let best = sums.indices.min { sums[$0] < sums[$1] }!
      var (a, b) = (slopes[max(0, best - 1)], slopes[min(slopes.count - 1, best + 1)])
      let part = (5.0.squareRoot() - 1) / 2
      for _ in 0..<60 {
        let (c, d) = (b - part * (b - a), a + part * (b - a))
        if sum(dose, c) < sum(dose, d) { b = d } else { a = c }
      }
      return min(sums[best], sum(dose, (a + b) / 2))
    }
  }

  @Test(arguments: [
    DoseResponseModel.logLogistic2, .logLogistic3, .logLogistic3u, .logLogistic4,
  ])
  func nothingIsAcceptedBeyondTheLimits(model: DoseResponseModel) throws {
    let curves = BatchCurves(model, count: 30, noise: 0.15, seed: 31)
    for index in 0..<curves.count {
      let data = try CurveData(curves.points(index))
      let fit = try CurveSet(curves.curve, [data]).fit()
      let t = StudentT(degreesOfFreedom: Double(fit.degreesOfFreedom)).quantile(upperTail: 0.025)
      let allowed = try fit.dispersion() * t * t
      for percent in [10.0, 50, 90] {
        let target = SetTarget.dose(.relative(percent: percent), curve: 0)
        guard let limits = try? fit.profileInterval(target, level: .percent95),
          let lower = limits.lower, let upper = limits.upper
        else { continue }
        let search = DenseSearch(
          data, curves.curve, percent: percent, falls: fit.estimates[0] > 0)
        let pure =
          fit.fit.residualSumOfSquares
          - search.least(
            try fit.set.evaluate(target, fit.estimates).value)
        func rise(_ dose: Double) -> Double {
          (search.least(dose) + pure - fit.fit.residualSumOfSquares) / allowed
        }
        let context = "\(model) \(index) ED\(percent) \(lower) \(upper)"
        for k in -60...60 {
          let dose = exp(0.1 * Double(k))
          if dose < lower * (1 - 1e-6) || dose > upper * (1 + 1e-6) {
            #expect(rise(dose) > 1, "\(context) at \(dose)")
          }
        }
        // A limit at a tested dose may be that of a step, of which the slopes here fall short.
        for limit in [lower, upper]
        where limit.isFinite && limit > 1e-4 && limit < 1e4
          && !curves.doses.contains(where: { abs($0 / limit - 1) < 1e-3 })
        {
          #expect(abs(rise(limit) - 1) <= 1e-6, "\(context) put back")
        }
      }
    }
  }

  /// At its lower limit the ED90 has two valleys, at slopes of 1.86 and 2.82, the second the deeper;
  /// the limit by a dense search of both in forty digits.
  @Test func aLimitIsThatOfTheDeeperOfTwoValleys() throws {
    let responses = [
      [1.097, 0.86, 0.899], [0.742, 0.857, 0.676], [0.71, 0.884, 0.554], [0.557, 0.718, 0.636],
      [0.422, 0.489, 0.446], [0.3, 0.052, 0.074], [-0.102, 0.119, -0.055], [0.06, 0.181, 0.185],
    ]
    let doses = [0.01, 0.037, 0.14, 0.52, 1.9, 7.2, 27, 100]
    let points = zip(doses, responses).flatMap { dose, responses in
      responses.map { DoseResponsePoint(dose: dose, response: $0) }
    }
    let fit = try CurveSet(ResponseCurve(.logLogistic4), [CurveData(points)]).fit()
    #expect(abs(fit.fit.residualSumOfSquares / 0.321_041_502_011_907_65 - 1) <= 1e-13)
    let limits = try fit.profileInterval(
      .dose(.relative(percent: 90), curve: 0), level: .percent95)
    #expect(abs(try #require(limits.lower) / 3.932_701_374_369_046_2 - 1) <= 1e-10)
  }
}
