public import Results

/// A qualification report as one HTML file that needs no network.
public func htmlQualification(_ report: QualificationReport) -> String {
  QualificationPage(report: report).html
}

private struct QualificationPage {
  let report: QualificationReport

  private var page: Page {
    Page(
      title: "Qualification of Theriac \(report.program.version)",
      edition: report.program.edition)
  }

  var html: String {
    page.html { html in
      html.element("div", ["class": "contents"], content: write)
    }
  }

  private func write(to html: inout Markup) {
    html.element("header") { html in
      html.element("p", ["class": "kicker"], "Self-test · \(page.edition)")
      html.element("h1", page.title)
      html.element(
        "p", ["class": report.isPassed ? "badge calm" : "badge strong"],
        report.isPassed ? "Passed" : "Not passed")
    }
    html.element("nav", ["aria-label": "Contents"], content: writeContents)
    html.element("main", ["id": "main"]) { html in
      writeSummary(to: &html)
      writeRequirements(to: &html)
      for requirement in report.requirements { write(requirement, to: &html) }
    }
    html.element("footer") { html in
      html.element(
        "p",
        "An expected value is reached when the observed one, rounded to the same digits, equals it. "
          + "Documented: a value of the suite that is known not to come out, with the reason.")
    }
  }

  private func writeContents(to html: inout Markup) {
    html.element("ol") { html in
      for (title, anchor) in [("Summary", "summary"), ("Requirements", "requirements")] {
        html.element("li") { $0.element("a", ["href": "#" + anchor], title) }
      }
      for (name, _) in report.requirements {
        html.element("li") { $0.element("a", ["href": "#" + anchor(name)], name) }
      }
    }
  }

  private func writeSummary(to html: inout Markup) {
    html.element("section", ["id": "summary"]) { html in
      html.element("h2", "Summary")
      let facts = [
        ("Program", report.program.edition),
        ("Machine", report.machine), ("Date", timestamp(report.date)),
        ("Requirements", "\(report.requirements.count)"), ("Tests", "\(report.tests.count)"),
        ("Passed", "\(report.count(.passed))"), ("Documented", "\(report.count(.documented))"),
        ("Failed", "\(report.count(.failed))"),
      ]
      html.element("dl", ["class": "facts"]) { html in
        for (name, value) in facts {
          html.element("dt", name)
          html.element("dd", value)
        }
      }
    }
  }

  private func writeRequirements(to html: inout Markup) {
    html.element("section", ["id": "requirements"]) { html in
      html.element("h2", "Requirements")
      table(
        "The tests of each requirement",
        ["Requirement", "Tests", "Passed", "Documented", "Failed"], to: &html
      ) { html in
        for (name, tests) in report.requirements {
          html.element("tr") { html in
            html.element("th", ["scope": "row"]) { html in
              html.element("a", ["href": "#" + anchor(name)], name)
            }
            html.element("td", "\(tests.count)")
            for verdict in [QualificationTest.Verdict.passed, .documented, .failed] {
              let count = tests.count { $0.verdict == verdict }
              html.element(
                "td", ["class": verdict == .failed && count > 0 ? "alarm" : nil], "\(count)")
            }
          }
        }
      }
    }
  }

  private func write(
    _ requirement: (name: String, tests: [QualificationTest]), to html: inout Markup
  ) {
    html.newLine()
    html.element("section", ["id": anchor(requirement.name)]) { html in
      html.element("h3", requirement.name)
      table(
        requirement.name,
        ["Test", "Expected", "Observed", "Unrounded", "Tolerance", "Verdict", "Source"], to: &html
      ) { html in
        for test in requirement.tests { write(test, to: &html) }
      }
    }
  }

  private func write(_ test: QualificationTest, to html: inout Markup) {
    html.newLine()
    html.element("tr") { html in
      html.element("th", ["scope": "row"], test.test)
      for text in [test.expected, test.observed, test.unrounded, test.tolerance] {
        html.element("td", text)
      }
      html.element("td", ["class": test.verdict == .failed ? "leading alarm" : "leading"]) { html in
        html.text(test.verdict.rawValue)
        if !test.reason.isEmpty { html.text(": " + test.reason) }
      }
      html.element("td", ["class": "leading prose"], test.source)
    }
  }

  private func table(
    _ caption: String, _ titles: [String], to html: inout Markup, rows: (inout Markup) -> Void
  ) {
    html.element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]
    ) { html in
      html.element("table", ["class": titles.count > 5 ? "wide" : nil]) { html in
        html.element("caption") { $0.element("span", caption) }
        html.element("thead") { html in
          html.element("tr") { html in
            for title in titles { html.element("th", ["scope": "col"], title) }
          }
        }
        html.element("tbody", content: rows)
      }
    }
  }

  private func anchor(_ name: String) -> String { "requirement-" + fileName(name) }
}
