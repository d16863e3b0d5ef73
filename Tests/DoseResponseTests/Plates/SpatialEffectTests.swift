import DoseResponse
import Inference
import Probability
import TestSupport
import Testing

@Suite struct SpatialEffectTests {
  @Test func effectsMatchReference() throws {
    var worst = Worst()
    for (row, plate) in try plateReferences(["edge_effect", "row_effect", "column_effect"]) {
      let value =
        switch (row["statistic"], row["name"]) {
        case ("edge_effect", "difference"): try plate.edgeEffect.difference
        case ("edge_effect", "percent"): try #require(try plate.edgeEffect.percentOfVehicle)
        case ("edge_effect", "statistic"): try plate.edgeEffect.test.statistic
        case ("edge_effect", "df"): try plate.edgeEffect.test.degreesOfFreedom
        case ("edge_effect", _): try plate.edgeEffect.test.pValue
        case ("row_effect", "statistic"): try plate.rowEffect.statistic
        case ("row_effect", _): try plate.rowEffect.pValue
        case (_, "statistic"): try plate.columnEffect.statistic
        default: try plate.columnEffect.pValue
        }
      // The means at the edge and inside have two digits in common: 1.3e-14 measured.
      worst.check(value, "value", of: row, within: 1e-13)
    }
    worst.report("spatial effects")
  }

  @Test func vehicleWellsServeUnlessTheyAreInOneColumn() throws {
    let plates = try simulatedPlates()
    let several = try #require(plates["absorbance"]).edgeEffect
    #expect(several.basis == .vehicle)
    #expect(several.edgeWells == 10 && several.interiorWells == 6)
    let one = try #require(plates["counts"]).edgeEffect
    #expect(one.basis == .residuals)
    #expect(one.edgeWells == 8 + 2 * 8 && one.interiorWells == 6 * 8)
  }

  /// Four rows and three columns inside a plate that ends further out.
  @Test func anEmptyEdgeIsNotTested() throws {
    let few = try #require(try simulatedPlates()["few"])
    #expect(throws: NotEstimable("too few wells at the edge or inside")) { try few.edgeEffect }
    #expect(throws: NotEstimable("no line has two wells with a curve")) { try few.rowEffect }
    #expect(throws: NotEstimable("all wells with a curve are in one line")) {
      try few.columnEffect
    }
  }

  @Test func equalWellsHaveNoSpread() throws {
    let wells = (1...8).flatMap { row in
      (1...12).map {
        PlateWell(row: row, column: $0, role: .vehicle, response: 5, fitted: 5)
      }
    }
    let plate = try Plate(wells)
    #expect(throws: NotEstimable("neither group has any spread")) { try plate.edgeEffect }
    #expect(throws: NotEstimable("the residuals of each line are all equal")) {
      try plate.rowEffect
    }
  }

  /// Unknown places, and no vehicle to compare with.
  @Test func whatIsMissingIsLeftOut() throws {
    let placeless = try Plate([1.0, 2, 3].map { PlateWell(role: .vehicle, response: $0) })
    #expect(throws: NotEstimable("too few wells at the edge or inside")) {
      try placeless.edgeEffect
    }
    let samples = try Plate(
      (1...8).flatMap { row in
        (1...3).map {
          PlateWell(
            row: row, column: $0, role: .sample, response: Double(row * $0 % 5), fitted: 2)
        }
      })
    #expect(try samples.edgeEffect.percentOfVehicle == nil)
    #expect(try samples.edgeEffect.edgeWells == 12)
  }

  /// What was put into a simulated plate comes out.
  @Test func shiftsAreFound() throws {
    var random = RandomStream(seed: 7)
    let format = PlateFormat(holding: 16, 24)
    let edge = try random.noisePlate(rows: 16, columns: 24) {
      format.isEdge(row: $0, column: $1) ? -10 : 0
    }
    #expect(try edge.edgeEffect.basis == .residuals)
    #expect(try abs(edge.edgeEffect.difference + 10) < 2)
    #expect(try edge.edgeEffect.test.pValue < 1e-10)
    let row = try random.noisePlate(rows: 16, columns: 24) { row, _ in row == 4 ? 12 : 0 }
    #expect(try row.rowEffect.pValue < 1e-6)
    #expect(try row.columnEffect.pValue > 0.01)
    let gradient = try random.noisePlate(rows: 8, columns: 12) { _, column in 2 * Double(column) }
    #expect(try gradient.columnEffect.pValue < 1e-6)
    #expect(try gradient.rowEffect.pValue > 0.01)
  }

  /// Of 2,000 simulated plates without effects, 5 % ± 4 standard errors of a share.
  @Test func nullPlatesAreRejectedAtTheLevel() throws {
    var random = RandomStream(seed: 11)
    let plates = 2000
    var rejected = (edge: 0, row: 0, column: 0)
    for _ in 0..<plates {
      let plate = try random.noisePlate(rows: 4, columns: 6)
      rejected.edge += try plate.edgeEffect.test.pValue < 0.05 ? 1 : 0
      rejected.row += try plate.rowEffect.pValue < 0.05 ? 1 : 0
      rejected.column += try plate.columnEffect.pValue < 0.05 ? 1 : 0
    }
    for count in [rejected.edge, rejected.row, rejected.column] {
      let share = Double(count) / Double(plates)
      #expect(abs(share - 0.05) < 0.02, "\(rejected)")
    }
    print("rejected at 5 % of \(plates) plates without effects: \(rejected)")
  }

  /// Rows of two to twelve wells, with normal noise, Cauchy's and one well in twenty ten times as far off;
  /// 5,000 plates each have a standard error of 0.3 %.
  @Test(arguments: [(8, 12, 0.06), (6, 3, 0.07), (10, 2, 0.07), (3, 2, 0.08)])
  func ranksKeepTheLevel(rows: Int, columns: Int, limit: Double) throws {
    let noises: [(inout RandomStream) -> Double] = [
      { $0.normal() }, { $0.normal() / $0.normal() },
      { $0.normal() * ($0.uniform() < 0.05 ? 10 : 1) },
    ]
    var random = RandomStream(seed: 13)
    let plates = 5000
    let shares = try noises.map { noise in
      var rejected = 0
      for _ in 0..<plates {
        let wells = (1...rows).flatMap { row in
          (1...columns).map {
            PlateWell(
              row: row, column: $0, role: .sample, response: noise(&random), fitted: 0)
          }
        }
        rejected += try Plate(wells).rowEffect.pValue < 0.05 ? 1 : 0
      }
      return Double(rejected) / Double(plates)
    }
    print("rejected at 5 %, \(rows) rows of \(columns): \(shares)")
    #expect(shares.allSatisfy { 0.04 < $0 && $0 < limit }, "\(shares)")
  }

  @Test func rowsAndColumnsMayChangePlaces() throws {
    let plate = try #require(try simulatedPlates()["counts"])
    let turned = try Plate(
      plate.wells.map {
        PlateWell(
          row: $0.column, column: $0.row, role: $0.role, response: $0.response, fitted: $0.fitted)
      })
    #expect(try turned.rowEffect == plate.columnEffect)
    #expect(try turned.columnEffect == plate.rowEffect)
  }

  /// Ranks, with their ties, are the same in all units, and differences are in proportion to them.
  @Test(arguments: [1e-9, 0.5, 4096])
  func unitsDoNotMatter(factor: Double) throws {
    for name in ["absorbance", "counts"] {
      let plate = try #require(try simulatedPlates()[name])
      let other = try plate.mapped { factor * $0 }
      let (one, two) = (try plate.edgeEffect, try other.edgeEffect)
      #expect(relativeError(two.difference, factor * one.difference) < 1e-11)
      #expect(
        relativeError(try #require(two.percentOfVehicle), try #require(one.percentOfVehicle))
          < 1e-11)
      #expect(relativeError(two.test.pValue, one.test.pValue) < 1e-11)
      let raised = try plate.mapped { -factor * $0 }
      #expect(relativeError(try raised.edgeEffect.difference, -factor * one.difference) < 1e-11)
    }
    for name in ["absorbance", "counts"] {
      let plate = try #require(try simulatedPlates()[name])
      #expect(try plate.mapped { factor * $0 }.rowEffect == plate.rowEffect)
      #expect(try plate.mapped { factor * $0 }.columnEffect == plate.columnEffect)
    }
  }
}
