public import Results

/// The report of a study as one HTML file that needs neither a network nor a script.
public func htmlReport(_ results: StudyResults) -> String {
  var html = Markup()
  html.element("html", ["lang": "en"]) { html in
    html.element("head") { html in
      html.empty("meta", ["charset": "utf-8"])
      html.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      html.empty("meta", ["name": "color-scheme", "content": "light dark"])
      html.empty("meta", ["name": "generator", "content": "Theriac " + results.program.version])
      html.element("title", results.title)
      html.element("style", styleSheet)
    }
    html.element("body", content: HTMLReport(results).write)
  }
  return "<!DOCTYPE html>\n" + html.source + "\n"
}

/// What stands in the body of a report.
private struct HTMLReport {
  private let results: StudyResults
  private let methods: [MethodNote]
  private let checks: [String: [PublishedCheck]]

  init(_ results: StudyResults) {
    self.results = results
    var seen: Set<MethodNote> = []
    methods = results.analyses.flatMap(\.methods).filter { seen.insert($0).inserted }
    checks = Dictionary(grouping: results.published, by: \.analysis)
  }

  func write(to html: inout Markup) {
    html.element("header") { html in
      html.element("h1", results.title)
      if let description = results.description { html.element("p", description) }
    }
    html.element("nav", ["aria-label": "Contents"], content: writeContents)
    html.element("main") { html in
      writeSummary(to: &html)
      writeAnalyses(to: &html)
      if !results.published.isEmpty { PublishedSection(results).write(to: &html) }
      if !methods.isEmpty { writeMethods(to: &html) }
      if !results.sources.isEmpty { writeSources(to: &html) }
    }
    html.element("footer") { html in
      html.element(
        "p",
        "Study \(results.id). Computed by Theriac \(results.program.version), "
          + "build \(results.program.build). \(results.rounding.note) All numbers unrounded: ard.csv."
      )
    }
  }

  private func writeContents(to html: inout Markup) {
    html.element("ol") { html in
      for analysis in results.analyses {
        item(analysis.title, anchor: AnalysisSection.anchor(analysis.id), to: &html)
      }
      if !results.published.isEmpty {
        item("Published values", anchor: PublishedSection.anchor, to: &html)
      }
      if !methods.isEmpty { item("Methods", anchor: "methods", to: &html) }
      if !results.sources.isEmpty { item("Sources", anchor: "sources", to: &html) }
    }
  }

  private func item(_ title: String, anchor: String, to html: inout Markup) {
    html.element("li") { $0.element("a", ["href": "#" + anchor], title) }
  }

  private func writeSummary(to html: inout Markup) {
    html.element("section", ["class": "summary", "id": "summary"]) { html in
      html.element("h2", "Summary")
      html.element("div", ["class": "scroll"]) { html in
        html.element("table") { html in
          html.element("thead") { html in
            html.element("tr") { html in
              for title in ["Analysis", "Kind", "Outcome", "Warnings", "Published values"] {
                html.element("th", ["scope": "col", "class": "leading"], title)
              }
            }
          }
          html.element("tbody") { html in
            for analysis in results.analyses { writeSummary(of: analysis, to: &html) }
          }
        }
      }
    }
  }

  private func writeSummary(of analysis: AnalysisResult, to html: inout Markup) {
    let checks = checks[analysis.id] ?? []
    let needsCare = checks.contains { $0.verdict.needsCare }
    html.element("tr") { html in
      html.element("th", ["scope": "row"]) { html in
        html.element("a", ["href": "#" + AnalysisSection.anchor(analysis.id)], analysis.title)
      }
      html.element("td", ["class": "leading"], analysis.kind)
      html.element(
        "td", ["class": analysis.outcome == .completed ? "leading" : "leading alarm"],
        analysis.status)
      html.element(
        "td", ["class": "leading"],
        analysis.warnings.isEmpty ? "none" : "\(analysis.warnings.count)")
      html.element("td", ["class": needsCare ? "leading alarm" : "leading"], verdictCounts(checks))
    }
  }

  private func writeAnalyses(to html: inout Markup) {
    let sources = Dictionary(results.sources.map { ($0.id, $0) }) { first, _ in first }
    var numbering = Numbering()
    for analysis in results.analyses {
      AnalysisSection(analysis, rounding: results.rounding, sources: sources)
        .write(&numbering, to: &html)
    }
  }

  private func writeMethods(to html: inout Markup) {
    html.element("section", ["id": "methods"]) { html in
      html.element("h2", "Methods")
      html.element("dl") { html in
        for method in methods {
          html.element("dt") { html in
            html.text(method.title + " ")
            html.element("code", method.name)
          }
          html.element("dd") { html in
            html.text(method.summary + " ")
            html.element("cite", method.reference)
          }
        }
      }
    }
  }

  private func writeSources(to html: inout Markup) {
    html.element("section", ["id": "sources"]) { html in
      html.element("h2", "Sources")
      html.element("ol") { html in
        for source in results.sources { write(source, to: &html) }
      }
    }
  }

  private func write(_ source: StudyResults.Source, to html: inout Markup) {
    html.element("li", ["id": sourceAnchor(source.id)]) { html in
      html.element("b", source.id)
      html.text(": " + source.citation)
      if let doi = source.doi {
        html.text(" ")
        html.element("a", ["href": "https://doi.org/" + doi], "doi:" + doi)
      }
      if let url = source.url, url.hasPrefix("https://") || url.hasPrefix("http://") {
        html.text(" ")
        html.element("a", ["href": url], url)
      }
    }
  }
}

/// Where a source stands in the report.
func sourceAnchor(_ id: String) -> String {
  "source-" + fileName(id)
}
