public import Results

/// The index of a folder of results as one HTML file that needs no network: a row an analysis, which
/// links to its place in the report.
///
/// It is given in pieces, for there may be many thousand studies.
public struct BatchIndex: Sendable {
  private let totals: BatchTotals
  private let page: Page

  /// Of studies that come to `totals`; `version` is that of the program.
  public init(_ totals: BatchTotals, version: String) {
    self.totals = totals
    page = Page(
      title: "Results of " + counted(totals.studies, "study", "studies"),
      edition: "Theriac \(version)")
  }

  private static let columns: [(title: String, isNumber: Bool)] = [
    ("Study", false), ("Analysis", false), ("Kind", false), ("Outcome", false), ("Results", true),
    ("Warnings", true), ("Published values", true),
  ]

  /// What stands before the first row.
  public var head: String {
    var html = Markup()
    html.element("header") { html in
      html.element("p", ["class": "kicker"], "Index of results · \(page.edition)")
      html.element("h1", page.title)
      writeSummary(to: &html)
    }
    var alarms = Markup()
    if !totals.alarms.isEmpty { writeAlarms(to: &alarms) }
    alarms.element("h2", ["id": "analyses"], "Analyses")
    var header = Markup()
    header.element("caption") { html in
      html.element("span", "A row an analysis, with its place in the report of its study")
    }
    header.element("thead") { html in
      html.element("tr") { html in
        for (title, isNumber) in Self.columns {
          html.element("th", ["scope": "col", "class": isNumber ? nil : "leading"], title)
        }
      }
    }
    return page.head + html.source + """
      <main id="main">\(alarms.source)
      <div class="scroll" tabindex="0" role="region" aria-label="Analyses"><table id="index">\
      \(header.source)
      <tbody>
      """
  }

  /// The rows of a study.
  public func rows(of study: StudyStatus) -> String {
    var html = Markup()
    for analysis in study.analyses {
      let anchor = AnalysisSection.anchor(analysis.id)
      html.newLine()
      html.element("tr", ["class": needsCare(analysis) ? "differs" : nil]) { html in
        cell(link: "\(study.study)/report.html", study.study, title: study.title, to: &html)
        cell(
          link: "\(study.study)/report.html#\(anchor)", analysis.title, title: analysis.id,
          to: &html)
        html.element("td", ["class": "leading"], analysis.kind)
        html.element("td", ["class": "leading prose"]) { html in
          html.element("b", analysis.status)
          if let error = analysis.error { html.text(": " + error) }
        }
        html.element("td", "\(analysis.results)")
        html.element("td", "\(analysis.warnings.count)")
        html.element(
          "td",
          ["data-sort": "\(analysis.published.failing * 1_000_000 + analysis.published.total)"],
          analysis.published.text)
      }
    }
    return html.source
  }

  /// The row of a study of which no status can be read.
  public func row(unreadable study: String) -> String {
    var html = Markup()
    html.newLine()
    html.element("tr", ["class": "differs"]) { html in
      cell(link: "\(study)/report.html", study, title: nil, to: &html)
      for _ in 0..<2 { html.element("td", "") }
      html.element("td", ["class": "leading prose"]) { html in
        html.element("b", "unreadable")
        html.text(": " + unreadableReason)
      }
      for _ in 0..<3 { html.element("td", "") }
    }
    return html.source
  }

  /// What stands behind the last row.
  public var tail: String {
    """

    </tbody></table></div></main>
    <footer><p>By \(page.edition). The same as a table: summary.csv. A row is an analysis; a click on \
    the head of a column sorts by it.</p></footer>\(Page.tail)
    """
  }

  private func needsCare(_ analysis: StudyStatus.Analysis) -> Bool {
    analysis.status != "completed" || analysis.published.failing > 0
  }

  private func cell(link: String, _ text: String, title: String?, to html: inout Markup) {
    html.element("td", ["class": "leading prose"]) { html in
      html.element("a", ["href": link, "title": title], text)
    }
  }

  private func writeSummary(to html: inout Markup) {
    let analyses = totals.analyses.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    html.element("p") { html in
      html.text(counted(totals.analysisCount, "analysis", "analyses"))
      html.text(analyses.isEmpty ? "." : ": " + analyses.joined(separator: ", ") + ".")
      html.text(" Published values: " + totals.published.text + ".")
      guard totals.incompleteStudies > 0 else { return }
      html.text(" ")
      html.element("b", ["class": "alarm"], "\(totals.incompleteStudies)")
      html.text(" of \(counted(totals.studies, "study", "studies")) need attention.")
    }
  }

  private func writeAlarms(to html: inout Markup) {
    html.element("h2", ["id": "published-values"], "Published values that did not come out")
    html.element("ul") { html in
      for alarm in totals.alarms {
        html.element("li") { html in
          html.element(
            "a", ["href": "\(alarm.study)/report.html#\(PublishedSection.anchor)"], alarm.study)
          html.text(" · " + alarm.text)
        }
      }
    }
    let further = totals.alarmCount - totals.alarms.count
    if further > 0 { html.element("p", "… and \(further) more, in the reports of their studies.") }
  }
}
