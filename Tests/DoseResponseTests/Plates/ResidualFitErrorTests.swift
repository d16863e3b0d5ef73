import DoseResponse
import Inference
import TestSupport
import Testing

@Suite struct ResidualFitErrorTests {
  @Test func errorsMatchReference() throws {
    var worst = Worst()
    for (row, plate) in try plateReferences(["nrfe"]) {
      worst.check(try plate.residualFitError, "value", of: row, within: 1e-13)
    }
    worst.report("residual fit error")
  }

  private func plate(_ wells: [(response: Double, fitted: Double)]) throws -> Plate {
    try Plate(
      [
        PlateWell(role: .vehicle, response: 100), PlateWell(role: .positive, response: 0),
        PlateWell(role: .blank, response: 7),
      ] + wells.map { PlateWell(role: .sample, response: $0.response, fitted: $0.fitted) })
  }

  /// A residual counts once at the plateaus and twice half-way, beyond them once too.
  @Test func residualsCountMostHalfWay() throws {
    #expect(try plate([(104, 100)]).residualFitError == 4)
    #expect(try plate([(-4, 0)]).residualFitError == 4)
    #expect(try plate([(54, 50)]).residualFitError == 8)
    #expect(try plate([(79, 75)]).residualFitError == 7)
    #expect(try plate([(124, 120)]).residualFitError == 4)
    #expect(try plate([(104, 100), (46, 50)]).residualFitError == 6)
  }

  /// Without positive control the range is the vehicle above the blank.
  @Test func theBlankStandsInForThePositiveControl() throws {
    let wells = [
      PlateWell(role: .vehicle, response: 60), PlateWell(role: .blank, response: 10),
      PlateWell(role: .sample, response: 37, fitted: 35),
    ]
    #expect(try Plate(wells).residualFitError == 8)
    #expect(try Plate(wells.filter { $0.role != .blank }).residualFitError < 8)
  }

  @Test func unitsAndDirectionDoNotMatter() throws {
    for (name, plate) in try simulatedPlates() where name != "deaths" {
      for factor in [1e-6, -3.0, 1e9] {
        let other = try plate.mapped { factor * $0 + (name == "counts" ? 0 : factor) }
        #expect(
          relativeError(try other.residualFitError, try plate.residualFitError) < 1e-12)
      }
    }
  }

  @Test func whatIsMissingIsSaid() throws {
    #expect(throws: NotEstimable("no sample has a fitted curve")) { try plate([]).residualFitError }
    #expect(throws: NotEstimable("the controls do not differ")) {
      try Plate([
        PlateWell(role: .vehicle, response: 3), PlateWell(role: .positive, response: 3),
      ]).residualFitError
    }
  }
}
