private func surface(
  _ pointer: String, _ fragment: String, factors: String = #"[{"name": "x"}]"#,
  data: String = #"[{"x": 0, "response": 1}, {"x": 1, "response": 2}, {"x": 2, "response": 2.5}]"#,
  _ keys: String = "", file: String = ""
) -> Mistake {
  Mistake(
    "/analyses/0" + pointer, fragment,
    StudyText(
      kind: "response-surface", analysis: #""factors": \#(factors), "data": \#(data)\#(keys)"#,
      files: ["d.csv": file]))
}

private func row(_ pointer: String, _ fragment: String, _ row: String) -> Mistake {
  surface(
    "/data/3" + pointer, fragment,
    data:
      #"[{"x": 0, "response": 1}, {"x": 1, "response": 2}, {"x": 2, "response": 2.5}, \#(row)]"#)
}

private func guide(
  _ pointer: String, _ fragment: String, of guide: String = "liver-enzymes", _ evidence: String
) -> Mistake {
  Mistake(
    "/analyses/0/evidence" + pointer, fragment,
    StudyText(
      kind: "troubleshoot",
      analysis: #""guide": "\#(guide)", "evidence": {\#(evidence)}}, \#(others)"#,
      more: ", \"assays\": [\(smallAssay)]"))
}

/// Analyses that evidence may name; the text around them closes the last.
private let others = """
  {"id": "inc", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson"]},
  {"id": "cmp", "kind": "comparison", "treatment": "t/a", "reference": "t/b",
   "methods": {"risk-ratio": ["log"]}},
  {"id": "dr", "kind": "dose-response", "assay": "m", "models": ["log-logistic-4"]
  """

let ofSurfaces: [Mistake] = [
  Mistake(
    "/analyses/0", #"no key "data""#,
    StudyText(kind: "response-surface", analysis: #""factors": [{"name": "x"}]"#)),
  Mistake(
    "/analyses/0", #"no key "factors""#,
    StudyText(kind: "response-surface", analysis: #""data": [{"x": 1, "response": 1}]"#)),
  surface("/factors", "found 0 factors; expected one to six", factors: "[]"),
  surface(
    "/factors", "found 7 factors",
    factors: "[" + (1...7).map { #"{"name": "x\#($0)"}"# }.joined(separator: ", ") + "]"),
  surface("/factors/0", #"no key "name""#, factors: #"[{"unit": "g"}]"#),
  surface("/factors/0/units", #"did you mean "unit""#, factors: #"[{"name": "x", "units": "g"}]"#),
  surface("/factors/1", "each factor once", factors: #"[{"name": "x"}, {"name": "x"}]"#).ofMeaning,
  surface("/factors/0", "rows have a key of that name", factors: #"[{"name": "block"}]"#).ofMeaning,
  surface("/order", #"did you mean "quadratic""#, #", "order": "quadric""#),
  surface("/goal", #"one of "maximum", "minimum""#, #", "goal": "target""#),
  surface("/simulated", "true or false", #", "simulated": 1"#),
  surface("/response", #"no key "name""#, #", "response": {"unit": "%"}"#),
  surface("/data", #"an object with "path" or "dataset""#, data: "7"),
  surface("/data", "found 0 values", data: "[]").ofMeaning,
  surface(
    "/data", #"2 values of the factor "x"; expected at least 3 for a quadratic surface"#,
    data: #"[{"x": 0, "response": 1}, {"x": 1, "response": 2}, {"x": 1, "response": 3}]"#
  ).ofMeaning,
  surface(
    "/data", "found 3 rows; expected at least one for each of 4 coefficients",
    data:
      #"[{"x": 0, "response": 1, "block": "a"}, {"x": 1, "response": 2, "block": "a"}, {"x": 2, "response": 3, "block": "b"}]"#
  ).ofMeaning,
  row("", "an object", "7"),
  row("", #"no key "response""#, #"{"x": 1}"#),
  row("", #"no key "x""#, #"{"response": 1}"#).ofMeaning,
  row("/x", "a number", #"{"x": "1", "response": 1}"#),
  row("/y", #"unknown key "y""#, #"{"x": 1, "y": 1, "response": 1}"#).ofMeaning,
  row("/block", "not empty", #"{"x": 1, "block": "", "response": 1}"#),
  surface(
    "/data/0", "its block",
    data:
      #"[{"x": 0, "response": 1}, {"x": 1, "response": 2, "block": "a"}, {"x": 2, "response": 3, "block": "a"}]"#
  ).ofMeaning,
  surface(
    "/data/path", #"nothing in "d.csv", line 3, column "x"; expected a value of the factor"#,
    data: #"{"path": "d.csv"}"#, file: "x,response\n1,2\n,2\n3,4\n4,5\n"
  ).ofMeaning,
  surface(
    "/data/path", #"found nothing in "d.csv", line 2, column "block"; expected its block"#,
    data: #"{"path": "d.csv"}"#, file: "x,response,block\n1,2,\n2,2,b\n3,4,b\n4,4,b\n"
  ).ofMeaning,
  surface(
    "/data/path", #"without the column "x""#, data: #"{"path": "d.csv"}"#,
    file: "response,block\n1,2\n"
  ).ofMeaning,
  surface(
    "/data/columns/y", "unknown key", data: #"{"path": "d.csv", "columns": {"y": "x"}}"#,
    file: "x,response\n1,2\n2,2\n3,4\n"
  ).ofMeaning,
]

let ofTroubleshooting: [Mistake] = [
  Mistake(
    "/analyses/0/guide", #"did you mean "liver-enzymes""#,
    StudyText(kind: "troubleshoot", analysis: #""guide": "liver-enzyms", "evidence": {}"#)),
  Mistake(
    "/analyses/0", #"no key "evidence""#,
    StudyText(kind: "troubleshoot", analysis: #""guide": "liver-enzymes""#)),
  Mistake(
    "/analyses/0/evidence", "an object",
    StudyText(kind: "troubleshoot", analysis: #""guide": "liver-enzymes", "evidence": []"#)),
  guide("/lots", "unknown key", #""lots": "dr""#),
  guide("/doseDependance", #"did you mean "doseDependence""#, #""doseDependance": "dr""#),
  guide("/doseDependence", #"did you mean "dr""#, #""doseDependence": "drr""#).ofMeaning,
  guide(
    "/doseDependence", #""inc", an analysis of the kind incidence; expected the id of an analysis"#,
    #""doseDependence": "inc""#
  ).ofMeaning,
  guide("/inVitro", "the kind dose-response", #""inVitro": "cmp""#).ofMeaning,
  guide("/inVitro", "the kind dose-response", #""inVitro": "i""#).ofMeaning,
  guide("/exposure", #"with "inVitro" only"#, #""exposure": {"concentration": 1}"#),
  guide("/margin", #"with "exposure" only"#, #""inVitro": "dr", "margin": 3"#),
  guide(
    "/exposure", #"no key "concentration""#, #""inVitro": "dr", "exposure": {"unit": "µM"}"#),
  guide(
    "/exposure/unit", #"found "nM"; expected the unit of the doses, "µM""#,
    #""inVitro": "dr", "exposure": {"concentration": 1, "unit": "nM"}"#
  ).ofMeaning,
  guide(
    "/margin", "above 0", #""inVitro": "dr", "exposure": {"concentration": 1}, "margin": 0"#),
  guide("/metabolites", "at least one", #""metabolites": []"#),
  guide("/metabolites/0", #"no key "human""#, #""metabolites": [{"name": "M", "animal": 1}]"#),
  guide(
    "/metabolites/0/human", "from 0", #""metabolites": [{"name": "M", "animal": 1, "human": -1}]"#),
  guide(
    "/metabolites/1", "each name once",
    #""metabolites": [{"name": "M", "animal": 1, "human": 1}, {"name": "M", "animal": 2, "human": 1}]"#
  ).ofMeaning,
  guide("/species", "which compares no curves", #""species": "dr""#).ofMeaning,
  guide("/strain", "the kind comparison", #""strain": "dr""#).ofMeaning,
  guide("/immune", "the kind comparison or ordinal", #""immune": "dr""#).ofMeaning,
  guide(
    "/workingConcentration", #"with "doseResponse" only"#, of: "platelet-response",
    #""workingConcentration": 3"#),
  guide(
    "/workingConcentration", "above 0", of: "platelet-response",
    #""doseResponse": "dr", "workingConcentration": 0"#),
  guide("/lots", "not fitted lot by lot", of: "platelet-response", #""lots": "dr""#).ofMeaning,
  guide("/cocktail", "the kind response-surface", of: "platelet-response", #""cocktail": "dr""#)
    .ofMeaning,
  guide(
    "/viability/0/alive", "at most the 5", of: "platelet-response",
    #""viability": [{"label": "A", "alive": 6, "total": 5}]"#
  ).ofMeaning,
  guide(
    "/viability/0/total", "from 1", of: "platelet-response",
    #""viability": [{"label": "A", "alive": 0, "total": 0}]"#),
  guide(
    "/minimumViability", #"with "viability" only"#, of: "platelet-response",
    #""minimumViability": 0.5"#
  ),
  guide(
    "/minimumViability", "at most 1", of: "platelet-response",
    #""viability": [{"label": "A", "alive": 4, "total": 5}], "minimumViability": 80"#),
  guide(
    "/mycoplasma/0/positive", "true or false", of: "platelet-response",
    #""mycoplasma": [{"label": "A", "positive": "no"}]"#),
]
