import Glibc
import Results

/// A volcano plot: the contrast of each event against how improbable it is among equal groups.
///
/// Zink, Wolfinger & Mann (2013), Clin. Trials 10:449.
struct VolcanoPlot: Plot {
  /// Fewer events than these are read in the table.
  private static let minimumEvents = 5

  struct Event {
    let label: String
    let contrast: Double
    /// −log₁₀ p.
    let evidence: Double
    /// The subjects with the event in both groups.
    let count: Double
    let passes: Bool
    /// What a pointer over the circle shows.
    let hover: String
  }

  let title: String
  let numbers: NumberText
  let contrastTitle: String
  let contrastAxis: Axis
  /// The contrast of equal groups.
  let nullValue: Double
  let evidenceTitle: String
  let evidenceAxis: Axis
  /// The level of significance, and −log₁₀ of it.
  let significance: String
  let threshold: Double
  /// What is said of the events that pass, and of the others.
  let legend: [String]
  /// The most frequent first, so that small circles lie upon large ones.
  let events: [Event]

  /// `nil` without a test, or where there are too few events.
  init?(_ grid: ComparisonGrid, numbers: NumberText) {
    guard let test = grid.tests.first, let measure = grid.leading else { return nil }
    let adjustment = grid.adjustments.first
    let found = grid.events.compactMap { row in
      row.cell.flatMap {
        Event(
          row, $0, measure, test: test.name, adjustment: adjustment?.name, level: grid.level,
          numbers)
      }
    }
    guard found.count >= Self.minimumEvents else { return nil }
    self.numbers = numbers
    title =
      grid.title + " – volcano plot"
      + (grid.omitted > 0 ? " of the \(ShownEvents.maximum) most frequent events" : "")
    nullValue = measure.contrast.nullValue
    let contrasts = found.map(\.contrast).filter(\.isFinite)
    contrastAxis =
      measure.contrast.isRatio
      ? Axis(ratios: contrasts)
      : Axis(from: min(0, contrasts.min() ?? 0), reaching: contrasts.max() ?? 0)
    contrastTitle = measure.contrast.header + (measure.unit.isEmpty ? "" : " (\(measure.unit))")
    threshold = -log10(1 - grid.level)
    evidenceAxis = Axis(reaching: max(threshold, found.map(\.evidence).max() ?? 0) * 1.03)
    evidenceTitle = "−log₁₀ p (\(test.title))"
    significance = numbers.significance(grid.level)
    legend =
      adjustment.map { ["passes after \($0.title)", "does not pass"] }
      ?? ["p < \(significance), not adjusted", "p ≥ \(significance)"]
    events = found.sorted { $0.count > $1.count }
  }

  /// What the figure shows, for those who cannot see it.
  var summary: String {
    let passing = events.count { $0.passes }
    return "Volcano plot of \(events.count) events: across \(contrastTitle), up \(evidenceTitle). "
      + "\(passing) marked as: \(legend[0]). The area of a circle is the number of events."
  }
}

extension VolcanoPlot.Event {
  fileprivate init?(
    _ row: ComparisonGrid.Row, _ cell: ComparisonCell, _ measure: ComparisonGrid.Measure,
    test: String, adjustment: String?, level: Double, _ numbers: NumberText
  ) {
    let interval = cell.interval(measure.contrast, measure.methods.first?.name)
    guard let estimate = interval.estimate, let contrast = estimate.value.extended,
      let pValue = cell.pValue(test)?.value.stored
    else { return nil }
    label = row.label
    self.contrast = measure.contrast.shown(contrast, of: estimate)
    evidence = -log10(max(pValue, .leastNonzeroMagnitude)) + 0  // no −0 for p = 1
    count = row.events ?? 0
    if let adjustment {
      let flag = cell.statistic("test", adjustment, "flag")?.value.stored
      let adjusted = cell.statistic("test", adjustment, "adjusted_p_value")?.value.stored
      passes = flag.map { $0 == 1 } ?? ((adjusted ?? 1) < 1 - level)
    } else {
      passes = pValue < 1 - level
    }
    hover =
      "\(row.label): \(measure.contrast.title.lowercased()) "
      + "\(interval.text(measure.contrast, numbers)), p: \(numbers.pValue(pValue)), "
      + "\(numbers.fixed(count, decimals: 0)) events"
  }
}
