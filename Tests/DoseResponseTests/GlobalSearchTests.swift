import DoseResponse
import Probability
import TestSupport
import Testing

@Suite struct GlobalSearchTests {
  /// No curve of a dense grid, with the best plateaus for each, is nearer than the one found.
  @Test(arguments: [DoseResponseModel.logLogistic4, .weibull1With4, .logNormal4, .weibull2With4])
  func noCurveOfADenseGridIsNearer(model: DoseResponseModel) throws {
    var random = RandomStream(seed: 11)
    let doses = [0] + (0..<10).map { 0.01 * Double(1 << $0) }
    for _ in 0..<40 {
      let truth = [
        (random.uniform() < 0.5 ? -1 : 1) * (0.3 + 4 * random.uniform()), 0.2, 1,
        0.02 + 8 * random.uniform(),
      ]
      let points = doses.map { dose in
        let noise = 0.25 * (random.uniform() + random.uniform() + random.uniform() - 1.5)
        let response = ResponseCurve(model).response(dose: dose, parameters: truth)
        return DoseResponsePoint(dose: dose, response: response + noise)
      }
      let fit = try ResponseCurve(model).fit(try CurveData(points))
      #expect(fit.parameters[1] <= fit.parameters[2])
      let nearest = densestSearch(model, points)
      #expect(
        fit.residualSumOfSquares <= nearest * (1 + 1e-9), "\(model) \(points) \(fit.parameters)")
    }
  }

  /// The smallest sum of squares over slopes and locations, plateaus in closed form.
  private func densestSearch(_ model: DoseResponseModel, _ points: [DoseResponsePoint]) -> Double {
    var smallest = Double.infinity
    for step in 0..<3600 {
      let slope = (step % 2 == 0 ? 1.0 : -1) * 0.1 * powerOfTen(Double(step / 2 % 45) / 15)
      let location = 1e-3 * powerOfTen(Double(step / 90) / 8)
      let shape = ResponseCurve(model, fixing: [.lower: 0, .upper: 1])
      let q = points.map { shape.response(dose: $0.dose, parameters: [slope, location]) }
      let meanQ = q.reduce(0, +) / Double(q.count)
      let meanY = points.reduce(0) { $0 + $1.response } / Double(q.count)
      let spread = q.reduce(0) { $0 + ($1 - meanQ) * ($1 - meanQ) }
      let product = zip(q, points).reduce(0) { $0 + ($1.0 - meanQ) * ($1.1.response - meanY) }
      // Only where upper is above lower, as the models' names say.
      guard spread > 1e-12, product > 0 else { continue }
      let sum = zip(q, points).reduce(0) {
        let residual = $1.1.response - meanY - product / spread * ($1.0 - meanQ)
        return $0 + residual * residual
      }
      smallest = min(smallest, sum)
    }
    return smallest
  }

  private func powerOfTen(_ x: Double) -> Double {
    var value = 1.0
    for _ in 0..<Int(x) { value *= 10 }
    // 10^(1/120), to be raised to what is left.
    for _ in 0..<Int(((x - Double(Int(x))) * 120).rounded()) { value *= 1.0193736581797 }
    return value
  }

  /// A step between two doses is found: the sum of squares is that of two means.
  @Test func aStepIsFound() throws {
    let responses = [1.02, 0.97, 1.01, 1.0, 0.21, 0.19, 0.2, 0.18]
    let points = responses.enumerated().map {
      DoseResponsePoint(dose: 0.1 * Double(1 << $0.offset), response: $0.element)
    }
    let fit = try ResponseCurve(.logLogistic4).fit(try CurveData(points))
    let sum = [responses[..<4], responses[4...]].reduce(0.0) { total, part in
      let mean = part.reduce(0, +) / 4
      return total + part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    #expect(fit.residualSumOfSquares <= sum * (1 + 1e-9))
    #expect(abs(fit.parameters[0]) > 10)
  }

  /// Every model fits responses that it made itself.
  @Test func exactResponsesAreFittedExactly() throws {
    for (model, parameters) in EffectiveDoseTests.curves {
      let curve = ResponseCurve(model)
      let doses = [0, 0.1, 0.3, 1, 2, 4, 8, 16, 40, 100, 300]
      let points = doses.map {
        DoseResponsePoint(dose: $0, response: curve.response(dose: $0, parameters: parameters))
      }
      let fit = try curve.fit(try CurveData(points))
      let size = points.reduce(0) { $0 + $1.response * $1.response }
      #expect(fit.residualSumOfSquares <= 1e-20 * size, "\(model) \(fit.residualSumOfSquares)")
    }
  }
}
