import Inference
import Reporting
import Results
import Testing

@Suite struct IncidenceTableTests {
  @Test(arguments: [
    (1, 16, RoundingRule.halfAway, "(6.3)"),  // 6.25
    (1, 16, .halfEven, "(6.2)"),
    (0, 7, .halfAway, "(0.0)"),
    (1, 2500, .halfAway, "(0.04)"),
    (1, 2000, .halfAway, "(0.1)"),  // 0.05
    (1, 20_000, .halfAway, "(0.01)"),  // 0.005
    (1, 20_001, .halfAway, "(0.0050)"),
    (3, 1_000_000, .halfAway, "(0.00030)"),
    (7, 7, .halfAway, "(100.0)"),
  ])
  func percentagesAreRoundedAsTheStudySays(
    events: Int, subjects: Int, rounding: RoundingRule, expected: String
  ) {
    let group = Sample.risk(Sample.place(term: "Headache"), events, of: subjects)
    #expect(text(Sample.incidence([group]), rounding: rounding).contains("\(events) \(expected)"))
  }

  @Test(arguments: [
    (0.0625, RoundingRule.halfAway, "[6.3,"),
    (0.0625, .halfEven, "[6.2,"),
    (0.1345, .halfEven, "[13.4,"),  // 100 · 0.1345 is above 13.45 as a double
    (0.0004, .halfAway, "[0.04,"),
    (0.0, .halfAway, "[0.0,"),
  ])
  func limitsAreRoundedAsPercentages(lower: Double, rounding: RoundingRule, expected: String) {
    let group = Sample.risk(
      Sample.place(term: "Headache"), 3, of: 20, lower: .number(lower))
    #expect(text(Sample.incidence([group]), rounding: rounding).contains(expected))
  }

  @Test func oneSidedIntervalsShowTheirLimit() {
    let place = Sample.place(term: "Headache")
    let lower = text(Sample.incidence([Sample.risk(place, 3, of: 20, upper: nil)]))
    let upper = text(Sample.incidence([Sample.risk(place, 3, of: 20, lower: nil)]))
    #expect(lower.contains("≥ 10.0"))
    #expect(upper.contains("≤ 20.0"))
    #expect(upper.contains("≥ and ≤: one-sided confidence limits"))
  }

  @Test func aReconstructedCountIsMarkedAndExplained() {
    let group = Sample.risk(Sample.place(term: "Headache"), 3, of: 20, isReconstructed: true)
    let shown = text(Sample.incidence([group]))
    #expect(shown.contains("3 (15.0)†"))
    #expect(shown.contains("† The count was rebuilt from a printed percentage"))
  }

  @Test func whatCannotBeEstimatedSaysWhy() {
    let reason = "no subject was at risk"
    let group = Sample.risk(
      Sample.place(term: "Headache"), 3, of: 20, lower: .notEstimable(reason),
      upper: .notEstimable(reason))
    let shown = text(Sample.incidence([group]))
    #expect(shown.contains("NEᵃ"))
    #expect(shown.contains("ᵃ no subject was at risk"))
    #expect(shown.contains("NE: not estimable"))
  }

  @Test func equalWarningsShareAMark() {
    let groups = ["Cough", "Headache", "Nausea"].map { term in
      Sample.risk(
        Sample.place(term: term), 3, of: 20,
        warning: term == "Nausea" ? "Other." : "Unreliable with few events.")
    }
    let shown = text(Sample.incidence(groups))
    #expect(shown.split(separator: "[10.0, 20.0]ᵃ").count == 3)
    #expect(shown.contains("[10.0, 20.0]ᵇ"))
    #expect(shown.contains("ᵃ Unreliable with few events.\nᵇ Other.\n"))
  }

  @Test func manyDifferentWarningsDoNotFillThePage() {
    let groups = (0..<300).map { index in
      Sample.risk(Sample.place(term: "Term \(index)"), 3, of: 20, warning: "Warning \(index).")
    }
    let shown = text(Sample.incidence(groups), maximumRows: 400)
    #expect(shown.contains("Warning 19."))
    #expect(!shown.contains("Warning 20."))
    #expect(shown.contains("* Further remarks on single numbers are in ard.csv."))
  }

  @Test func anArmThatDidNotReportAnEventIsNotZero() {
    let groups = [
      Sample.risk(Sample.place(arm: "a", term: "Cough"), 3, of: 20),
      Sample.risk(Sample.place(arm: "b", term: "Headache"), 4, of: 20),
    ]
    let shown = text(Sample.incidence(groups))
    #expect(shown.contains("–: not reported"))
    #expect(!shown.contains("0 (0.0)"))
  }

  @Test func theDenominatorStandsInTheCellsWhereItDiffers() {
    let groups = [
      Sample.risk(Sample.place(term: "Cough"), 3, of: 20),
      Sample.risk(Sample.place(term: "Headache"), 4, of: 16),
    ]
    let shown = text(Sample.incidence(groups))
    #expect(shown.contains("n/N (%)"))
    #expect(shown.contains("3/20 (15.0)"))
    #expect(shown.contains("4/16 (25.0)"))
    #expect(!shown.contains("N = "))
  }

  @Test func ratesShowEventsOverTimeAndUnboundedLimits() {
    let group = Sample.rate(
      Sample.place(trial: nil, arm: "Extension", term: ""), 3, personYears: 88,
      lower: .number(0.7), upper: .unbounded(.above))
    let shown = text(Sample.incidence([group]))
    #expect(shown.contains("3/88.0 (3.41)"))
    #expect(shown.contains("[0.70, ∞)"))
    #expect(shown.contains("rate: per 100 person-years"))
  }

  @Test func countsWrittenIntoTheAnalysisHaveTheirGroupsAsRows() {
    let groups = ["Stage 1", "Stage 2"].map { label in
      Sample.risk(Sample.place(trial: nil, arm: label, term: ""), 3, of: 20)
    }
    let lines = text(Sample.incidence(groups)).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("Group ") })
    #expect(lines.contains { $0.hasPrefix("Stage 2 ") && $0.contains("3/20 (15.0)") })
  }

  @Test func eachTrialHasItsTableAndNamesItsArms() {
    var analysis = Sample.incidence(
      ["t1", "t2"].map { Sample.risk(Sample.place(trial: $0, term: "Cough"), 3, of: 20) })
    analysis.labels = [
      Grouping("trial", "t1"): "First trial", Grouping("trial/arm", "t1/a"): "Low dose",
      Grouping("trial/arm", "t2/a"): "High dose", Grouping("arm", "a"): "Wrong",
    ]
    let shown = text(analysis)
    for expected in [
      "Adverse events – First trial", "Adverse events – t2", "Low dose", "High dose",
    ] {
      #expect(shown.contains(expected))
    }
    #expect(!shown.contains("Wrong"))
  }

  @Test func aSystemsOwnCountsStandInItsHeading() {
    let system = RowPlace(
      groups: [Grouping("trial", "t"), Grouping("arm", "a"), nil], variable: "system",
      level: "Infections")
    let groups = [
      Sample.risk(Sample.place(system: "Infections", term: "Cough"), 3, of: 20),
      Sample.risk(system, 5, of: 20),
    ]
    let lines = text(Sample.incidence(groups)).split(separator: "\n")
    let heading = lines.firstIndex { $0.hasPrefix("Infections ") && $0.contains("5 (25.0)") }
    let event = lines.firstIndex { $0.hasPrefix("  Cough ") }
    #expect(heading.map { $0 + 1 } == event)
  }

  @Test func manyMethodsAreSplitOverTables() {
    let names = (1...8).map { "method-\($0)" }
    let statistics = names.flatMap { name in
      ["lower", "upper"].map { limit in
        Statistic(StatisticKey(measure: "risk", method: name, name: limit), .number(0.5))
      }
    }
    let counts = Sample.risk(Sample.place(term: "Cough"), 3, of: 20, lower: nil, upper: nil)
    let group = ResultGroup(counts.place, counts.statistics + statistics)
    let report = htmlReport(Sample.study([Sample.incidence([group])]))
    #expect(report.contains("Adverse events – method-1, method-2, method-3, method-4<"))
    #expect(report.contains("Adverse events – method-5, method-6, method-7, method-8<"))
  }

  @Test func theTerminalShowsTheFirstMethodAndTheNotes() {
    let groups = [
      Sample.risk(Sample.place(term: "Cough"), 3, of: 20),
      ResultGroup(
        RowPlace(
          groups: [Grouping("trial", "t"), Grouping("arm", "a")], variable: "reconstruction",
          level: ""),
        [Statistic(StatisticKey(measure: "reconstruction", name: "fitting_subjects"), .number(1))]),
    ]
    var analysis = Sample.incidence(groups)
    analysis.methods.append(MethodNote(name: "m", title: "Another", summary: "", reference: ""))
    analysis.notes = ["Counts were rebuilt."]
    let shown = text(analysis)
    #expect(shown.contains("In the report as well: Another."))
    #expect(shown.contains("Counts were rebuilt."))
    #expect(!shown.contains("fitting_subjects"))
  }

  @Test func otherKindsAreShownRowByRow() {
    var analysis = AnalysisResult(id: "ed50", kind: "unheard-of", title: "Curve", level: 0.95)
    let place = RowPlace(
      groups: [Grouping("curve", "c1")], variable: "effective_dose", level: "ED50")
    let key = StatisticKey(measure: "log-logistic-4", name: "estimate")
    analysis.groups = [
      ResultGroup(
        place,
        [
          Statistic(key, .number(1.23456), unit: "mg"),
          Statistic(key, .censored(.above, bound: 100)),
          Statistic(key, .number(1.23456e-9)),
        ])
    ]
    let lines = text(analysis).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("c1 · ED50 ") && $0.contains("1.235  mg") })
    #expect(lines.contains { $0.contains("> 100") && $0.contains("censored-above") })
    #expect(lines.contains { $0.contains("1.235e-09") })
  }
}
