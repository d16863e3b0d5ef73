import Reporting
import Results
import Testing

@Suite struct HTMLReportTests {
  private let group = Sample.risk(Sample.place(term: "Cough <b>"), 3, of: 20)

  @Test func theReportIsWellFormedAndNeedsNoNetwork() {
    let study = Sample.study([Sample.incidence([group])], published: [check(.reproduced)])
    let html = htmlReport(study)
    #expect(malformation(html) == nil)
    #expect(!html.contains("<link") && !html.contains("src=") && !html.contains("@import"))
    #expect(html.contains("Cough &lt;b&gt;"))
  }

  @Test func tablesCanBeReadByAScreenReader() {
    let html = htmlReport(Sample.study([Sample.incidence([group])]))
    for expected in [
      "<html lang=\"en\">", "<caption>", "scope=\"colgroup\"", "scope=\"col\"", "scope=\"row\"",
      "<title id=\"incidence-aes-1-title\">",
    ] {
      #expect(html.contains(expected))
    }
  }

  @Test func aFailedAnalysisIsProminent() {
    var analysis = AnalysisResult(id: "aes", kind: "incidence", title: "Events", level: 0.95)
    analysis.outcome = .failed("no count prints as 5.5 %")
    let html = htmlReport(Sample.study([analysis]))
    #expect(
      html.contains(
        "<p class=\"failure\"><b>This analysis failed.</b> no count prints as 5.5 %</p>"))
  }

  @Test func publishedValuesThatDifferComeFirstAndOpen() throws {
    let checks = [check(.reproduced), check(.explained), check(.differs)]
    let html = htmlReport(Sample.study([Sample.incidence([group])], published: checks))
    #expect(!html.contains("<details>"))
    #expect(html.contains("Of 3 published values: 1 reproduced, 1 explained, 1 differs."))
    let places = try ["<b>differs</b>", "<b>explained</b>", "<b>reproduced</b>"].map { verdict in
      try #require(html.firstRange(of: verdict)).lowerBound
    }
    #expect(places == places.sorted())
  }

  @Test func publishedValuesThatAllReproduceAreFoldedAway() {
    let checks = [check(.reproduced), check(.consistent)]
    let html = htmlReport(Sample.study([Sample.incidence([group])], published: checks))
    #expect(html.contains("<details>"))
  }

  @Test func sourcesAreLinkedFromWhatUsesThem() {
    var analysis = Sample.incidence([group])
    analysis.sources = ["mei-2021"]
    let source = StudyResults.Source(
      id: "mei-2021", citation: "Mei (2021)", doi: "10.1186/x", url: "javascript:alert(1)")
    let html = htmlReport(Sample.study([analysis], sources: [source]))
    #expect(html.contains("<a href=\"#source-mei-2021\">mei-2021</a>: Mei (2021)"))
    #expect(html.contains("<li id=\"source-mei-2021\">"))
    #expect(html.contains("https://doi.org/10.1186/x"))
    #expect(!html.contains("javascript"))
  }

  @Test func theProgramIsNamed() {
    #expect(htmlReport(Sample.study([])).contains("Theriac 1.0, build abc"))
  }

  @Test func aVeryLongTableIsCutAndSaysSo() {
    var analysis = AnalysisResult(id: "x", kind: "other", title: "X", level: 0.95)
    let statistics = (0..<5010).map {
      Statistic(StatisticKey(measure: "m", name: "s\($0)"), .number(1))
    }
    analysis.groups = [ResultGroup(Sample.place(term: "Term"), statistics)]
    let html = htmlReport(Sample.study([analysis]))
    #expect(html.contains("The first 5000 rows; 10 more are in ard.csv."))
  }

  @Test func belowEachTableStandWhoWasCountedHowAndByWhat() throws {
    var analysis = Sample.comparison([
      Sample.group(
        Sample.comparedPlace("Cough"),
        Sample.difference((3, 1)) + [
          ("risk-difference/wald/lower", .number(0)), ("risk-difference/wald/upper", .number(0.1)),
        ])
    ])
    analysis.notes = ["Subjects with the event."]
    analysis.sources = ["mei-2021"]
    let source = StudyResults.Source(
      id: "mei-2021", citation: "Mei (2021)", doi: nil, url: nil)
    let html = htmlReport(Sample.study([analysis], sources: [source]))
    let section = try #require(html.split(separator: "<section id=\"analysis-drug\">").last)
    let notes = section.split(separator: "<div class=\"notes\">").dropFirst()
      .map { $0.split(separator: "</div>")[0] }
    #expect(notes.count == 2)
    #expect(notes[0].contains("<b>Population and conventions.</b> Subjects with the event."))
    #expect(notes[0].contains("Level 95%, not adjusted for multiplicity. <a href=\"#method-1\">"))
    #expect(notes[1].contains("<b>Population and methods.</b> As below Table 1."))
    for note in notes {
      #expect(note.contains("Differences: Drug − Placebo."))
      #expect(note.contains("mei-2021</a>: Mei (2021)"))
      #expect(note.contains("<b>Program.</b> Theriac 1.0, build abc."))
    }
  }

  @Test func theContentsTellWhichTablesAndFiguresAnAnalysisHas() {
    let html = htmlReport(Sample.study([Sample.incidence([group]), Sample.incidence([group])]))
    #expect(html.contains("<small>Table 1, Figure 1</small>"))
    #expect(html.contains("<small>Table 2, Figure 2</small>"))
  }

  private func check(_ verdict: PublishedCheck.Verdict) -> PublishedCheck {
    PublishedCheck(
      analysis: "aes", place: group.place,
      statistic: StatisticKey(measure: "risk", name: "percent"), published: "15.0",
      computed: "15.0", verdict: verdict, reason: nil, source: nil)
  }
}
