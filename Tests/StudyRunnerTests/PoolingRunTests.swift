import MetaAnalysis
import Results
import StudyDefinition
import StudyRunner
import Testing

private let inverseVariance = #""measure": "odds-ratio", "pooling": ["inverse-variance"], "#

/// Three arms of one trial, of which `c` is compared with both others; `n` has nobody.
private let threeArms = """
  [{"id": "a", "label": "A", "subjects": 30}, {"id": "b", "label": "B", "subjects": 32},
   {"id": "c", "label": "C", "subjects": 41}, {"id": "n", "label": "N", "subjects": 0}]
  """

private let twoComparisons =
  #""event": "X", "studies": [{"label": "low", "treatment": "t/a", "reference": "t/c"}, {"label": "high", "treatment": "t/b", "reference": "t/c"}]"#

@Suite struct PoolingRunTests {
  @Test func aSharedArmIsSplitOrCountedTwice() async throws {
    let events = #"[{"term": "X", "counts": {"a": 4, "b": 6, "c": 5}}]"#
    let counts = ["events", "subjects"].map { "reference_\($0)" }
    for (sharing, expected) in [
      ("split", [[3.0, 21], [2, 20]]), ("allow", [[5, 41], [5, 41]]),
    ] {
      let found = try await pooled(
        inverseVariance + #""sharedArms": "\#(sharing)", \#(twoComparisons)"#, arms: threeArms,
        events: events)
      for (study, numbers) in zip(["low", "high"], expected) {
        let rows = try found.rows("study", study)
        #expect(try counts.map { try rows.number("odds-ratio", "", $0) } == numbers)
      }
    }
  }

  @Test func studiesThatDoNotReportTheEventAreLeftOut() async throws {
    let found = try await pooled(
      inverseVariance + #""sharedArms": "allow", \#(twoComparisons)"#, arms: threeArms,
      events: #"[{"term": "X", "counts": {"a": 4, "c": 5}}]"#)
    #expect(found.warnings.contains("Left out, since their trials do not report the event: high."))
    #expect(found.groups.compactMap { $0.place.level(of: "study") } == ["low"])
    #expect(
      try found.rows().number("odds-ratio", "inverse-variance/common", "studies") == 1)
  }

  @Test func groupsWithoutSubjectsAreNotPooled() async throws {
    let found = try await pooled(
      inverseVariance
        + #""event": "X", "studies": [{"label": "s", "treatment": "t/a", "reference": "t/c"}, {"label": "none", "treatment": "t/b", "reference": "t/n"}]"#,
      arms: threeArms, events: #"[{"term": "X", "counts": {"a": 4, "b": 2, "c": 5, "n": 0}}]"#)
    #expect(found.warnings.contains("Not pooled, for want of subjects in a group: none."))
    let estimate = try found.rows("study", "none").statistic("odds-ratio", "", "estimate")
    #expect(
      estimate.value
        == .notEstimable("no subjects, or an unknown number of them, in a group"))
    #expect(try found.rows("study", "none").number("odds-ratio", "", "reference_subjects") == 0)
    #expect(
      try found.rows().number("odds-ratio", "inverse-variance/common", "estimate")
        == found.rows("study", "s").number("odds-ratio", "", "estimate"))
  }

  @Test func rebuiltCountsMarkWhatFollowsFromThem() async throws {
    let content =
      inverseVariance
      + #""event": "X", "studies": [{"label": "printed", "treatment": "t/a", "reference": "t/b"}, {"label": "known", "treatment": "t/c", "reference": "t/d"}]"#
    func events(_ percent: String) -> String {
      #"[{"term": "X", "percent": {"a": "\#(percent)", "b": "6.3", "c": "12.2", "d": "10.0"}}]"#
    }
    let arms = threeArms.replacing(
      "\"id\": \"n\", \"label\": \"N\", \"subjects\": 0",
      with: "\"id\": \"d\", \"label\": \"D\", \"subjects\": 40")
    let found = try await pooled(content, arms: arms, events: events("13.3"))
    #expect(try found.rows("study", "printed").number("odds-ratio", "", "treatment_events") == 4)
    #expect(
      found.groups.flatMap(\.statistics).allSatisfy {
        if case .number = $0.value { $0.status == "reconstructed" } else { true }
      })
    let failed = try await result(poolingText(content, arms: arms, events: events("13.4")))
    guard case .failed(let reason) = failed.outcome else {
      Issue.record("\(failed.outcome)")
      return
    }
    #expect(reason.hasPrefix("printed: ") && reason.contains("13.4"))
  }

  @Test func ratesAreGivenPerYearsAsked() async throws {
    for measure: EffectMeasure in [.rate, .rateLog, .rateDifference, .rateRatio] {
      func found(_ per: String) async throws -> [Statistic] {
        try await pooled(
          #""measure": "\#(measure.rawValue)", "pooling": ["inverse-variance"], "prediction": true, "per": \#(per), "#
            + fiveStudies.data(for: measure)
        ).rows()
      }
      let (one, hundred) = (try await found("1"), try await found("100"))
      let isRatio = measure == .rateRatio
      let isTransformed = measure == .rateLog || isRatio
      for (before, after) in zip(one, hundred) {
        guard case .number(let first) = before.value, case .number(let second) = after.value
        else { continue }
        let factor: Double =
          switch before.key.name {
          case "estimate", "lower", "upper", "prediction_lower", "prediction_upper":
            isRatio ? 1 : 100
          case "standard_error", "tau": isTransformed ? 1 : 100
          case "tau2": isTransformed ? 1 : 10000
          default: 1
          }
        #expect(abs(second - first * factor) <= 1e-13 * abs(second), "\(measure) \(before.key)")
        #expect(
          (after.unit == "per 100 person-years")
            == (factor == 100 && before.key.name != "standard_error" && before.key.name != "tau"))
      }
    }
  }

  @Test func everySetOfStudiesIsRunAsIfItWereAlone() async throws {
    let methods =
      #""measure": "odds-ratio", "pooling": ["inverse-variance", "mantel-haenszel", "peto", "exact-conditional", "glmm-conditional-approximate"], "inference": ["z", "hartung-knapp"], "#
    let found = try await pooled(
      methods + #""diagnostics": ["leave-one-out", "cumulative"], "# + fiveStudies.data)
    for place in 0..<5 {
      let others = Array(0..<5).filter { $0 != place }
      for (group, places) in [("omitted", others), ("added", Array(0...place))] {
        let rows = try found.rows(group, "s\(place + 1)")
        let alone = try await pooled(methods + fiveStudies.keeping(places).data).rows()
        for row in rows {
          let other = try alone.statistic(row.key.measure, row.key.method, row.key.name)
          #expect(row.value == other.value, "\(group) \(place) \(row.key)")
        }
      }
    }
  }

  @Test func whereNothingPicksAmongRefitsThePooledRow() async throws {
    let text = poolingText(
      #""measure": "odds-ratio", "pooling": ["peto"], "diagnostics": ["leave-one-out", "cumulative"], "subgroups": "subgroup", "#
        + TwoGroups(
          counts: fiveStudies.counts, more: Array(repeating: #", "subgroup": "g""#, count: 5)
        ).data,
      more:
        #", "published": [{"analysis": "i", "where": {}, "statistic": "studies", "value": "5"}, {"analysis": "i", "where": {"omitted": "s2"}, "statistic": "studies", "value": "4"}, {"analysis": "i", "where": {"study": "s2"}, "statistic": "treatment_events", "value": "0"}]"#
    )
    #expect(
      try await run(text).published.map(\.verdict) == [.reproduced, .reproduced, .reproduced])
  }

  @Test func aFingerprintDependsOnThePresetInForce() async throws {
    func fingerprint(_ more: String, _ key: String = "") async throws -> String {
      try await result(poolingText(inverseVariance + key + fiveStudies.data, more: more))
        .fingerprint
    }
    let plain = try await fingerprint("")
    let byDefault = try await fingerprint(#", "defaults": {"preset": "meta8"}"#)
    #expect(plain != byDefault)
    #expect(try await fingerprint("", #""preset": "meta8", "#) != plain)
    #expect(try await fingerprint(#", "defaults": {"preset": "revman5"}"#) != byDefault)
  }
}
