private func comparison(_ pointer: String, _ fragment: String, _ text: String) -> Mistake {
  var study = StudyText()
  study.kind = "comparison"
  study.events = """
    [{"term": "Nausea", "system": "Gut", "counts": {"a": 3, "b": 4}},
     {"term": "Pain", "counts": {"a": 1, "b": 0}}, {"term": "Rash", "counts": {"a": 1}}]
    """
  study.analysis = text
  return Mistake("/analyses/0" + pointer, fragment, study)
}

private let arms = #""treatment": "t/a", "reference": "t/b", "#
private let methods = #""methods": {"risk-difference": ["mee"]}"#
private let table =
  #""table": {"treatment": {"events": 1, "subjects": 9}, "reference": {"events": 2, "subjects": 8}}, "#

let ofComparisons: [Mistake] = [
  comparison("", #"no key "methods""#, arms + #""tests": ["fisher"]"#),
  comparison("/methods", "at least one measure", arms + #""methods": {}"#).ofMeaning,
  comparison(
    "/methods/risk-diference", #"did you mean "risk-difference""#,
    arms + #""methods": {"risk-diference": ["mee"]}"#),
  comparison(
    "/methods/odds-ratio/0", #"did you mean "woolf""#,
    arms + #""methods": {"odds-ratio": ["wolf"]}"#),
  comparison(
    "/methods/risk-ratio", "at least one element", arms + #""methods": {"risk-ratio": []}"#),
  comparison(
    "/methods/risk-ratio", "an array of strings", arms + #""methods": {"risk-ratio": "koopman"}"#),
  comparison(
    "/methods/odds-ratio/0", "one limit alone",
    arms + #""sides": "upper", "methods": {"odds-ratio": ["baptista-pike"]}"#
  ).ofMeaning,
  comparison("/tests/0", #"did you mean "fisher""#, arms + methods + #", "tests": ["fischer"]"#),
  comparison("/tests/1", "each test once", arms + methods + #", "tests": ["fisher", "fisher"]"#),
  comparison("/weights", #"with "strata" only"#, arms + methods + #", "weights": "equal""#),
  comparison("", "a comparison of nothing", methods),
  comparison("", "a comparison of several things", arms + table + methods),
  comparison("", #"no key "reference""#, #""treatment": "t/a", "# + methods),
  comparison(
    "/treatment", #"did you mean "t/a""#, #""treatment": "a", "reference": "t/b", "# + methods
  ).ofMeaning,
  comparison(
    "/treatment/1", "each arm once",
    #""treatment": ["t/a", "t/a"], "reference": "t/b", "# + methods),
  comparison("/treatment", "at least one", #""treatment": [], "reference": "t/b", "# + methods),
  comparison(
    "/reference", "on both sides", #""treatment": ["t/a", "t/b"], "reference": "t/b", "# + methods
  ).ofMeaning,
  comparison("/terms/0", #"did you mean "Nausea""#, arms + #""terms": ["Nausae"], "# + methods)
    .ofMeaning,
  comparison("/terms", "no event that both sides report", arms + #""terms": ["Rash"], "# + methods)
    .ofMeaning,
  comparison("/terms", "with arms of trials only", table + #""terms": ["Rash"], "# + methods)
    .ofMeaning,
  comparison(
    "/table/reference", #"no "personYears" in "reference""#,
    #""table": {"treatment": {"events": 1, "personYears": 9}, "reference": {"events": 2, "subjects": 8}}, "#
      + #""methods": {"rate-ratio": ["mover"]}"#
  ).ofMeaning,
  comparison(
    "/table/treatment", "at most the 9",
    #""table": {"treatment": {"events": 10, "subjects": 9}, "reference": {"events": 2, "subjects": 8}}, "#
      + methods
  ).ofMeaning,
  comparison(
    "/table", #"no key "reference""#, #""table": {"treatment": {"events": 1}}, "# + methods),
  comparison(
    "/table/treatment", "an object with counts",
    #""table": {"treatment": "t/a", "reference": {"events": 2, "subjects": 8}}, "# + methods),
  comparison("/null", #""lower" or "upper" only"#, arms + methods + #", "null": {}"#),
  comparison(
    "/null/risk-ratio", #"one of "risk-difference""#,
    arms + methods + #", "sides": "lower", "null": {"risk-ratio": 2}"#
  ).ofMeaning,
  comparison(
    "/null/risk-difference", "have no test",
    arms
      + #""sides": "lower", "null": {"risk-difference": 0.1}, "methods": {"risk-difference": ["newcombe"]}"#
  ).ofMeaning,
  comparison(
    "/null/risk-difference", "between -1 and 1",
    arms + methods + #", "sides": "lower", "null": {"risk-difference": 2}"#),
  comparison(
    "/multiplicity", #"with "tests""#, arms + methods + #", "multiplicity": ["holm"]"#),
  comparison(
    "/multiplicity", #"no "system" of "Pain""#,
    arms + methods + #", "tests": ["fisher"], "multiplicity": ["double-fdr"]"#
  ).ofMeaning,
]
