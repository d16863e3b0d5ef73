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

  /// A level that only a study without events has leaves the other coefficients as they are.
  @Test(arguments: ["inverse-variance", "glmm-conditional-approximate"])
  func aLevelWithoutEffectsHasNoCoefficient(pooling: String) async throws {
    let head =
      #""measure": "odds-ratio", "pooling": "\#(pooling)", "effects": "common", "moderators": ["region"], "#
    let regions = ["north", "south", "north", "south", "east"].map {
      #", "moderators": {"region": "\#($0)"}"#
    }
    let counts = [(3, 50, 1, 50), (5, 60, 2, 55), (4, 40, 6, 45), (2, 30, 3, 30), (0, 20, 0, 20)]
    let all = try await pooled(head + TwoGroups(counts: counts, more: regions).data)
    let informative = try await pooled(
      head + TwoGroups(counts: Array(counts.dropLast()), more: Array(regions.dropLast())).data)
    func coefficient(_ name: String, _ result: AnalysisResult) -> ReportedValue? {
      result.groups.first { $0.place.level == name }?.statistics.first {
        $0.key.name == "estimate"
      }?.value
    }
    #expect(coefficient("region=south", all) == coefficient("region=south", informative))
    #expect(
      coefficient("region=east", all)
        == .notEstimable("no study with an effect differs from the reference here"))
  }
}
