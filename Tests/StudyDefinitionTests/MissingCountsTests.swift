import StudyDefinition
import Testing

/// Counts that cannot give what is asked for are told once a group, with every event.
@Suite struct MissingCountsTests {
  private func study(events: Int, _ counts: (Int) -> String) -> StudyText {
    var text = StudyText()
    text.arms =
      #"[{"id": "a", "label": "A", "subjects": 37, "personYears": 30}, {"id": "b", "label": "B", "subjects": 40, "personYears": 30}]"#
    let list = (1...events).map { #"{"term": "T\#($0)", "counts": \#(counts($0))}"# }
    text.events = "[\(list.joined(separator: ", "))]"
    text.analysis =
      #""trial": "t", "measure": "rate", "numerator": "events", "methods": ["exact"]"#
    return text
  }

  @Test func everyEventWithoutOccurrencesIsNamed() {
    let text = study(events: 3) {
      $0 == 2 ? #"{"a": {"subjects": 2, "events": 2}, "b": 1}"# : #"{"a": 2, "b": 1}"#
    }
    #expect(
      text.reading.faults.map(\.found) == [
        #"no "events" of "T1", "T3" in "t/a""#, #"no "events" of "T1", "T2", "T3" in "t/b""#,
      ])
    #expect(text.reading.faults.allSatisfy { $0.pointer == "/analyses/0/trial" })
  }

  @Test func ofVeryManyTheFirstAndTheirNumber() {
    let found = study(events: 12) { _ in #"{"a": 2}"# }.reading.faults.map(\.found)
    #expect(
      found == [
        #"no "events" of "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", … (12 in all) in "t/a""#
      ])
  }

  @Test func theEventsOfAComparisonAreNamedSideBySide() {
    var text = StudyText()
    text.kind = "comparison"
    text.events =
      #"[{"term": "X", "counts": {"a": 1, "b": 1}}, {"term": "Y", "counts": {"a": 1, "b": 1}}]"#
    text.analysis =
      #""treatment": "t/a", "reference": "t/b", "methods": {"rate-ratio": ["wald-log"]}"#
    #expect(
      text.reading.faults.map(\.found) == [
        #"no "personYears" of "X", "Y" in "t/a""#, #"no "personYears" of "X", "Y" in "t/b""#,
      ])
  }
}
