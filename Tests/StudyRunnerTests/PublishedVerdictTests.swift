import Results
import StudyDefinition
import StudyRunner
import Testing

private let events = """
  [{"term": "X", "system": "S", "counts": {"a": 3}},
   {"term": "X", "system": "S", "grade": 3, "counts": {"a": 1}},
   {"system": "S", "counts": {"a": 5}}, {"system": "S", "grade": 3, "counts": {"a": 2}},
   {"term": "R", "percent": {"a": "32.4"}}, {"term": "Half", "counts": {"a": {"subjects": 3, "atRisk": 2000}}},
   {"term": "None", "counts": {"a": {"subjects": 0, "atRisk": 0}}}]
  """

private func study(_ published: String, events: String = events) -> String {
  studyText(
    events: events,
    analyses: """
      [{"id": "i", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson", "wald"]},
       {"id": "r", "kind": "incidence", "trial": "t", "terms": ["R"], "measure": "rate", "methods": ["exact"]}]
      """, more: #", "published": [{"analysis": \#(published)}]"#)
}

private func verdict(_ published: String) async throws -> PublishedCheck {
  try #require(try await run(study(published)).published.first)
}

private let x = #""i", "where": {"term": {"term": "X", "system": "S"}}, "statistic": "#

@Suite struct PublishedVerdictTests {
  @Test(arguments: [
    (x + #""percent", "value": "8.1""#, PublishedCheck.Verdict.reproduced, "8.1"),
    (x + #""percent", "value": "8.11""#, .reproduced, "8.11"),
    (x + #""percent", "value": "8.10""#, .differs, "8.11"),
    (x + #""events", "value": "3""#, .reproduced, "3"),
    (x + #""events", "value": "3.0""#, .reproduced, "3.0"),
    (x + #""estimate", "value": "8.1", "scale": 100"#, .reproduced, "8.1"),
    (x + #""estimate", "value": "0.24", "scale": 3"#, .reproduced, "0.24"),
    (x + #""lower", "method": "wilson", "value": "2.8", "scale": 100"#, .reproduced, "2.8"),
    (x + #""estimate", "method": "", "value": "8.1", "scale": 100"#, .reproduced, "8.1"),
    (x + #""percent", "value": "9", "differs": "a misprint""#, .explained, "8"),
    (x + #""percent", "value": "8", "differs": "a misprint""#, .differs, "8"),
    (x + #""percent", "value": "<8.2""#, .reproduced, "8.108108108108109"),
    (x + #""percent", "value": "<8.1""#, .differs, "8.108108108108109"),
    (x + #""percent", "value": ">8.1""#, .reproduced, "8.108108108108109"),
    (x + #""percent", "value": "infinite""#, .differs, "8.108108108108109"),
    (x + #""percent", "value": "not estimable""#, .differs, "8.108108108108109"),
    (
      #""i", "where": {"term": "None"}, "statistic": "percent", "value": "not estimable""#,
      .reproduced, "not estimable"
    ),
    (
      #""i", "where": {"term": "None"}, "statistic": "percent", "value": "0""#, .differs,
      "not estimable"
    ),
    (
      #""i", "where": {"term": "Half"}, "statistic": "percent", "value": "0.2""#, .reproduced, "0.2"
    ),
    (
      #""i", "where": {"term": "Half"}, "statistic": "estimate", "value": "0.2", "scale": 100"#,
      .reproduced, "0.2"
    ),
    (#""i", "where": {"term": "R"}, "statistic": "percent", "value": "32.4""#, .consistent, "32.4"),
    (
      #""i", "where": {"term": "R"}, "statistic": "percent", "value": "32.43""#, .reproduced,
      "32.43"
    ),
    (#""i", "where": {"term": "R"}, "statistic": "events", "value": "12""#, .reproduced, "12"),
    (#""r", "where": {"term": "R"}, "statistic": "estimate", "value": "600""#, .reproduced, "600"),
  ])
  func theComputedValueIsHeldAgainstThePrintedOne(
    published: String, expected: PublishedCheck.Verdict, computed: String
  ) async throws {
    let check = try await verdict(published)
    #expect(check.verdict == expected)
    #expect(check.computed == computed)
  }

  /// How a fit ended is a word.
  @Test(arguments: [
    ("converged", PublishedCheck.Verdict.reproduced, "converged"),
    ("flat", .differs, "converged"), ("1", .differs, "converged"),
    ("not estimable", .differs, "converged"),
  ])
  func aVerdictIsHeldAgainstThePrintedOne(
    printed: String, expected: PublishedCheck.Verdict, computed: String
  ) async throws {
    let points = [(1, 2.1), (2, 2.9), (3, 4.2), (4, 4.8), (5, 6.1)].map {
      #"{"dose": \#($0), "response": \#($1)}"#
    }
    let text = studyText(
      analyses: """
        [{"id": "d", "kind": "dose-response", "models": ["linear"], "interval": "wald",
          "points": [\(points.joined(separator: ", "))]}]
        """,
      more: """
        , "published": [{"analysis": "d", "where": {"fit": ""}, "statistic": "status",
                         "value": "\(printed)"}]
        """)
    let check = try #require(try await run(text).published.first)
    #expect(check.verdict == expected)
    #expect(check.computed == computed)
  }

  @Test(arguments: [
    (#"{"term": {"system": "S"}}"#, "13.5"), (#"{"term": "S", "serious": false}"#, "13.5"),
    (#"{"term": "S", "grade": 3}"#, "5.4"), (#"{"term": "X", "grade": 3}"#, "2.7"),
    (#"{"term": "X", "grade": "3", "serious": false}"#, "2.7"),
    (
      #"{"trial": "t", "arm": "a", "term": "X", "serious": false, "system": "S", "grade": 3}"#,
      "2.7"
    ),
    (#"{"arm": "t/a", "term": "Half"}"#, "0.2"),
  ])
  func whereTakesGroupsTermGradeAndSeriousness(place: String, value: String) async throws {
    let check = try await verdict(
      #""i", "where": \#(place), "statistic": "percent", "value": "\#(value)""#)
    #expect(check.verdict == .reproduced)
  }

  @Test(arguments: [
    (#"{}"#, #""percent""#, "7 rows"),
    (#"{"term": "X"}"#, #""percent""#, "2 rows"),
    (#"{"system": "S"}"#, #""percent""#, "4 rows"),
    (#"{"system": "S", "grade": 3}"#, #""percent""#, "2 rows"),
    (#"{"term": "Half"}"#, #""lower""#, "2 rows"),
    (#"{"term": "Half"}"#, #""lower", "method": "wilsn""#, "no row"),
    (#"{"term": "Half"}"#, #""lower", "measure": "rate""#, "no row"),
    (#"{"term": "Half", "arm": "b"}"#, #""percent""#, "no row"),
    (#"{"term": "Half", "system": "S"}"#, #""percent""#, "no row"),
    (#"{"outcome": "Half"}"#, #""percent""#, "no row"),
    (#"{"term": "Halv"}"#, #""percent""#, "no row"),
  ])
  func noneOrSeveralRowsAreAFaultThatListsCandidates(
    place: String, statistic: String, found: String
  ) throws {
    let faults = try faults(
      study(#""i", "where": \#(place), "statistic": \#(statistic), "value": "1""#))
    #expect(faults.map(\.pointer) == ["/published/0"])
    #expect(faults.first?.found.hasPrefix(found) ?? false, "\(faults)")
    #expect(faults.first?.expected.hasPrefix("exactly one row of \"i\"; ") ?? false)
  }

  @Test func thePlainEstimateIsTheOneWithoutAMethod() async throws {
    func text(_ method: String) -> String {
      studyText(
        analyses: """
          [{"id": "i", "kind": "comparison", "methods": {"odds-ratio": ["conditional-exact"]},
            "table": {"treatment": {"events": 7, "subjects": 34},
                      "reference": {"events": 1, "subjects": 34}}}]
          """,
        more: """
          , "published": [{"analysis": "i", "where": {}, "measure": "odds-ratio", \(method)
                           "statistic": "estimate", "value": "8.5556"}]
          """)
    }
    #expect(try await run(text(#""method": "","#)).published.map(\.verdict) == [.reproduced])
    #expect(try faults(text("")).first?.expected.hasSuffix("the one without a method") ?? false)
  }

  @Test func ofAFailedAnalysisNothingIsComputed() async throws {
    let check = try #require(
      try await run(
        study(
          #""i", "where": {"term": "X"}, "statistic": "events", "value": "3""#,
          events: """
            [{"term": "X", "counts": {"a": 3}}, {"term": "R", "percent": {"a": "32.5"}}]
            """)
      ).published.first)
    #expect(check.verdict == .notComputed)
    #expect(check.computed == "")
    #expect(check.reason?.contains("32.5") ?? false)
  }

  @Test func aRowThatWasLeftOutIsNotComputed() async throws {
    let text = studyText(
      analyses:
        #"[{"id": "i", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wald"], "minimumPercent": 50}]"#,
      more:
        #", "published": [{"analysis": "i", "where": {}, "statistic": "percent", "value": "8.1"}]"#)
    #expect(try await run(text).published.map(\.verdict) == [.notComputed])
  }

  @Test func faultsOfTheReaderAndOfPublishedValuesComeTogetherInFileOrder() throws {
    let text =
      study(#""i", "where": {}, "statistic": "percent", "value": "1""#)
      .dropLast() + #", "foo": 1}"#
    #expect(try faults(String(text)).map(\.pointer) == ["/published/0", "/foo"])
  }
}
