/// Valid studies with meta-analyses of every form of study and choice.
let metaAnalyses: [String] =
  (rowsByMeasure.map { measure, rows in
    #""measure": "\#(measure)", "pooling": ["inverse-variance"], "data": [\#(rows)]"#
  } + choices + armStudies).map { poolingStudy($0).text }

private let twoGroups =
  #"{"study": "x", "treatment": {"events": 1, "subjects": 9, "personYears": 2.5, "label": "T"}, "#
  + #""reference": {"events": 2, "subjects": 8, "personYears": 1}}"#

private let oneGroup = #"{"study": "x", "events": 0, "subjects": 9, "personYears": 2.5}"#

private let rowsByMeasure: [(String, String)] =
  ["odds-ratio", "risk-ratio", "risk-difference", "arcsine-difference"].map { ($0, twoGroups) }
  + ["rate-ratio", "rate-difference"].map { ($0, twoGroups) }
  + [
    "proportion-logit", "proportion-arcsine", "proportion-freeman-tukey", "proportion-log",
    "proportion", "rate-log", "rate-sqrt", "rate-freeman-tukey", "rate",
  ].map { ($0, oneGroup) }
  + [("generic", #"{"study": "x", "effect": -1e100, "standardError": 1e-100}"#)]

private let head = #""measure": "odds-ratio", "pooling": ["inverse-variance"], "#

private let choices: [String] =
  [
    #""pooling": ["inverse-variance", "mantel-haenszel", "peto", "ssw", "ivhet", "firth", "exact-conditional", "exact-conditional-mid-p", "glmm-unconditional-fixed", "glmm-unconditional-random", "glmm-conditional-exact", "glmm-conditional-approximate", "beta-binomial"], "measure": "odds-ratio""#,
    head + #""effects": "common", "tau2": "dl", "inference": "t", "tau2Interval": "jackson""#,
    head
      + #""effects": ["random", "common"], "tau2": ["dl", "he", "hs", "hsk", "sj", "sj2", "ml", "reml", "eb", "pm", "pmm", "dl2", "he2", "genq"], "inference": ["z", "t", "hartung-knapp", "hartung-knapp-adhoc", "kenward-roger"], "tau2Interval": ["q-profile", "profile-likelihood", "biggerstaff-tweedie", "jackson", "biggerstaff-jackson"]"#,
    head + #""prediction": true"#, head + #""prediction": false"#, head + #""prediction": "z""#,
    head + #""prediction": ["t-k-1", "t-k-2", "z"]"#,
    head + #""zeroCells": {}"#,
    head
      + #""zeroCells": {"add": 0, "to": "all-if-any", "method": "treatment-arm", "doubleZero": "include"}"#,
    head + #""zeroCells": {"add": 1000, "to": "none", "method": "empirical"}"#,
    head + #""preset": "none""#, head + #""preset": "revman5", "outcome": "Thrombosis""#,
    head + #""preset": "metafor", "level": 0.9, "title": "A""#, head + #""preset": "meta8""#,
    head
      + #""diagnostics": ["leave-one-out", "cumulative", "influence", "egger", "begg", "harbord", "peters", "trim-and-fill", "radial", "baujat"]"#,
  ].map { "\($0), \(twoDataRows)" } + [
    #""measure": "rate", "per": 100, "pooling": ["inverse-variance"], "data": [\#(oneGroup)]"#,
    #""measure": "generic", "pooling": ["ivhet"], "subgroups": "subgroup", "subgroupTau2": "separate", "moderators": ["dose", "region"], "#
      + #""data": [{"study": "x", "effect": 1, "standardError": 2, "subgroup": "g", "moderators": {"dose": 1, "region": "north"}}, "#
      + #"{"study": "y", "effect": 1, "standardError": 2, "subgroup": "h", "moderators": {"dose": -1.5, "region": "south", "other": 1}}]"#,
  ]

private let armStudies: [String] =
  [
    head
      + #""event": "Nausea", "studies": [{"label": "x", "treatment": "t/a", "reference": ["t/b", "t/c"]}]"#,
    head
      + #""event": {"term": "Rash", "grade": 3}, "subgroups": "subgroup", "subgroupTau2": "common", "moderators": ["m"], "#
      + #""studies": [{"label": "x", "treatment": ["t/a"], "reference": "t/b", "subgroup": "s", "moderators": {"m": "l"}}]"#,
  ]
  + ["split", "allow"].map { sharing in
    head + #""event": "Nausea", "sharedArms": "\#(sharing)", "#
      + #""studies": [{"label": "x", "treatment": "t/a", "reference": "t/b"}, {"label": "y", "treatment": "t/c", "reference": "t/b"}]"#
  } + [
    #""measure": "proportion", "pooling": ["inverse-variance"], "event": "Pain", "studies": [{"label": "x", "treatment": "t/a"}, {"label": "y", "treatment": "t/b"}]"#
  ]
