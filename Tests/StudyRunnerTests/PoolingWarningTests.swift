import Results
import StudyRunner
import Testing

/// Trials of two to one in which nobody of the reference groups had the event.
private let oneSided = TwoGroups(counts: [
  (3, 100, 0, 50), (2, 90, 0, 45), (4, 160, 0, 80), (1, 60, 0, 30), (1, 80, 0, 40),
])

private let all =
  #""measure": "odds-ratio", "pooling": ["inverse-variance", "mantel-haenszel", "peto", "exact-conditional"], "inference": ["z", "hartung-knapp", "hartung-knapp-adhoc"], "#

@Suite struct PoolingWarningTests {
  @Test func methodsThatDisagreeAreNamedWithTheReasons() async throws {
    let found = try await pooled(all + oneSided.data)
    let disagreement = try #require(found.warnings.first { $0.hasPrefix("Methods disagree: ") })
    let sides = disagreement.split(separator: " and outside that of ")
    #expect(sides[0].contains("inverse-variance/common"))
    #expect(sides[1].contains("peto/common") && sides[1].contains("exact-conditional/common"))
    #expect(
      found.warnings.contains { $0.hasPrefix("All events are in the treatment group") })
    #expect(found.notes.contains { $0.hasPrefix("5 of 5 studies have a zero") })
    #expect(found.notes.contains { $0.hasPrefix("In a study one group is 2 times as large") })
    #expect(found.notes.contains { $0.contains("hartung-knapp is narrower than the normal") })
    #expect(found.notes.contains { $0.hasPrefix("τ² is estimated as 0") })
  }

  @Test func petosMethodOutsideItsRangeSaysWhy() async throws {
    let found = try await pooled(all + oneSided.data)
    let warning = try #require(found.warnings.first { $0.hasPrefix("Peto's method is outside") })
    #expect(warning.contains("not rare") && warning.contains("unlike size"))
    let rows = try found.rows()
    #expect(try rows.number("diagnostic", "peto/common", "largest_arm_ratio") == 2)
    let percent = try rows.number("diagnostic", "peto/common", "event_percent")
    #expect(abs(percent - 100 * 11 / 735) < 1e-12)

    let rare = TwoGroups(counts: [(3, 1000, 4, 1100), (5, 2000, 3, 1900)])
    let quiet = try await pooled(all + rare.data)
    #expect(quiet.warnings.isEmpty)
    #expect(!quiet.notes.contains { $0.contains("narrower") })
  }

  @Test func whereAllEventsAreInOneGroupEstimatesAreUnbounded() async throws {
    let rows = try await pooled(all + oneSided.data).rows()
    for method in ["mantel-haenszel/common", "exact-conditional/common"] {
      #expect(try rows.statistic("odds-ratio", method, "estimate").value == .unbounded(.above))
    }
    let exact = "exact-conditional/common"
    #expect(try rows.number("odds-ratio", exact, "lower") > 1)
    #expect(try rows.statistic("odds-ratio", exact, "upper").value == .unbounded(.above))
  }

  @Test func withoutEventsNoRatioIsEstimable() async throws {
    let found = try await pooled(
      all + TwoGroups(counts: [(0, 20, 0, 30), (0, 5, 0, 7)]).data)
    #expect(
      found.warnings.contains("No events in any study: no ratio can be estimated."))
    for method in ["inverse-variance/common", "mantel-haenszel/common", "peto/common"] {
      let estimate = try found.rows().statistic("odds-ratio", method, "estimate")
      #expect(estimate.status == "not-estimable")
    }
  }

  @Test func oneStudySaysNothingOfDifferencesBetweenStudies() async throws {
    let rows = try await pooled(
      #""measure": "odds-ratio", "pooling": ["inverse-variance", "glmm-conditional-exact"], "#
        + TwoGroups(counts: [(3, 50, 1, 50)]).data
    ).rows()
    for method in ["inverse-variance/random/reml/z", "glmm-conditional-exact/random"] {
      #expect(
        try rows.statistic("odds-ratio", method, "estimate").value
          == .notEstimable("one study says nothing of differences between studies"))
    }
    #expect(try rows.number("odds-ratio", "glmm-conditional-exact/common", "estimate") > 1)
  }

  @Test func groupsOfDifferentTrialsAreNotRandomised() async throws {
    let trials = ["a", "b"].map { id in
      #"{"id": "\#(id)", "arms": [{"id": "x", "label": "X", "subjects": 50}, {"id": "y", "label": "Y", "subjects": 40}], "events": [{"term": "Stroke", "counts": {"x": 3, "y": 2}}]}"#
    }.joined(separator: ", ")
    let found = try await result(
      #"{"theriac": 1, "id": "s", "title": "S", "trials": [\#(trials)], "analyses": [{"id": "i", "kind": "meta-analysis", "measure": "odds-ratio", "pooling": "peto", "event": "Stroke", "studies": [{"label": "Within", "treatment": "a/x", "reference": "a/y"}, {"label": "Across", "treatment": "b/x", "reference": "a/y"}], "sharedArms": "allow"}]}"#
    )
    #expect(
      found.warnings.contains(
        "Not randomised, since their groups belong to different trials: Across."))
  }

  /// Two of the presets add to zeros in Mantel and Haenszel's method too.
  @Test(arguments: ["none", "revman5", "metafor", "meta8"])
  func theNoteOnZerosSaysWhatThePresetAddsTo(preset: String) async throws {
    let found = try await pooled(#""preset": "\#(preset)", "# + all + oneSided.data)
    let note = try #require(found.notes.first { $0.hasPrefix("0.5 is added to each cell") })
    let estimate = try found.rows().statistic("odds-ratio", "mantel-haenszel/common", "estimate")
    let addsToSums = note.contains("methods that pool effects and Mantel and Haenszel's;")
    #expect(addsToSums == (estimate.value != .unbounded(.above)))
    #expect(addsToSums == ["revman5", "meta8"].contains(preset))
  }
}
