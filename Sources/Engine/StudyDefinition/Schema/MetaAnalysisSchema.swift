import JSON
import MetaAnalysis

let metaAnalysisSchema = object(
  "The effects of several studies pooled, by each of the methods listed.",
  required: ["id", "kind", "measure", "pooling"],
  analysisProperties(.metaAnalysis) + [
    (key: "outcome", value: text("What is pooled, for tables; by default the event.")),
    (key: "event", value: reference("eventSelector")),
    (
      key: "studies",
      value: array("Studies as arms of trials.", of: armStudySchema, atLeastOne: true)
    ),
    (key: "data", value: array("Studies written here.", of: dataRowSchema, atLeastOne: true)),
    (
      key: "sharedArms",
      value: choice(
        "An arm in several studies: divided evenly, or counted in each.", of: SharedArms.self)
    ),
    (key: "measure", value: choice("What is pooled.", of: EffectMeasure.self)),
    (
      key: "pooling",
      value: oneOrMore("Every method wanted; all are reported.", of: PoolingMethod.self)
    ),
    (key: "effects", value: oneOrMore("Default: both.", of: EffectModel.self)),
    (key: "tau2", value: oneOrMore("Estimators of τ²; default reml.", of: Tau2Estimator.self)),
    (
      key: "inference",
      value: oneOrMore(
        "Of random effects by inverse variance; default z.", of: EffectInference.self)
    ),
    (key: "tau2Interval", value: oneOrMore("Intervals of τ².", of: Tau2IntervalMethod.self)),
    (
      key: "prediction",
      value: either(
        "Prediction intervals; true for that of the preset.",
        flag("The interval of the preset."),
        oneOrMore("Their names.", of: PredictionMethod.self))
    ),
    (key: "zeroCells", value: zeroCellsSchema),
    (
      key: "preset",
      value: choice(
        "The conventions of a program; what is written wins.", of: MetaAnalysisPreset.self)
    ),
    (
      key: "per",
      value: positiveNumber(
        "Rates and their differences are given per this many person-years; default 1.")
    ),
    (key: "subgroups", value: choice("What studies are divided by.", of: SubgroupKey.self)),
    (
      key: "subgroupTau2",
      value: choice(
        "Whether each subgroup has its own τ²; default separate.", of: SubgroupTau2.self)
    ),
    (
      key: "moderators",
      value: array(
        "The moderators of a meta-regression.", of: text("The name of a moderator."),
        atLeastOne: true
      ).demanding("uniqueItems", true)
    ),
    (
      key: "diagnostics",
      value: oneOrMore("Diagnostics wanted.", of: MetaAnalysisDiagnostic.self)
    ),
  ]
)
.demanding(
  "oneOf",
  [
    [
      "required": ["data"],
      "properties": ["studies": false, "event": false, "sharedArms": false],
    ],
    ["required": ["studies", "event"]],
  ]
)
.demanding("dependentSchemas", ["subgroupTau2": ["required": ["subgroups"]]])
.demanding("allOf", .array(EffectMeasure.allCases.map(condition)))

/// What a measure demands of other keys.
private func condition(of measure: EffectMeasure) -> JSONValue {
  var demands: [(key: String, value: JSONValue)] = [
    (
      key: "pooling", value: only(PoolingMethod.allCases.filter { $0.measures.contains(measure) })
    )
  ]
  demands.append((key: "data", value: ["items": rowCondition(of: measure.evidence)]))
  if ![.twoRates, .oneRate].contains(measure.evidence) {
    demands.append((key: "per", value: false))
  }
  if measure != .oddsRatio {
    demands.append(
      (
        key: "diagnostics",
        value: only(MetaAnalysisDiagnostic.allCases.filter { !$0.isOfOddsRatios })
      ))
  }
  return [
    "if": [
      "required": ["measure"], "properties": ["measure": ["const": .string(measure.rawValue)]],
    ],
    "then": ["properties": .object(demands)],
  ]
}

/// What rows of data of the evidence must have, and what they cannot.
private func rowCondition(of evidence: EffectMeasure.Evidence) -> JSONValue {
  switch evidence {
  case .twoRisks: groupsWith("subjects")
  case .twoRates: groupsWith("personYears")
  case .oneRisk: oneGroupRow("subjects")
  case .oneRate: oneGroupRow("personYears")
  case .effect: effectRow
  }
}

private let twoGroupRow = row(
  ["treatment", "reference"],
  without: ["events", "subjects", "personYears", "effect", "standardError"])

/// `size` is what the events of both groups are held against.
private func groupsWith(_ size: String) -> JSONValue {
  let needed: JSONValue = ["required": [.string(size)]]
  return ["allOf": [twoGroupRow, ["properties": ["treatment": needed, "reference": needed]]]]
}

private let effectRow = row(
  ["effect", "standardError"],
  without: ["treatment", "reference", "events", "subjects", "personYears"])

/// `size` is what the events are held against.
private func oneGroupRow(_ size: String) -> JSONValue {
  row(["events", size], without: ["treatment", "reference", "effect", "standardError"])
}

private func row(_ required: [String], without others: [String]) -> JSONValue {
  [
    "required": .array(required.map { .string($0) }),
    "properties": .object(others.map { (key: $0, value: false) }),
  ]
}

/// One of `choices`, or an array whose elements are.
private func only<Choice: RawRepresentable<String>>(_ choices: [Choice]) -> JSONValue {
  let spellings = JSONValue.array(choices.map { .string($0.rawValue) })
  return ["anyOf": [["type": "array"], ["enum": spellings]], "items": ["enum": spellings]]
}

private let moderatorsSchema = dictionary(
  "Properties of the study by name: numbers or text.",
  of: [
    "anyOf": [
      number("A number.", atLeast: -1e100, atMost: 1e100), text("The name of a level."),
    ]
  ])

private let armStudySchema = object(
  "A study: arms of trials.", required: ["label", "treatment"],
  [
    (key: "label", value: text("What the study is called.")),
    (key: "treatment", value: armsSchema("Arms of the treatment, or of the only group.")),
    (key: "reference", value: armsSchema("Arms to compare with.")),
    (key: "subgroup", value: text("The subgroup it belongs to.")),
    (key: "moderators", value: moderatorsSchema),
  ])

private let dataRowSchema = object(
  "A study: counts of two groups or of one, or an effect.", required: ["study"],
  [
    (key: "study", value: text("What the study is called.")),
    (key: "treatment", value: sideCountsSchema),
    (key: "reference", value: sideCountsSchema),
    (key: "events", value: count("Of one group.")),
    (key: "subjects", value: count("Of one group, at risk.")),
    (key: "personYears", value: positiveNumber("Of one group, the time at risk in years.")),
    (
      key: "effect",
      value: number("On the scale on which effects are pooled.", atLeast: -1e100, atMost: 1e100)
    ),
    (key: "standardError", value: positiveNumber("Of the effect.")),
    (key: "subgroup", value: text("The subgroup it belongs to.")),
    (key: "moderators", value: moderatorsSchema),
  ]
)
.demanding(
  "anyOf", [twoGroupRow, oneGroupRow("subjects"), oneGroupRow("personYears"), effectRow])

private let zeroCellsSchema = object(
  "What is added to studies with zeros.",
  [
    (key: "add", value: number("To each cell.", atLeast: 0, atMost: 1000)),
    (key: "to", value: choice("Which studies; default zero-studies.", of: ZeroCells.Target.self)),
    (
      key: "method",
      value: choice(
        "How it is divided between the groups; default constant.", of: ZeroCells.Method.self)
    ),
    (
      key: "doubleZero",
      value: choice(
        "Studies without events in both groups; default exclude for ratios.",
        of: ZeroCells.DoubleZero.self)
    ),
  ])
