import StudyDefinition
import Testing

private let events = """
  [{"term": "Nausea", "system": "Gut", "counts": {"a": 1}},
   {"term": "Nausea", "system": "Gut", "grade": 3, "counts": {"a": 1}},
   {"term": "Nausea", "system": "Gut", "grade": 3, "serious": true, "counts": {"a": 1}},
   {"term": "Pain", "system": "Gut", "counts": {"a": 1}},
   {"term": "Pain", "system": "Skin", "counts": {"a": 1}},
   {"term": "Rash", "counts": {"a": 1}},
   {"system": "Gut", "counts": {"a": 1}},
   {"system": "Skin", "grade": "3-4", "counts": {"a": 1}}]
  """

private func study(terms: String) -> StudyText {
  var text = StudyText()
  text.events = events
  text.analysis = #""trial": "t", "terms": [\#(terms)], "measure": "risk", "methods": ["wilson"]"#
  return text
}

@Suite struct EventSelectorTests {
  @Test(arguments: [
    (#""Rash""#, "Rash"),
    (#""Gut""#, "Gut"),
    (#""Skin""#, "Skin [grade 3-4]"),
    (#"{"term": "Rash"}"#, "Rash"),
    (#"{"term": "Pain", "system": "Skin"}"#, "Pain (Skin)"),
    (#"{"system": "Gut"}"#, "Gut"),
    (#"{"system": "Skin", "grade": "3-4"}"#, "Skin [grade 3-4]"),
    (#"{"term": "Nausea", "system": "Gut"}"#, "Nausea (Gut)"),
    (#"{"term": "Nausea", "system": "Gut", "grade": 3}"#, "Nausea [grade 3] (Gut)"),
    (#"{"term": "Nausea", "grade": "3", "serious": false}"#, "Nausea [grade 3] (Gut)"),
    (#"{"term": "Nausea", "serious": true}"#, "Nausea [grade 3] [serious] (Gut)"),
  ])
  func oneEventIsMeant(terms: String, event: String) throws {
    let incidence = try study(terms: terms).incidence()
    #expect(incidence.cells.map { $0.event?.description } == [event])
  }

  @Test(arguments: [
    (#""Nausea""#, 3, #""Nausea (Gut)", "Nausea [grade 3] (Gut)""#),
    (#""Pain""#, 2, #""Pain (Gut)", "Pain (Skin)""#),
    (#"{"term": "Nausea", "grade": 3}"#, 2, #""Nausea [grade 3] (Gut)""#),
    (#"{"system": "Skin"}"#, 2, #""Pain (Skin)", "Skin [grade 3-4]""#),
  ])
  func severalFittingEventsAreListed(terms: String, count: Int, candidates: String) {
    let faults = study(terms: terms).reading.faults
    #expect(faults.count == 1)
    #expect(faults.first?.found.contains("fits \(count) events") ?? false)
    #expect(faults.first?.expected.contains(candidates) ?? false, "\(faults)")
  }

  @Test(arguments: [
    (#""Rush""#, "Rash"), (#""rash""#, "Rash"), (#"{"term": "Raash", "system": "Skin"}"#, "Rash"),
    (#"{"term": "Rash", "system": "Skin"}"#, "Rash"), (#""Cough""#, nil),
  ])
  func anUnknownEventIsNamedWithTheNearest(terms: String, suggestion: String?) {
    let faults = study(terms: terms).reading.faults
    #expect(faults.map(\.suggestion) == [suggestion])
    #expect(faults.first?.found.hasPrefix("the unknown event") ?? false)
  }

  @Test func eventsAreShownInTheOrderOfTerms() throws {
    let incidence = try study(terms: #""Rash", "Gut", {"term": "Pain", "system": "Gut"}"#)
      .incidence()
    #expect(incidence.cells.map { $0.event?.label } == ["Rash", "Gut", "Pain"])
  }

  @Test func anObjectMustNameATermOrASystem() {
    let faults = study(terms: #"{"grade": 3}"#).reading.faults
    #expect(faults.map(\.expected) == ["a \"term\" or a \"system\""])
  }
}
