import DoseResponse
import Inference
import TestSupport
import Testing

@Suite struct SurfaceReferenceTests {
  @Test func valuesMatchReference() throws {
    var worst = Worst()
    for row in try referenceTable("DoseResponse", "surface") {
      let surface = try surface(
        row["dataset"], order: #require(SurfaceOrder(rawValue: row["order"])))
      let axes = try? surface.canonicalAxes()
      let name = row["name"]
      // A ridge's stationary point divides by an eigenvalue next to 0: 3e-13 measured.
      let tolerance = 1e-12
      func check(_ found: StudentEstimate) {
        worst.check(found.estimate, "value", of: row, within: tolerance)
        guard !row["standard_error"].isEmpty else { return }
        worst.check(found.standardError, "standard_error", of: row, within: tolerance)
      }
      func check(_ value: Double) { worst.check(value, "value", of: row, within: tolerance) }
      switch (row["quantity"], name) {
      case ("coefficient", _):
        let term = try #require(surface.terms.first { surface.name(of: $0) == name })
        check(try surface.coefficient(term))
        check(try surface.value(of: term))
      case ("p_value", _):
        let term = try #require(surface.terms.first { surface.name(of: $0) == name })
        check(try surface.coefficient(term).pValue)
      case ("fit", "rss"): check(surface.residualSumOfSquares)
      case ("fit", "sigma"): check(try surface.residualDeviation())
      case ("fit", "df"): check(Double(surface.residualDegreesOfFreedom))
      case ("fit", "r_squared"): check(surface.rSquared)
      case ("fit", "adjusted_r_squared"): check(try surface.adjustedRSquared())
      case ("fit", "lack_of_fit"): check(try surface.lackOfFit().statistic)
      case ("fit", "lack_of_fit_p_value"): check(try surface.lackOfFit().pValue)
      case ("response", _): check(try surface.prediction(at: numbers(name)))
      case ("stationary point", "response"):
        check(try surface.prediction(at: surface.stationaryPoint()))
      case ("stationary point", _):
        check(try surface.stationaryCoordinates()[#require(index(name))])
      case ("eigenvalue", _):
        let axis = try #require(axes)[#require(Int(name)) - 1]
        let found = try surface.eigenvalue(of: axis)
        #expect(
          abs(found.estimate - axis.eigenvalue) <= 1e-13 * axes!.map { abs($0.eigenvalue) }.max()!)
        check(found)
      case ("nature", _): #expect(try surface.nature(level: .percent95).rawValue == name)
      case ("region", "bounded"), ("region", "unbounded"):
        let region = try StationaryRegion(of: surface, level: .percent95)
        #expect(region.isBounded == (name == "bounded"), "\(row.testDescription)")
      case ("region", _):
        let region = try StationaryRegion(of: surface, level: .percent95)
        #expect(
          region.contains(numbers(name)) == (row.double("value") < 1), "\(row.testDescription)")
      case ("optimum maximum", _), ("optimum minimum", _):
        let goal: SurfaceGoal = row["quantity"] == "optimum maximum" ? .maximum : .minimum
        let optimum = try surface.optimum(goal)
        if name == "response" {
          check(optimum.response)
          check(try surface.prediction(at: optimum.setting))
        } else {
          check(try optimum.setting[#require(index(name))])
        }
      default: Issue.record("\(row.testDescription)")
      }
    }
    worst.report("response surfaces")
  }

  private func index(_ name: String) -> Int? { Int(name.dropFirst()).map { $0 - 1 } }

  /// The chemical process of Montgomery, Design and Analysis of Experiments, example 11.2.
  ///
  /// Yield by coded time and temperature, as the book prints the program's output.
  @Test func publishedProcessIsReproduced() throws {
    let star = 2.0.squareRoot()
    let runs: [(Double, Double, Double)] = [
      (-1, -1, 76.5), (-1, 1, 77), (1, -1, 78), (1, 1, 79.5), (0, 0, 79.9), (0, 0, 80.3),
      (0, 0, 80), (0, 0, 79.7), (0, 0, 79.8), (star, 0, 78.4), (-star, 0, 75.6), (0, star, 78.5),
      (0, -star, 77),
    ]
    let surface = try ResponseSurface(
      runs.map { SurfacePoint([$0.0, $0.1], response: $0.2) }, factors: ["time", "temperature"])
    let printed = [
      ("intercept", "79.94", "0.12"), ("time", "0.99", "0.094"), ("temperature", "0.52", "0.094"),
      ("time²", "-1.38", "0.10"), ("temperature²", "-1.00", "0.10"),
      ("time × temperature", "0.25", "0.13"),
    ]
    for (term, expected) in zip(surface.terms, printed) {
      let found = try surface.coefficient(term)
      #expect(surface.name(of: term) == expected.0)
      #expect(agrees(found.estimate, printed: expected.1), "\(expected) \(found)")
      #expect(agrees(found.standardError, printed: expected.2), "\(expected) \(found)")
    }
    #expect(agrees(surface.rSquared, printed: "0.9828"))
    #expect(agrees(try surface.adjustedRSquared(), printed: "0.9705"))
    #expect(agrees(try surface.lackOfFit().statistic, printed: "1.78"))
    #expect(agrees(try surface.lackOfFit().pValue, printed: "0.2897"))
    let point = try surface.stationaryPoint()
    #expect(agrees(point[0], printed: "0.389") && agrees(point[1], printed: "0.306"))
    #expect(agrees(try surface.response(at: point), printed: "80.21"))
    // The book's axes are those of factors as they are given; here they reach from −√2 to √2.
    let eigenvalues = try surface.canonicalAxes().map { $0.eigenvalue / 2 }
    #expect(
      agrees(eigenvalues[0], printed: "-1.4141") && agrees(eigenvalues[1], printed: "-0.9634"))
    #expect(try surface.nature(level: .percent95) == .maximum)
  }
}
