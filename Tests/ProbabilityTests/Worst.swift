import Testing
import TestSupport

/// The worst relative error among the values of a reference table, with its row.
struct Worst {
  private(set) var error = 0.0
  private var row = ""

  /// Holds `value` to `tolerance` of `row`'s number under `column` and remembers the error.
  mutating func check(
    _ value: Double, _ column: String, of row: ReferenceRow, within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = relativeError(value, row.double(column))
    if found > error {
      error = found
      self.row = "\(column) of \(row.testDescription)"
    }
    #expect(
      found <= tolerance, "\(column) \(value) is off by \(found): \(row.testDescription)",
      sourceLocation: sourceLocation)
  }

  /// Prints the worst error in one line.
  func report(_ table: String) {
    print("worst relative error, \(table): \(error) \(row)")
  }
}
