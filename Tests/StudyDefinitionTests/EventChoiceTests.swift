import StudyDefinition
import Testing

/// The events compared and those left out, of `one`, whose "Rash" has a system, and `two`.
private func events(_ analysis: String) throws -> (compared: [String], leftOut: [String]) {
  let text = """
    {"theriac": 1, "id": "s", "title": "T", "trials": [
     {"id": "one", "arms": [{"id": "a", "label": "A", "subjects": 9},
                            {"id": "b", "label": "B", "subjects": 9},
                            {"id": "p", "label": "P", "subjects": 9}], "events": [
       {"term": "Rash", "system": "Skin", "counts": {"a": 1, "b": 1, "p": 1}},
       {"term": "Pain", "counts": {"p": 1}}, {"term": "Itch", "counts": {"b": 2, "p": 1}},
       {"term": "Fall", "counts": {"b": 2}}]},
     {"id": "two", "arms": [{"id": "a", "label": "A", "subjects": 9},
                            {"id": "p", "label": "P", "subjects": 9}], "events": [
       {"term": "Rash", "counts": {"a": 1, "p": 2}}, {"term": "Pain", "counts": {"a": 3, "p": 2}}]}],
     "analyses": [{"id": "i", "kind": "comparison", \(analysis)}]}
    """
  let reading = StudyReading(Array(text.utf8))
  #expect(reading.faults == [])
  guard case .comparison(let comparison)? = reading.study?.analyses.first?.kind else {
    Issue.record("no comparison")
    return ([], [])
  }
  return (
    comparison.outcomes.map { "\($0.event?.description ?? ""): \($0.cells.map(\.stratum))" },
    comparison.eventsLeftOut.map(\.label)
  )
}

private let methods = #""methods": {"risk-difference": ["mee"]}"#

@Suite struct EventChoiceTests {
  @Test func whatOneSideReportsIsLeftOutByName() throws {
    let found = try events(#""treatment": "one/a", "reference": "one/p", "# + methods)
    #expect(found.compared == ["Rash (Skin): [0]"])
    #expect(found.leftOut == ["Pain", "Itch"])
  }

  @Test func armsPooledMustAllReportAnEvent() throws {
    let found = try events(
      #""treatment": ["one/a", "one/b"], "reference": "one/p", "# + methods)
    #expect(found.compared == ["Rash (Skin): [0]"])
    #expect(found.leftOut == ["Itch", "Fall", "Pain"])
  }

  @Test func anEventIsOneWhereOnlyOneOfTwoTrialsGivesItsSystem() throws {
    let strata = try events(
      """
      "strata": [{"label": "1", "treatment": "one/a", "reference": "one/p"},
                 {"label": "2", "treatment": "two/a", "reference": "two/p"}],
      "methods": {"risk-difference": ["mantel-haenszel"]}
      """)
    #expect(strata.compared == ["Rash (Skin): [0, 1]", "Pain: [1]"])
    #expect(strata.leftOut == ["Itch"])
  }
}
