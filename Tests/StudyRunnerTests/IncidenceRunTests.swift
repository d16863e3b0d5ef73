import Results
import StudyRunner
import Testing

private func analysis(_ keys: String) -> String {
  #"[{"id": "i", "kind": "incidence", \#(keys)}]"#
}

@Suite struct IncidenceRunTests {
  @Test func aRiskHasItsCountsThenTheLimitsOfEachMethod() async throws {
    let text = studyText(
      analyses: analysis(#""trial": "t", "measure": "risk", "methods": ["wilson", "wald"]"#))
    #expect(
      try await result(text).lines == [
        "a X: risk events = 3.0 (ok)", "a X: risk subjects = 37.0 (ok)",
        "a X: risk percent = 8.108108 (ok)", "a X: risk estimate = 0.081081 (ok)",
        "a X: risk wilson lower = 0.027961 (ok)", "a X: risk wilson upper = 0.213007 (ok)",
        "a X: risk wald lower = 0.0 (ok)", "a X: risk wald upper = 0.169033 (ok)",
      ])
  }

  @Test func aRateIsGivenPerHundredPersonYears() async throws {
    let text = studyText(
      analyses: analysis(#""trial": "t", "measure": "rate", "methods": ["exact"]"#))
    #expect(
      try await result(text).lines == [
        "a X: rate events = 3.0 (ok)", "a X: rate person_years = 2.0 (ok)",
        "a X: rate estimate = 150.0 (ok)", "a X: rate exact lower = 30.933606 (ok)",
        "a X: rate exact upper = 438.363653 (ok)",
      ])
    let group = try #require(try await result(text).groups.first)
    #expect(
      group.statistics.map(\.unit) == ["", "years"]
        + Array(repeating: "per 100 person-years", count: 3))
  }

  @Test(arguments: [("lower", ["wilson lower"]), ("upper", ["wilson upper"])])
  func aOneSidedIntervalHasOneLimit(side: String, limits: [String]) async throws {
    let text = studyText(
      analyses: analysis(
        #""trial": "t", "measure": "risk", "methods": ["wilson"], "sides": "\#(side)", "level": 0.975"#
      ))
    let twoSided = try await result(studyText()).lines
    let lines = try await result(text).lines
    #expect(lines == twoSided.filter { !$0.contains("wilson") || $0.contains(limits[0]) })
  }

  @Test func occurrencesMayBeCountedAndThenWarn() async throws {
    let text = studyText(
      events: #"[{"term": "X", "counts": {"a": {"subjects": 3, "events": 8}}}]"#,
      analyses: analysis(
        #""trial": "t", "measure": "rate", "numerator": "events", "methods": ["exact"]"#))
    let result = try await result(text)
    #expect(result.lines.first == "a X: rate events = 8.0 (ok)")
    #expect(result.warnings.count == 1)
    #expect(
      result.groups[0].statistics.map { $0.warning != nil } == [false, false, false, true, true])
  }

  @Test func theRiskSetAndTimeOfAnEventReplaceTheArms() async throws {
    let events =
      #"[{"term": "X", "counts": {"a": {"subjects": 3, "atRisk": 10, "personYears": 1}}}]"#
    let risk = try await result(studyText(events: events))
    #expect(risk.lines[1] == "a X: risk subjects = 10.0 (ok)")
    let rate = studyText(
      events: events, analyses: analysis(#""trial": "t", "measure": "rate", "methods": ["exact"]"#))
    #expect(try await result(rate).lines[1] == "a X: rate person_years = 1.0 (ok)")
  }

  @Test func nobodyAtRiskGivesNoNumbers() async throws {
    let text = studyText(
      arms: #"[{"id": "a", "label": "A", "subjects": 0}]"#,
      events: #"[{"term": "X", "counts": {"a": 0}}]"#)
    let result = try await result(text)
    #expect(result.outcome == .completed)
    #expect(
      result.lines == [
        "a X: risk events = 0.0 (ok)", "a X: risk subjects = 0.0 (ok)",
        "a X: risk percent = none (not-estimable)", "a X: risk estimate = none (not-estimable)",
        "a X: risk wilson lower = none (not-estimable)",
        "a X: risk wilson upper = none (not-estimable)",
      ])
  }

  @Test func aWaldIntervalWithoutEventsIsGivenWithAWarning() async throws {
    let text = studyText(
      events: #"[{"term": "X", "counts": {"a": 0}}]"#,
      analyses: analysis(#""trial": "t", "measure": "risk", "methods": ["wald"]"#))
    let result = try await result(text)
    #expect(
      result.lines.suffix(2) == [
        "a X: risk wald lower = 0.0 (ok)", "a X: risk wald upper = 0.0 (ok)",
      ])
    #expect(result.groups[0].statistics.suffix(2).allSatisfy { $0.warning != nil })
    #expect(result.warnings.count == 1)
  }

  @Test func aWaldRateWithoutEventsIsGivenWithAWarning() async throws {
    let text = studyText(
      events: #"[{"term": "X", "counts": {"a": 0}}]"#,
      analyses: analysis(#""trial": "t", "measure": "rate", "methods": ["wald"]"#))
    let result = try await result(text)
    #expect(
      result.lines.suffix(2) == [
        "a X: rate wald lower = 0.0 (ok)", "a X: rate wald upper = 0.0 (ok)",
      ])
    #expect(result.groups[0].statistics.suffix(2).allSatisfy { $0.warning != nil })
    #expect(result.warnings.count == 1)
  }

  @Test(arguments: [
    ("risk", "logit", 0, "no subject had the event"),
    ("risk", "logit", 37, "every subject had the event"), ("rate", "wald-log", 0, "no events"),
  ])
  func anIntervalThatDoesNotExistHasItsReason(
    measure: String, method: String, events: Int, reason: String
  ) async throws {
    for (sides, count) in [("two", 2), ("lower", 1), ("upper", 1)] {
      let text = studyText(
        events: #"[{"term": "X", "counts": {"a": \#(events)}}]"#,
        analyses: analysis(
          #""trial": "t", "measure": "\#(measure)", "methods": ["\#(method)"], "sides": "\#(sides)""#
        ))
      let result = try await result(text)
      #expect(result.outcome == .completed)
      let limits = try #require(result.groups.first).statistics.filter { $0.key.method != "" }
      #expect(limits.map(\.value) == Array(repeating: .notEstimable(reason), count: count))
    }
  }

  @Test func anEventIsKeptWhenAnyArmReachesThePercentage() async throws {
    let text = studyText(
      arms: """
        [{"id": "a", "label": "A", "subjects": 2000, "personYears": 1},
         {"id": "b", "label": "B", "subjects": 2000, "personYears": 1}]
        """,
      events: """
        [{"term": "just", "counts": {"a": {"subjects": 3, "events": 3}, "b": {"subjects": 0, "events": 0}}},
         {"term": "rare", "counts": {"a": {"subjects": 2, "events": 99}}}]
        """,
      analyses: """
        [{"id": "i", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson"],
          "minimumPercent": 0.15},
         {"id": "j", "kind": "incidence", "trial": "t", "measure": "rate", "numerator": "events",
          "methods": ["exact"], "minimumPercent": 0.15}]
        """)
    for result in try await run(text).analyses {
      #expect(result.groups.map(\.place.level) == ["just", "just"])
    }
  }

  @Test func placesNameTrialArmSystemAndTerm() async throws {
    let text = studyText(
      events: """
        [{"term": "X", "system": "S", "grade": 3, "serious": true, "counts": {"a": 1}},
         {"system": "S", "counts": {"a": 2}}, {"term": "Y", "counts": {"a": 0}}]
        """)
    let places = try await result(text).groups.map(\.place)
    let (trial, arm) = (Grouping("trial", "t"), Grouping("arm", "a"))
    #expect(
      places == [
        RowPlace(
          groups: [trial, arm, Grouping("system", "S")], variable: "term",
          level: "X [grade 3] [serious]"),
        RowPlace(groups: [trial, arm, Grouping("system", "S")], variable: "system", level: "S"),
        RowPlace(groups: [trial, arm, nil], variable: "term", level: "Y"),
      ])
  }

  @Test func countsWrittenIntoTheAnalysisHaveTheirLabelAsArm() async throws {
    let text = studyText(
      analyses: analysis(
        #""counts": [{"label": "x y", "events": 1, "subjects": 4}], "measure": "risk", "methods": ["wald"]"#
      ))
    let group = try #require(try await result(text).groups.first)
    #expect(
      group.place
        == RowPlace(groups: [nil, Grouping("arm", "x y"), nil], variable: "term", level: ""))
    #expect(group.statistic(StatisticKey(measure: "risk", name: "percent"))?.value == .number(25))
  }
}
