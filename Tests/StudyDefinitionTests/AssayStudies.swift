import StudyDefinition

// Complete studies of assays, surfaces and guides, whose numbers are simulated.

/// A dose-response study on two plates, with its plate quality.
let doseResponseExample = """
  {"theriac": 1, "id": "cytotoxicity", "title": "Cytotoxicity of two compounds",
   "sources": [{"id": "lab", "citation": "Simulated"}],
   "datasets": {"plates": {"path": "data/plates.txt", "format": "csv"}},
   "assays": [{"id": "mtt", "title": "MTT", "simulated": true, "source": "lab",
     "response": {"name": "Absorbance", "unit": ""}, "dose": {"name": "Concentration", "unit": "µM"},
     "data": {"dataset": "plates", "columns": {"response": "A570", "compound": "drug"}},
     "normalization": "percent-of-range",
     "quality": {"minimumZPrime": 0.5, "maximumControlCV": 0.1,
                 "positive": {"minimum": 0, "maximum": 20, "percent": true}}}],
   "analyses": [
     {"id": "curves", "kind": "dose-response", "title": "IC50", "level": 0.9, "assay": "mtt",
      "curves": {"by": ["compound"]}, "models": ["log-logistic-4", "weibull-1-4"],
      "effects": [10, 50], "absolute": [0.4, {"percentOfControl": 50}, {"percentOfReference": 50}],
      "interval": ["profile", "bootstrap"], "response": "continuous",
      "constraints": {"lower": {"minimum": 0}, "slope": {"minimum": -10, "maximum": 10}},
      "share": ["upper"], "compare": ["parallelism", "relative-potency"], "reference": "A",
      "equivalence": {"slope": [0.8, 1.25]}, "robust": "none", "weights": "power-of-mean",
      "theta": 0.5, "selection": "average", "information": ["expected", "sandwich"],
      "extrapolate": true, "bootstrap": 500, "flatness": 999},
     {"id": "lots", "kind": "dose-response", "assay": "mtt", "models": ["log-logistic-4"],
      "lots": {"by": "plate"}},
     {"id": "plates", "kind": "plate-quality", "assay": "mtt", "model": "log-logistic-3",
      "curves": {"by": ["compound", "plate"]}}]}
  """

/// The file of ``doseResponseExample``; one well was not measured.
let plates = """
  plate,row,column,role,drug,dose,A570
  1,A,1,vehicle,DMSO,,1.01
  1,A,2,sample,A,1,0.9
  1,B,2,sample,A,10,0.5
  1,A,3,sample,B,1,0.8
  1,B,3,sample,B,10,0.3
  1,A,12,blank,,,0.05
  1,B,12,positive,,,0.08
  2,A,1,vehicle,DMSO,,1.02
  2,A,2,sample,A,1,0.91
  2,B,2,sample,A,10,0.52
  2,A,3,sample,B,1,
  2,B,3,sample,B,10,0.31
  2,A,12,blank,,,0.04
  2,B,12,positive,,,0.07

  """.replacing("\n\n", with: "\n")

/// Plates written into the study.
let plateQualityExample = """
  {"theriac": 1, "id": "plates", "title": "Plates",
   "assays": [{"id": "p", "simulated": true, "response": {"name": "Signal", "unit": "RLU"},
     "dose": {"name": "Dose", "unit": "nM"},
     "wells": [
       {"plate": "X", "row": 1, "column": 1, "role": "vehicle", "response": 100},
       {"plate": "X", "row": "AF", "column": 48, "role": "positive", "response": 9, "lot": "L"},
       {"plate": "X", "role": "blank", "response": 2},
       {"plate": "X", "role": "sample", "dose": 0, "response": 99, "curve": "c", "weight": 2},
       {"plate": "X", "dose": 3.5, "response": 40, "curve": "c", "total": 50}],
     "normalization": "percent-of-control"}],
   "analyses": [{"id": "q", "kind": "plate-quality", "assay": "p"}]}
  """

/// A central composite design of two cytokines.
let surfaceExample = """
  {"theriac": 1, "id": "cocktail", "title": "Cytokine cocktail",
   "analyses": [{"id": "s", "kind": "response-surface", "simulated": true,
     "factors": [{"name": "TPO", "unit": "ng/mL"}, {"name": "SCF"}],
     "response": {"name": "CD41⁺ cells", "unit": "%"}, "order": "quadratic", "goal": "maximum",
     "data": [
       {"TPO": 10, "SCF": 10, "response": 20, "block": "day 1"},
       {"TPO": 50, "SCF": 10, "response": 31, "block": "day 1"},
       {"TPO": 10, "SCF": 50, "response": 28, "block": "day 1"},
       {"TPO": 50, "SCF": 50, "response": 36, "block": "day 1"},
       {"TPO": 30, "SCF": 30, "response": 40, "block": "day 2"},
       {"TPO": 30, "SCF": 30, "response": 41.5, "block": "day 2"},
       {"TPO": 5, "SCF": 30, "response": 22, "block": "day 2"},
       {"TPO": 55, "SCF": 30, "response": 33, "block": "day 2"}]}]}
  """

/// Both guides, with evidence of every kind.
let troubleshootExample = """
  {"theriac": 1, "id": "guides", "title": "Guides",
   "assays": [{"id": "h", "simulated": true, "response": {"name": "ATP", "unit": "RLU"},
     "dose": {"name": "Concentration", "unit": "µM"}, "wells": [
       {"curve": "rat", "lot": "1", "dose": 1, "response": 9},
       {"curve": "rat", "lot": "2", "dose": 10, "response": 5},
       {"curve": "man", "lot": "1", "dose": 1, "response": 9.5},
       {"curve": "man", "lot": "2", "dose": 10, "response": 7}]}],
   "analyses": [
     {"id": "liver", "kind": "troubleshoot", "guide": "liver-enzymes", "evidence": {
       "doseDependence": "trend", "inVitro": "species", "margin": 20,
       "exposure": {"concentration": 1.5, "unit": "µM"},
       "metabolites": [{"name": "M1", "animal": 12, "human": 0}], "species": "species",
       "strain": "strain", "immune": "strain"}},
     {"id": "platelets", "kind": "troubleshoot", "guide": "platelet-response", "evidence": {
       "doseResponse": "species", "workingConcentration": 3, "lots": "lots", "cocktail": "cocktail",
       "viability": [{"label": "A", "alive": 90, "total": 100}], "minimumViability": 0.85,
       "mycoplasma": [{"label": "A", "positive": false}]}},
     {"id": "nothing", "kind": "troubleshoot", "guide": "liver-enzymes", "evidence": {}},
     {"id": "trend", "kind": "trend", "methods": ["cochran-armitage"], "groups": [
       {"label": "low", "score": 0, "events": 1, "subjects": 8},
       {"label": "high", "score": 1, "events": 4, "subjects": 8}]},
     {"id": "strain", "kind": "comparison", "methods": {"risk-difference": ["mee"]},
      "table": {"treatment": {"events": 3, "subjects": 8}, "reference": {"events": 1, "subjects": 8}}},
     {"id": "species", "kind": "dose-response", "assay": "h", "models": ["log-logistic-2"],
      "compare": ["equal-ed50"], "reference": "rat"},
     {"id": "lots", "kind": "dose-response", "assay": "h", "models": ["log-logistic-2"],
      "lots": {"by": "lot"}},
     {"id": "cocktail", "kind": "response-surface", "order": "linear", "factors": [{"name": "x"}],
      "data": [{"x": 0, "response": 1}, {"x": 1, "response": 2}, {"x": 2, "response": 3}]}]}
  """

/// A study as it is written, with its files.
struct WholeStudy {
  let text: String
  var files: [String: String] = [:]

  var reading: StudyReading { StudyReading(Array(text.utf8), files: loader(files)) }
}

/// Gives the texts of `files` by their paths.
func loader(_ files: [String: String]) -> FileLoader {
  { path throws(UnreadableFile) in
    guard let file = files[path] else { throw UnreadableFile(reason: "no such file") }
    return Array(file.utf8)
  }
}

let assayStudies: [WholeStudy] =
  [
    WholeStudy(text: doseResponseExample, files: ["data/plates.txt": plates]),
    WholeStudy(text: plateQualityExample), WholeStudy(text: surfaceExample),
    WholeStudy(text: troubleshootExample),
  ] + smallStudies.map { WholeStudy(text: $0.text, files: $0.files) }

/// An analysis of the assay `m`, or of points of its own.
func curveStudy(_ analysis: String, kind: String = "dose-response") -> StudyText {
  StudyText(kind: kind, analysis: analysis, more: ", \"assays\": [\(smallAssay)]")
}

/// Two compounds on two plates, each plate with a lot of its own, and wells of every role.
let smallAssay = """
  {"id": "m", "response": {"name": "R", "unit": "u"}, "dose": {"name": "D", "unit": "µM"}, "wells": [
    {"role": "vehicle", "response": 10}, {"role": "blank", "response": 1},
    {"role": "positive", "response": 2},
    {"compound": "A", "dose": 1, "response": 8, "lot": "1"},
    {"compound": "A", "dose": 2, "response": 5, "lot": "1"},
    {"compound": "B", "dose": 1, "response": 7, "lot": "1"},
    {"compound": "A", "dose": 1, "response": 9, "lot": "2", "plate": "2"},
    {"compound": "B", "dose": 4, "response": 6, "lot": "2", "plate": "2"},
    {"plate": "2", "role": "vehicle", "response": 11}]}
  """

private let points =
  #""points": [{"dose": 1, "response": 3}, {"dose": 2, "response": 4}, {"dose": 4, "response": 7}]"#
private let countPoints =
  #""points": [{"dose": 1, "response": 3, "total": 9}, {"dose": 2, "response": 9, "total": 9}]"#

/// Keys of dose-response analyses in small.
private let smallStudies: [StudyText] =
  [
    points + #", "models": ["log-logistic-4"]"#,
    points + #", "models": ["linear", "quadratic"], "effects": [], "selection": "f-test""#,
    points + #", "models": ["logistic-4"], "robust": "rout", "interval": "wald-log""#,
    points + #", "models": ["cedergreen-4"], "alpha": 0.5, "information": "observed""#,
    points + #", "models": ["log-logistic-4"], "constraints": {"lower": 0, "ed50": 1.5}"#,
    countPoints + #", "models": ["log-logistic-2"], "response": "binomial""#,
    #""points": [{"dose": 1, "response": 3, "weight": 0.5}, {"dose": 2, "response": 4, "weight": 1}], "models": ["exponential-decay-3"], "response": "poisson""#,
    #""points": [{"dose": -3, "response": 3, "weight": 0.5, "curve": "x"}, {"dose": 2, "response": 4, "weight": 1, "curve": "y"}], "models": ["logistic-4"], "weights": "column""#,
  ].map { StudyText(kind: "dose-response", analysis: $0) } + [
    curveStudy(#""assay": "m", "models": ["log-logistic-4"], "curves": {"by": ["lot", "plate"]}"#),
    curveStudy(#""assay": "m", "curves": {"by": ["plate"]}"#, kind: "plate-quality"),
    StudyText(
      kind: "dose-response",
      analysis:
        #""points": {"path": "points.CSV", "columns": {"dose": "x"}}, "models": ["linear"]"#,
      files: ["points.CSV": "x,response,curve\n1,2,a\n2,3,b\n"]),
    StudyText(
      kind: "response-surface",
      analysis:
        #""factors": [{"name": "x", "unit": ""}], "order": "linear", "goal": "minimum", "data": {"dataset": "d", "columns": {"response": "y"}}"#,
      more: #", "datasets": {"d": {"path": "a/d.csv"}}"#,
      files: ["a/d.csv": "x,y,block\n1,2,a\n2,3,b\n3,5,a\n"]),
  ]
