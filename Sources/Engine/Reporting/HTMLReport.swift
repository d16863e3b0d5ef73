public import Results

/// The report of a study as one HTML file that needs no network.
public func htmlReport(_ results: StudyResults) -> String {
  let edition = results.program.edition
  let report = HTMLReport(results, edition: edition)
  return Page(title: results.title, edition: edition).html(report.write)
}

/// What stands in the body of a report.
private struct HTMLReport {
  private let results: StudyResults
  private let edition: String
  private let methods: MethodList
  private let checks: [String: [PublishedCheck]]

  init(_ results: StudyResults, edition: String) {
    self.results = results
    self.edition = edition
    methods = MethodList(results.analyses)
    checks = Dictionary(grouping: results.published, by: \.analysis)
  }

  func write(to html: inout Markup) {
    var analyses = Markup()
    let numbered = writeAnalyses(to: &analyses)
    html.element("div", ["class": "contents"]) { html in
      html.element("header") { html in
        html.element("p", ["class": "kicker"], "Study \(results.id) · \(edition)")
        html.element("h1", results.title)
        if let description = results.description { html.element("p", description) }
      }
      html.element("nav", ["aria-label": "Contents"]) { writeContents(numbered, to: &$0) }
      html.element("main", ["id": "main"]) { html in
        writeSummary(to: &html)
        html.append(analyses)
        if !results.published.isEmpty { PublishedSection(results).write(to: &html) }
        if !methods.isEmpty { methods.write(to: &html) }
        if !results.sources.isEmpty { writeSources(to: &html) }
      }
      html.element("footer") { html in
        html.element(
          "p",
          "Study \(results.id). Computed by \(edition). \(results.rounding.note) All numbers "
            + "unrounded: ard.csv.")
      }
    }
  }

  /// The contents; `numbered` says which tables and figures each analysis has.
  private func writeContents(_ numbered: [String], to html: inout Markup) {
    html.element("ol") { html in
      item("Summary", anchor: "summary", to: &html)
      for (analysis, numbers) in zip(results.analyses, numbered) {
        item(analysis.title, numbers, anchor: AnalysisSection.anchor(analysis.id), to: &html)
      }
      if !results.published.isEmpty {
        item("Published values", anchor: PublishedSection.anchor, to: &html)
      }
      if !methods.isEmpty { item("Methods", anchor: MethodList.anchor, to: &html) }
      if !results.sources.isEmpty { item("Sources", anchor: "sources", to: &html) }
    }
  }

  private func item(
    _ title: String, _ detail: String = "", anchor: String, to html: inout Markup
  ) {
    html.element("li") { html in
      html.element("a", ["href": "#" + anchor]) { html in
        html.text(title)
        if !detail.isEmpty { html.element("small", detail) }
      }
    }
  }

  private func writeSummary(to html: inout Markup) {
    html.element("section", ["class": "summary", "id": "summary"]) { html in
      html.element("h2", "Summary")
      html.element(
        "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Summary"]
      ) { html in
        html.element("table") { html in
          html.element("caption", ["class": "plain"]) { html in
            html.element("span", "The analyses of the study")
          }
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

  /// Writes the analyses and gives of each the numbers of its tables and figures.
  private func writeAnalyses(to html: inout Markup) -> [String] {
    let sources = results.sourcesByID
    var numbering = Numbering()
    return results.analyses.map { analysis in
      let before = numbering
      AnalysisSection(
        analysis, rounding: results.rounding, sources: sources, methods: methods, edition: edition
      ).write(&numbering, to: &html)
      return numbering.since(before)
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
