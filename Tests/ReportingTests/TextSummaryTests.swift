import Inference
import Reporting
import Results
import Testing

@Suite struct TextSummaryTests {
  @Test func aTableIsAlignedUnderItsArms() {
    let arms = [("a", 168, [44, 4]), ("b", 85, [29, 2])]
    var analysis = Sample.incidence(
      arms.flatMap { arm, subjects, counts in
        [
          Sample.risk(
            Sample.place(arm: arm, system: "Infections", term: "Cough"), counts[0], of: subjects),
          Sample.risk(Sample.place(arm: arm, term: "Headache"), counts[1], of: subjects),
        ]
      })
    analysis.labels = [Grouping("arm", "a"): "Drug", Grouping("arm", "b"): "Placebo"]
    analysis.warnings = ["Few events."]
    let expected = """
      A study

      aes (incidence)

      Adverse events
                                     Drug                  Placebo
                                  N = 168                   N = 85
                                   Wilson                   Wilson
      Event           n (%)        95% CI      n (%)        95% CI
      ────────────────────────────────────────────────────────────
      Infections
        Cough     44 (26.2)  [10.0, 20.0]  29 (34.1)  [10.0, 20.0]
      Headache      4 (2.4)  [10.0, 20.0]    2 (2.4)  [10.0, 20.0]
      n: subjects with the event; N: subjects at risk; %: of N; CI: confidence interval.
      Warning: Few events.

      """
    let lines = textSummary(Sample.study([analysis]), width: 100, maximumRows: 10)
    #expect(lines == expected)
  }

  @Test func aWideTableContinuesInBlocks() {
    let groups = ["a", "b", "c"].map { arm in
      Sample.risk(Sample.place(arm: arm, term: "Headache"), 3, of: 20)
    }
    let lines = text(Sample.incidence(groups), width: 60).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 60 })
    #expect(lines.count { $0.hasPrefix("Headache") } == 2)
  }

  @Test func aLongTableIsCutAndSaysSo() {
    let groups = (1...7).map { Sample.risk(Sample.place(term: "Term \($0)"), 3, of: 20) }
    let lines = text(Sample.incidence(groups), maximumRows: 5)
    #expect(lines.contains("Term 5 "))
    #expect(!lines.contains("Term 6 "))
    #expect(lines.contains("… and 2 more rows in ard.csv"))
  }

  @Test func aFailedAnalysisShowsItsError() {
    var analysis = AnalysisResult(id: "aes", kind: "incidence", title: "Events", level: 0.95)
    analysis.outcome = .failed("no count of 37 subjects prints as 5.5 %")
    #expect(text(analysis).contains("FAILED: no count of 37 subjects prints as 5.5 %"))
  }

  @Test func anAnalysisWithoutResultsSaysSo() {
    #expect(text(Sample.incidence([])).contains("No results"))
  }

  @Test func manyWarningsAreCounted() {
    var analysis = Sample.incidence([])
    analysis.warnings = (1...10).map { "Number \($0)." }
    #expect(text(analysis).contains("… and 2 more warnings in status.json"))
  }
}

/// The summary of a study of one analysis.
func text(
  _ analysis: AnalysisResult, width: Int = 120, maximumRows: Int = 50,
  rounding: RoundingRule = .halfAway
) -> String {
  textSummary(
    Sample.study([analysis], rounding: rounding), width: width, maximumRows: maximumRows)
}
