import Results

/// Points in a plane, with lines that guide the eye.
struct ScatterPlot: Plot {
  /// More studies than these are no longer told apart, and make a figure slow.
  static let maximumPoints = 2000

  struct Point {
    let x: Double
    let y: Double
    var radius = 4.0
    var isFilled = true
    let label: String
    /// What a pointer over the point shows.
    let hover: String
    /// The points that stand out most are named.
    let prominence: Double
  }

  struct Line {
    let from: (x: Double, y: Double)
    let to: (x: Double, y: Double)
    var isDashed = false
  }

  /// A part of the plane that is shaded, as far as it is within the axes.
  struct Shade {
    let corners: [(x: Double, y: Double)]
  }

  struct Dimension {
    let title: String
    let axis: Axis
  }

  let title: String
  let numbers: NumberText
  let horizontal: Dimension
  let vertical: Dimension
  /// Whether the vertical axis begins at the top.
  var isInverted = false
  /// Whether both axes have the same length.
  var isSquare = false
  /// What several of them share is shaded more strongly.
  var shades: [Shade] = []
  let lines: [Line]
  /// The largest first, so that small circles lie upon large ones.
  let points: [Point]
  /// Meanings of a filled and of a hollow circle; empty where all are filled.
  var legend: [String] = []
  var notes: [String]
  /// What the figure shows, for those who cannot see it.
  let summary: String

  /// `nil` where there are no points.
  init?(
    _ results: MetaAnalysisResults, title: String, horizontal: Dimension, vertical: Dimension,
    lines: [Line] = [], points: [Point], notes: [String] = [], summary: String
  ) {
    let count = results.studies.count
    self.init(
      title: "\(results.analysis.title) – \(title)", numbers: results.numbers,
      horizontal: horizontal, vertical: vertical, lines: lines, points: points,
      notes: notes
        + (count > Self.maximumPoints
          ? ["The first \(Self.maximumPoints) of \(count) studies."] : []),
      summary: summary)
  }

  /// `nil` where there are no points.
  init?(
    title: String, numbers: NumberText, horizontal: Dimension, vertical: Dimension, lines: [Line],
    points: [Point], notes: [String] = [], summary: String
  ) {
    guard !points.isEmpty else { return nil }
    self.title = title
    self.numbers = numbers
    self.horizontal = horizontal
    self.vertical = vertical
    self.lines = lines
    self.points = points.sorted { $0.radius > $1.radius }
    self.notes = notes
    self.summary = "\(summary) Across: \(horizontal.title). Up: \(vertical.title)."
  }
}
