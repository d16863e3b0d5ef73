import DoseResponse
import Foundation
import Inference
import LinearAlgebra
import TestSupport
import Testing

@Suite struct CurveFitTests {
  /// Estimates, standard errors and effective doses of every model.
  @Test func fitsMatchReference() throws {
    var worst = Worst()
    for (name, rows) in Dictionary(
      grouping: try referenceTable("DoseResponse", "fits"), by: { $0["model"] })
    {
      let curve = try ResponseCurve(#require(DoseResponseModel(rawValue: name)))
      let fit = try curve.fit(try madeUpData(name))
      #expect(fit.termination == .orthogonal, "\(name) \(fit.termination) \(fit.gradientNorm)")
      let covariance = try #require(fit.covariance)
      for row in rows {
        var (value, error) = (fit.residualSumOfSquares, 0.0)
        switch row["statistic"] {
        case "rss": break
        case "estimate":
          let index = try #require(
            curve.parameters.firstIndex { $0.rawValue == row["name"] })
          (value, error) = (fit.parameters[index], covariance[index, index].squareRoot())
        case "effective_dose":
          let dose = try curve.effectiveDose(
            percent: row.double("name"), parameters: fit.parameters)
          (value, error) = (dose.dose, covariance.standardError(along: dose.gradient))
        default:
          let dose = try curve.dose(atResponse: row.double("name"), parameters: fit.parameters)
          (value, error) = (dose.dose, covariance.standardError(along: dose.gradient))
        }
        worst.check(value, "value", of: row, within: 1e-9)
        if row["statistic"] != "rss" {
          worst.check(error, "standard_error", of: row, within: 1e-9)
        }
      }
    }
    worst.report("fits")
  }

  /// With other units of the dose all doses are scaled, and nothing else.
  @Test(arguments: ["log-logistic-4", "log-logistic-5", "weibull-1-4", "log-normal-4", "emax"])
  func unitsDoNotMatter(name: String) throws {
    let curve = try ResponseCurve(#require(DoseResponseModel(rawValue: name)))
    let points = try madeUpPoints(name)
    let fit = try curve.fit(try CurveData(points))
    for factor in [1e3, 1e-3, 1e-6, 1e-9] {
      let other = try curve.fit(
        try CurveData(
          points.map { DoseResponsePoint(dose: $0.dose * factor, response: $0.response) }))
      for (index, parameter) in curve.parameters.enumerated() {
        let isDose = parameter == .ed50 || parameter == .location
        let expected = fit.parameters[index] * (isDose ? factor : 1)
        #expect(
          relativeError(other.parameters[index], expected) <= 1e-12,
          "\(name) \(parameter) \(factor) \(relativeError(other.parameters[index], expected))")
      }
    }
  }

  @Test func orderDoesNotMatter() throws {
    let points = try madeUpPoints("log-logistic-4")
    let curve = ResponseCurve(.logLogistic4)
    let fit = try curve.fit(try CurveData(points))
    let reversed = try curve.fit(try CurveData(points.reversed()))
    #expect(fit.parameters == reversed.parameters)
    #expect(fit.residualSumOfSquares == reversed.residualSumOfSquares)
  }

  /// A point twice is a point of weight 2, but for the degrees of freedom.
  @Test func replicatesAreWeights() throws {
    let points = try madeUpPoints("weibull-1-4")
    let curve = ResponseCurve(.weibull1With4)
    let doubled = try curve.fit(try CurveData(points + points))
    let weighted = try curve.fit(
      try CurveData(
        points.map { DoseResponsePoint(dose: $0.dose, response: $0.response, weight: 2) }))
    for (one, other) in zip(doubled.parameters, weighted.parameters) {
      #expect(relativeError(one, other) <= 1e-12)
    }
    #expect(relativeError(doubled.residualSumOfSquares, weighted.residualSumOfSquares) <= 1e-12)
    #expect(doubled.degreesOfFreedom == weighted.degreesOfFreedom + points.count)
  }

  /// The sums of squares of means and of points are the same.
  @Test func reductionIsExact() throws {
    let points = try madeUpPoints("log-logistic-4")
    let curve = ResponseCurve(.logLogistic4)
    let fit = try curve.fit(try CurveData(points))
    let sum = points.reduce(0) {
      let residual = $1.response - curve.response(dose: $1.dose, parameters: fit.parameters)
      return $0 + residual * residual
    }
    #expect(relativeError(fit.residualSumOfSquares, sum) <= 1e-13)
  }

  @Test func boundsHold() throws {
    let data = try madeUpData("log-logistic-4")
    let curve = ResponseCurve(.logLogistic4)
    let free = try curve.fit(data)
    let bounded = try curve.fit(data, bounds: [.lower: 1.5...3, .slope: 0...2])
    #expect(bounded.parameters[1] == 1.5)
    #expect(bounded.parametersAtBounds == [1])
    #expect(bounded.residualSumOfSquares > free.residualSumOfSquares)
    let fixed = try ResponseCurve(.logLogistic4, fixing: [.lower: 1.5]).fit(data)
    for (one, other) in zip([0, 2, 3].map { bounded.parameters[$0] }, fixed.parameters) {
      #expect(relativeError(one, other) <= 1e-9)
    }
    let steep = try curve.fit(data, bounds: [.slope: 3...4])
    #expect(steep.parametersAtBounds == [0] && relativeError(steep.parameters[0], 3) < 1e-15)
  }

  @Test func tooFewPointsAreRefused() throws {
    let data = try CurveData([
      DoseResponsePoint(dose: 1, response: 2), DoseResponsePoint(dose: 2, response: 3),
    ])
    #expect(throws: NotEstimable("2 observations for 4 parameters")) {
      try ResponseCurve(.logLogistic4).fit(data)
    }
  }

  @Test func dataThatAreNoNumbersAreRefused() {
    #expect(throws: CurveDataError.noPoints) { try CurveData([]) }
    #expect(throws: CurveDataError.notFinite(index: 0)) {
      try CurveData([DoseResponsePoint(dose: .nan, response: 1)])
    }
    #expect(throws: CurveDataError.negativeWeight(index: 0)) {
      try CurveData([DoseResponsePoint(dose: 1, response: 1, weight: -1)])
    }
  }
}

func madeUpPoints(_ name: String) throws -> [DoseResponsePoint] {
  try referenceTable("DoseResponse", "fits-data").filter { $0["model"] == name }.map {
    DoseResponsePoint(dose: $0.double("dose"), response: $0.double("response"))
  }
}

func madeUpData(_ name: String) throws -> CurveData { try CurveData(try madeUpPoints(name)) }

extension Matrix {
  /// √(gᵀ V g), by the delta method.
  fileprivate func standardError(along gradient: [Double]) -> Double {
    let product = self * gradient
    return zip(gradient, product).reduce(0) { $0 + $1.0 * $1.1 }.squareRoot()
  }
}
