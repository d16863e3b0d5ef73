/// A number of the well at some place of a plate.
public struct PlacedValue: Hashable, Sendable {
  public let row: Int
  public let column: Int
  public let value: Double

  public init(row: Int, column: Int, value: Double) {
    self.row = row
    self.column = column
    self.value = value
  }
}

extension Plate {
  /// What the fitted curves leave of the responses, of the wells whose place is known.
  public var residuals: [PlacedValue] { placed(\.residual) }

  /// The values of the wells that have one and a place.
  func placed(_ value: (PlateWell) -> Double?) -> [PlacedValue] {
    wells.compactMap { well in
      guard let row = well.row, let column = well.column, let value = value(well) else {
        return nil
      }
      return PlacedValue(row: row, column: column, value: value)
    }
  }
}
