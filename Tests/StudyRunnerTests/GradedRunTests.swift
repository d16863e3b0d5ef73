import Results
import StudyDefinition
import StudyRunner
import Testing

private func analyses(_ kind: String, _ keys: String) -> String {
  studyText(analyses: #"[{"id": "i", "kind": "\#(kind)", "outcome": "O", \#(keys)}]"#)
}

private let categories = #""categories": ["low", "mid", "high"], "#
private let arms =
  #""groups": [{"label": "p", "counts": [5, 4, 1]}, {"label": "d", "counts": [2, 3, 5]}, {"label": "e", "counts": [0, 0, 7]}], "#

@Suite struct GradedRunTests {
  @Test func aTrendHasItsGroupsThenItsTests() async throws {
    let result = try await result(
      analyses(
        "trend",
        #""groups": [{"label": "a", "score": 0, "events": 2, "subjects": 40}, {"label": "b", "score": 1, "events": 7, "subjects": 50}, {"label": "c", "score": 2, "events": 15, "subjects": 48}], "methods": ["cochran-armitage", "cochran-armitage-exact"]"#
      ))
    #expect(result.groups.map { $0.place.level(of: "group") } == ["a", "b", "c", nil])
    #expect(result.groups.allSatisfy { $0.place.variable == "outcome" && $0.place.level == "O" })
    #expect(
      result.lines.suffix(8) == [
        " O: trend score = 2.0 (ok)", " O: trend events = 15.0 (ok)",
        " O: trend subjects = 48.0 (ok)", " O: trend percent = 31.25 (ok)",
        " O: trend cochran-armitage statistic = 3.273486 (ok)",
        " O: trend cochran-armitage p_value = 0.001062 (ok)",
        " O: trend cochran-armitage-exact statistic = 37.0 (ok)",
        " O: trend cochran-armitage-exact p_value = 0.001009 (ok)",
      ])
    #expect(result.methods.map(\.name) == ["cochran-armitage", "cochran-armitage-exact"])
  }

  @Test func eachGroupIsComparedWithTheReference() async throws {
    let result = try await result(
      analyses(
        "ordinal",
        categories + arms + #""reference": "d", "methods": ["wilcoxon", "jonckheere-terpstra"]"#))
    let compared = result.groups.filter { group in
      group.statistics.contains { $0.key.method == "wilcoxon" }
    }
    #expect(compared.map { $0.place.level(of: "group") } == ["p", "e"])
    let overall = result.groups.filter { $0.place.groups.isEmpty }
    #expect(overall.map { $0.statistics.map(\.key.name) } == [["statistic", "p_value"]])
    // The placebo group has lower grades than the reference.
    #expect(
      try #require(compared[0].statistics.first { $0.key.name == "statistic" }?.value.stored) < 0)
  }

  @Test func aSeparatedGroupHasAnUnboundedEstimateAndAFiniteLimit() async throws {
    let result = try await result(
      analyses(
        "ordinal",
        categories + arms + #""reference": "p", "methods": ["proportional-odds", "win-odds"]"#))
    let group = try #require(result.groups.first { $0.place.groups == [Grouping("group", "e")] })
    let value = { (method: String, name: String) in
      group.statistic(StatisticKey(measure: "ordinal", method: method, name: name))?.value
    }
    #expect(value("proportional-odds", "estimate") == .unbounded(.above))
    #expect(value("proportional-odds", "upper") == .unbounded(.above))
    #expect(try #require(value("proportional-odds", "lower")?.stored) > 0)
    #expect(value("proportional-odds", "p_value")?.stored == nil)
    #expect(try #require(value("win-odds", "estimate")?.stored) > 1)
    let overall = try #require(result.groups.first { $0.place.groups.isEmpty })
    #expect(
      overall.statistics.map(\.status)
        == ["ok", "not-estimable", "not-estimable", "not-estimable"])
  }

  @Test func anExactDistributionTooLargeSaysWhatItCosts() async throws {
    let result = try await result(
      analyses(
        "trend",
        #""groups": [{"label": "a", "score": 0.1, "events": 100000, "subjects": 1000000}, {"label": "b", "score": 1.7, "events": 90000, "subjects": 1000000}, {"label": "c", "score": 2.3, "events": 9, "subjects": 5000}], "methods": ["cochran-armitage", "cochran-armitage-exact"]"#
      ))
    #expect(result.outcome == .completed)
    let tests = try #require(result.groups.last).statistics
    #expect(tests.map(\.status) == ["ok", "ok", "not-estimable", "not-estimable"])
    guard case .notEstimable(let reason) = tests[3].value else {
      Issue.record("a number")
      return
    }
    #expect(reason.contains("more than 200000000 steps"))
  }

  @Test func entireAgreementWarnsOfItsInterval() async throws {
    let result = try await result(
      analyses(
        "agreement",
        #""categories": ["0", "1"], "table": [[3, 0], [0, 4]], "methods": ["kappa"]"#))
    let kappa = try #require(result.groups.last).statistics
    #expect(kappa.first { $0.key.name == "estimate" }?.value == .number(1))
    #expect(kappa.first { $0.key.name == "lower" }?.warning?.contains("degenerate") == true)
  }

  @Test func oneCategoryForAllHasNoKappaButItsCounts() async throws {
    let result = try await result(
      analyses(
        "agreement",
        #""categories": ["0", "1"], "table": [[0, 0], [0, 4]], "methods": ["kappa"]"#))
    let statistics = try #require(result.groups.last).statistics
    #expect(statistics[0].value == .number(4))
    #expect(statistics.dropFirst().allSatisfy { $0.status == "not-estimable" })
  }

  @Test func oneTableThatFitsIsUsed() async throws {
    let table = try await result(
      analyses(
        "shift", #""categories": ["0", "1"], "table": [[3, 2], [0, 4]], "methods": ["sign"]"#))
    let margins = try await result(
      analyses(
        "shift",
        #""categories": ["0", "1"], "baselineTotals": [5, 4], "worstTotals": [3, 6], "changes": {"-1": 0}, "methods": ["sign"]"#
      ))
    #expect(margins.lines.filter { !$0.contains("fitting_tables") } == table.lines)
    #expect(margins.lines.contains(" O: shift fitting_tables = 1.0 (ok)"))
  }

  @Test func ofSeveralTablesWhatDiffersHasBounds() async throws {
    let result = try await result(
      analyses(
        "shift",
        #""categories": ["0", "1"], "baselineTotals": [5, 4], "worstTotals": [3, 6], "methods": ["sign-exact", "bowker"]"#
      ))
    #expect(result.lines.contains(" O: shift fitting_tables = 4.0 (ok)"))
    #expect(result.lines.contains(" O: shift worsened_minimum = 2.0 (ok)"))
    #expect(result.lines.contains(" O: shift worsened_maximum = 5.0 (ok)"))
    #expect(result.lines.contains(" O: shift subjects = 9.0 (ok)"))
    #expect(result.lines.contains(" O: shift bowker df = 1.0 (ok)"))
    #expect(!result.lines.contains { $0.contains("worsened =") })
    #expect(result.notes.contains { $0.contains("4 tables have them") })
  }

  @Test(arguments: [
    (#"{"0": 2, "1": 3}"#, "no table has these margins and changes"),
    (#"{"-1": 4}"#, "no table has these margins and changes"),
  ])
  func noTableFailsAndSaysSo(changes: String, reason: String) async throws {
    let result = try await result(
      analyses(
        "shift",
        #""categories": ["0", "1"], "baselineTotals": [5, 4], "worstTotals": [3, 6], "changes": \#(changes), "methods": ["sign"]"#
      ))
    #expect(result.outcome == .failed(reason))
  }

  @Test func tooManyTablesFail() async throws {
    let result = try await result(
      analyses(
        "shift",
        #""categories": ["0", "1", "2", "3"], "baselineTotals": [40, 30, 20, 10], "worstTotals": [25, 25, 25, 25], "methods": ["sign"]"#
      ))
    #expect(result.outcome == .failed("more than 200000 tables have these margins"))
  }

  @Test func publishedValuesPickRowsOfEveryKind() async throws {
    let analyses = #"""
      [{"id": "t", "kind": "trend", "groups": [{"label": "a", "score": 0, "events": 2, "subjects": 40}, {"label": "b", "score": 1, "events": 7, "subjects": 50}], "methods": ["cochran-armitage"]},
       {"id": "o", "kind": "ordinal", "categories": ["0", "1"], "groups": [{"label": "a", "counts": [3, 1]}, {"label": "b", "counts": [1, 3]}], "methods": ["win-odds"]},
       {"id": "g", "kind": "agreement", "categories": ["0", "1"], "table": [[3, 1], [1, 3]], "methods": ["kappa"]},
       {"id": "s", "kind": "shift", "categories": ["0", "1"], "baselineTotals": [4, 4], "worstTotals": [4, 4], "methods": ["sign"]}]
      """#
    let published = #"""
      , "published": [
        {"analysis": "t", "where": {"group": "b"}, "statistic": "percent", "value": "14.0"},
        {"analysis": "o", "where": {"group": "b", "category": "1"}, "statistic": "count", "value": "3"},
        {"analysis": "o", "where": {"group": "b"}, "statistic": "theta", "value": "0.75"},
        {"analysis": "g", "where": {"first": "0", "second": "1"}, "statistic": "count", "value": "1"},
        {"analysis": "g", "where": {}, "method": "kappa", "statistic": "estimate", "value": "0.50"},
        {"analysis": "s", "where": {"baseline": "0", "worst": "1"}, "statistic": "count_maximum", "value": "4"},
        {"analysis": "s", "where": {}, "statistic": "fitting_tables", "value": "5"},
        {"analysis": "s", "where": {}, "method": "sign", "statistic": "p_value", "value": "1.0"},
        {"analysis": "s", "where": {}, "statistic": "worsened", "value": "1"}]
      """#
    let results = try await run(studyText(analyses: analyses, more: published))
    #expect(
      results.published.map(\.verdict.rawValue)
        == Array(repeating: "reproduced", count: 8) + ["not computed"])
  }

  @Test func aRowThatIsNotThereIsAFault() throws {
    let faults = try faults(
      studyText(
        analyses:
          #"[{"id": "g", "kind": "agreement", "categories": ["0", "1"], "table": [[3, 1], [1, 3]], "methods": ["kappa"]}]"#,
        more:
          #", "published": [{"analysis": "g", "where": {}, "method": "kappa-linear", "statistic": "estimate", "value": "1"}]"#
      ))
    #expect(faults.count == 1)
    #expect(faults[0].description.contains("exactly one row"))
  }
}
