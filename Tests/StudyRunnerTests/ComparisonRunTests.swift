import Results
import StudyDefinition
import StudyRunner
import Testing

private let twoArms = """
  [{"id": "a", "label": "Arm A", "subjects": 34, "personYears": 56},
   {"id": "b", "label": "Arm B", "subjects": 34, "personYears": 29},
   {"id": "c", "label": "Arm C", "subjects": 16}]
  """

private func analysis(_ content: String, id: String = "i") -> String {
  #"{"id": "\#(id)", "kind": "comparison", \#(content)}"#
}

private func table(_ content: String) async throws -> AnalysisResult {
  let table =
    #""table": {"treatment": {"events": 7, "subjects": 34}, "#
    + #""reference": {"events": 1, "subjects": 34}}, "#
  return try await result(studyText(analyses: "[\(analysis(table + content))]"))
}

private func compared(
  _ content: String, events: String = #"[{"term": "X", "counts": {"a": 7, "b": 1, "c": 0}}]"#
) async throws -> AnalysisResult {
  let arms = #""treatment": "t/a", "reference": "t/b", "#
  let text = studyText(
    arms: twoArms, events: events, analyses: "[\(analysis(arms + content))]")
  return try await result(text)
}

@Suite struct ComparisonRunTests {
  @Test func rowsComeInTheOrderOfMeasuresAndMethods() async throws {
    let found = try await table(
      #""methods": {"odds-ratio": ["conditional-exact"], "risk-difference": ["mee"]}, "tests": ["fisher", "chi-square"]"#
    )
    #expect(
      found.lines.suffix(11) == [
        " : odds-ratio estimate = 8.555556 (ok)",
        " : odds-ratio conditional-exact estimate = 8.329344 (ok)",
        " : odds-ratio conditional-exact lower = 0.973274 (ok)",
        " : odds-ratio conditional-exact upper = 396.994002 (ok)",
        " : risk-difference estimate = 0.176471 (ok)",
        " : risk-difference mee lower = 0.028371 (ok)",
        " : risk-difference mee upper = 0.34394 (ok)",
        " : test fisher p_value = 0.0544 (ok)", " : test chi-square statistic = 5.1 (ok)",
        " : test chi-square df = 1.0 (ok)", " : test chi-square p_value = 0.023926 (ok)",
      ])
    #expect(
      found.groups.map(\.place) == [
        RowPlace(
          groups: [Grouping("treatment", "treatment"), Grouping("reference", "reference"), nil],
          variable: "term", level: "")
      ])
  }

  @Test func aTestThatContradictsAnIntervalSaysSo() async throws {
    let found = try await table(
      #""methods": {"odds-ratio": ["conditional-exact", "score"]}, "tests": ["chi-square", "fisher-central"]"#
    )
    let warnings = found.groups[0].statistics.compactMap(\.warning)
    #expect(
      warnings == [
        "contradicts the interval: odds-ratio conditional-exact",
        "contradicts the interval: odds-ratio score",
      ])
    #expect(found.warnings.count == 1)
  }

  @Test func armsOfOneTrialArePooled() async throws {
    let pooled =
      #""treatment": ["t/a", "t/c"], "reference": "t/b", "methods": {"risk-difference": ["wald"]}"#
    let events =
      #"[{"term": "X", "counts": {"a": 7, "b": 1, "c": 5}}, {"term": "Y", "counts": {"a": 7, "b": 1}}]"#
    let found = try await result(
      studyText(arms: twoArms, events: events, analyses: "[\(analysis(pooled))]"))
    #expect(found.groups.map { $0.place.level(of: "treatment") } == ["t/a+c"])
    #expect(
      found.lines.prefix(2).map { $0 } == [
        " X: risk treatment_events = 12.0 (ok)", " X: risk treatment_subjects = 50.0 (ok)",
      ])
    #expect(found.warnings == ["Left out, since not both groups report them: Y."])
  }

  @Test func oneSidedLimitsComeWithTheirTest() async throws {
    // The non-inferiority test of SAS for 36/154 v 12/77, margin 0.036.
    let found = try await result(
      studyText(
        analyses: "["
          + analysis(
            #""table": {"treatment": {"events": 36, "subjects": 154}, "reference": {"events": 12, "subjects": 77}}, "sides": "lower", "null": {"risk-difference": -0.036}, "methods": {"risk-difference": ["mee", "newcombe", "exact-score"]}"#
          ) + "]"))
    #expect(
      found.lines.filter { $0.contains("risk-difference ") }.suffix(6).map { $0 } == [
        " : risk-difference mee lower = -0.016279 (ok)",
        " : risk-difference mee statistic = 1.963179 (ok)",
        " : risk-difference mee p_value = 0.024813 (ok)",
        " : risk-difference newcombe lower = -0.016658 (ok)",
        " : risk-difference exact-score lower = -0.021769 (ok)",
        " : risk-difference exact-score p_value = 0.029998 (ok)",
      ])
  }

  @Test func aZeroPatternFailsNoTable() async throws {
    let found = try await compared(
      #""methods": {"risk-ratio": ["log", "koopman"], "risk-difference": ["wald"]}, "tests": ["fisher", "chi-square"]"#,
      events: #"[{"term": "X", "counts": {"a": 0, "b": 0}}]"#)
    #expect(found.outcome == .completed)
    #expect(
      found.lines.suffix(12) == [
        " X: risk-ratio estimate = none (not-estimable)",
        " X: risk-ratio log lower = none (not-estimable)",
        " X: risk-ratio log upper = none (not-estimable)",
        " X: risk-ratio koopman lower = 0.0 (ok)",
        " X: risk-ratio koopman upper = none (unbounded)",
        " X: risk-difference estimate = 0.0 (ok)", " X: risk-difference wald lower = 0.0 (ok)",
        " X: risk-difference wald upper = 0.0 (ok)", " X: test fisher p_value = 1.0 (ok)",
        " X: test chi-square statistic = 0.0 (ok)", " X: test chi-square df = 1.0 (ok)",
        " X: test chi-square p_value = 1.0 (ok)",
      ])
    let wald = found.groups[0].statistics.filter { $0.key.method == "wald" }
    #expect(wald.allSatisfy { $0.warning == "degenerate interval: a single point" })
  }

  @Test func ratesAreComparedOverPersonYears() async throws {
    let found = try await compared(
      #""per": 100, "methods": {"rate-difference": ["wald"], "rate-ratio": ["conditional-exact"]}, "tests": ["poisson-score"]"#
    )
    #expect(
      found.lines.prefix(9).map { $0 } == [
        " X: rate treatment_events = 7.0 (ok)", " X: rate treatment_person_years = 56.0 (ok)",
        " X: rate treatment_estimate = 12.5 (ok)", " X: rate reference_events = 1.0 (ok)",
        " X: rate reference_person_years = 29.0 (ok)",
        " X: rate reference_estimate = 3.448276 (ok)",
        " X: rate-difference estimate = 9.051724 (ok)",
        " X: rate-difference wald lower = -2.412312 (ok)",
        " X: rate-difference wald upper = 20.51576 (ok)",
      ])
    let units = Set(found.groups[0].statistics.map(\.unit))
    #expect(units == ["", "years", "per 100 person-years"])
  }

  @Test func pValuesAreAdjustedOverTheTerms() async throws {
    let events = """
      [{"term": "X", "system": "S", "counts": {"a": 10, "b": 0}},
       {"term": "Y", "system": "S", "counts": {"a": 5, "b": 1}},
       {"term": "Z", "system": "U", "counts": {"a": 3, "b": 3}}]
      """
    let found = try await compared(
      #""methods": {}, "tests": ["fisher"], "multiplicity": ["bonferroni", "double-fdr"]"#,
      events: events)
    let adjusted = found.groups.map { group in
      group.statistics.filter { $0.key.method == "fisher/bonferroni" }.map { $0.value.stored }
    }
    let raw = found.groups.map { $0.statistics.first { $0.key.method == "fisher" }?.value.stored }
    for (adjusted, raw) in zip(adjusted, raw) {
      #expect(adjusted == [min(1, 3 * (try #require(raw ?? nil)))])
    }
    let names = found.groups[0].statistics.filter { $0.key.method == "fisher/double-fdr" }
    #expect(names.map(\.key.name) == ["adjusted_p_value", "system_p_value", "flag"])
    #expect(names.last?.value.stored == 1)
  }

  @Test func strataStandByThemselvesAndPooled() async throws {
    let strata = """
      "strata": [
       {"label": "one", "treatment": {"events": 4, "subjects": 10}, "reference": {"events": 2, "subjects": 20}},
       {"label": "two", "treatment": {"events": 3, "subjects": 10}, "reference": {"events": 0, "subjects": 10}},
       {"label": "three", "treatment": {"events": 0, "subjects": 0}, "reference": {"events": 1, "subjects": 9}}],
      "methods": {"risk-difference": ["miettinen-nurminen", "mantel-haenszel"], "odds-ratio": ["miettinen-nurminen"]},
      "tests": ["cochran-mantel-haenszel"]
      """
    let found = try await result(studyText(analyses: "[\(analysis(strata))]"))
    #expect(
      found.groups.map { $0.place.level(of: "stratum") } == ["one", "two", "three", nil])
    let methods = found.groups[3].statistics.map(\.key.method)
    #expect(
      methods.filter { $0.hasPrefix("miettinen") } == [
        "miettinen-nurminen/mantel-haenszel", "miettinen-nurminen/mantel-haenszel",
        "miettinen-nurminen/mantel-haenszel", "miettinen-nurminen/inverse-variance",
        "miettinen-nurminen/inverse-variance", "miettinen-nurminen/inverse-variance",
      ])
    let statistic = found.groups[3].statistics.first { $0.key.name == "statistic" }
    let chiSquare = try #require(statistic?.value.stored)
    #expect(abs(chiSquare.squareRoot() - 2.627423) < 5e-7)
    #expect(
      found.warnings == ["left out of what is pooled, no subjects in one of the groups: three."])
  }

  @Test func armsOfTwoTrialsAreNotRandomised() async throws {
    let text = """
      {"theriac": 1, "id": "s", "title": "T", "trials": [
       {"id": "t", "arms": [{"id": "a", "label": "A", "subjects": 40}],
        "events": [{"term": "X", "system": "S", "counts": {"a": 7}}]},
       {"id": "u", "arms": [{"id": "b", "label": "B", "subjects": 40}],
        "events": [{"term": "X", "percent": {"b": "12.5"}}, {"term": "Y", "counts": {"b": 1}}]}],
       "analyses": [{"id": "i", "kind": "comparison", "treatment": "t/a", "reference": "u/b",
        "methods": {"risk-ratio": ["koopman"]}}],
       "published": [{"analysis": "i", "where": {"treatment": "t/a", "term": "X"}, "statistic": "treatment_percent", "value": "17.5"}]}
      """
    let study = try await run(text)
    let found = try #require(study.analyses.first)
    #expect(found.warnings.map { $0.contains("not randomised") } == [true, false])
    #expect(found.warnings.last == "Left out, since not both groups report them: Y.")
    let statuses = found.groups[0].statistics.map(\.status)
    #expect(statuses.filter { $0 == "reconstructed" }.count == 5)
    #expect(study.published.map(\.verdict) == [.reproduced])
  }

  @Test func anIndirectComparisonNeedsNoHalf() async throws {
    let text = studyText(
      analyses: """
        [{"id": "i", "kind": "indirect-comparison", "measure": "odds-ratio", "methods": ["bucher", "profile"],
          "treatment": {"arm": {"events": 7, "subjects": 34}, "anchor": {"events": 0, "subjects": 34}},
          "reference": {"arm": {"events": 5, "subjects": 40}, "anchor": {"events": 0, "subjects": 38}}}]
        """)
    let found = try await result(text)
    #expect(
      found.lines.suffix(9) == [
        " : odds-ratio estimate = none (not-estimable)",
        " : odds-ratio bucher lower = none (not-estimable)",
        " : odds-ratio bucher upper = none (not-estimable)",
        " : odds-ratio bucher statistic = none (not-estimable)",
        " : odds-ratio bucher p_value = none (not-estimable)",
        " : odds-ratio profile lower = 0.0 (ok)", " : odds-ratio profile upper = none (unbounded)",
        " : odds-ratio profile statistic = 0.0 (ok)", " : odds-ratio profile p_value = 1.0 (ok)",
      ])
    #expect(found.warnings.count == 1)
  }

  @Test func aTermOfTwoSystemsIsNoTermWithoutASystem() async throws {
    let text = """
      {"theriac": 1, "id": "s", "title": "T", "trials": [
       {"id": "t", "arms": [{"id": "a", "label": "A", "subjects": 40}],
        "events": [{"term": "Pain", "system": "Gut", "counts": {"a": 7}},
                   {"term": "Pain", "system": "Skin", "counts": {"a": 2}}, {"term": "X", "counts": {"a": 1}}]},
       {"id": "u", "arms": [{"id": "b", "label": "B", "subjects": 40}],
        "events": [{"term": "Pain", "counts": {"b": 5}}, {"term": "X", "system": "Gut", "counts": {"b": 1}}]}],
       "analyses": [{"id": "i", "kind": "comparison", "treatment": "t/a", "reference": "u/b",
        "methods": {"risk-ratio": ["koopman"]}}]}
      """
    let found = try #require(try await run(text).analyses.first)
    #expect(found.groups.map(\.place.level) == ["X"])
    #expect(
      found.warnings.last
        == "Left out, since not both groups report them: Pain (Gut), Pain (Skin), Pain.")
  }
}
