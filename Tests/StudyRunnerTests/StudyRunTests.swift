import Results
import StudyDefinition
import StudyRunner
import Testing

/// Analyses `a0`, `a1`, … of which those in `failing` cannot be computed.
private func study(_ count: Int, failing: Set<Int> = []) -> String {
  let analyses = (0..<count).map { index in
    #"{"id": "a\#(index)", "kind": "incidence", "trial": "t", "terms": ["\#(failing.contains(index) ? "bad" : "X")"], "measure": "risk", "methods": ["clopper-pearson"]}"#
  }
  return studyText(
    events: #"[{"term": "X", "counts": {"a": 3}}, {"term": "bad", "percent": {"a": "32.5"}}]"#,
    analyses: "[\(analyses.joined(separator: ", "))]")
}

private func fingerprints(_ text: String, version: String = "1") async throws -> [String] {
  try await plan(text).run(
    by: Workforce(1), only: nil, failFast: false, program: Program(version: version, build: "b")
  ) { _ in }.results.analyses.map(\.fingerprint)
}

@Suite struct StudyRunTests {
  @Test(arguments: [1, 2, 3, 50, Int.max])
  func resultsStandInTheOrderOfTheDefinitionWhateverTheJobs(jobs: Int) async throws {
    let text = study(20, failing: [3, 7])
    let results = try await run(text, jobs: jobs)
    #expect(results.analyses.map(\.id) == (0..<20).map { "a\($0)" })
    #expect(results.csv == (try await run(text).csv))
  }

  @Test func aFailureLeavesTheOthers() async throws {
    let results = try await run(study(4, failing: [1]))
    #expect(results.analyses.map(\.status) == ["completed", "failed", "completed", "completed"])
    #expect(!StudyStatus(results).isComplete)
  }

  @Test(arguments: [1, 2, 3, 8])
  func failingFastSkipsAllBehindTheFirstFailureWhateverTheJobs(jobs: Int) async throws {
    let results = try await run(study(8, failing: [2, 5]), jobs: jobs, failFast: true)
    #expect(
      results.analyses.map(\.status)
        == ["completed", "completed", "failed"] + Array(repeating: "skipped", count: 5))
    #expect(results.analyses[3].outcome == .skipped("an analysis before it failed"))
    #expect(results.analyses[3].groups.isEmpty)
  }

  @Test func onlyTheChosenAreComputedAndChecked() async throws {
    let text =
      study(3).dropLast() + """
        , "published": [{"analysis": "a0", "where": {}, "statistic": "events", "value": "3"},
                        {"analysis": "a2", "where": {}, "statistic": "events", "value": "3"}]}
        """
    let results = try await run(String(text), only: ["a2", "a1"])
    #expect(results.analyses.map(\.id) == ["a1", "a2"])
    #expect(results.published.map(\.analysis) == ["a2"])
  }

  @Test func progressIsToldOnceForEachAnalysis() async throws {
    var seen: [Int] = []
    var ids: Set<String> = []
    let outcome = try await plan(study(5)).run(
      by: Workforce(2), only: nil, failFast: false, program: program
    ) { progress in
      seen.append(progress.finished)
      ids.insert(progress.analysis.id)
      #expect(progress.total == 5)
    }
    #expect(seen == [1, 2, 3, 4, 5])
    #expect(ids.count == 5)
    #expect(outcome.durations.map(\.id) == ["a0", "a1", "a2", "a3", "a4"])
  }

  @Test func whatProgressThrowsEndsTheRun() async throws {
    struct Full: Error {}
    let plan = try plan(study(5))
    await #expect(throws: Full.self) {
      _ = try await plan.run(by: Workforce(2), only: nil, failFast: false, program: program) {
        _ in
        throw Full()
      }
    }
  }

  @Test func aFingerprintChangesWithWhatTheResultsFollowFrom() async throws {
    let base = try await fingerprints(studyText())
    #expect(base.allSatisfy { $0.count == 64 })
    for changed in [
      studyText(events: #"[{"term": "X", "system": "S", "counts": {"a": 4}}]"#),
      studyText(more: #", "defaults": {"level": 0.9}"#),
      studyText(more: #", "defaults": {"rounding": "half-even"}"#),
      studyText(more: #", "defaults": {"maximumSubjects": 10}"#),
      studyText(
        analyses:
          #"[{"id": "i", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wald"]}]"#
      ),
    ] {
      #expect(try await fingerprints(changed) != base)
    }
    #expect(try await fingerprints(studyText(), version: "2") != base)
  }

  @Test func aFingerprintChangesWithTheDataThatAnAnalysisReads() async throws {
    let text = studyText(
      analyses: """
        [{"id": "c", "kind": "dose-response", "models": ["linear"], "points": {"path": "c.csv"}},
         {"id": "d", "kind": "dose-response", "models": ["linear"], "points": {"path": "d.csv"}}]
        """)
    func fingerprints(_ last: Int) async throws -> [String] {
      let plan = try StudyPlan(Array(text.utf8)) { path throws(UnreadableFile) in
        let response = path == "c.csv" ? 4 : last
        return Array("dose,response\n1,2\n2,3\n3,\(response)\n4,4\n".utf8)
      }
      return try await plan.run(
        by: Workforce(1), only: nil, failFast: false, program: program
      ) { _ in }.results.analyses.map(\.fingerprint)
    }
    let (base, changed) = (try await fingerprints(4), try await fingerprints(5))
    #expect(base[0] == changed[0])
    #expect(base[1] != changed[1])
  }

  @Test func anUnreadableFileIsListedAmongTheFaultsOfItsStudy() throws {
    let text = studyText(
      analyses:
        #"[{"id": "c", "kind": "dose-response", "models": ["linear"], "points": {"path": "c.csv"}}]"#
    )
    let invalid = try #require(throws: InvalidStudy.self) { try StudyPlan(Array(text.utf8)) }
    #expect(invalid.unreadableFiles == ["c.csv"])
    #expect(invalid.faults.map(\.pointer) == ["/analyses/0/points/path"])
  }

  @Test func aFingerprintDoesNotChangeWithTheRest() async throws {
    let base = try await fingerprints(studyText())
    let more = #", "description": "D", "sources": [{"id": "p", "citation": "C"}], "published": []"#
    #expect(try await fingerprints(studyText(more: more)) == base)
    #expect(try await fingerprints("\n" + studyText()) == base)
    #expect(
      try await fingerprints(studyText(more: #", "defaults": {"preset": "metafor"}"#)) == base)
    let other =
      #"{"id": "j", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wald"]}"#
    let both = studyText(
      analyses:
        #"[\#(other), {"id": "i", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson"]}]"#
    )
    #expect(try await fingerprints(both).last == base[0])
  }
}
