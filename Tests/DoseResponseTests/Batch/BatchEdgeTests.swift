import DoseResponse
import Foundation
import Inference
import Probability
import TestSupport
import Testing

/// Curves that give little or nothing to fit.
@Suite struct BatchEdgeTests {
  private let request = BatchRequest(
    ResponseCurve(.logLogistic4), effects: [50], interval: .waldLog, search: .global)

  private func rows(_ responses: [[Double]], doses: [Double]) throws -> [[Double]] {
    var curves = BatchCurves(.logLogistic4, count: 0, doses: doses)
    curves.responses = responses.flatMap(\.self)
    return try curves.rows(request)
  }

  @Test func noCurvesGiveNoRows() throws {
    #expect(try rows([], doses: evenDoses) == [])
  }

  @Test func aCurveWithoutPointsHasTooFewDoses() throws {
    let row = try rows([[Double](repeating: .nan, count: 8)], doses: evenDoses)[0]
    #expect(row[0] == FitVerdict.tooFewDoses.code)
    #expect(row[1].isNaN)
  }

  @Test func asManyPointsAsParametersLeaveNoStandardErrors() throws {
    let row = try rows([[1, 0.8, 0.3, 0.1]], doses: [0.1, 1, 10, 100])[0]
    let last = request.layout.columns.count - 1
    #expect(row[last - 1] == 0)
    #expect(row[2].isNaN)
  }

  @Test func aCurveThroughAllPointsIsPerfect() throws {
    let curve = ResponseCurve(.logLogistic4)
    let exact = evenDoses.map { curve.response(dose: $0, parameters: [1.3, 0.1, 1, 1.5]) }
    let row = try rows([exact], doses: evenDoses)[0]
    #expect(row[0] == FitVerdict.perfectFit.code)
    #expect(relativeError(row[1], 1.3) <= 1e-9)
    #expect(relativeError(row[7], 1.5) <= 1e-9)
  }

  @Test func equalResponsesAreAPerfectFitWithoutDoses() throws {
    let row = try rows([[Double](repeating: 2, count: 8)], doses: evenDoses)[0]
    let last = request.layout.columns.count - 1
    #expect(row[last - 3] == 0)
  }

  /// A step between two doses: the sum of squares of the two means.
  @Test func aStepIsFound() throws {
    let responses = [0.98, 0.99, 1.01, 1.02, -0.02, -0.01, 0.01, 0.02]
    let row = try rows([responses], doses: evenDoses)[0]
    let last = request.layout.columns.count - 1
    #expect(relativeError(row[last - 3], 0.002) <= 1e-10)
    #expect(row[0] == FitVerdict.notIdentified.code)
  }

  /// What a screen has besides complete curves: steps, powers of the dose without an end, and noise.
  ///
  /// Searches on the way to a jump, to a bound, or with a matrix that rounding has left indefinite end
  /// there.
  @Test(arguments: [
    ("steps", 4...14.0, 0...1.0), ("powers", 0.8...4, 1.1...2), ("noise", 0.1...0.2, -1...2),
  ])
  func theLowestMinimumIsFound(
    name: String, slopes: ClosedRange<Double>, places: ClosedRange<Double>
  ) throws {
    let doses = (0..<8).flatMap { [0.006 * pow(4, Double($0)), 0.006 * pow(4, Double($0))] }
    let curve = ResponseCurve(.logLogistic4)
    var stream = RandomStream(seed: 20_261_130)
    var batch = BatchCurves(.logLogistic4, count: 0, doses: doses)
    for _ in 0..<60 {
      let slope = slopes.lowerBound + stream.uniform() * (slopes.upperBound - slopes.lowerBound)
      let place = places.lowerBound + stream.uniform() * (places.upperBound - places.lowerBound)
      let ed50 = doses[0] * pow(doses.last! / doses[0], place)
      batch.responses += doses.map {
        curve.response(dose: $0, parameters: [slope, 0, 1, ed50]) + 0.15
          * Normal.standard.quantile(lowerTail: stream.uniform())
      }
    }
    try expectSingleFits(of: batch)
  }

  private func expectSingleFits(of batch: BatchCurves) throws {
    for instructions in FitInstructions.available {
      let found = try BatchAgreement(
        batch, batch.rows(request, instructions: instructions), request)
      #expect(found.squares <= 1e-10)
      #expect(found.estimates <= 1e-6)
      #expect(found.errors <= 1e-6)
      #expect(found.otherStatuses == [])
    }
  }

  /// The curves of a real screen, which is not part of the project: CTRPv2, as CurveCurator has it.
  private static let screen = repositoryRoot.appending(
    path: "../shared/data/dose-response/ctrp40-development.csv")

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: screen.path),
      "the curves of the screen are not here"))
  func theMinimaOfAScreenAreThoseOfSingleFits() throws {
    let lines = try String(contentsOf: Self.screen, encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
    let curves = Dictionary(grouping: lines, by: { $0[0] }).mapValues { rows in
      rows.compactMap { row in
        Double(row[1]).flatMap { dose in Double(row[2]).map { (dose, $0) } }
      }.sorted { $0.0 < $1.0 }
    }
    for (doses, named) in Dictionary(grouping: curves, by: { $0.value.map(\.0) }) {
      var batch = BatchCurves(.logLogistic4, count: 0, doses: doses)
      batch.responses = named.flatMap { $0.value.map(\.1) }
      try expectSingleFits(of: batch)
    }
  }
}
