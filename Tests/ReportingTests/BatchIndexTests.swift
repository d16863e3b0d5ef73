import Inference
import Reporting
import Results
import Testing

private func status(_ id: String, verdicts: [PublishedCheck.Verdict] = []) -> StudyStatus {
  var result = AnalysisResult(id: "a b", kind: "incidence", title: "R & <D>", level: 0.95)
  if id == "failed" { result.outcome = .failed("0 < 1") }
  let checks = verdicts.map {
    PublishedCheck(
      analysis: "a b", place: RowPlace(groups: [], variable: "term", level: "X"),
      statistic: StatisticKey(measure: "risk", name: "percent"), published: "1", computed: "2",
      verdict: $0, reason: nil, source: nil)
  }
  return StudyStatus(
    StudyResults(
      id: id, title: "T \"\(id)\"", description: nil, sources: [], rounding: .halfAway,
      program: Program(version: "1", build: "b"), analyses: [result], published: checks))
}

private func page(_ studies: [StudyStatus]) -> (head: String, rows: String, tail: String) {
  var totals = BatchTotals()
  for study in studies { totals.add(study) }
  let index = BatchIndex(totals, version: "1")
  return (index.head, studies.map(index.rows).joined(), index.tail)
}

@Suite struct BatchIndexTests {
  @Test func eachAnalysisHasARowThatLinksToItsReport() {
    let page = page([status("one", verdicts: [.reproduced]), status("failed")])

    #expect(malformation("<t>" + page.rows + "</t>") == nil)
    #expect(page.rows.split(separator: "<tr").count == 3)
    #expect(page.rows.contains("href=\"one/report.html\" title=\"T &quot;one&quot;\""))
    #expect(page.rows.contains("href=\"one/report.html#analysis-a"))
    #expect(page.rows.contains("<tr class=\"differs\"><td"))
    #expect(page.rows.contains("<b>failed</b>: 0 &lt; 1"))
  }

  @Test func theHeadHasThePublishedValuesOfAllStudies() {
    let page = page([
      status("one", verdicts: [.reproduced, .explained]), status("two", verdicts: [.differs]),
    ])

    #expect(page.head.contains("Published values: 1 reproduced, 1 explained, 1 differs."))
    #expect(page.head.contains("href=\"two/report.html#published-values\""))
    #expect(page.head.contains("<b class=\"alarm\">1</b> of 2 studies need attention."))
  }

  @Test func nothingIsFetched() {
    let page = page([status("one")])
    let html = page.head + page.rows + page.tail

    #expect(!html.contains("http") && !html.contains("src=") && !html.contains("<link"))
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
    #expect(html.contains("<title>Results of 1 study</title>"))
  }

  @Test func aStudyWithoutStatusIsShown() {
    let row = BatchIndex(BatchTotals(), version: "1").row(unreadable: "old")
    #expect(malformation("<t>" + row + "</t>") == nil)
    #expect(row.contains("unreadable") && row.split(separator: "<td").count == 8)
  }
}
