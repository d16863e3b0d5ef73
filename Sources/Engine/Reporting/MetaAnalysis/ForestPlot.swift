import Results

/// A forest plot: studies and what is pooled of them, each an interval beside its numbers.
struct ForestPlot: Plot {
  /// More studies than these are drawn without their names, in the order of their effects.
  static let maximumStudies = 60
  /// More lines than these no longer stand apart.
  static let maximumLines = 300

  enum Mark {
    /// A study, by its share of the largest weight.
    case square(Double)
    case diamond
    /// A prediction interval, which has no estimate.
    case bar
    /// A method, by whether its interval excludes the value of no effect.
    case circle(isFilled: Bool)
    /// One of very many studies.
    case line
  }

  /// Texts that stand beside the panel.
  struct Column {
    let title: [String]
    let isLeft: Bool
  }

  struct Row {
    var style = Table.Row.Style.plain
    let label: String
    /// One for each column.
    var texts: [String] = []
    var mark = Mark.diamond
    /// On the scale of the axis; `nil` where there is none.
    var estimate: Double?
    var lower: Double?
    var upper: Double?
    /// What is said where there is no estimate.
    var remark: String?
    /// What a pointer over the mark shows, where it is not the label with its texts.
    var hover: String?
  }

  let title: String
  let numbers: NumberText
  let corner: String
  let columns: [Column]
  let rows: [Row]
  let axis: Axis
  let axisTitle: String
  /// The value of no effect.
  let reference: Double?
  /// The effect that a dashed line shows.
  let guide: Double?
  /// Meanings of a filled and of a hollow circle; empty where there are no circles.
  let legend: [String]
  let notes: [String]
  /// What the figure shows, for those who cannot see it.
  let summary: String

  /// `nil` where nothing of `rows` can be drawn.
  init?(
    _ results: MetaAnalysisResults, title: String, corner: String, columns: [Column], rows: [Row],
    guide: Double? = nil, legend: [String] = [], notes: [String] = [], summary: String
  ) {
    self.init(
      title: "\(results.analysis.title) – \(title)", numbers: results.numbers, corner: corner,
      columns: columns, rows: rows,
      axis: results.measure.axis(
        rows.compactMap(\.estimate), rows.flatMap { [$0.lower, $0.upper] }.compactMap { $0 }),
      axisTitle: "\(results.measure.header(unit: results.unit)) (\(results.level) CI)",
      reference: results.measure.nullValue, guide: guide, legend: legend, notes: notes,
      summary: summary)
  }

  /// `nil` where nothing of `rows` can be drawn.
  init?(
    title: String, numbers: NumberText, corner: String, columns: [Column], rows: [Row],
    axis: Axis, axisTitle: String, reference: Double? = nil, guide: Double?,
    legend: [String] = [], notes: [String], summary: String
  ) {
    guard rows.contains(where: \.isDrawn) else { return nil }
    self.title = title
    self.numbers = numbers
    self.corner = corner
    self.columns = columns
    self.rows = rows
    self.axis = axis
    self.axisTitle = axisTitle
    self.reference = reference
    self.guide = guide
    self.legend = legend
    self.notes = notes
    self.summary = "\(summary) Axis: \(axisTitle)."
  }
}

extension ForestPlot.Row {
  var isDrawn: Bool { estimate != nil || lower != nil }

  init(
    _ results: MetaAnalysisResults, _ label: String, _ interval: ContrastInterval?,
    style: Table.Row.Style = .plain, texts: [String], mark: ForestPlot.Mark
  ) {
    let measure = results.measure
    let estimate = measure.shown(interval?.estimate)
    let (lower, upper) = (measure.shown(interval?.lower), measure.shown(interval?.upper))
    self.init(
      style: style, label: label, texts: texts, mark: mark, estimate: estimate,
      lower: estimate == nil ? nil : lower, upper: estimate == nil ? nil : upper,
      remark: estimate == nil
        ? "not estimable" : lower == nil || upper == nil ? "no interval" : nil)
  }

  static func heading(_ label: String) -> Self {
    Self(style: .heading, label: label)
  }
}
