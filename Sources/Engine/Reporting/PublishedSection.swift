import Results

/// The published values beside the computed ones: those that differ first.
struct PublishedSection {
  static let anchor = "published-values"

  private let results: StudyResults
  private let labels: [String: [Grouping: String]]

  init(_ results: StudyResults) {
    self.results = results
    labels = Dictionary(results.analyses.map { ($0.id, $0.labels) }) { first, _ in first }
  }

  func write(to html: inout Markup) {
    let checks = results.published
    html.newLine()
    html.element("section", ["id": Self.anchor]) { html in
      html.element("h2", "Published values")
      html.element(
        "p", "Of \(counted(checks.count, "published value")): \(verdictCounts(checks)).")
      if checks.contains(where: { $0.verdict.needsCare }) {
        writeTable(to: &html)
      } else {
        html.element("details") { html in
          html.element("summary", "All published values")
          writeTable(to: &html)
        }
      }
    }
  }

  private func writeTable(to html: inout Markup) {
    html.element(
      "div",
      ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Published values"]
    ) { html in
      html.element("table", ["class": "checks wide"]) { html in
        html.element("caption") { html in
          html.element("span", "Published values beside the computed ones, those that differ first")
        }
        html.element("thead") { html in
          html.element("tr") { html in
            for title in ["Where", "Statistic"] { header(title, kind: "leading", to: &html) }
            for title in ["Published", "Computed"] { header(title, to: &html) }
            for title in ["Verdict", "Source"] { header(title, kind: "leading", to: &html) }
          }
        }
        html.element("tbody") { html in
          for verdict in PublishedCheck.Verdict.byUrgency {
            for check in results.published where check.verdict == verdict {
              write(check, to: &html)
            }
          }
        }
      }
    }
    html.element("div", ["class": "notes"]) { html in
      html.note(
        "Verdicts",
        "Reproduced: the computed value prints as the published one. Consistent: it does, but the "
          + "count was rebuilt from this very number. Explained: it does not, for the reason given."
      )
      html.note(
        "Program", "\(results.program.edition).")
    }
  }

  private func header(_ title: String, kind: String? = nil, to html: inout Markup) {
    html.element("th", ["scope": "col", "class": kind], title)
  }

  private func write(_ check: PublishedCheck, to html: inout Markup) {
    html.newLine()
    html.element("tr", ["class": check.verdict.needsCare ? "differs" : nil]) { html in
      html.element("th", ["scope": "row"]) { html in
        let place = placeText(check.place, labels: labels[check.analysis] ?? [:])
        html.element("a", ["href": "#" + AnalysisSection.anchor(check.analysis)], check.analysis)
        html.text(place.isEmpty ? "" : " · " + place)
      }
      let key = check.statistic
      let names = [key.measure, key.method, key.name].filter { !$0.isEmpty }
      html.element("td", ["class": "leading"], names.joined(separator: " · "))
      html.element("td", check.published)
      html.element("td", check.computed.isEmpty ? "–" : check.computed)
      html.element("td", ["class": "leading verdict"]) { html in
        html.element("b", check.verdict.rawValue)
        if let reason = check.reason { html.text(": " + reason) }
      }
      html.element("td", ["class": "leading"]) { html in
        guard let source = check.source else { return }
        html.element("a", ["href": "#" + sourceAnchor(source)], source)
      }
    }
  }
}

extension PublishedCheck.Verdict {
  /// What a reader should see first comes first.
  fileprivate static let byUrgency: [Self] = [
    .differs, .notComputed, .explained, .consistent, .reproduced,
  ]

  /// Whether the computed value fails the published one.
  var needsCare: Bool { self == .differs || self == .notComputed }
}

/// How many of `checks` have each verdict: `12 reproduced, 1 explained`.
func verdictCounts(_ checks: [PublishedCheck]) -> String { VerdictCounts(checks).text }

extension VerdictCounts {
  /// `12 reproduced, 1 explained`; `none` where nothing was published.
  var text: String {
    let counts = PublishedCheck.Verdict.allCases.filter { self[$0] > 0 }.map {
      "\(self[$0]) \($0.rawValue)"
    }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }
}
