public import Testing

/// The worst relative error among the values of a reference table, with its row.
public struct Worst {
  public private(set) var error = 0.0
  private var row = ""

  public init() {}

  /// Holds `value` to `tolerance` of `row`'s number under `column` and remembers the error.
  public mutating func check(
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
  public func report(_ table: String) {
    print("worst relative error, \(table): \(error) \(row)")
  }
}
