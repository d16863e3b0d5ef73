private let head = #""measure": "odds-ratio", "pooling": ["inverse-variance"], "#

/// An analysis of data rows, with a mistake in the second.
private func row(
  _ pointer: String, _ fragment: String, measure: String = "odds-ratio", _ row: String
) -> Mistake {
  let first =
    switch measure {
    case "generic": #"{"study": "x", "effect": 1, "standardError": 2}"#
    case "rate-ratio":
      #"{"study": "x", "treatment": {"events": 1, "personYears": 9}, "reference": {"events": 2, "personYears": 8}}"#
    case "proportion": #"{"study": "x", "events": 1, "subjects": 9}"#
    case "rate": #"{"study": "x", "events": 1, "personYears": 9}"#
    default:
      #"{"study": "x", "treatment": {"events": 1, "subjects": 9}, "reference": {"events": 2, "subjects": 8}}"#
    }
  return pooling(
    "/data/1" + pointer, fragment,
    #""measure": "\#(measure)", "pooling": ["inverse-variance"], "data": [\#(first), \#(row)]"#)
}

/// An analysis of arms of the trial, with a mistake in the second study.
private func study(
  _ pointer: String, _ fragment: String, measure: String = "odds-ratio",
  first: String = #"{"label": "x", "treatment": "t/a", "reference": "t/b"}"#,
  event: String = #""event": "Nausea""#, _ study: String
) -> Mistake {
  pooling(
    pointer, fragment,
    #""measure": "\#(measure)", "pooling": ["inverse-variance"], \#(event), "#
      + #""studies": [\#(first), \#(study)]"#)
}

private let groups =
  #""treatment": {"events": 1, "subjects": 9}, "reference": {"events": 2, "subjects": 8}"#

private let goodStudy = #"{"label": "y", "treatment": "t/c", "reference": "t/d"}"#

let ofDataRows: [Mistake] = [
  pooling("", #"found none; expected either "data" or "studies""#, head + #""outcome": "o""#),
  pooling(
    "", #"found both; expected either "data" or "studies""#,
    head + #"\#(twoDataRows), "studies": [\#(goodStudy)]"#),
  pooling("/event", #"with "studies" only"#, head + #""event": "Nausea", \#(twoDataRows)"#),
  pooling(
    "/sharedArms", #"with "studies" only"#, head + #""sharedArms": "split", \#(twoDataRows)"#),
  pooling("/data", "an array", head + #""data": {}"#),
  pooling("/data", "at least one", head + #""data": []"#),
  row("", "an object", "1"),
  row("", #"no key "study""#, "{\(groups)}"),
  row("/study", "not empty", #"{"study": "", \#(groups)}"#),
  row("", #"the study "x" again"#, #"{"study": "x", \#(groups)}"#).ofMeaning,
  row("/label", #"the unknown key "label""#, #"{"study": "y", "label": "y", \#(groups)}"#),
  row("", #"no key "reference""#, #"{"study": "y", "treatment": {"events": 1, "subjects": 9}}"#),
  row(
    "/treatment", "an object with counts",
    #"{"study": "y", "treatment": "t/a", "reference": {"events": 1, "subjects": 9}}"#),
  row(
    "/treatment", #"no key "events""#,
    #"{"study": "y", "treatment": {"subjects": 9}, "reference": {"events": 1, "subjects": 9}}"#),
  row(
    "/treatment/events", "an integer",
    #"{"study": "y", "treatment": {"events": 1.5, "subjects": 9}, "reference": {"events": 1, "subjects": 9}}"#
  ),
  row(
    "/treatment", "at most the 9",
    #"{"study": "y", "treatment": {"events": 10, "subjects": 9}, "reference": {"events": 1, "subjects": 9}}"#
  ).ofMeaning,
  row(
    "", #"no "subjects" in "treatment""#,
    #"{"study": "y", "treatment": {"events": 1, "personYears": 9}, "reference": {"events": 1, "subjects": 9}}"#
  ),
  row(
    "", #"no "personYears" in "reference""#, measure: "rate-ratio",
    #"{"study": "y", "treatment": {"events": 1, "personYears": 9}, "reference": {"events": 1, "subjects": 9}}"#
  ),
  row(
    "/treatment/personYears", "above 0", measure: "rate-ratio",
    #"{"study": "y", "treatment": {"events": 1, "personYears": 0}, "reference": {"events": 1, "personYears": 9}}"#
  ),
  row("/events", #"the unknown key "events""#, #"{"study": "y", "events": 1, \#(groups)}"#),
  row("", #"no key "events""#, measure: "proportion", #"{"study": "y", "subjects": 9}"#),
  row("", #"no "subjects" in "y""#, measure: "proportion", #"{"study": "y", "events": 9}"#),
  row(
    "", "at most the 9", measure: "proportion", #"{"study": "y", "events": 10, "subjects": 9}"#
  ).ofMeaning,
  row(
    "", #"no "personYears" in "y""#, measure: "rate", #"{"study": "y", "events": 1, "subjects": 9}"#
  ),
  row(
    "/effect", #"the unknown key "effect""#, measure: "rate",
    #"{"study": "y", "events": 1, "personYears": 9, "effect": 1}"#
  ),
  row("", #"no key "effect""#, measure: "generic", #"{"study": "y", "standardError": 9}"#),
  row("", #"no key "standardError""#, measure: "generic", #"{"study": "y", "effect": 9}"#),
  row(
    "/standardError", "above 0", measure: "generic",
    #"{"study": "y", "effect": 9, "standardError": 0}"#),
  row(
    "/effect", "from -1e100 to 1e100", measure: "generic",
    #"{"study": "y", "effect": -1e101, "standardError": 1}"#),
]

let ofArmStudies: [Mistake] = [
  pooling("", #"no key "event""#, head + #""studies": [\#(goodStudy)]"#),
  pooling("/studies", "an array", head + #""event": "Nausea", "studies": {}"#),
  pooling("/studies", "at least one", head + #""event": "Nausea", "studies": []"#),
  pooling(
    "/sharedArms", #"did you mean "split""#,
    head + #""sharedArms": "splt", "event": "Nausea", "studies": [\#(goodStudy)]"#),
  pooling("/studies/0", "an object", head + #""event": "Nausea", "studies": ["t/a"]"#),
  study("/studies/1", #"no key "label""#, #"{"treatment": "t/c", "reference": "t/d"}"#),
  study("/studies/1", #"no key "treatment""#, #"{"label": "y", "reference": "t/d"}"#),
  study("/studies/1", #"no key "reference""#, #"{"label": "y", "treatment": "t/d"}"#).ofMeaning,
  study(
    "/studies/1/study", #"the unknown key "study""#,
    #"{"label": "y", "study": "y", "treatment": "t/c", "reference": "t/d"}"#),
  study(
    "/studies/1", #"the study "x" again"#,
    #"{"label": "x", "treatment": "t/c", "reference": "t/d"}"#
  ).ofMeaning,
  study(
    "/studies/1/treatment", #"did you mean "t/c""#,
    #"{"label": "y", "treatment": "c", "reference": "t/d"}"#
  ).ofMeaning,
  study(
    "/studies/1/treatment/1", "each arm once",
    #"{"label": "y", "treatment": ["t/c", "t/c"], "reference": "t/d"}"#),
  study(
    "/studies/1/reference", "at least one",
    #"{"label": "y", "treatment": "t/c", "reference": []}"#),
  study(
    "/studies/1/reference", "on both sides",
    #"{"label": "y", "treatment": "t/c", "reference": ["t/d", "t/c"]}"#
  ).ofMeaning,
  study(
    "/studies/1", #"the arm "t/b" again"#,
    #"{"label": "y", "treatment": "t/c", "reference": "t/b"}"#
  ).ofMeaning,
  study(
    "/studies/1/reference", #"no "reference", since the measure is of one group"#,
    measure: "proportion", first: #"{"label": "x", "treatment": "t/a"}"#, goodStudy
  ).ofMeaning,
  study(
    "/studies/1", #"no "personYears" in "t/c""#, measure: "rate",
    first: #"{"label": "x", "treatment": "t/a"}"#, #"{"label": "y", "treatment": "t/c"}"#
  ).ofMeaning,
  pooling(
    "/studies/0/treatment", #""data" with effects"#,
    #""measure": "generic", "pooling": ["inverse-variance"], "event": "Nausea", "studies": [{"label": "y", "treatment": "t/c"}]"#
  ).ofMeaning,
  study("/event", #"did you mean "Nausea""#, event: #""event": "Nausae""#, goodStudy).ofMeaning,
  study("/event", "fits 2 events", event: #""event": {"system": "Gut"}"#, goodStudy).ofMeaning,
  study("/event", "an event that no study reports", event: #""event": "Pain""#, goodStudy)
    .ofMeaning,
  study("/event", "a term, or an object", event: #""event": 7"#, goodStudy),
]
