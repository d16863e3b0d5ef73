import JSON
import StudyDefinition
import Testing

@Suite struct FaultsTogetherTests {
  @Test func tenMistakesGiveTenFaultsInFileOrder() {
    let text = """
      {
        "theriac": 1, "id": "two words", "title": "Étude 😀", "titel": "T",
        "sources": [{"id": "p", "citation": "C"}],
        "trials": [{"id": "t", "source": "q",
          "arms": [{"id": "a", "label": "A", "subjects": "37"},
                   {"id": "b", "label": "B", "subjects": 40}],
          "events": [{"term": "X", "counts": {"a": 3, "b": 41, "c": 1}},
                     {"term": "X", "counts": {"a": 3}}]}],
        "analyses": [{"id": "i", "kind": "incidence", "trial": "t", "arms": ["t/z"],
          "measure": "risk", "methods": ["wilsn"]}],
        "published": [{"analysis": "j", "where": {}, "statistic": "percent", "value": "8.1"}]
      }
      """
    #expect(
      faults(of: text).map { "\($0.position) \($0.pointer)" } == [
        "2:23 /id", "2:56 /titel", "4:36 /trials/0/source",
        "5:52 /trials/0/arms/0/subjects", "7:54 /trials/0/events/0/counts/b",
        "7:63 /trials/0/events/0/counts/c", "8:16 /trials/0/events/1",
        "9:72 /analyses/0/arms/0", "10:36 /analyses/0/methods/0", "11:30 /published/0/analysis",
      ])
  }

  @Test func aFaultSaysWhatWasFoundExpectedAndMeant() {
    var text = StudyText()
    text.analysis = #""trial": "t", "measure": "risk", "metods": ["wilson"]"#
    #expect(
      text.reading.faults == [
        Fault(
          position: Position(line: 4, column: 80), pointer: "/analyses/0/metods",
          found: "the unknown key \"metods\"",
          expected: "one of \"id\", \"kind\", \"title\", \"level\", \"measure\", \"numerator\", "
            + "\"per\", \"methods\", … (15 in all)", suggestion: "methods")
      ])
  }

  @Test func aFaultReadsAsOneLine() {
    let fault = Fault(
      position: Position(line: 3, column: 7), pointer: "/id", found: "7", expected: "a string",
      suggestion: "s")
    #expect(fault.description == "3:7: /id: found 7; expected a string; did you mean \"s\"?")
    let whole = Fault(
      position: Position(line: 1, column: 1), pointer: "", found: "7", expected: "a study")
    #expect(whole.description == "1:1: /: found 7; expected a study")
  }

  @Test func aSyntaxFaultIsTheOnlyOne() throws {
    let reading = StudyReading(Array("{\"theriac\": 1,\n \"id\": }".utf8))
    #expect(reading.study == nil)
    #expect(reading.faults.map(\.position) == [Position(line: 2, column: 8)])
    #expect(reading.faults.map(\.pointer) == ["/id"])
  }

  @Test(arguments: ["[]", "1", "null", "\"study\""])
  func aStudyIsAnObject(text: String) {
    #expect(faults(of: text).map(\.expected) == ["a study: an object"])
    #expect(faults(of: text).map(\.pointer) == [""])
  }

  @Test func anUnknownKeyGivenTwiceIsUnknownOnce() {
    var text = StudyText()
    text.more = #", "foo": 1, "foo": 2"#
    #expect(
      text.reading.faults.map(\.found) == [
        "the unknown key \"foo\"", "the key \"foo\" again",
      ])
  }

  @Test func keysWithSlashesAndTildesAreEscapedInPointers() {
    var text = StudyText()
    text.more = #", "a/b~c": 1"#
    #expect(text.reading.faults.map(\.pointer) == ["/a~1b~0c"])
  }

  @Test func aFaultIsOneLineWhateverItsKey() {
    var text = StudyText()
    text.more = #", "a\nb\u2028\"": 1"#
    let line = text.reading.faults.map(\.description).joined()
    #expect(text.reading.faults.map(\.pointer) == ["/a\nb\u{2028}\""])
    #expect(line.contains(#": /a\nb"#) && !line.contains { $0.isNewline && $0 != "\u{2028}" })
  }

  @Test func longTextsAreShortenedAndLongListsCounted() {
    var text = StudyText()
    text.analysis =
      #""trial": "\#(String(repeating: "x", count: 200))", "measure": "risk", "methods": ["wilson"]"#
    #expect(text.reading.faults.map(\.found.count) == [82])
    text.more = #", "defaults": {"seed": \#(String(repeating: "1", count: 200))}"#
    #expect(text.reading.faults.map(\.found.count) == [82, 80])
    text.more = ""
    text.analysis = #""trial": "t", "arms": ["t/y"], "measure": "risk", "methods": ["wilson"]"#
    let arms = (1...20).map { #"{"id": "arm-\#($0)", "label": "A"}"# }.joined(separator: ", ")
    (text.arms, text.events) = ("[\(arms)]", "[]")
    #expect(text.reading.faults.map { $0.expected.hasSuffix("… (20 in all)") } == [true])
  }

  @Test(arguments: [
    ("mesure", "measure"), ("METHODS", "methods"), ("tirals", "trials"), ("sieds", "sides"),
    ("pe", "per"), ("minimum_percent", "minimumPercent"), ("colour", nil), ("x", nil),
  ])
  func theNearestSpellingIsSuggested(key: String, suggestion: String?) {
    var text = StudyText()
    text.analysis += #", "\#(key)": 1"#
    let fault = text.reading.faults.first { $0.pointer.hasSuffix(key) }
    #expect(fault?.suggestion == suggestion)
  }
}
