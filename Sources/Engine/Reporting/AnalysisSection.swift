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
}

/// An analysis in the report: its tables, what belongs under them, its figures.
struct AnalysisSection {
  /// Beyond so many, warnings are only counted.
  private static let maximumWarnings = 100

  private let analysis: AnalysisResult
  private let display: AnalysisDisplay
  private let level: String
  private let sources: [String: StudyResults.Source]

  init(
    _ analysis: AnalysisResult, rounding: Rounding, sources: [String: StudyResults.Source]
  ) {
    self.analysis = analysis
    self.sources = sources
    display = AnalysisDisplay(analysis, rounding: rounding)
    level = NumberText(rounding: rounding).level(analysis.level)
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
      for table in tables { table.write(number: numbering.nextTable(), to: &html) }
      if tables.isEmpty, analysis.outcome == .completed { html.element("p", noResults) }
      writeFooters(to: &html)
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

  private func writeFooters(to html: inout Markup) {
    html.element("div", ["class": "notes"]) { html in
      for warning in analysis.warnings.prefix(Self.maximumWarnings) {
        footer("Warning", warning, kind: "warning", to: &html)
      }
      let further = analysis.warnings.count - Self.maximumWarnings
      if further > 0 { footer("Warning", "\(further) more in status.json.", to: &html) }
      for note in analysis.notes { footer("Note", note, to: &html) }
      writeMethods(to: &html)
      writeSources(to: &html)
    }
  }

  private func writeMethods(to html: inout Markup) {
    guard !analysis.methods.isEmpty else { return }
    footer("Level", level + ", " + display.multiplicity, to: &html)
    for method in analysis.methods {
      footer(method.title, method.summary + " " + method.reference, to: &html)
    }
  }

  private func writeSources(to html: inout Markup) {
    guard !analysis.sources.isEmpty else { return }
    html.element("p") { html in
      html.element("b", "Source.")
      for id in analysis.sources {
        html.text(" ")
        let citation = sources[id].map { ": " + $0.citation } ?? ""
        html.element("a", ["href": "#" + sourceAnchor(id)], id)
        html.text(citation)
      }
    }
  }

  private func footer(
    _ title: String, _ text: String, kind: String? = nil, to html: inout Markup
  ) {
    html.element("p", ["class": kind]) { html in
      html.element("b", title + ".")
      html.text(" " + text)
    }
  }
}
