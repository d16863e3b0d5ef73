import Reporting
import Results
import Testing

/// Reports of tables of so many events that nobody reads them all.
@Suite struct ManyEventsTests {
  private let note = "The 1000 most frequent of 1200 events; 200 more are in ard.csv."

  /// Two arms; the later an event, the more frequent, but the first is so in the second arm.
  private var incidence: AnalysisResult {
    Sample.incidence(
      (0..<1200).flatMap { index in
        [
          Sample.risk(Sample.place(arm: "a", term: "Term \(index)."), index, of: 2000),
          Sample.risk(
            Sample.place(arm: "b", term: "Term \(index)."), index == 0 ? 1999 : 0, of: 2000),
        ]
      })
  }

  private var comparison: AnalysisResult {
    Sample.comparison(
      (0..<1200).map { index in
        Sample.group(
          Sample.comparedPlace("Term \(index)."),
          Sample.difference((index, 0), of: (2000, 2000)))
      })
  }

  @Test func ofTooManyEventsTheMostFrequentInAnyArmAreShown() {
    let html = htmlReport(Sample.study([incidence]))
    #expect(html.contains(note))
    #expect(html.contains(">Term 0.<") && html.contains(">Term 1199.<"))
    #expect(html.contains(">Term 201.<"))
    #expect(!html.contains(">Term 1.<") && !html.contains(">Term 200.<"))
    let text = textSummary(Sample.study([incidence]), width: 100, maximumRows: 40)
    #expect(text.contains(note))
    #expect(text.contains("… and 960 more rows in ard.csv"))
  }

  @Test func aFigureCountsTheEventsThatTheTableLeavesOut() {
    let svg = svgFigures(Sample.study([incidence]))[0].svg
    #expect(svg.contains("The 60 most frequent events; 1140 more are in the results."))
  }

  @Test func everyTableAndFigureOfAComparisonSaysSo() {
    let study = Sample.study([comparison])
    let html = htmlReport(study)
    #expect(html.contains(note))
    #expect(!html.contains(">Term 199.<"))
    let figures = svgFigures(study)
    #expect(
      figures[0].svg.contains("The first 60 rows of the table; 1140 more are in the results."))
    #expect(figures[1].svg.contains("of the 1000 most frequent events"))
    #expect(figures[1].svg.utf8.count < 1_000_000)
  }

  @Test func aThousandEventsAreAllShown() {
    let groups = (0..<1000).map { Sample.risk(Sample.place(term: "Term \($0)."), 1, of: 20) }
    let html = htmlReport(Sample.study([Sample.incidence(groups)]))
    #expect(html.contains(">Term 0.<") && html.contains(">Term 999.<"))
    #expect(!html.contains("most frequent of"))
  }
}
