import Results

/// A dot plot: rows down the side, and in one or more panels beside them markers with intervals.
struct DotPlot: Plot {
  /// More rows than these are no longer read from a plot.
  static let maximumRows = 60

  struct Panel {
    let title: String
    let axis: Axis
    /// The value that markers are compared with.
    var reference = 0.0
    /// The groups that have more where a marker is left, and right, of that value.
    var sides: (left: String, right: String)?
  }

  /// A marker, on the scale of its panel's axis.
  struct Point {
    var panel = 0
    let mark: PlotMark
    /// How far below the middle of its row it stands, in steps of 9.
    var lane = 0.0
    /// Not drawn where it is beyond the axis.
    let estimate: Double
    /// The ends of the interval, or the estimate where it has none.
    let lower: Double
    let upper: Double
  }

  struct Row {
    let style: Table.Row.Style
    let label: String
    let points: [Point]
    /// What is said in a panel where numbers are missing.
    var remarks: [(panel: Int, text: String)] = []
    /// Whether it belongs to the row above it.
    var isStratum = false
    /// What a pointer over the row shows.
    var hover: String?
  }

  let title: String
  let numbers: NumberText
  let panels: [Panel]
  /// What the marks stand for, in order; empty where there is but one.
  let legend: [String]
  let rows: [Row]
  /// Says that there are more rows than are shown.
  let omission: String?

  /// What the figure shows, for those who cannot see it.
  var summary: String {
    let count = eventCount(rows) == 1 ? "1 row" : "\(eventCount(rows)) rows"
    let shown = legend.isEmpty ? count : count + " in " + legend.joined(separator: ", ")
    let axes = panels.map { "Axis: \($0.title)." }
    return (["Dot plot of \(shown)."] + axes + [omission].compactMap { $0 })
      .joined(separator: " ")
  }
}

/// The rows that are not headings.
func eventCount(_ rows: [DotPlot.Row]) -> Int {
  rows.reduce(0) { $0 + ($1.style == .heading ? 0 : 1) }
}
