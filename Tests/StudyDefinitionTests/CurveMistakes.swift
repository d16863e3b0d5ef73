import StudyDefinition

/// An analysis of the assay `m`.
private func curves(
  _ pointer: String, _ fragment: String, models: String = #"["log-logistic-4"]"#, _ keys: String
) -> Mistake {
  Mistake(
    "/analyses/0" + pointer, fragment,
    curveStudy(#""assay": "m", "models": \#(models)\#(keys.isEmpty ? "" : ", ")\#(keys)"#))
}

/// An analysis of `points`.
private func points(
  _ pointer: String, _ fragment: String, models: String = #"["log-logistic-4"]"#,
  _ points: String, _ keys: String = ""
) -> Mistake {
  Mistake(
    "/analyses/0" + pointer, fragment,
    StudyText(
      kind: "dose-response",
      analysis:
        #""points": [{"dose": 1, "response": 2\#(shared(points))}, \#(points)], "models": \#(models)\#(keys)"#
    ))
}

/// What the first point has as well where the others have it.
private func shared(_ points: String) -> String {
  (points.contains("\"total\"") ? #", "total": 9"# : "")
    + (points.contains("\"weight\"") ? #", "weight": 1"# : "")
    + (points.contains(#""curve": "y""#) ? #", "curve": "y""# : "")
}

private func plates(_ pointer: String, _ fragment: String, _ keys: String) -> Mistake {
  Mistake("/analyses/0" + pointer, fragment, curveStudy(keys, kind: "plate-quality"))
}

private let twoModels = #"["log-logistic-4", "weibull-1-4"]"#
private let point = #"{"dose": 2, "response": 3}"#
private let compared = #""compare": ["parallelism"], "reference": "A""#

let ofCurves: [Mistake] = ofCurveData + ofCurveChoices + ofCurveParameters + ofPlates

private let ofCurveData: [Mistake] = [
  Mistake(
    "/analyses/0", #"found neither; expected either "assay" or "points""#,
    curveStudy(#""models": ["linear"]"#)),
  Mistake(
    "/analyses/0", "found both",
    curveStudy(#""assay": "m", "points": [\#(point)], "models": ["linear"]"#)),
  Mistake(
    "/analyses/0/assay", #"one of "m""#, curveStudy(#""assay": "n", "models": ["linear"]"#)
  ).ofMeaning,
  Mistake("/analyses/0", #"no key "models""#, curveStudy(#""assay": "m""#)),
  curves("/models", "at least one element", models: "[]", ""),
  curves("/models", "an array of strings", models: #""linear""#, ""),
  curves("/models/0", #"did you mean "log-logistic-4""#, models: #"["log-logistic4"]"#, ""),
  curves("/models/1", "each a model once", models: #"["linear", "linear"]"#, ""),
  curves("/effcts", #"did you mean "effects""#, #""effcts": [50]"#),
  curves("/curves", #"no key "by""#, #""curves": {}"#),
  curves("/curves/by", "an array", #""curves": {"by": "lot"}"#),
  curves("/curves/by/0", #"did you mean "compound""#, #""curves": {"by": ["compond"]}"#),
  curves("/curves/by/1", "once", #""curves": {"by": ["lot", "lot"]}"#),
  curves("/curves", #"5 samples of "m" without curve"#, #""curves": {"by": ["curve"]}"#).ofMeaning,
  curves("/lots", #"no key "by""#, #""lots": {}"#),
  curves("/lots/by", #"one of "lot", "plate""#, #""lots": {"by": "compound"}"#),
  curves(
    "/lots", #"one lot of the curves "A / 1", "B / 1", "A / 2", "B / 2""#,
    #""lots": {"by": "lot"}, "curves": {"by": ["compound", "lot"]}"#
  ).ofMeaning,
  curves(
    "/lots", #"one plate of the curves "1", "2""#,
    #""lots": {"by": "plate"}, "curves": {"by": ["plate"]}"#
  ).ofMeaning,
  points("/points/1", "an object", "7"),
  points("/points/1", #"no key "response""#, #"{"dose": 1}"#),
  points("/points/1", #"no key "dose""#, #"{"response": 1}"#),
  points("/points/1/plate", "unknown key", #"{"dose": 1, "response": 1, "plate": "1"}"#),
  points(
    "/points/0", "the name of its curve", #"{"dose": 1, "response": 1, "curve": "x"}"#
  ).ofMeaning,
  points("/points", "weights that nothing reads", #"{"dose": 1, "response": 1, "weight": 2}"#)
    .ofMeaning,
  points("/points", "totals that nothing reads", #"{"dose": 1, "response": 1, "total": 2}"#)
    .ofMeaning,
  points("/curves", #"with "assay" only"#, point, #", "curves": {"by": ["curve"]}"#),
  points("/lots", #"with "assay" only"#, point, #", "lots": {"by": "lot"}"#),
  points(
    "/models/1", #""weibull-1-4" with negative doses"#,
    models: #"["logistic-4", "weibull-1-4", "emax"]"#,
    #"{"dose": -1, "response": 1}"#
  ).ofMeaning,
]

private let ofCurveChoices: [Mistake] = [
  curves("/effects/0", "between 0 and 100", #""effects": [0]"#),
  curves("/effects/1", "each effect once", #""effects": [50, 50.0]"#),
  curves("/absolute", "at least one", #""absolute": []"#),
  curves("/absolute/0", "a number, or an object", #""absolute": ["4"]"#),
  curves("/absolute/1", "each response once", #""absolute": [4, 4]"#).ofMeaning,
  curves("/absolute/0", "found neither", #""absolute": [{}]"#),
  curves(
    "/absolute/0", "found both", #""absolute": [{"percentOfControl": 5, "percentOfReference": 5}]"#),
  curves("/absolute/0/percentOfControl", "above 0", #""absolute": [{"percentOfControl": 0}]"#),
  points(
    "/absolute/0/percentOfReference", "of which there is no well", point,
    #", "absolute": [{"percentOfReference": 50}]"#
  ).ofMeaning,
  curves("/interval", #"did you mean "profile""#, #""interval": "profil""#),
  curves("/interval/1", "each an interval once", #""interval": ["wald", "wald"]"#),
  curves("/information/0", #"did you mean "sandwich""#, #""information": ["sandwitch"]"#),
  curves("/response", #"did you mean "binomial""#, #""response": "binomal""#),
  curves("/robust", #"did you mean "huber""#, #""robust": "hubr""#),
  curves("/weights", #"did you mean "column""#, #""weights": "colum""#),
  curves("/theta", "from -10 to 10", #""weights": "power-of-mean", "theta": 11"#),
  curves("/theta", #""power-of-mean" only"#, #""theta": 0.5"#),
  curves("/theta", #""power-of-mean" only"#, #""weights": "none", "theta": 0.5"#),
  curves("/selection", "at least two models", #""selection": "aicc""#),
  curves(
    "/selection", #"did you mean "f-test""#, models: twoModels, #""selection": "f test""#),
  curves("/alpha", "1, 0.5 or 0.25", models: #"["cedergreen-5"]"#, #""alpha": 2"#),
  curves("/alpha", "with a model of cedergreen", #""alpha": 1"#),
  curves("/extrapolate", "true or false", #""extrapolate": "no""#),
  curves("/bootstrap", "from 100", #""interval": "bootstrap", "bootstrap": 99"#),
  curves("/bootstrap", #"the interval "bootstrap" only"#, #""bootstrap": 2000"#),
  curves(
    "/bootstrap", #"the interval "bootstrap" only"#, #""interval": ["wald"], "bootstrap": 2000"#),
  curves("/flatness", "from 99", #""flatness": 10"#),
  curves(
    "/robust", #""huber" with the weights "power-of-mean""#,
    #""robust": "huber", "weights": "power-of-mean""#),
  curves(
    "/weights", #""column" with 7 wells without a weight"#, #""weights": "column""#
  ).ofMeaning,
  points(
    "/points/2", #"no key "weight"; expected a weight of each response"#,
    #"{"dose": 1, "response": 1, "weight": 2}, {"dose": 1, "response": 1}"#,
    #", "weights": "column""#
  ).ofMeaning,
  points(
    "/weights", #"no weight above 0 in the curves "z""#,
    #"{"dose": 1, "response": 1, "curve": "y", "weight": 0}, {"dose": 1, "response": 1, "curve": "z", "weight": 0}"#,
    #", "weights": "column""#
  ).ofMeaning,
  points(
    "/robust", #""rout" with binomial counts"#, #"{"dose": 2, "response": 2, "total": 9}"#,
    #", "response": "binomial", "robust": "rout""#),
  points(
    "/weights", #""column" with poisson counts"#, #"{"dose": 2, "response": 2, "weight": 9}"#,
    #", "response": "poisson", "weights": "column""#),
  points(
    "/points/1/response", "found 2.5; expected an integer from 0 to the total",
    #"{"dose": 2, "response": 2.5, "total": 9}"#, #", "response": "binomial""#
  ).ofMeaning,
  points(
    "/points/1/response", "found 10; expected an integer from 0 to the total",
    #"{"dose": 2, "response": 10, "total": 9}"#, #", "response": "binomial""#
  ).ofMeaning,
  points(
    "/points/1/response", "an integer of at least 0", #"{"dose": 2, "response": -1}"#,
    #", "response": "poisson""#
  ).ofMeaning,
  curves("/response", #""poisson" with blank wells"#, #""response": "poisson""#).ofMeaning,
]

private let ofCurveParameters: [Mistake] = [
  curves("/constraints", "an object from parameters", #""constraints": []"#),
  curves(
    "/constraints/slop", #"did you mean "slope""#, #""constraints": {"slop": 1}"#),
  curves(
    "/constraints/asymmetry", #"one of "slope", "lower", "upper", "ed50""#,
    #""constraints": {"asymmetry": 1}"#
  ).ofMeaning,
  curves("/constraints/lower", "a number, or an object", #""constraints": {"lower": "0"}"#),
  curves("/constraints/lower", "found neither", #""constraints": {"lower": {}}"#),
  curves(
    "/constraints/lower/min", "unknown key", #""constraints": {"lower": {"min": 1, "maximum": 2}}"#),
  curves("/constraints/ed50", "a number above 0", #""constraints": {"ed50": 0}"#).ofMeaning,
  curves("/constraints/slope", "other than 0", #""constraints": {"slope": 0}"#).ofMeaning,
  curves(
    "/constraints/ed50/maximum", "a number above 0", #""constraints": {"ed50": {"maximum": -1}}"#
  ).ofMeaning,
  curves(
    "/constraints/lower", "a minimum below the maximum",
    #""constraints": {"lower": {"minimum": 1, "maximum": 1}}"#
  ).ofMeaning,
  curves(
    "/constraints/lower", "which the models fix", models: #"["log-logistic-3"]"#,
    #""constraints": {"lower": {"minimum": 1}}"#
  ).ofMeaning,
  curves(
    "/constraints", #"all parameters of "linear" fixed"#, models: #"["quadratic", "linear"]"#,
    #""constraints": {"intercept": 1, "slope": 2}"#
  ).ofMeaning,
  curves("/share", "at least one", #""share": []"#),
  curves("/share/0", #"did you mean "lower""#, #""share": ["lowr"]"#),
  curves("/share/0", "a parameter of the models", #""share": ["hill"]"#).ofMeaning,
  curves("/share/1", "each parameter once", #""share": ["lower", "lower"]"#),
  curves(
    "/share/0", #""lower", which is fixed"#, #""share": ["lower"], "constraints": {"lower": 0}"#
  ).ofMeaning,
  curves(
    "/share/0", #""lower", which is fixed"#, models: #"["log-logistic-3"]"#, #""share": ["lower"]"#
  ).ofMeaning,
  curves(
    "/share", "one of the two",
    #""share": ["lower"], "lots": {"by": "lot"}"#
  ),
  points("/share", "found one curve", point, #", "share": ["lower"]"#).ofMeaning,
  curves(
    "/compare/0", #"did you mean "equal-ed50""#, #""compare": ["equal-ed5"], "reference": "A""#),
  curves("", #"no key "reference""#, #""compare": ["equal-ed50"]"#),
  curves("/reference", #"with "compare" only"#, #""reference": "A""#),
  curves(
    "/reference", #"one of "A", "B""#, #""compare": ["equal-ed50"], "reference": "C""#
  ).ofMeaning,
  points(
    "/compare", "found one curve", #"{"dose": 1, "response": 1, "curve": "y"}"#,
    #", "compare": ["equal-ed50"], "reference": "y""#
  ).ofMeaning,
  curves("/equivalence", #""parallelism" only"#, #""equivalence": {"slope": [0.8, 1.25]}"#),
  curves(
    "/equivalence", #""parallelism" only"#,
    #""compare": "equal-ed50", "reference": "A", "equivalence": {"slope": [0.8, 1.25]}"#),
  curves(
    "/equivalence/slope", "such as [0.8, 1.25]", compared + #", "equivalence": {"slope": [0.8]}"#),
  curves(
    "/equivalence/slope", "such as [0.8, 1.25]", compared + #", "equivalence": {"slope": 0.8}"#),
  curves(
    "/equivalence/slope", "found [1.25, 0.8]",
    compared + #", "equivalence": {"slope": [1.25, 0.8]}"#
  ).ofMeaning,
  curves(
    "/equivalence/hill", "a parameter of the models",
    compared + #", "equivalence": {"hill": [0.8, 1.2]}"#
  ).ofMeaning,
]

private let ofPlates: [Mistake] = [
  plates("", #"no key "assay""#, #""model": "linear""#),
  plates("/assay", #"one of "m""#, #""assay": "M2""#).ofMeaning,
  plates("/model", #"did you mean "log-logistic-4""#, #""assay": "m", "model": "log-logistic4""#),
  plates("/curves", #"no key "by""#, #""assay": "m", "curves": {}"#),
  plates("/curves", "without curve", #""assay": "m", "curves": {"by": ["curve"]}"#).ofMeaning,
  plates("/models", #"did you mean "model""#, #""assay": "m", "models": ["linear"]"#),
  Mistake(
    "/analyses/0/assay", #""log-logistic-4" with negative doses"#,
    StudyText(
      kind: "plate-quality", analysis: #""assay": "m""#,
      more: ", \"assays\": [\(smallAssay.replacing("\"dose\": 2", with: "\"dose\": -2"))]")
  ).ofMeaning,
]
