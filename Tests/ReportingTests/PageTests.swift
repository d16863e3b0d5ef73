import Inference
import Reporting
import Results
import Testing

/// What reports, indexes and qualifications share.
@Suite struct PageTests {
  private func report(title: String = "A study") -> String {
    htmlReport(
      StudyResults(
        id: "s", title: title, description: nil, sources: [], rounding: .halfAway,
        program: Program(version: "1.0", build: "abc"), analyses: [], published: []))
  }

  private var qualification: String {
    htmlQualification(
      QualificationReport(
        program: Program(version: "1.0", build: "abc"), machine: "a machine", date: 0,
        tests: [
          QualificationTest(
            requirement: "incidence: risk", test: "a test", expected: "1", observed: "1",
            unrounded: "1.0", tolerance: "1e-9", verdict: .passed, reason: "", source: "")
        ]))
  }

  private var index: String {
    let index = BatchIndex(BatchTotals(), version: "1.0")
    return index.head + index.tail
  }

  @Test func allPagesHaveOneStyleAndOneScript() throws {
    for name in ["script", "style"] {
      let parts = try [report(), qualification, index].map { page -> Substring in
        let start = try #require(page.firstRange(of: "<\(name)>")).upperBound
        let end = try #require(page.firstRange(of: "</\(name)>")).lowerBound
        // What is printed at the edges of pages is their own.
        return page[start..<end].split(separator: "@top-left")[0]
      }
      #expect(parts[0].count > 1000)
      #expect(parts.allSatisfy { $0 == parts[0] })
    }
  }

  @Test func pagesAreWellFormed() {
    for page in [report(), qualification, index] { #expect(malformation(page) == nil) }
  }

  @Test func theTitleOfPrintedPagesCannotEndTheStyle() {
    let html = report(title: "A'; } </style> \\ \"b\" \n ü")
    #expect(malformation(html) == nil)
    #expect(
      html.contains("content: 'A\\27 \\3b  \\7d  \\3c \\2f style\\3e  \\5c  \\22 b\\22  \\a  ü'"))
  }

  @Test func printedPagesTellTheirNumberAndTheProgram() {
    #expect(report().contains("content: 'Theriac 1.0, build abc'"))
    #expect(report().contains("content: 'Page ' counter(page) ' of ' counter(pages)"))
  }

  /// Two thousand terms in three comparisons, with their figures.
  @Test func aVeryLongReportStaysSmall() {
    let analyses = (1...3).map { number in
      Sample.comparison(
        (0..<2000).map { term in
          let events = (term % 90 + number, term % 70)
          let place = Sample.comparedPlace(
            "Preferred term number \(term)", system: "System organ class \(term % 26)")
          return Sample.group(
            place,
            Sample.difference(events, of: (640, 655), pValue: 1 / Double(term + 1)) + [
              ("risk-ratio//estimate", .number(1.5)), ("risk-ratio/koopman/lower", .number(0.5)),
              ("risk-ratio/koopman/upper", .number(4.5)),
              ("test/fisher/holm/adjusted_p_value", .number(0.5)),
            ])
        }, id: "c\(number)")
    }
    #expect(htmlReport(Sample.study(analyses)).utf8.count < 2_000_000)
  }
}
