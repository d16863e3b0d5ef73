import Reporting
import Results
import Testing

@Suite struct GradedReportTests {
  @Test func gradesAreCountedByGroupAndMethodsHaveTheirRows() {
    let text = textSummary(Sample.study([ordinal]), width: 100, maximumRows: 40)
    #expect(text.contains("MF-0      6 (60.0)  1 (10.0)"))
    #expect(text.contains("N = 10"))
    #expect(text.contains("Drug against the reference"))
    #expect(text.contains("1.500  [1.100, 2.100]"))
    #expect(!text.contains("In the report as well"))
  }

  @Test func theBarsAreAWellFormedFileWithLabels() {
    let figures = svgFigures(Sample.study([ordinal]))
    #expect(figures.map(\.name) == ["ordinal-o.svg"])
    #expect(malformation(figures[0].svg) == nil)
    #expect(figures[0].svg.contains(">6 (60.0%)<"))
    #expect(figures[0].svg.contains("Placebo: MF-0 6 (60.0%), MF-1 4 (40.0%)."))
    #expect(figures[0].svg.contains("xmlns=\"http://www.w3.org/2000/svg\""))
  }

  @Test func aNumberThatIsNotThereIsExplained() {
    var analysis = ordinal
    analysis.groups.append(
      ResultGroup(
        place([]),
        ["statistic", "p_value"].map {
          Statistic(key("jonckheere-terpstra-exact", $0), .notEstimable("it takes too long"))
        }))
    analysis.methods.append(
      MethodNote(name: "jonckheere-terpstra-exact", title: "JT", summary: "S.", reference: "R"))
    let text = textSummary(Sample.study([analysis]), width: 100, maximumRows: 40)
    #expect(text.contains("NEᵃ"))
    #expect(text.contains("ᵃ it takes too long"))
  }

  @Test func boundsAreShownAsARange() {
    var analysis = AnalysisResult(id: "s", kind: "shift", title: "Shift", level: 0.95)
    let count = { (name: String, value: Double) in
      Statistic(StatisticKey(measure: "shift", name: name), .number(value))
    }
    analysis.groups = ["baseline", "worst"].flatMap { name in
      ["0", "1"].map {
        ResultGroup(place([Grouping(name, $0)]), [count("count", 5), count("percent", 50)])
      }
    }
    analysis.groups.append(
      ResultGroup(
        place([Grouping("baseline", "0"), Grouping("worst", "1")]),
        [count("count_minimum", 1), count("count_maximum", 4)]))
    analysis.groups.append(ResultGroup(place([]), [count("subjects", 10)]))
    let html = htmlReport(Sample.study([analysis]))
    #expect(html.contains("1 to 4"))
    #expect(malformation(svgFigures(Sample.study([analysis]))[0].svg) == nil)
  }

  @Test func aFailedAnalysisShowsItsReasonAlone() {
    var analysis = AnalysisResult(id: "s", kind: "shift", title: "Shift", level: 0.95)
    analysis.outcome = .failed("no table")
    #expect(svgFigures(Sample.study([analysis])).isEmpty)
    #expect(htmlReport(Sample.study([analysis])).contains("no table"))
  }

  private func key(_ method: String, _ name: String) -> StatisticKey {
    StatisticKey(measure: "ordinal", method: method, name: name)
  }

  private func place(_ groups: [Grouping]) -> RowPlace {
    RowPlace(groups: groups, variable: "outcome", level: "Fibrosis")
  }

  private var ordinal: AnalysisResult {
    var analysis = AnalysisResult(id: "o", kind: "ordinal", title: "Fibrosis", level: 0.95)
    let counts = [("Placebo", [6.0, 4]), ("Drug", [1, 9])]
    analysis.groups = counts.flatMap { group, counts in
      zip(["MF-0", "MF-1"], counts).map { category, count in
        ResultGroup(
          place([Grouping("group", group), Grouping("category", category)]),
          [
            Statistic(key("", "count"), .number(count)),
            Statistic(key("", "percent"), .number(10 * count), unit: "%"),
          ])
      }
    }
    let numbers = [
      ("estimate", 1.5), ("lower", 1.1), ("upper", 2.1), ("statistic", 2.5), ("p_value", 0.01),
    ]
    analysis.groups.append(
      ResultGroup(
        place([Grouping("group", "Placebo")]), [Statistic(key("", "subjects"), .number(10))])
    )
    analysis.groups.append(
      ResultGroup(
        place([Grouping("group", "Drug")]),
        [Statistic(key("", "subjects"), .number(10))]
          + numbers.map { Statistic(key("win-odds", $0), .number($1)) }))
    analysis.methods = [
      MethodNote(name: "win-odds", title: "Win odds", summary: "Wins.", reference: "B (2021)"),
      MethodNote(name: "wilcoxon", title: "Wilcoxon", summary: "Ranks.", reference: "W (1945)"),
    ]
    return analysis
  }
}
