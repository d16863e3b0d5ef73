import StudyDefinition
import Testing

/// One mistake may make other parts of a study seem wrong; only the mistake itself is told.
@Suite struct FollowUpFaultTests {
  @Test func anArmWithoutNameDoesNotMakeItsCountsWrong() {
    var text = StudyText()
    text.arms =
      #"[{"id": "a a", "label": "A", "subjects": 37}, {"id": "b", "label": "B", "subjects": 9}]"#
    #expect(text.reading.faults.map(\.pointer) == ["/trials/0/arms/0/id"])
    text.arms = "7"
    #expect(text.reading.faults.map(\.pointer) == ["/trials/0/arms"])
  }

  @Test func faultySubjectsOfAnArmDoNotMakeItsCountsWrong() {
    var text = StudyText()
    text.arms =
      #"[{"id": "a", "label": "A", "subjects": -1}, {"id": "b", "label": "B", "subjects": 9}]"#
    #expect(text.reading.faults.map(\.pointer) == ["/trials/0/arms/0/subjects"])
  }

  @Test func faultyPersonYearsDoNotMakeARateWrong() {
    var text = StudyText()
    text.arms =
      #"[{"id": "a", "label": "A", "subjects": 37, "personYears": 0}, {"id": "b", "label": "B", "subjects": 40, "personYears": 2}]"#
    text.analysis = #""trial": "t", "measure": "rate", "methods": ["exact"]"#
    #expect(text.reading.faults.map(\.pointer) == ["/trials/0/arms/0/personYears"])
  }

  @Test func aFaultyTrialDoesNotDangle() {
    var text = StudyText()
    text.trial = #", "id": "t""#
    #expect(text.reading.faults.count == 1)
    let trial = #"{"arms": []}"#
    let unnamed = faults(
      of:
        #"{"theriac": 1, "id": "s", "title": "T", "trials": [\#(trial)], "analyses": [{"id": "i", "kind": "incidence", "trial": "u", "measure": "risk", "methods": ["wilson"]}]}"#
    )
    #expect(unnamed.map(\.pointer) == ["/trials/0"])
  }

  @Test func aFaultySourceOrAnalysisDoesNotDangle() {
    var text = StudyText()
    text.trial = #", "source": "p p""#
    text.more = #", "sources": [{"id": "p p", "citation": "C"}]"#
    #expect(text.reading.faults.map(\.pointer) == ["/sources/0/id"])
    let study = #"{"theriac": 1, "id": "s", "title": "T", "analyses": 3, "#
    let value = #""published": [{"analysis": "i", "where": {}, "statistic": "x", "value": "1"}]}"#
    #expect(faults(of: study + value).map(\.pointer) == ["/analyses"])
  }

  @Test func anUnknownTrialDoesNotMakeItsArmsUnknown() {
    var text = StudyText()
    text.analysis =
      #""trials": ["t", "u"], "arms": ["u/a", "t/a"], "measure": "risk", "methods": ["wilson"]"#
    #expect(text.reading.faults.map(\.pointer) == ["/analyses/0/trials/1"])
  }

  @Test func anUnknownArmIsNotASelectionOfNothingAsWell() {
    var text = StudyText()
    text.analysis = #""trial": "t", "arms": ["t/z"], "measure": "risk", "methods": ["wilson"]"#
    #expect(text.reading.faults.map(\.pointer) == ["/analyses/0/arms/0"])
  }

  @Test func aRepeatedOrUnnamedNeighbourHidesNoUnknownName() {
    var text = StudyText()
    text.events = #"[{"counts": {}}, {"term": "X", "counts": {"a": 1}}]"#
    text.analysis = #""trial": "t", "arms": ["t/z"], "measure": "risk", "methods": ["wilson"]"#
    #expect(text.reading.faults.map(\.pointer) == ["/trials/0/events/0", "/analyses/0/arms/0"])
    text.events = #"[{"term": "X", "counts": {"a": 1}}]"#
    text.arms = #"[{"id": "a", "label": "A", "subjects": 3}, {"id": "a", "label": "B"}]"#
    #expect(text.reading.faults.map(\.pointer) == ["/trials/0/arms/1", "/analyses/0/arms/0"])
  }

  @Test func aSelectionOfNothingIsAFault() {
    var text = StudyText()
    text.analysis =
      #""trial": "t", "arms": ["t/b"], "terms": ["Pain"], "measure": "risk", "methods": ["wilson"]"#
    #expect(text.reading.faults.map(\.pointer) == ["/analyses/0/trial"])
  }

  @Test func anUnknownKindSaysNothingOfItsKeys() {
    let text = """
      {"theriac": 1, "id": "s", "title": "T", "analyses": [
       {"id": "c", "kind": "comparision", "treatment": "t/a", "reference": "t/b", "methods": {}}],
       "published": [{"analysis": "c", "where": {}, "statistic": "lower", "value": "1"}]}
      """
    #expect(faults(of: text).map(\.pointer) == ["/analyses/0/kind"])
    #expect(faults(of: text).map(\.found) == ["\"comparision\""])
  }
}
