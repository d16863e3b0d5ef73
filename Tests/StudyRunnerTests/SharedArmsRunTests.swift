import Results
import StudyRunner
import Testing

@Suite struct SharedArmsRunTests {
  private func shared(_ way: String) -> String {
    studyText(
      arms:
        #"[{"id": "a", "label": "A", "subjects": 50}, {"id": "b", "label": "B", "subjects": 50}, {"id": "p", "label": "P", "subjects": 51}]"#,
      events: #"[{"term": "X", "counts": {"a": 3, "b": 2, "p": 1}}]"#,
      analyses:
        #"[{"id": "m", "kind": "meta-analysis", "measure": "odds-ratio", "pooling": ["mantel-haenszel"], "event": "X", "sharedArms": "\#(way)", "studies": [{"label": "A", "treatment": "t/a", "reference": "t/p"}, {"label": "B", "treatment": "t/b", "reference": "t/p"}]}]"#
    )
  }

  @Test func theResultSaysHowArmsAreDivided() async throws {
    let result = try await result(shared("split"))
    #expect(
      result.notes.contains(
        "Arms of several studies are divided among them into whole numbers as equal as can be; what "
          + "is left over goes to the studies listed first."))
    let parts = ["A", "B"].map { study in
      result.groups.first { $0.place.level(of: "study") == study }?.statistics
        .filter { $0.key.name.hasPrefix("reference_") }.compactMap(\.value.stored) ?? []
    }
    #expect(parts == [[1, 26], [0, 25]])
  }

  @Test func anArmThatCountsAgainIsAWarning() async throws {
    let result = try await result(shared("allow"))
    #expect(
      result.warnings.contains(
        "Counted in several studies, whose effects then depend on each other: t/p."))
    #expect(!result.notes.contains { $0.hasPrefix("Arms of several studies") })
  }
}
