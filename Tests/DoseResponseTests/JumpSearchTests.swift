import DoseResponse
import Probability
import TestSupport
import Testing

@Suite struct JumpSearchTests {
  /// Simulated responses at eight doses, 15 % noise, whose third dose lies on the flank of the best jump.
  @Test func aJumpWithADoseOnItsFlankIsFound() throws {
    let responses = [
      [0.9405439086402956, 0.637252285363864, 0.853474478490588],
      [0.8586962199399067, 1.132862978535779, 0.7707465241583968],
      [0.1961799222013031, 0.6700507427558766, 0.6221471555100425],
      [0.3607274599048052, 0.5906152562599503, 0.1908214185402194],
      [0.26021645506363433, 0.3898276733019006, 0.543783361567914],
      [0.4118128849670071, -0.05763430247818474, 0.16477340330844634],
      [-0.07773093356362709, 0.056000800117938704, 0.5443711886050897],
      [0.10764267078204912, 0.2897483892288293, 0.38879391216364034],
    ]
    let points = responses.enumerated().flatMap { k, group in
      group.map { DoseResponsePoint(dose: Double(1 << (2 * k)), response: $0) }
    }
    let fit = try ResponseCurve(.logLogistic4).fit(try CurveData(points))
    func spread(_ groups: ArraySlice<[Double]>) -> Double {
      let all = groups.flatMap(\.self)
      let mean = all.reduce(0, +) / Double(all.count)
      return all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let jump = spread(responses[..<2]) + spread(responses[2..<3]) + spread(responses[3...])
    #expect(abs(fit.residualSumOfSquares / jump - 1) < 1e-12)
    let middle = responses[2].reduce(0, +) / 3
    let curve = ResponseCurve(.logLogistic4)
    #expect(abs(curve.response(dose: 16, parameters: fit.parameters) - middle) < 1e-6)
  }

  /// No curve that jumps is nearer than the one found, whichever plateaus are free.
  @Test(
    arguments: [DoseResponseModel.logLogistic4, .weibull1With4, .weibull2With4, .logNormal4],
    [[:], [.lower: 0], [.upper: 1], [.lower: 0, .upper: 1]] as [[CurveParameter: Double]])
  func noJumpIsNearer(model: DoseResponseModel, fixed: [CurveParameter: Double]) throws {
    var random = RandomStream(seed: 29)
    let curve = ResponseCurve(model, fixing: fixed)
    for _ in 0..<60 {
      let points = (0..<7).flatMap { k -> [DoseResponsePoint] in
        let mean = Double(k) / 6 < random.uniform() ? 0.1 : 0.9
        return (0..<2).map { _ in
          DoseResponsePoint(
            dose: k == 0 ? 0 : Double(1 << k), response: mean + 0.6 * (random.uniform() - 0.5),
            weight: 0.5 + random.uniform())
        }
      }
      let fit = try curve.fit(try CurveData(points))
      let nearest = nearestJump(points, lower: fixed[.lower], upper: fixed[.upper])
      #expect(
        fit.residualSumOfSquares <= nearest * (1 + 1e-8),
        "\(model) \(fixed) \(points) \(fit.parameters)")
    }
  }

  /// The least sum of squares of curves of two levels, and of those with one dose between them.
  private func nearestJump(
    _ points: [DoseResponsePoint], lower: Double?, upper: Double?
  ) -> Double {
    func mean(_ side: [DoseResponsePoint]) -> Double {
      side.reduce(0) { $0 + $1.weight * $1.response } / side.reduce(0) { $0 + $1.weight }
    }
    func squares(_ side: [DoseResponsePoint], _ level: Double) -> Double {
      side.reduce(0) { $0 + $1.weight * ($1.response - level) * ($1.response - level) }
    }
    var least = Double.infinity
    let doses = Set(points.map(\.dose)).sorted()
    for dose in doses.dropFirst() {
      let below = points.filter { $0.dose < dose }
      let at = points.filter { $0.dose == dose }
      let above = points.filter { $0.dose > dose }
      for (low, high) in [(below, at + above), (at + above, below)] {
        least = min(least, squares(low, lower ?? mean(low)) + squares(high, upper ?? mean(high)))
      }
      for (low, high) in [(below, above), (above, below)] where !above.isEmpty {
        let (base, top) = (lower ?? mean(low), upper ?? mean(high))
        guard mean(at) > min(base, top), mean(at) < max(base, top) else { continue }
        least = min(least, squares(low, base) + squares(high, top) + squares(at, mean(at)))
      }
    }
    return least
  }
}
