import DoseResponse
import Inference
import Probability
import TestSupport
import Testing

@Suite struct PlateTests {
  @Test func wrongWellsAreNoPlate() {
    let good = PlateWell(row: 1, column: 1, role: .sample, response: 1)
    #expect(throws: PlateError.notFinite(index: 1)) {
      try Plate([good, PlateWell(role: .blank, response: .nan)])
    }
    #expect(throws: PlateError.notFinite(index: 0)) {
      try Plate([PlateWell(role: .sample, response: 1, fitted: .infinity)])
    }
    #expect(throws: PlateError.noSuchPlace(index: 2)) {
      try Plate([good, good, PlateWell(row: 0, column: 3, role: .sample, response: 1)])
    }
  }

  /// Also where rows and columns at the end are empty.
  @Test func formatsAreTheSmallestThatHoldTheWells() {
    #expect(PlateFormat(holding: 7, 11) == PlateFormat(holding: 8, 12))
    #expect(PlateFormat(holding: 8, 13) == PlateFormat(holding: 16, 24))
    #expect(PlateFormat(holding: 17, 2) == PlateFormat(holding: 32, 48))
    #expect(PlateFormat(holding: 40, 60).rows == 40)
    #expect(PlateFormat(holding: 2, 2).columns == 12)
  }

  @Test func outerRowsAndColumnsAreTheEdge() {
    for (rows, columns) in PlateFormat.standard {
      let format = PlateFormat(holding: rows, columns)
      let edge = (1...rows).reduce(0) { sum, row in
        sum + (1...columns).count { format.isEdge(row: row, column: $0) }
      }
      #expect(edge == 2 * (rows + columns) - 4)
    }
  }

  /// A plate of 1536 wells backwards and shuffled, to the last digit.
  @Test func orderDoesNotMatter() throws {
    var random = RandomStream(seed: 20_261_129)
    let plate = try random.noisePlate(rows: 32, columns: 48)
    for wells in [plate.wells.reversed(), plate.wells.shuffled(using: &random)] {
      let other = try Plate(wells)
      #expect(other.controls == plate.controls)
      #expect(try other.edgeEffect == plate.edgeEffect)
      #expect(try other.rowEffect == plate.rowEffect)
      #expect(try other.columnEffect == plate.columnEffect)
      #expect(try other.residualFitError == plate.residualFitError)
      let (one, two) = (MedianPolish(plate.residuals), MedianPolish(other.residuals))
      #expect(one == two)
    }
  }

  @Test func anEmptyPlateHasNothing() throws {
    let empty = try Plate([])
    #expect(throws: NotEstimable("too few wells at the edge or inside")) { try empty.edgeEffect }
    #expect(throws: NotEstimable("all wells with a curve are in one line")) {
      try empty.rowEffect
    }
    #expect(throws: NotEstimable("there is no vehicle well")) { try empty.residualFitError }
    #expect(MedianPolish(empty.residuals).overall == 0)
  }
}
