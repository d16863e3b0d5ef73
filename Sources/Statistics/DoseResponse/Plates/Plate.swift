/// Why wells do not make a plate.
public enum PlateError: Error, Hashable, Sendable {
  case notFinite(index: Int)
  /// A row or column below 1.
  case noSuchPlace(index: Int)
}

/// The wells that were measured together, with their controls.
///
/// Wells in any order give the same numbers to the last digit.
public struct Plate: Hashable, Sendable {
  /// In the order of their responses.
  public let wells: [PlateWell]

  /// How many rows and columns the plate has, as far as its wells tell.
  public let format: PlateFormat

  /// - Throws: ``PlateError`` if a response or a fitted one is not finite, or a place is below 1.
  public init(_ wells: [PlateWell]) throws(PlateError) {
    for (index, well) in wells.enumerated() {
      guard well.response.isFinite, well.fitted?.isFinite ?? true else {
        throw .notFinite(index: index)
      }
      guard well.row ?? 1 >= 1, well.column ?? 1 >= 1 else { throw .noSuchPlace(index: index) }
    }
    self.wells = wells.sorted {
      ($0.response, $0.fitted ?? 0, $0.row ?? 0, $0.column ?? 0)
        < ($1.response, $1.fitted ?? 0, $1.row ?? 0, $1.column ?? 0)
    }
    format = PlateFormat(
      holding: wells.compactMap(\.row).max() ?? 1, wells.compactMap(\.column).max() ?? 1)
  }

  /// What the wells without a compound tell.
  public var controls: ControlStatistics {
    func summary(_ role: WellRole) -> WellSummary? {
      WellSummary(sorted: wells.filter { $0.role == role }.map(\.response))
    }
    return ControlStatistics(
      vehicle: summary(.vehicle), blank: summary(.blank), positive: summary(.positive))
  }
}

/// The number of rows and columns of a plate.
public struct PlateFormat: Hashable, Sendable {
  public let rows: Int
  public let columns: Int

  /// 96, 384 and 1536 wells: the formats whose well positions are standardised, ANSI SLAS 4-2004.
  public static let standard = [(8, 12), (16, 24), (32, 48)]

  /// The smallest standard format that has the row and the column; beyond all of them, just these.
  ///
  /// Outer rows and columns are often left empty, so that the wells measured do not show where the
  /// plate ends.
  public init(holding row: Int, _ column: Int) {
    (rows, columns) =
      Self.standard.first { row <= $0.0 && column <= $0.1 } ?? (row, column)
  }

  /// Whether the place is in the outermost rows or columns.
  public func isEdge(row: Int, column: Int) -> Bool {
    row == 1 || row == rows || column == 1 || column == columns
  }
}
