import Results

/// What stands below every table of an analysis: who was counted and how, the methods with the level of
/// their intervals, the sources, and the program.
struct TableFooters {
  private let analysis: AnalysisResult
  private let level: String
  private let multiplicity: String
  private let sources: [String: StudyResults.Source]
  private let methods: MethodList
  private let edition: String

  init(
    _ analysis: AnalysisResult, level: String, multiplicity: String,
    sources: [String: StudyResults.Source], methods: MethodList, edition: String
  ) {
    self.analysis = analysis
    self.level = level
    self.multiplicity = multiplicity
    self.sources = sources
    self.methods = methods
    self.edition = edition
  }

  /// All of them, or those that are not the same below table `first` of the same analysis.
  func write(below first: Int? = nil, to html: inout Markup) {
    if let first {
      html.note("Population and methods", "As below Table \(first).")
    } else {
      if !analysis.notes.isEmpty {
        html.note("Population and conventions", analysis.notes.joined(separator: " "))
      }
      if !analysis.methods.isEmpty { writeMethods(to: &html) }
    }
    writeSources(to: &html)
  }

  private func writeMethods(to html: inout Markup) {
    html.element("p") { html in
      html.element("b", "Methods.")
      html.text(" Level \(level), \(multiplicity)")
      for (index, method) in analysis.methods.unique.enumerated() {
        html.text(index == 0 ? " " : "; ")
        html.element("a", ["href": "#" + methods.anchor(of: method)], method.title)
      }
      html.text(".")
    }
  }

  private func writeSources(to html: inout Markup) {
    html.element("p") { html in
      if !analysis.sources.isEmpty { html.element("b", "Source.") }
      for id in analysis.sources {
        html.text(" ")
        html.element("a", ["href": "#" + sourceAnchor(id)], id)
        let citation = sources[id]?.citation ?? ""
        html.text(
          (citation.isEmpty ? "" : ": " + citation) + (citation.hasSuffix(".") ? " " : ". "))
      }
      html.element("b", "Program.")
      html.text(" \(edition).")
    }
  }
}

extension Markup {
  /// A footer: its title, and a text.
  mutating func note(_ title: String, _ text: String, kind: String? = nil) {
    element("p", ["class": kind]) { html in
      html.element("b", title + ".")
      html.text(" " + text)
    }
  }
}
