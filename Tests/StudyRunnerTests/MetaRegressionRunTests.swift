import Results
import StudyRunner
import Testing

@Suite struct MetaRegressionRunTests {
  /// A text moderator with one level has no coefficient, and so there is nothing to test.
  @Test(arguments: ["inverse-variance", "glmm-conditional-approximate"])
  func aModeratorWithOneLevelIsNotTested(pooling: String) async throws {
    let rows = [(3, 1), (5, 2), (4, 6)].enumerated().map { index, events in
      #"{"study": "\#(index)", "treatment": {"events": \#(events.0), "subjects": 50}, "reference": {"events": \#(events.1), "subjects": 50}, "moderators": {"region": "north"}}"#
    }.joined(separator: ", ")
    let result = try await result(
      studyText(
        analyses:
          #"[{"id": "m", "kind": "meta-analysis", "measure": "odds-ratio", "pooling": ["\#(pooling)"], "moderators": ["region"], "data": [\#(rows)]}]"#
      ))
    let tests = result.groups.flatMap(\.statistics).filter { $0.key.measure == "moderators" }
    #expect(!tests.isEmpty)
    for test in tests {
      #expect(test.value == .notEstimable("the moderators are the same in all studies"))
    }
    let coefficients = result.groups.filter { $0.place.variable == "parameter" }
    #expect(coefficients.map(\.place.level) == ["intercept"])
  }
}
