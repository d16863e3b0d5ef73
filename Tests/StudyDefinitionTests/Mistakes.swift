import StudyDefinition
import Testing

/// A study with one mistake, where the fault must point and what it must say.
struct Mistake: CustomTestStringConvertible, Sendable {
  let study: StudyText
  let pointer: String
  let fragment: String
  /// Whether it is one of meaning, such as a repeated or dangling name, which a schema cannot tell.
  var isBeyondSchema = false

  init(
    _ pointer: String, _ fragment: String, _ part: WritableKeyPath<StudyText, String>,
    _ text: String
  ) {
    var study = StudyText()
    study[keyPath: part] = text
    self.study = study
    self.pointer = pointer
    self.fragment = fragment
  }

  init(_ pointer: String, _ fragment: String, _ study: StudyText) {
    self.study = study
    self.pointer = pointer
    self.fragment = fragment
  }

  var ofMeaning: Mistake {
    var mistake = self
    mistake.isBeyondSchema = true
    return mistake
  }

  var testDescription: String { "\(pointer): \(fragment)" }
}

/// `text` as the only part of the study's head besides what must be there.
private func head(_ pointer: String, _ fragment: String, _ text: String) -> Mistake {
  Mistake(pointer, fragment, \.head, text)
}

private func more(_ pointer: String, _ fragment: String, _ text: String) -> Mistake {
  Mistake(pointer, fragment, \.more, ", " + text)
}

private func arms(_ pointer: String, _ fragment: String, _ arm: String) -> Mistake {
  Mistake(
    pointer, fragment, \.arms,
    #"[{"id": "a", "label": "A", "subjects": 9}, {"id": "b", "label": "B", "subjects": 9}, \#(arm)]"#
  )
}

private func event(_ pointer: String, _ fragment: String, _ event: String) -> Mistake {
  Mistake(
    pointer, fragment, \.events,
    #"[{"term": "Nausea", "counts": {"a": 3}}, {"term": "Pain", "system": "Gut", "grade": 3, "counts": {}}, \#(event)]"#
  )
}

private func analysis(_ pointer: String, _ fragment: String, _ text: String) -> Mistake {
  Mistake(pointer, fragment, \.analysis, text)
}

private let risk = #""measure": "risk", "methods": ["wilson"]"#
private let rate = #""measure": "rate", "methods": ["exact"]"#

let ofStudies: [Mistake] = [
  head(
    "/theriac", "found 2; expected the format number 1", #""theriac": 2, "id": "s", "title": "T""#),
  head("/theriac", "found 1.0", #""theriac": 1.0, "id": "s", "title": "T""#).ofMeaning,
  head("", #"no key "theriac""#, #""id": "s", "title": "T""#),
  head("/id", #"found "a b""#, #""theriac": 1, "id": "a b", "title": "T""#),
  head("/id", #"found ".a""#, #""theriac": 1, "id": ".a", "title": "T""#),
  head("/id", "found 7", #""theriac": 1, "id": 7, "title": "T""#),
  head("", #"no key "title""#, #""theriac": 1, "id": "s""#),
  head("/title", "a string that is not empty", #""theriac": 1, "id": "s", "title": " ""#),
  head("/id", #"the key "id" again"#, #""theriac": 1, "id": "s", "id": "s", "title": "T""#)
    .ofMeaning,
  more("/publshed", #"did you mean "published""#, #""publshed": []"#),
  more("/assays", "an array", #""assays": {}"#),
  more("/description", "found null", #""description": null"#),
  more("/sources", "an array", #""sources": {}"#),
  more("/sources/0", #"no key "citation""#, #""sources": [{"id": "p"}]"#),
  more(
    "/sources/1", "each source id once",
    #""sources": [{"id": "p", "citation": "C"}, {"id": "p", "citation": "C"}]"#
  ).ofMeaning,
  more("/defaults/level", "between 0 and 1", #""defaults": {"level": 95}"#),
  more("/defaults/level", "found 1e-17", #""defaults": {"level": 1e-17}"#).ofMeaning,
  more("/defaults/seed", "found -1", #""defaults": {"seed": -1}"#),
  more(
    "/defaults/rounding", #"did you mean "half-even""#, #""defaults": {"rounding": "half_even"}"#),
  more("/defaults/preset", #""revman5""#, #""defaults": {"preset": "revman"}"#),
  more("/defaults/maximumSubjects", "from 1 to 1000000", #""defaults": {"maximumSubjects": 0}"#),
  more("/datasets/d", "nothing names", #""datasets": {"d": {"path": "d.csv"}}"#).ofMeaning,
  more("/datasets/d", "reserved", #""datasets": {"d": {"path": "d.xpt"}}"#).ofMeaning,
  more("/datasets/d", #"the format "xls""#, #""datasets": {"d": {"path": "d.xls"}}"#).ofMeaning,
  more("/datasets/d", #"no key "path""#, #""datasets": {"d": {}}"#),
  more("/published", "an array", #""published": 1"#),
]

let ofTrials: [Mistake] = [
  Mistake("/trials/0/source", "of which there is none", \.trial, #", "source": "p""#).ofMeaning,
  Mistake("/trials/0/record", "reserved", \.trial, #", "record": {"path": "x"}"#),
  Mistake("/trials/0/desing", #"did you mean "design""#, \.trial, #", "desing": "parallel""#),
  Mistake("/trials/0/phase", "found 1", \.trial, #", "phase": 1"#),
  Mistake("/trials/0/arms", "an array", \.arms, "{}"),
  arms("/trials/0/arms/2/id", "an id", #"{"id": "", "label": "C"}"#),
  arms(
    "/trials/0/arms/2/id", "at most 100 in all",
    "{\"id\": \"\(String(repeating: "a", count: 101))\", \"label\": \"C\"}"),
  arms("/trials/0/arms/2", #"no key "label""#, #"{"id": "c"}"#),
  arms("/trials/0/arms/2", "each arm id once", #"{"id": "a", "label": "C"}"#).ofMeaning,
  arms("/trials/0/arms/2/subjects", "found -1", #"{"id": "c", "label": "C", "subjects": -1}"#),
  arms("/trials/0/arms/2/subjects", "found 9.5", #"{"id": "c", "label": "C", "subjects": 9.5}"#),
  arms(
    "/trials/0/arms/2/subjects", "found 1000000000001",
    #"{"id": "c", "label": "C", "subjects": 1000000000001}"#),
  arms("/trials/0/arms/2/personYears", "above 0", #"{"id": "c", "label": "C", "personYears": 0}"#),
  arms(
    "/trials/0/arms/2/personYears", "1e-100", #"{"id": "c", "label": "C", "personYears": 1e-101}"#),
  arms(
    "/trials/0/arms/2/dose", #"no key "unit""#, #"{"id": "c", "label": "C", "dose": {"value": 1}}"#),
  arms(
    "/trials/0/arms/2/dose/value", "at least 0",
    #"{"id": "c", "label": "C", "dose": {"value": -1, "unit": "mg"}}"#),
  event("/trials/0/events/2", "neither", #"{"counts": {"a": 1}}"#),
  event("/trials/0/events/2", #""counts" or "percent""#, #"{"term": "X"}"#),
  event(
    "/trials/0/events/2/percent", "both", #"{"term": "X", "counts": {}, "percent": {"a": "1"}}"#),
  event("/trials/0/events/2", "again", #"{"term": "Nausea", "serious": false, "counts": {}}"#)
    .ofMeaning,
  event(
    "/trials/0/events/2", "Pain [grade 3]",
    #"{"term": "Pain", "system": "Gut", "grade": "3", "counts": {}}"#
  ).ofMeaning,
  event("/trials/0/events/2/grade", "from 0 to 5", #"{"term": "X", "grade": 6, "counts": {}}"#),
  event(
    "/trials/0/events/2/serious", "true or false", #"{"term": "X", "serious": 1, "counts": {}}"#),
  event("/trials/0/events/2/counts/c", #"one of "a", "b""#, #"{"term": "X", "counts": {"c": 1}}"#)
    .ofMeaning,
  event(
    "/trials/0/events/2/counts/a", "the key \"a\" again",
    #"{"term": "X", "counts": {"a": 1, "a": 1}}"#
  ).ofMeaning,
  event("/trials/0/events/2/counts/a", "at most the 37", #"{"term": "X", "counts": {"a": 38}}"#)
    .ofMeaning,
  event(
    "/trials/0/events/2/counts/a", "at least one event a subject",
    #"{"term": "X", "counts": {"a": {"subjects": 3, "events": 2}}}"#
  ).ofMeaning,
  event(
    "/trials/0/events/2/counts/a", "at most the 2",
    #"{"term": "X", "counts": {"a": {"subjects": 3, "atRisk": 2}}}"#
  ).ofMeaning,
  event("/trials/0/events/2/counts/a", "found \"3\"", #"{"term": "X", "counts": {"a": "3"}}"#),
  event("/trials/0/events/2/percent/a", "as a string", #"{"term": "X", "percent": {"a": 32.4}}"#),
  event(
    "/trials/0/events/2/percent/a", "from 0 to 100", #"{"term": "X", "percent": {"a": "100.1"}}"#
  ).ofMeaning,
]

let ofAnalyses: [Mistake] = [
  analysis("/analyses/0/trial", #"one of "t""#, #""trial": "u", "# + risk).ofMeaning,
  analysis("/analyses/0", #""trial", "trials" or "counts""#, risk),
  analysis("/analyses/0", "several of them", #""trial": "t", "trials": ["t"], "# + risk),
  analysis("/analyses/0/trials/1", "each trial once", #""trials": ["t", "t"], "# + risk),
  analysis("/analyses/0/trials", "at least one", #""trials": [], "arms": ["t/a"], "# + risk),
  analysis("/analyses/0/arms/0", #"did you mean "t/a""#, #""trial": "t", "arms": ["a"], "# + risk)
    .ofMeaning,
  analysis(
    "/analyses/0/arms/1", "each arm once", #""trial": "t", "arms": ["t/a", "t/a"], "# + risk),
  analysis(
    "/analyses/0/terms/0", #"did you mean "Nausea""#, #""trial": "t", "terms": ["Nausae"], "# + risk
  ).ofMeaning,
  analysis(
    "/analyses/0/terms/1", "each event once",
    #""trial": "t", "terms": ["Nausea", {"term": "Nausea"}], "# + risk
  ).ofMeaning,
  analysis(
    "/analyses/0/terms/0", "fits 2 events", #""trial": "t", "terms": [{"system": "Gut"}], "# + risk
  ).ofMeaning,
  analysis(
    "/analyses/0/measure", "one of \"risk\", \"rate\"",
    #""trial": "t", "measure": "odds", "methods": []"#),
  analysis(
    "/analyses/0/methods", "at least one", #""trial": "t", "measure": "risk", "methods": []"#),
  analysis(
    "/analyses/0/methods/0", #"did you mean "wilson""#,
    #""trial": "t", "measure": "risk", "methods": ["willson"]"#),
  analysis(
    "/analyses/0/methods/1", "one limit alone",
    #""trial": "t", "sides": "lower", "measure": "risk", "methods": ["wilson", "blaker"]"#),
  analysis(
    "/analyses/0/methods/1", "once",
    #""trial": "t", "measure": "risk", "methods": ["wilson", "wilson"]"#),
  analysis("/analyses/0/numerator", "rate", #""trial": "t", "numerator": "events", "# + risk),
  analysis("/analyses/0/per", "rate", #""trial": "t", "per": 100, "# + risk),
  analysis("/analyses/0/sides", #""two""#, #""trial": "t", "sides": "both", "# + risk),
  analysis(
    "/analyses/0/minimumPercent", "from 0 to 100", #""trial": "t", "minimumPercent": 101, "# + risk),
  analysis(
    "/analyses/0/trial", #"no "personYears" of "Nausea", "Pain" in "t/a""#,
    #""trial": "t", "arms": ["t/a"], "# + rate
  ).ofMeaning,
  analysis(
    "/analyses/0/counts/0", "at most the 2",
    #""counts": [{"label": "x", "events": 3, "subjects": 2}], "# + risk
  ).ofMeaning,
  analysis(
    "/analyses/0/counts/0", #"no "subjects""#, #""counts": [{"label": "x", "events": 3}], "# + risk
  ).ofMeaning,
  analysis(
    "/analyses/0/counts/0", #""minimumPercent" needs"#,
    #""counts": [{"label": "x", "events": 3, "personYears": 2}], "minimumPercent": 5, "# + rate
  ).ofMeaning,
  analysis(
    "/analyses/0/counts/1", "each label once",
    #""counts": [{"label": "x", "events": 1, "subjects": 2}, {"label": "x", "events": 1, "subjects": 2}], "#
      + risk
  ).ofMeaning,
  analysis(
    "/analyses/0/terms", "only",
    #""counts": [{"label": "x", "events": 1, "subjects": 2}], "terms": ["Nausea"], "# + risk
  ).ofMeaning,
]
