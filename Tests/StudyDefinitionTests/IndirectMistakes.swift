private func indirect(_ pointer: String, _ fragment: String, _ text: String) -> Mistake {
  var study = StudyText()
  study.kind = "indirect-comparison"
  study.events = #"[{"term": "Nausea", "counts": {"a": 3, "b": 4}}]"#
  study.analysis = text
  return Mistake("/analyses/0" + pointer, fragment, study)
}

private let head = #""measure": "odds-ratio", "methods": ["profile"], "#
private let counts =
  #"{"arm": {"events": 1, "subjects": 9}, "anchor": {"events": 2, "subjects": 8}}"#

let ofIndirectComparisons: [Mistake] = [
  indirect("", #"no key "reference""#, head + #""treatment": \#(counts)"#),
  indirect(
    "/treatment", "an arm and its anchor", head + #""treatment": "t/a", "reference": \#(counts)"#),
  indirect(
    "/treatment", #"no key "anchor""#,
    head + #""treatment": {"arm": "t/a"}, "reference": \#(counts)"#),
  indirect(
    "/treatment", "an arm beside counts",
    head
      + #""treatment": {"arm": "t/a", "anchor": {"events": 1, "subjects": 3}}, "reference": \#(counts)"#
  ).ofMeaning,
  indirect(
    "/treatment/anchor", "on both sides",
    head
      + #""treatment": {"arm": "t/a", "anchor": "t/a"}, "reference": {"arm": "t/a", "anchor": "t/b"}"#
  ).ofMeaning,
  indirect(
    "/measure", #"did you mean "odds-ratio""#,
    #""measure": "odd-ratio", "methods": ["profile"], "treatment": \#(counts), "reference": \#(counts)"#
  ),
  indirect(
    "/methods/0", #"did you mean "bucher""#,
    #""measure": "risk-ratio", "methods": ["butcher"], "treatment": \#(counts), "reference": \#(counts)"#
  ),
  indirect(
    "/treatment/arm", #"no "personYears" in "arm""#,
    #""measure": "rate-ratio", "methods": ["bucher"], "treatment": {"arm": {"events": 1, "subjects": 9}, "anchor": {"events": 2, "personYears": 8}}, "reference": {"arm": {"events": 1, "personYears": 9}, "anchor": {"events": 2, "personYears": 8}}"#
  ).ofMeaning,
  indirect(
    "/terms", "with arms of trials only",
    head + #""terms": ["Nausea"], "treatment": \#(counts), "reference": \#(counts)"#
  )
  .ofMeaning,
]
