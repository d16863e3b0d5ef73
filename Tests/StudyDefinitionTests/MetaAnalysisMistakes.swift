/// A study whose only analysis pools `content`, with the arms of four groups to take studies from.
func poolingStudy(_ content: String) -> StudyText {
  var study = StudyText()
  study.kind = "meta-analysis"
  study.arms = """
    [{"id": "a", "label": "A", "subjects": 37, "personYears": 9}, {"id": "b", "label": "B", "subjects": 40},
     {"id": "c", "label": "C", "subjects": 30}, {"id": "d", "label": "D", "subjects": 20}]
    """
  study.events = """
    [{"term": "Nausea", "system": "Gut", "counts": {"a": 3, "b": 4, "c": 2, "d": 0}},
     {"term": "Pain", "system": "Gut", "counts": {"a": 1}},
     {"term": "Rash", "grade": 3, "counts": {"a": 1, "b": 0}}]
    """
  study.analysis = content
  return study
}

func pooling(_ pointer: String, _ fragment: String, _ content: String) -> Mistake {
  Mistake("/analyses/0" + pointer, fragment, poolingStudy(content))
}

let ofMetaAnalyses =
  ofPoolingMethods + ofZeroCells + ofSubgroupsAndModerators + ofDataRows + ofArmStudies

let twoDataRows =
  #""data": [{"study": "x", "treatment": {"events": 1, "subjects": 9}, "reference": {"events": 2, "subjects": 8}}, "#
  + #"{"study": "y", "treatment": {"events": 0, "subjects": 7}, "reference": {"events": 3, "subjects": 8}}]"#

/// Methods of odds ratios, with two studies that are without mistakes.
private func choice(_ pointer: String, _ fragment: String, _ content: String) -> Mistake {
  pooling(
    pointer, fragment,
    #""measure": "odds-ratio", "pooling": ["inverse-variance"], \#(twoDataRows), "# + content)
}

private func pooled(_ pointer: String, _ fragment: String, _ content: String) -> Mistake {
  pooling(pointer, fragment, "\(twoDataRows), \(content)")
}

let ofPoolingMethods: [Mistake] = [
  pooled("", #"no key "measure""#, #""pooling": ["peto"]"#),
  pooled(
    "/measure", #"did you mean "odds-ratio""#, #""measure": "odd-ratio", "pooling": ["peto"]"#),
  pooled("", #"no key "pooling""#, #""measure": "odds-ratio""#),
  pooled("/pooling", "at least one", #""measure": "odds-ratio", "pooling": []"#),
  pooled(
    "/pooling/0", #"did you mean "ivhet""#, #""measure": "odds-ratio", "pooling": ["ivhat"]"#),
  pooled("/pooling/1", "once", #""measure": "odds-ratio", "pooling": ["peto", "peto"]"#),
  pooled(
    "/pooling/0", #"a method for "risk-ratio": one of "inverse-variance", "mantel-haenszel""#,
    #""measure": "risk-ratio", "pooling": ["peto"]"#),
  pooled(
    "/pooling/1", #"a method for "odds-ratio""#,
    #""measure": "odds-ratio", "pooling": ["peto", "mantel-haenszel-sato"]"#),
  choice("/effects", #"did you mean "random""#, #""effects": "randon""#),
  choice("/effects", "at least one", #""effects": []"#),
  choice("/effects/1", "once", #""effects": ["random", "random"]"#),
  choice("/tau2", #"did you mean "reml""#, #""tau2": "rmel""#),
  choice("/tau2", "an estimator of τ²", #""tau2": 1"#),
  choice("/tau2/1", "once", #""tau2": ["dl", "dl"]"#),
  choice("/inference", #"did you mean "hartung-knapp""#, #""inference": "hartung-knap""#),
  choice("/inference/0", "a kind of inference", #""inference": [null]"#),
  choice(
    "/inference", #"with it the tau2 "reml""#, #""inference": "kenward-roger", "tau2": "dl""#
  ).ofMeaning,
  choice("/tau2Interval", #"did you mean "jackson""#, #""tau2Interval": "jakson""#),
  choice(
    "/tau2Interval", #"the tau2 "ml" or "reml""#,
    #""tau2Interval": ["jackson", "profile-likelihood"], "tau2": "dl""#
  ).ofMeaning,
  pooled(
    "/tau2Interval", "a mixed model with random effects",
    #""measure": "odds-ratio", "pooling": ["glmm-conditional-exact"], "effects": "common", "tau2Interval": "profile-likelihood""#
  ).ofMeaning,
  choice("/prediction", "a prediction interval", #""prediction": 1"#),
  choice("/prediction/0", #"did you mean "t-k-1""#, #""prediction": ["t-k-3"]"#),
  choice("/preset", #"did you mean "revman5""#, #""preset": "revman""#),
  choice("/outcome", "not empty", #""outcome": """#),
  choice("/per", "with a measure of rates only", #""per": 100"#),
  choice("/diagnostics/0", #"did you mean "egger""#, #""diagnostics": ["eger"]"#),
  choice("/diagnostics/1", "once", #""diagnostics": ["egger", "egger"]"#),
  pooled(
    "/diagnostics/1", #"a diagnostic of the measure "risk-ratio""#,
    #""measure": "risk-ratio", "pooling": ["ivhet"], "diagnostics": ["egger", "harbord"]"#),
  choice("/levels", #"did you mean "level""#, #""levels": 0.9"#),
]

let ofZeroCells: [Mistake] = [
  choice("/zeroCells", "an object", #""zeroCells": 0.5"#),
  choice("/zeroCells/ad", #"did you mean "add""#, #""zeroCells": {"ad": 0.5}"#),
  choice("/zeroCells/add", "from 0 to 1000", #""zeroCells": {"add": -0.5}"#),
  choice("/zeroCells/add", "from 0 to 1000", #""zeroCells": {"add": 1001}"#),
  choice("/zeroCells/to", #"did you mean "zero-studies""#, #""zeroCells": {"to": "zero-study"}"#),
  choice(
    "/zeroCells/method", #"did you mean "treatment-arm""#,
    #""zeroCells": {"method": "treatment_arm"}"#),
  choice("/zeroCells/doubleZero", "without events", #""zeroCells": {"doubleZero": true}"#),
  pooling(
    "/zeroCells/method", #""constant", since"#,
    #""measure": "rate-ratio", "pooling": ["inverse-variance"], "zeroCells": {"method": "empirical"}, "#
      + #""data": [{"study": "x", "treatment": {"events": 1, "personYears": 9}, "reference": {"events": 2, "personYears": 8}}]"#
  ).ofMeaning,
]

let ofSubgroupsAndModerators: [Mistake] = [
  choice("/subgroups", "the key of subgroups", #""subgroups": "dose""#),
  choice("/subgroupTau2", #"this key with "subgroups" only"#, #""subgroupTau2": "common""#),
  explained("/subgroupTau2", "whose τ²", #""subgroups": "subgroup", "subgroupTau2": "shared""#),
  explained(
    "/data/1", #"no key "subgroup""#, #""subgroups": "subgroup""#, second: #""moderators": {}"#
  ).ofMeaning,
  explained("/moderators", "an array of names", #""moderators": "dose""#),
  explained("/moderators", "at least one", #""moderators": []"#),
  explained("/moderators/0", "a string", #""moderators": [1]"#),
  explained("/moderators/0", #"did you mean "dose""#, #""moderators": ["dos"]"#).ofMeaning,
  explained("/moderators/1", "each moderator once", #""moderators": ["dose", "dose"]"#),
  choice("/moderators/0", "of which there is none", #""moderators": ["dose"]"#).ofMeaning,
  explained(
    "/data/1", #"no moderator "dose""#, #""moderators": ["dose"]"#, second: #""subgroup": "g""#
  ).ofMeaning,
  explained(
    "/data/1", #""dose" as a string"#, #""moderators": ["dose"]"#,
    second: #""moderators": {"dose": "high"}"#
  ).ofMeaning,
  explained(
    "/data/1/moderators", "from names to numbers or strings", "",
    second: #""moderators": ["dose"]"#),
  explained(
    "/data/1/moderators/dose", "a number or a string", "",
    second: #""moderators": {"dose": true}"#),
  explained(
    "/data/1/moderators/dose", "not empty", "", second: #""moderators": {"dose": " "}"#),
  explained(
    "/data/1/moderators/dose", "from -1e100 to 1e100", "", second: #""moderators": {"dose": 1e101}"#
  ),
  explained("/data/1/subgroup", "a string", "", second: #""subgroup": 1"#),
]

/// Two studies, the first with a subgroup and a moderator, the second with the keys given.
private func explained(
  _ pointer: String, _ fragment: String, _ content: String,
  second: String = #""subgroup": "h", "moderators": {"dose": 2}"#
) -> Mistake {
  let effects =
    #""data": [{"study": "x", "effect": 1, "standardError": 2, "subgroup": "g", "moderators": {"dose": 1}}, "#
    + #"{"study": "y", "effect": 2, "standardError": 1, \#(second)}]"#
  return pooling(
    pointer, fragment,
    #""measure": "generic", "pooling": ["inverse-variance"], \#(effects)"#
      + (content.isEmpty ? "" : ", \(content)"))
}
