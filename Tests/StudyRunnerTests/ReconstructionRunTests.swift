import Results
import StudyRunner
import Testing

private func study(
  _ percent: String, subjects: Int?, rounding: String = "half-away", maximumSubjects: Int = 1000
) -> String {
  let count = subjects.map { ", \"subjects\": \($0)" } ?? ""
  return studyText(
    arms: #"[{"id": "a", "label": "Arm A", "maximumSubjects": \#(maximumSubjects)\#(count)}]"#,
    events: #"[{"term": "X", "percent": {"a": "\#(percent)"}}]"#,
    more: #", "defaults": {"rounding": "\#(rounding)"}"#)
}

@Suite struct ReconstructionRunTests {
  @Test(arguments: [
    ("32.4", 37, "half-away", 12), ("12.5", 8, "half-away", 1), ("13", 8, "half-away", 1),
    ("12", 8, "half-even", 1), ("0.3", 400, "half-away", 1), ("0.2", 400, "half-even", 1),
    ("0", 3, "half-away", 0), ("100.0", 3, "half-away", 3), ("0.05", 2000, "half-away", 1),
  ])
  func theOnlyCountThatPrintsSoIsUsed(
    percent: String, subjects: Int, rounding: String, events: Int
  ) async throws {
    let result = try await result(study(percent, subjects: subjects, rounding: rounding))
    #expect(result.outcome == .completed)
    #expect(result.lines.first == "a X: risk events = \(Double(events)) (reconstructed)")
  }

  @Test func allButTheDenominatorIsMarkedAsReconstructed() async throws {
    let group = try #require(try await result(study("32.4", subjects: 37)).groups.first)
    #expect(
      group.statistics.map { "\($0.key.name) \($0.status)" } == [
        "events reconstructed", "subjects ok", "percent reconstructed", "estimate reconstructed",
        "lower reconstructed", "upper reconstructed",
      ])
  }

  @Test(arguments: [
    ("32.5", 37, "half-away", ["12/37 prints as 32.4", "13/37 prints as 35.1"]),
    ("12", 8, "half-away", ["0/8 prints as 0", "1/8 prints as 13"]),
    ("13", 8, "half-even", ["1/8 prints as 12", "2/8 prints as 25"]),
    ("50", 1000, "half-away", ["10 numbers of 1000", "495, 496, 497", "504"]),
  ])
  func otherwiseTheAnalysisFailsWithTheNearestOrAllCounts(
    percent: String, subjects: Int, rounding: String, fragments: [String]
  ) async throws {
    let result = try await result(study(percent, subjects: subjects, rounding: rounding))
    let reason = try #require(result.outcome.reason)
    #expect(result.status == "failed")
    #expect(reason.hasPrefix("Arm A, X: "))
    #expect(result.groups.isEmpty)
    for fragment in fragments { #expect(reason.contains(fragment), "\(reason)") }
  }

  @Test func everyPercentageThatFailsIsNamed() async throws {
    let text = studyText(
      events: #"[{"term": "X", "percent": {"a": "32.5"}}, {"term": "Y", "percent": {"a": "1"}}]"#)
    let reason = try #require(try await result(text).outcome.reason)
    #expect(reason.contains("Arm A, X: ") && reason.contains("; Arm A, Y: "))
  }

  @Test func withoutSubjectsEveryDenominatorThatFitsIsListed() async throws {
    let result = try await result(study("33.3", subjects: nil, maximumSubjects: 9))
    #expect(result.outcome == .completed)
    #expect(result.lines.first == "a X: risk events = none (not-estimable)")
    #expect(result.lines.last == "a : reconstruction fitting_subjects = 3.0 (ok)")
    let series = try #require(result.series.first)
    #expect(series.name == "fitting-subjects")
    #expect(series.columns.map(\.name) == ["trial", "arm", "subjects"])
    #expect(series.columns[2].values == .numbers([3, 6, 9]))
    #expect(result.notes.contains { $0.contains("fit 3, 6, 9") })
  }

  @Test func otherDenominatorsThatFitAreNoted() async throws {
    let several = try await result(study("33.3", subjects: 6, maximumSubjects: 9))
    #expect(several.notes.contains { $0.contains("n = 6") && $0.contains("3, 9.") })
    let none = try await result(study("33.3", subjects: 3, maximumSubjects: 5))
    #expect(none.notes.contains { $0.contains("No other number of subjects up to 5") })
    let impossible = try await result(study("99.99", subjects: nil, maximumSubjects: 9))
    #expect(impossible.notes.contains { $0.contains("fit none") })
  }

  @Test func allPercentagesOfTheArmNarrowTheSearch() async throws {
    let text = studyText(
      arms: #"[{"id": "a", "label": "A", "maximumSubjects": 12}]"#,
      events:
        #"[{"term": "X", "percent": {"a": "33.3"}}, {"term": "Y", "percent": {"a": "25.0"}}]"#,
      analyses:
        #"[{"id": "i", "kind": "incidence", "trial": "t", "terms": ["X"], "measure": "risk", "methods": ["wilson"]}]"#
    )
    #expect(try await result(text).series.first?.columns[2].values == .numbers([12]))
  }
}
