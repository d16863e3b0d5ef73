public import Inference

/// The published margins of a shift table: grades at baseline, worst grades, and changes.
///
/// Often these are all that a report prints, and they may determine the table between them.
public struct ShiftMargins: Hashable, Sendable {
  /// Beyond so many tables their bounds are not computed.
  static let maximumTables = 200_000

  /// Beyond so many steps the search is given up.
  static let maximumSteps = 20_000_000

  public let baseline: [Int]
  public let worst: [Int]

  /// The number of subjects by their change in grade; one that is not named is not known.
  public let changes: [Int: Int]

  /// - Returns: `nil` unless both margins have equally many grades, two or more, the same number of
  ///   subjects, at least one, and nothing is negative.
  public init?(baseline: [Int], worst: [Int], changes: [Int: Int] = [:]) {
    let subjects = baseline.reduce(0, +)
    guard baseline.count >= 2, baseline.count == worst.count, subjects >= 1,
      subjects == worst.reduce(0, +),
      (baseline + worst + changes.values).allSatisfy({ $0 >= 0 })
    else { return nil }
    self.baseline = baseline
    self.worst = worst
    self.changes = changes
  }

  /// Calls `visit` with every table that has these margins and changes; how many there are.
  ///
  /// - Throws: `NotEstimable`, with the cost, beyond ``maximumTables`` or ``maximumSteps``.
  public func forEachTable(_ visit: (SquareTable) -> Void) throws(NotEstimable) -> Int {
    // A change that no two grades make is that of nobody.
    guard changes.allSatisfy({ abs($0.key) < baseline.count || $0.value == 0 }) else { return 0 }
    var search = TableSearch(self)
    try search.fill(0, 0, visit)
    return search.tables
  }
}

/// A table filled cell by cell, with what is left of each margin.
private struct TableSearch {
  private let size: Int
  private var rowsLeft: [Int]
  private var columnsLeft: [Int]
  /// By change, from −(size − 1); `nil` where it is not known.
  private var changesLeft: [Int?]
  private var cells: [[Int]]
  private(set) var tables = 0
  private var steps = 0

  init(_ margins: ShiftMargins) {
    size = margins.baseline.count
    rowsLeft = margins.baseline
    columnsLeft = margins.worst
    changesLeft = ((1 - size)..<size).map { margins.changes[$0] }
    cells = margins.baseline.map { _ in margins.baseline.map { _ in 0 } }
  }

  /// Fills the cells from (`row`, `column`) on, row by row, in every way that fits.
  mutating func fill(
    _ row: Int, _ column: Int, _ visit: (SquareTable) -> Void
  ) throws(NotEstimable) {
    guard row < size else { return try report(visit) }
    let diagonal = column - row + size - 1
    let (lower, upper) = bounds(row, column, diagonal)
    guard lower <= upper else { return }
    for count in lower...upper {
      steps += 1
      guard steps <= ShiftMargins.maximumSteps else {
        throw NotEstimable(
          "the search for tables with these margins takes more than \(ShiftMargins.maximumSteps) "
            + "steps; \(tables) were found until then")
      }
      take(count, row, column, diagonal)
      let isLast = column == size - 1
      try fill(isLast ? row + 1 : row, isLast ? 0 : column + 1, visit)
      take(-count, row, column, diagonal)
    }
  }

  private mutating func report(_ visit: (SquareTable) -> Void) throws(NotEstimable) {
    guard let table = SquareTable(cells) else { return }
    tables += 1
    guard tables <= ShiftMargins.maximumTables else {
      throw NotEstimable("more than \(ShiftMargins.maximumTables) tables have these margins")
    }
    visit(table)
  }

  private mutating func take(_ count: Int, _ row: Int, _ column: Int, _ diagonal: Int) {
    cells[row][column] += count
    rowsLeft[row] -= count
    columnsLeft[column] -= count
    changesLeft[diagonal] = changesLeft[diagonal].map { $0 - count }
  }

  /// The least and the greatest count of a cell with which its row, column and change can be filled.
  private func bounds(_ row: Int, _ column: Int, _ diagonal: Int) -> (lower: Int, upper: Int) {
    let change = changesLeft[diagonal]
    let upper = min(rowsLeft[row], columnsLeft[column], change ?? .max)
    let elsewhere = ((column + 1)..<size).reduce(0) { sum, other in
      sum + min(columnsLeft[other], changesLeft[other - row + size - 1] ?? .max)
    }
    var lower = max(0, rowsLeft[row] - elsewhere)
    if row == size - 1 { lower = max(lower, columnsLeft[column]) }
    // The last cell of a change must take all that is left of it.
    if row == size - 1 || column == size - 1 { lower = max(lower, change ?? 0) }
    return (lower, upper)
  }
}
