/// Values of a plate taken apart by Tukey's median polish.
///
/// value = overall + row effect + column effect + residual. In turn the medians of the rows and of the
/// columns are moved from the residuals into the effects, until Σ |residual| falls no more. Places may
/// be empty or hold several values. Tukey (1977), Exploratory Data Analysis, 11.
public struct MedianPolish: Hashable, Sendable {
  public let overall: Double
  /// By row; their median is 0.
  public let rowEffects: [Int: Double]
  /// By column.
  public let columnEffects: [Int: Double]
  /// In the order of the values.
  public let residuals: [Double]
  /// How often rows and columns were swept.
  public let sweeps: Int

  /// Sweeps converge geometrically where they do not end at once.
  private static let sweepLimit = 200

  public init(_ values: [PlacedValue]) {
    precondition(values.allSatisfy(\.value.isFinite), "a value is not finite")
    let rows = Dictionary(grouping: values.indices) { values[$0].row }
    let columns = Dictionary(grouping: values.indices) { values[$0].column }
    var overall = 0.0
    var rowEffects = rows.mapValues { _ in 0.0 }
    var columnEffects = columns.mapValues { _ in 0.0 }
    var residuals = values.map(\.value)
    var (size, sweeps) = (Double.infinity, 0)
    while sweeps < Self.sweepLimit {
      sweep(rows, &residuals, into: &rowEffects)
      overall += center(&columnEffects)
      sweep(columns, &residuals, into: &columnEffects)
      overall += center(&rowEffects)
      sweeps += 1
      let last = size
      size = residuals.map(abs).sorted().reduce(0, +)
      if size >= last * (1 - 1e-12) { break }
    }
    self.overall = overall
    self.rowEffects = rowEffects
    self.columnEffects = columnEffects
    self.sweeps = sweeps
    // Not the differences of all sweeps, whose roundings add up.
    self.residuals = values.map {
      $0.value - (overall + rowEffects[$0.row]! + columnEffects[$0.column]!)
    }
  }
}

/// Moves the median of each line from the residuals to its effect.
private func sweep(
  _ lines: [Int: [Int]], _ residuals: inout [Double], into effects: inout [Int: Double]
) {
  for (line, indices) in lines {
    let median = WellSummary.median(sorted: indices.map { residuals[$0] }.sorted())
    for index in indices { residuals[index] -= median }
    effects[line]! += median
  }
}

/// Takes the median out of the effects.
private func center(_ effects: inout [Int: Double]) -> Double {
  guard !effects.isEmpty else { return 0 }
  let median = WellSummary.median(sorted: effects.values.sorted())
  effects = effects.mapValues { $0 - median }
  return median
}
