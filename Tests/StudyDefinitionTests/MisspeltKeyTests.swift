import StudyDefinition
import Testing

/// A misspelt key is one mistake, whatever is missing for want of it.
@Suite struct MisspeltKeyTests {
  private static let comparison = """
    "treatment": "t/a", "reference": "t/b", "methods": {"risk-difference": ["newcombe"]}
    """
  private static let rate = #""trial": "t", "measure": "rate", "methods": ["exact"]"#

  /// A part of a study whose key is misspelt, where the fault must point and what was meant.
  private static let misspelt: [Mistake] = [
    arms("subject", "subjects", #""label": "A", "subject": 37"#),
    arms("lable", "label", #""lable": "A", "subjects": 37"#),
    arms("patients", "one of", #""label": "A", "patients": 37"#),
    events("counts/a/subject", "subjects", #""term": "X", "counts": {"a": {"subject": 3}}"#),
    events("count", "counts", #""term": "X", "count": {"a": 3}"#),
    events("precent", "percent", #""term": "X", "precent": {"a": "3"}"#),
    events("trm", "term", #""trm": "X", "counts": {"a": 3}"#),
    events("sytem", "system", #""sytem": "Gut", "counts": {"a": 3}"#),
    Mistake(
      "/trials/0/events/1/trm", "term", \.events,
      #"[{"system": "Gut", "counts": {"a": 3}}, {"trm": "X", "system": "Gut", "counts": {"a": 3}}]"#
    ),
    incidence("metods", "methods", #""trial": "t", "measure": "risk", "metods": ["wilson"]"#),
    incidence("measur", "measure", #""trial": "t", "measur": "risk", "methods": ["wilson"]"#),
    incidence("trail", "trial", #""trail": "t", "measure": "risk", "methods": ["wilson"]"#),
    incidence(
      "counts/0/subject", "subjects",
      #""measure": "risk", "methods": ["wilson"], "counts": [{"label": "A", "events": 1, "subject": 2}]"#
    ),
    compared("treatmnt", "treatment", comparison.replacing("treatment", with: "treatmnt")),
    compared("tabel", "table", #""tabel": {}, "methods": {"risk-difference": ["newcombe"]}"#),
    compared(
      "terms/0/trem", "term", comparison + #", "terms": [{"trem": "Nausea"}]"#),
    pooled("stdies", "studies", #""stdies": [], "event": "Nausea""#),
    pooled("evnt", "event", #""studies": [], "evnt": "Nausea""#),
    pooled(
      "studies/0/refrence", "reference",
      #""event": "Nausea", "studies": [{"label": "x", "treatment": "t/a", "refrence": "t/b"}]"#),
  ]

  @Test(arguments: misspelt) func isTheOnlyFaultWithWhatWasMeant(mistake: Mistake) {
    let faults = mistake.study.reading.faults
    #expect(faults.map(\.pointer) == [mistake.pointer], "\(faults.map(\.description))")
    #expect(faults.first?.found.hasPrefix("the unknown key") == true)
    #expect(faults.first?.description.contains(mistake.fragment) == true)
    if !mistake.fragment.contains(" ") { #expect(faults.first?.suggestion == mistake.fragment) }
  }

  @Test func personYearsAreNotMissedAsWell() {
    for kind in ["incidence", "comparison"] {
      var text = StudyText()
      text.arms =
        #"[{"id": "a", "label": "A", "subjects": 9, "personYear": 3}, {"id": "b", "label": "B", "subjects": 9, "personYears": 3}]"#
      text.kind = kind
      text.analysis =
        kind == "incidence"
        ? Self.rate
        : #""treatment": "t/a", "reference": "t/b", "methods": {"rate-ratio": ["wald-log"]}"#
      #expect(text.reading.faults.map(\.pointer) == ["/trials/0/arms/0/personYear"])
    }
  }

  @Test func namesInAListUnderAMisspeltKeyAreNotUnknown() {
    var text = StudyText()
    let published =
      #", "published": [{"analysis": "i", "where": {}, "statistic": "x", "value": "1"}]"#
    text.more = #", "sorces": [{"id": "p", "citation": "C"}]"# + published
    text.trial = #", "source": "p""#
    #expect(text.reading.faults.map(\.pointer) == ["/sorces"])
    let study = text.text.replacing("\"trials\"", with: "\"trial\"")
    #expect(faults(of: study).map(\.pointer) == ["/trial", "/sorces"])
    let other = StudyText().text.replacing("\"analyses\"", with: "\"analysis\"")
    #expect(faults(of: other).map(\.suggestion) == ["analyses"])
  }

  @Test func theKindIsMeantThoughNoOtherKeyIsKnown() {
    let text = StudyText().text.replacing("\"kind\"", with: "\"knd\"")
    let found = faults(of: text)
    #expect(found.map(\.pointer) == ["/analyses/0/knd"])
    #expect(found.map(\.suggestion) == ["kind"])
  }

  @Test func aMissingKeyAndAnUnknownOneAreTwoMistakes() {
    var text = StudyText()
    text.analysis = #""trial": "t", "measure": "risk", "colour": ["wilson"]"#
    #expect(text.reading.faults.map(\.pointer) == ["/analyses/0", "/analyses/0/colour"])
  }

  @Test func ofTwoSpellingsOfOneKeyEachIsTold() {
    var text = StudyText()
    text.analysis = #""trial": "t", "measure": "risk", "metods": ["wilson"], "methds": ["wald"]"#
    #expect(text.reading.faults.map(\.suggestion) == ["methods", "methods"])
  }

  private static func arms(_ key: String, _ meant: String, _ arm: String) -> Mistake {
    Mistake(
      "/trials/0/arms/0/" + key, meant, \.arms,
      #"[{"id": "a", \#(arm)}, {"id": "b", "label": "B", "subjects": 40}]"#)
  }

  private static func events(_ key: String, _ meant: String, _ event: String) -> Mistake {
    Mistake("/trials/0/events/0/" + key, meant, \.events, "[{\(event)}]")
  }

  private static func incidence(_ key: String, _ meant: String, _ analysis: String) -> Mistake {
    Mistake("/analyses/0/" + key, meant, \.analysis, analysis)
  }

  private static func compared(_ key: String, _ meant: String, _ analysis: String) -> Mistake {
    mistake(key, meant, "comparison", analysis)
  }

  private static func pooled(_ key: String, _ meant: String, _ analysis: String) -> Mistake {
    mistake(
      key, meant, "meta-analysis", #""measure": "odds-ratio", "pooling": ["peto"], "# + analysis)
  }

  private static func mistake(
    _ key: String, _ meant: String, _ kind: String, _ analysis: String
  ) -> Mistake {
    var study = StudyText()
    (study.kind, study.analysis) = (kind, analysis)
    return Mistake("/analyses/0/" + key, meant, study)
  }
}
