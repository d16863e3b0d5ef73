import StudyDefinition
import Testing

private func study(_ analysis: String) -> String {
  """
  {"theriac": 1, "id": "s", "title": "T", "trials": [
   {"id": "one", "arms": [{"id": "a", "label": "A", "subjects": 9}], "events": [
     {"term": "X", "system": "S", "counts": {"a": 1}},
     {"term": "Y", "counts": {"a": 1}}]},
   {"id": "two", "arms": [{"id": "a", "label": "A", "subjects": 9},
                          {"id": "b", "label": "B", "subjects": 9}], "events": [
     {"term": "X", "system": "Other", "counts": {"a": 1, "b": 2}},
     {"term": "Z", "counts": {"a": 1}}, {"term": "Z", "grade": 3, "counts": {"a": 1}}]}],
   "analyses": [{"id": "i", "kind": "incidence", "measure": "risk", "methods": ["wilson"],
                 \(analysis)}]}
  """
}

private func cells(_ analysis: String) throws -> [String] {
  let reading = StudyReading(Array(study(analysis).utf8))
  #expect(reading.faults == [])
  return try #require(reading.study).analyses[0].incidence.cells.map {
    "\($0.group.trial ?? "")/\($0.group.arm) \($0.event?.label ?? "")"
  }
}

@Suite struct SeveralTrialsTests {
  @Test func trialsComeInTheOrderListedThenEventsThenArms() throws {
    #expect(
      try cells(#""trials": ["two", "one"]"#) == [
        "two/a X", "two/b X", "two/a Z", "two/a Z [grade 3]", "one/a X", "one/a Y",
      ])
  }

  @Test func aTermIsSoughtInEachTrialByItself() throws {
    #expect(
      try cells(#""trials": ["one", "two"], "terms": ["Y", "X"]"#)
        == ["one/a Y", "one/a X", "two/a X", "two/b X"])
  }

  @Test func anEventOfOneTrialNeedNotBeInAnother() throws {
    #expect(
      try cells(#""trials": ["one", "two"], "terms": [{"term": "X", "system": "Other"}]"#)
        == ["two/a X", "two/b X"])
  }

  @Test func armsOfSeveralTrialsAreNamedWithTheirTrial() throws {
    #expect(
      try cells(#""trials": ["one", "two"], "arms": ["two/b", "one/a"], "terms": ["X"]"#)
        == ["one/a X", "two/b X"])
  }

  @Test func armsComeInTheOrderListed() throws {
    #expect(
      try cells(#""trial": "two", "arms": ["two/b", "two/a"], "terms": ["X"]"#)
        == ["two/b X", "two/a X"])
  }

  @Test func aTermThatFitsSeveralEventsOfOneTrialIsAFault() {
    let faults = faults(of: study(#""trials": ["one", "two"], "terms": ["Z"]"#))
    #expect(faults.map(\.pointer) == ["/analyses/0/terms/0"])
    #expect(faults.first?.found == "\"Z\", which fits 2 events")
  }

  @Test func armsOfOtherTrialsAreUnknown() {
    let faults = faults(of: study(#""trial": "one", "arms": ["two/b"]"#))
    #expect(faults.map(\.found) == ["the unknown arm \"two/b\""])
    #expect(faults.map(\.suggestion) == [nil])
  }
}
