private let trend =
  #""groups": [{"label": "a", "score": 0, "events": 1, "subjects": 5}, {"label": "b", "score": 2.5, "events": 3, "subjects": 5}]"#
private let trendMethods = #", "methods": ["cochran-armitage", "cochran-armitage-exact"]"#
private let categories = #""categories": ["0", "1", "2"]"#
private let groups =
  #", "groups": [{"label": "a", "counts": [3, 1, 0]}, {"label": "b", "counts": [1, 2, 4]}]"#
private let ordinalMethods = #", "methods": ["win-odds", "proportional-odds"]"#
private let table = #", "table": [[3, 1, 0], [1, 2, 4], [0, 0, 0]]"#
private let kappa = #", "methods": ["kappa"]"#
private let sign = #", "methods": ["sign"]"#
private let margins = #", "baselineTotals": [5, 2, 0], "worstTotals": [3, 3, 1]"#

/// Studies of grades without a fault, each key used.
let gradedStudies = [
  graded("trend", #""outcome": "Relapse", "title": "T", "level": 0.9, "# + trend + trendMethods),
  graded(
    "ordinal", categories + groups + #", "reference": "b", "outcome": "Fibrosis""# + ordinalMethods),
  graded(
    "ordinal",
    categories
      + #", "scores": [0, 1, 4], "groups": [{"label": "a", "score": -1, "counts": [3, 1, 0]}, {"label": "b", "score": 1, "counts": [1, 2, 4]}], "methods": ["linear-by-linear", "jonckheere-terpstra"]"#
  ),
  graded("agreement", #""outcome": "Fibrosis", "# + categories + table + kappa),
  graded("shift", categories + table + sign),
  graded("shift", #""outcome": "X", "# + categories + margins + sign),
  graded("shift", categories + margins + #", "changes": {"-2": 0, "0": 3}"# + sign),
].map(\.text)

let ofGradedAnalyses: [Mistake] = [
  mistake("/analyses/0", #"no key "groups""#, "trend", String(trendMethods.dropFirst(2))),
  mistake(
    "/analyses/0/groups", "at least two groups", "trend",
    #""groups": [{"label": "a", "score": 0, "events": 1, "subjects": 5}]"# + trendMethods),
  trendGroup(
    "/analyses/0/groups/1/events", "at most the 4 subjects",
    #""score": 1, "events": 5, "subjects": 4"#
  )
  .ofMeaning,
  trendGroup(
    "/analyses/0/groups/1/events", "found -1", #""score": 1, "events": -1, "subjects": 4"#),
  trendGroup("/analyses/0/groups/1/subjects", "from 1", #""score": 1, "events": 0, "subjects": 0"#),
  trendGroup("/analyses/0/groups/1", #"no key "score""#, #""events": 1, "subjects": 4"#),
  trendGroup(
    "/analyses/0/groups/1/score", "from -1e100", #""score": 1e101, "events": 1, "subjects": 4"#),
  trendGroup("/analyses/0/groups", "scores that differ", #""score": 0, "events": 1, "subjects": 4"#)
    .ofMeaning,
  mistake(
    "/analyses/0/groups/1", "each label once", "trend",
    trend.replacing("\"b\"", with: "\"a\"") + trendMethods
  ).ofMeaning,
  mistake(
    "/analyses/0/methods/1", "each a test for trend once", "trend",
    trend + #", "methods": ["cochran-armitage", "cochran-armitage"]"#),
  mistake(
    "/analyses/0/methods/0", #"did you mean "cochran-armitage-mid-p""#, "trend",
    trend + #", "methods": ["cochran-armitage-midp"]"#),
  mistake("/analyses/0/trial", "unknown key", "trend", trend + #", "trial": "t""# + trendMethods),

  ordinal(
    "/analyses/0/categories", "at least two", #""categories": ["0"]"# + groups, ordinalMethods),
  ordinal(
    "/analyses/0/categories/2", "each category once", #""categories": ["0", "1", "0"]"# + groups,
    ordinalMethods),
  ordinal(
    "/analyses/0/groups/1/counts", "one for each of the 3 categories",
    categories
      + #", "groups": [{"label": "a", "counts": [3, 1, 0]}, {"label": "b", "counts": [1, 2]}]"#,
    ordinalMethods
  ).ofMeaning,
  ordinal(
    "/analyses/0/groups/1/counts/2", "found -4",
    categories + groups.replacing("4]", with: "-4]"), ordinalMethods),
  ordinal(
    "/analyses/0/groups/0/counts", "at least one subject",
    categories + groups.replacing("[3, 1, 0]", with: "[0, 0, 0]"), ordinalMethods
  ).ofMeaning,
  ordinal(
    "/analyses/0/groups/1", "each label once",
    categories + groups.replacing("\"b\"", with: "\"a\""),
    ordinalMethods
  ).ofMeaning,
  ordinal(
    "/analyses/0/reference", #"one of "a", "b""#, categories + groups + #", "reference": "c""#,
    ordinalMethods
  ).ofMeaning,
  ordinal(
    "/analyses/0/scores", "one for each of the 3", categories + groups + #", "scores": [1, 2]"#,
    #", "methods": ["linear-by-linear"]"#
  ).ofMeaning,
  ordinal(
    "/analyses/0/scores", "scores that rise", categories + groups + #", "scores": [1, 3, 2]"#,
    #", "methods": ["linear-by-linear"]"#
  ).ofMeaning,
  ordinal(
    "/analyses/0/scores", #""linear-by-linear" only"#,
    categories + groups + #", "scores": [1, 2, 3]"#,
    ordinalMethods
  ).ofMeaning,
  ordinal(
    "/analyses/0/groups", "a score of each group",
    categories + groups.replacing("\"a\",", with: "\"a\", \"score\": 1,"),
    #", "methods": ["linear-by-linear"]"#
  ).ofMeaning,
  ordinal(
    "/analyses/0/methods/0", #"did you mean "wilcoxon""#, categories + groups,
    #", "methods": ["wilcoxn"]"#),

  mistake(
    "/analyses/0/table", "one for each of the 3 categories", "agreement",
    categories + #", "table": [[3, 1, 0], [1, 2, 4]]"# + kappa
  ).ofMeaning,
  mistake(
    "/analyses/0/table/1", "one for each of the 3 categories", "agreement",
    categories + table.replacing("[1, 2, 4]", with: "[1, 2]") + kappa
  ).ofMeaning,
  mistake(
    "/analyses/0/table/1/2", "found -4", "agreement",
    categories + table.replacing("[1, 2, 4]", with: "[1, 2, -4]") + kappa),
  mistake(
    "/analyses/0/table", "at least one subject", "agreement",
    categories + #", "table": [[0, 0, 0], [0, 0, 0], [0, 0, 0]]"# + kappa
  ).ofMeaning,
  mistake(
    "/analyses/0/methods/0", #"did you mean "kappa""#, "agreement",
    categories + table + #", "methods": ["kapa"]"#),

  mistake(
    "/analyses/0", #""table", or "baselineTotals" and "worstTotals""#, "shift", categories + sign),
  mistake(
    "/analyses/0", #""baselineTotals" alone"#, "shift",
    categories + #", "baselineTotals": [5, 2, 0]"# + sign),
  mistake(
    "/analyses/0/changes", #"beside "table""#, "shift",
    categories + table + #", "changes": {"1": 2}"# + sign),
  mistake(
    "/analyses/0/worstTotals", "found 6 subjects; expected the 7 of the baseline", "shift",
    categories + margins.replacing("[3, 3, 1]", with: "[3, 3, 0]") + sign
  ).ofMeaning,
  mistake(
    "/analyses/0/baselineTotals", "one for each of the 3", "shift",
    categories + margins.replacing("[5, 2, 0]", with: "[5, 2]") + sign
  ).ofMeaning,
  mistake(
    "/analyses/0/changes/3", "from -2 to 2", "shift",
    categories + margins + #", "changes": {"3": 1}"# + sign
  ).ofMeaning,
  mistake(
    "/analyses/0/changes/+1", "a change of grade", "shift",
    categories + margins + #", "changes": {"+1": 1}"# + sign),
  mistake(
    "/analyses/0/changes/1", "found 0.5", "shift",
    categories + margins + #", "changes": {"1": 0.5}"# + sign),
]

private func graded(_ kind: String, _ text: String) -> StudyText {
  var study = StudyText()
  study.kind = kind
  study.analysis = text
  return study
}

private func mistake(
  _ pointer: String, _ fragment: String, _ kind: String, _ text: String
) -> Mistake {
  Mistake(pointer, fragment, graded(kind, text))
}

private func ordinal(
  _ pointer: String, _ fragment: String, _ text: String, _ methods: String
) -> Mistake {
  mistake(pointer, fragment, "ordinal", text + methods)
}

/// A trend of two groups, the second of which has `keys`.
private func trendGroup(_ pointer: String, _ fragment: String, _ keys: String) -> Mistake {
  mistake(
    pointer, fragment, "trend",
    #""groups": [{"label": "a", "score": 0, "events": 1, "subjects": 5}, {"label": "b", \#(keys)}]"#
      + trendMethods)
}
