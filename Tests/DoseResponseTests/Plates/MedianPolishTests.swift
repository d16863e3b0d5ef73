import DoseResponse
import Probability
import TestSupport
import Testing

@Suite struct MedianPolishTests {
  /// Deaths from parachuting come out whole; others converge to 1e-12 of Σ |residual|.
  @Test func polishesMatchReference() throws {
    for (row, plate) in try plateReferences(["polish", "polish_row", "polish_column"]) {
      let polish = MedianPolish(plate.residuals)
      let value =
        switch row["statistic"] {
        case "polish": polish.overall
        case "polish_row": try #require(polish.rowEffects[row.int("name")])
        default: try #require(polish.columnEffects[row.int("name")])
        }
      let scale = polish.residuals.map(abs).max() ?? 1
      let tolerance = row["plate"] == "deaths" ? 0 : 1e-10 * scale
      #expect(abs(value - row.double("value")) <= tolerance, "\(value): \(row.testDescription)")
    }
  }

  /// The parts add up, and another sweep finds next to nothing.
  @Test func partsAddUp() throws {
    var random = RandomStream(seed: 3)
    for (rows, columns) in [(8, 12), (5, 7), (16, 24), (1, 6), (6, 1)] {
      var values: [PlacedValue] = []
      for row in 1...rows {
        for column in 1...columns where random.uniform() < 0.9 || (rows, columns) == (1, 6) {
          values.append(
            PlacedValue(
              row: row, column: column,
              value: random.normal() + Double(row) - 0.5 * Double(column)))
        }
      }
      let polish = MedianPolish(values)
      for (value, residual) in zip(values, polish.residuals) {
        let sum =
          polish.overall + (polish.rowEffects[value.row] ?? 0)
          + (polish.columnEffects[value.column] ?? 0) + residual
        #expect(abs(sum - value.value) <= 1e-14 * 20)
      }
      let again = MedianPolish(
        zip(values, polish.residuals).map {
          PlacedValue(row: $0.row, column: $0.column, value: $1)
        })
      func size(_ polish: MedianPolish) -> Double { polish.residuals.map(abs).reduce(0, +) }
      #expect(size(again) >= size(polish) * (1 - 1e-8) - 1e-14)
      #expect(polish.sweeps < 200)
    }
  }

  /// Effects of rows and columns without noise are recovered whole, with wells missing.
  @Test func additiveEffectsAreRecovered() {
    let rowEffects = [-4.0, -1, 0, 2, 8]
    let columnEffects = [-2.0, 0, 16]
    var values: [PlacedValue] = []
    for row in 0..<5 {
      for column in 0..<3 where (row, column) != (1, 2) && (row, column) != (4, 0) {
        values.append(
          PlacedValue(
            row: row + 1, column: column + 1, value: 32 + rowEffects[row] + columnEffects[column]))
      }
    }
    let polish = MedianPolish(values)
    #expect(polish.overall == 32)
    #expect((1...5).map { polish.rowEffects[$0] } == rowEffects)
    #expect((1...3).map { polish.columnEffects[$0] } == columnEffects)
    #expect(polish.residuals.allSatisfy { $0 == 0 })
  }

  /// One well far off moves no effect.
  @Test func anOutlierStaysInItsResidual() throws {
    let plate = try #require(try simulatedPlates()["deaths"])
    let calm = MedianPolish(plate.residuals)
    let wild = MedianPolish(
      plate.residuals.map {
        $0.row == 3 && $0.column == 3
          ? PlacedValue(row: 3, column: 3, value: 1e6) : $0
      })
    #expect(calm.rowEffects == wild.rowEffects)
    #expect(calm.columnEffects == wild.columnEffects)
  }

  @Test func oneValueIsItsOwnMedian() {
    let polish = MedianPolish([PlacedValue(row: 3, column: 9, value: 7)])
    #expect(polish.overall == 7)
    #expect(polish.residuals == [0])
  }
}
