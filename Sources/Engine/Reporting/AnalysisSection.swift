import Results

/// Numbers the tables and figures of a report.
struct Numbering {
  private(set) var tables = 0
  private(set) var figures = 0

  mutating func nextTable() -> Int {
    tables += 1
    return tables
  }

  mutating func nextFigure() -> Int {
    figures += 1
    return figures
  }

  /// What was numbered since `before`: `Tables 2–4, Figure 1`.
  func since(_ before: Numbering) -> String {
    func range(_ noun: String, _ first: Int, _ last: Int) -> String? {
      if first > last { return nil }
      return first == last ? "\(noun) \(last)" : "\(noun)s \(first)–\(last)"
    }
    return [
      range("Table", before.tables + 1, tables), range("Figure", before.figures + 1, figures),
    ].compactMap { $0 }.joined(separator: ", ")
  }
}

/// An analysis in the report: its tables, what belongs under them, its figures.
struct AnalysisSection {
  /// Beyond so many, warnings are only counted.
  private static let maximumWarnings = 100

  private let analysis: AnalysisResult
  private let display: AnalysisDisplay
  private let footers: TableFooters

  init(
    _ analysis: AnalysisResult, rounding: Rounding, sources: [String: StudyResults.Source],
    methods: MethodList, edition: String
  ) {
    self.analysis = analysis
    display = AnalysisDisplay(analysis, rounding: rounding)
    footers = TableFooters(
      analysis, level: NumberText(rounding: rounding).level(analysis.level),
      multiplicity: display.multiplicity, sources: sources, methods: methods, edition: edition)
  }

  static func anchor(_ id: String) -> String {
    "analysis-" + fileName(id)
  }

  func write(_ numbering: inout Numbering, to html: inout Markup) {
    html.newLine()
    html.element("section", ["id": Self.anchor(analysis.id)]) { html in
      html.element("h2", analysis.title)
      if let reason = analysis.outcome.reason {
        html.element("p", ["class": "failure"]) { html in
          html.element(
            "b", "This analysis \(analysis.status == "failed" ? "failed" : "was skipped").")
          html.text(" " + reason)
        }
      }
      let tables = display.tables()
      let first = numbering.tables + 1
      for (index, table) in tables.enumerated() {
        table.write(number: numbering.nextTable(), to: &html) { html in
          footers.write(below: index == 0 ? nil : first, to: &html)
        }
      }
      if tables.isEmpty, analysis.outcome == .completed { html.element("p", noResults) }
      writeRemarks(isWithoutTables: tables.isEmpty, to: &html)
      for figure in display.figures {
        write(figure, number: numbering.nextFigure(), to: &html)
      }
    }
  }

  private func write(_ figure: AnalysisDisplay.Figure, number: Int, to html: inout Markup) {
    html.newLine()
    html.element("figure") { html in
      // The number keeps the ids of equally named figures apart.
      html.append(figure.plot.drawing(named: "\(figure.name)-\(number)"))
      html.element("figcaption") { html in
        html.element("b", "Figure \(number).")
        html.text(" " + figure.plot.title)
      }
    }
  }

  /// The warnings, and of an analysis without tables what would stand below them.
  private func writeRemarks(isWithoutTables: Bool, to html: inout Markup) {
    guard isWithoutTables || !analysis.warnings.isEmpty else { return }
    html.element("div", ["class": "notes"]) { html in
      for warning in analysis.warnings.prefix(Self.maximumWarnings) {
        html.note("Warning", warning, kind: "warning")
      }
      let further = analysis.warnings.count - Self.maximumWarnings
      if further > 0 { html.note("Warning", "\(further) more in status.json.") }
      if isWithoutTables { footers.write(to: &html) }
    }
  }
}
