import Ordinal
import StudyDefinition
import Testing

@Suite struct GradedReadingTests {
  @Test func defaultsOfAnOrdinalAnalysis() throws {
    let ordinal = try ordinal(
      #""categories": ["0", "1"], "groups": [{"label": "a", "counts": [3, 1]}, {"label": "b", "counts": [1, 2]}, {"label": "c", "counts": [0, 2]}], "methods": ["wilcoxon"]"#
    )
    #expect(ordinal.reference == 0)
    #expect(ordinal.categoryScores == [0, 1])
    #expect(ordinal.groupScores == [0, 1, 2])
    #expect(ordinal.outcome.isEmpty)
  }

  @Test func aReferenceIsNamedByItsLabel() throws {
    let ordinal = try ordinal(
      #""categories": ["0", "1"], "reference": "b", "groups": [{"label": "a", "counts": [3, 1]}, {"label": "b", "counts": [1, 2]}], "methods": ["wilcoxon"]"#
    )
    #expect(ordinal.reference == 1)
  }

  @Test func scoresOfGroupsWithoutTheirMethodAreTold() {
    var text = StudyText()
    text.kind = "ordinal"
    text.analysis =
      #""categories": ["0", "1"], "groups": [{"label": "a", "score": 1, "counts": [3, 1]}, {"label": "b", "score": 2, "counts": [1, 2]}], "methods": ["wilcoxon"]"#
    #expect(
      text.reading.faults.map(\.pointer)
        == ["/analyses/0/groups/0/score", "/analyses/0/groups/1/score"])
  }

  @Test func everyFaultOfAnAnalysisIsToldAtOnce() {
    var text = StudyText()
    text.kind = "shift"
    text.analysis =
      #""categories": ["0", "0"], "table": [[1, -1], ["x", 2]], "methods": ["sing"], "levl": 1"#
    #expect(
      text.reading.faults.map(\.pointer) == [
        "/analyses/0/categories/1", "/analyses/0/table/0/1", "/analyses/0/table/1/0",
        "/analyses/0/methods/0", "/analyses/0/levl",
      ])
  }

  @Test func changesAreReadByTheirGrade() throws {
    var text = StudyText()
    text.kind = "shift"
    text.analysis =
      #""categories": ["0", "1"], "baselineTotals": [3, 1], "worstTotals": [2, 2], "changes": {"-1": 0, "0": 3, "1": 1}, "methods": ["sign"]"#
    guard case .shift(let shift) = try text.study().analyses[0].kind,
      case .margins(let margins) = shift.observation
    else { throw WrongKind() }
    #expect(margins.changes == [-1: 0, 0: 3, 1: 1])
    #expect(margins.baseline == [3, 1] && margins.worst == [2, 2])
  }

  private func ordinal(_ analysis: String) throws -> OrdinalAnalysis {
    var text = StudyText()
    text.kind = "ordinal"
    text.analysis = analysis
    guard case .ordinal(let ordinal) = try text.study().analyses[0].kind else { throw WrongKind() }
    return ordinal
  }
}
