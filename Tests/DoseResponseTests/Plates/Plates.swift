import DoseResponse
import Probability
import TestSupport
import Testing

/// The simulated plates of plate-wells.csv, by name.
func simulatedPlates() throws -> [String: Plate] {
  try Dictionary(grouping: referenceTable("DoseResponse", "plate-wells")) { $0["plate"] }
    .mapValues { rows in
      try Plate(
        rows.map { row in
          PlateWell(
            row: row.int("row"), column: row.int("column"),
            role: try #require(WellRole(rawValue: row["role"])), response: row.double("response"),
            fitted: Double(row["fitted"]))
        })
    }
}

/// The rows of plates.csv with one of `statistics`, each with its plate.
func plateReferences(_ statistics: Set<String>) throws -> [(row: ReferenceRow, plate: Plate)] {
  let plates = try simulatedPlates()
  return try referenceTable("DoseResponse", "plates")
    .filter { statistics.contains($0["statistic"]) }
    .map { ($0, try #require(plates[$0["plate"]])) }
}

/// Control wells alone, without places.
func controls(
  vehicle: [Double] = [], blank: [Double] = [], positive: [Double] = []
) throws -> ControlStatistics {
  func wells(_ role: WellRole, _ responses: [Double]) -> [PlateWell] {
    responses.map { PlateWell(role: role, response: $0) }
  }
  return try Plate(
    wells(.vehicle, vehicle) + wells(.blank, blank) + wells(.positive, positive)
  ).controls
}

extension Plate {
  /// The same plate with every response and fitted one in other units.
  func mapped(_ units: (Double) -> Double) throws -> Plate {
    try Plate(
      wells.map {
        PlateWell(
          row: $0.row, column: $0.column, role: $0.role, response: units($0.response),
          fitted: $0.fitted.map(units))
      })
  }
}

extension RandomStream {
  mutating func normal() -> Double { Normal.standard.quantile(lowerTail: uniform()) }

  /// A plate in which every well but the controls has residual noise around 100, all of one variance.
  mutating func noisePlate(
    rows: Int, columns: Int, shift: (_ row: Int, _ column: Int) -> Double = { _, _ in 0 }
  ) throws -> Plate {
    var wells: [PlateWell] = []
    for row in 1...rows {
      for column in 1...columns {
        let role: WellRole = column == 1 ? .vehicle : column == columns ? .positive : .sample
        let level: Double = role == .positive ? 20 : 100
        wells.append(
          PlateWell(
            row: row, column: column, role: role,
            response: level + 5 * normal() + shift(row, column),
            fitted: role == .positive ? nil : level))
      }
    }
    return try Plate(wells)
  }
}
