import DoseResponse
import Foundation
import Inference
import TestSupport
import Testing

@Suite("Rows: properties of the fit")
struct RowsPropertyTests {
  @Test(
    "the residuals are at right angles with every column", arguments: SimulatedRows.models)
  func orthogonality(_ model: DoseResponseModel) throws {
    let rows = SimulatedRows(model, count: 20_000, seed: 3)
    let curve = ResponseCurve(model)
    let fit = try rows.fit(RowsRegression(curve)!).fit
    var products = fit.parameters.map { _ in 0.0 }
    var lengths = products
    var squares = 0.0
    for (dose, response) in zip(rows.doses, rows.responses) {
      let residual = response - curve.response(dose: dose, parameters: fit.parameters)
      let gradient = curve.gradient(dose: dose, parameters: fit.parameters)
      squares += residual * residual
      for j in gradient.indices {
        products[j] += gradient[j] * residual
        lengths[j] += gradient[j] * gradient[j]
      }
    }
    for j in products.indices {
      #expect(abs(products[j]) <= 1e-11 * (lengths[j] * squares).squareRoot(), "parameter \(j)")
    }
    #expect(relativeError(fit.residualSumOfSquares, squares) <= 1e-12)
    #expect(fit.termination == .orthogonal && fit.gradientNorm <= 1e-11)
  }

  @Test("the order of the rows does not matter")
  func order() throws {
    let rows = SimulatedRows(.logLogistic4, count: 30_000)
    var other = rows
    other.doses = rows.doses.indices.map { rows.doses[$0 * 7919 % 30_000] }
    other.responses = rows.doses.indices.map { rows.responses[$0 * 7919 % 30_000] }
    let regression = RowsRegression(ResponseCurve(.logLogistic4))!
    let (one, two) = (try rows.fit(regression).fit, try other.fit(regression).fit)
    for (a, b) in zip(one.parameters + one.standardErrors!, two.parameters + two.standardErrors!) {
      #expect(relativeError(a, b) <= 1e-12)
    }
    #expect(relativeError(one.residualSumOfSquares, two.residualSumOfSquares) <= 1e-12)
  }

  @Test("units of dose and response do not matter")
  func units() throws {
    let rows = SimulatedRows(.logLogistic4, count: 30_000)
    let regression = RowsRegression(ResponseCurve(.logLogistic4))!
    let one = try rows.fit(regression).fit.parameters
    for (dose, response) in [(1e6, 1.0), (1e-9, 1e-3), (3.7e-120, 1e150), (1, 1e-140)] {
      var other = rows
      other.doses = rows.doses.map { dose * $0 }
      other.responses = rows.responses.map { response * $0 }
      let two = try other.fit(regression).fit.parameters
      #expect(relativeError(two[0], one[0]) <= 1e-12)
      #expect(relativeError(two[1] / response, one[1]) <= 1e-11)
      #expect(relativeError(two[2] / response, one[2]) <= 1e-12)
      #expect(relativeError(two[3] / dose, one[3]) <= 1e-12)
    }
  }

  @Test("neither the order in which parts are computed nor threads change a digit")
  func spread() throws {
    let rows = SimulatedRows(.logLogistic4, count: 2_200_000)
    let regression = RowsRegression(ResponseCurve(.logLogistic4))!
    let serial = try rows.fit(regression).fit
    let reversed = try rows.fit(regression) { parts, compute in
      for part in (0..<parts).reversed() { compute(part) }
    }
    let threads = try rows.fit(regression) { parts, compute in
      DispatchQueue.concurrentPerform(iterations: parts, execute: compute)
    }
    for other in [reversed.fit, threads.fit] {
      #expect(other.parameters == serial.parameters)
      #expect(other.standardErrors == serial.standardErrors)
      #expect(other.residualSumOfSquares == serial.residualSumOfSquares)
    }
  }
}
