import Results
import StudyDefinition
import StudyRunner
import Testing

private func compared(_ content: String, events: String) async throws -> AnalysisResult {
  let arms = """
    [{"id": "a", "label": "Arm A", "subjects": 34}, {"id": "b", "label": "Arm B", "subjects": 34}]
    """
  let analysis =
    #"{"id": "i", "kind": "comparison", "treatment": "t/a", "reference": "t/b", \#(content)}"#
  return try await result(studyText(arms: arms, events: events, analyses: "[\(analysis)]"))
}

@Suite struct ComparisonFamilyTests {
  @Test func theRowOfAWholeSystemIsNotInTheFamilyOfItsTerms() async throws {
    let terms = """
      {"term": "X", "system": "S", "counts": {"a": 10, "b": 0}},
       {"term": "Y", "system": "S", "counts": {"a": 5, "b": 1}},
       {"term": "Z", "system": "U", "counts": {"a": 3, "b": 3}}
      """
    let whole = #"{"system": "S", "counts": {"a": 12, "b": 1}}"#
    let methods =
      #""methods": {}, "tests": ["fisher"], "multiplicity": ["bonferroni", "double-fdr"]"#
    let alone = try await compared(methods, events: "[\(terms)]")
    let beside = try await compared(methods, events: "[\(whole), \(terms)]")
    #expect(Array(beside.groups.dropFirst()) == alone.groups)
    let adjusted = beside.groups[0].statistics.filter { $0.key.method.contains("/") }
    #expect(adjusted.count == 4)
    #expect(
      adjusted.allSatisfy {
        $0.value == .notEstimable("a whole system is not in the family of its terms")
      })
    #expect(beside.groups[0].statistics.contains { $0.key.method == "fisher" })
  }

  @Test func systemsAreAFamilyWhereThereAreNoTerms() async throws {
    let systems = """
      [{"system": "S", "counts": {"a": 12, "b": 1}}, {"system": "U", "counts": {"a": 3, "b": 3}}]
      """
    let found = try await compared(
      #""methods": {}, "tests": ["fisher"], "multiplicity": ["bonferroni"]"#, events: systems)
    for group in found.groups {
      let p = group.statistics.first { $0.key.method == "fisher" && $0.key.name == "p_value" }
      let adjusted = group.statistics.first { $0.key.method == "fisher/bonferroni" }
      #expect(adjusted?.value.stored == min(1, 2 * (try #require(p?.value.stored))))
    }
  }
}
