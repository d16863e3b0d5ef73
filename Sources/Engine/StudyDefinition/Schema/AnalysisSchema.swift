import Incidence
import Inference
import JSON
import MetaAnalysis

private let levelSchema = number(
  "The confidence level of intervals.", above: 0, below: 1)

let defaultsSchema = object(
  "What holds for every analysis that does not say otherwise.",
  [
    (key: "level", value: levelSchema),
    (key: "seed", value: integer("The seed of random streams.", in: 0...Int.max)),
    (
      key: "rounding",
      value: choice("How printed numbers were rounded.", of: RoundingRule.self)
    ),
    (
      key: "preset",
      value: choice("Conventions of meta-analysis.", of: MetaAnalysisPreset.self)
    ),
    (
      key: "maximumSubjects",
      value: integer("How far searches for numbers of subjects go.", in: 1...1_000_000)
    ),
  ])

private let inlineCountsSchema = object(
  "Counts of one group.", required: ["label", "events"],
  [
    (key: "label", value: text("What the group is called.")),
    (key: "events", value: count("For a risk, the subjects with the event.")),
    (key: "subjects", value: count("The subjects at risk.")),
    (key: "personYears", value: positiveNumber("The time at risk, in years.")),
  ])

/// Keys that every kind of analysis has.
func analysisProperties(
  _ kind: KindName
) -> [(key: String, value: JSONValue)] {
  [
    (key: "id", value: identifier("Names the analysis in results.")),
    (key: "kind", value: ["const": .string(kind.rawValue)]),
    (key: "title", value: text("What it is called in reports.")),
    (key: "level", value: levelSchema),
  ]
}

private let riskSchema: JSONValue = [
  "properties": [
    "measure": ["const": .string(IncidenceMeasureName.risk.rawValue)],
    "methods": choices("Intervals of a risk.", of: ProportionIntervalMethod.self),
    "numerator": false, "per": false,
  ],
  "not": [
    "required": ["sides"],
    "properties": [
      "sides": ["enum": [.string(Sides.lower.rawValue), .string(Sides.upper.rawValue)]],
      "methods": [
        "contains": [
          "enum": .array(
            ProportionIntervalMethod.allCases.filter(\.isTwoSidedOnly).map { .string($0.rawValue) })
        ]
      ],
    ],
  ],
]

private let rateSchema: JSONValue = [
  "properties": [
    "measure": ["const": .string(IncidenceMeasureName.rate.rawValue)],
    "methods": choices("Intervals of a rate.", of: RateIntervalMethod.self),
  ]
]

let incidenceSchema = object(
  "How often events were seen, by arm and term, with intervals.",
  required: ["id", "kind", "measure", "methods"],
  analysisProperties(.incidence) + [
    (key: "trial", value: identifier("The id of the trial.")),
    (
      key: "trials",
      value: array(
        "The ids of trials, each by itself.", of: identifier("The id of a trial."),
        atLeastOne: true
      ).demanding("uniqueItems", true)
    ),
    (
      key: "arms",
      value: array(
        "The arms to show, as `trial/arm`; by default all.", of: text("An arm: `trial/arm`."),
        atLeastOne: true
      ).demanding("uniqueItems", true)
    ),
    (
      key: "terms",
      value: array(
        "The events to show, in this order; by default all.", of: reference("eventSelector"),
        atLeastOne: true)
    ),
    (
      key: "counts",
      value: array(
        "Counts written here, instead of a trial.", of: inlineCountsSchema, atLeastOne: true)
    ),
    (
      key: "measure",
      value: choice(
        "risk: subjects over subjects; rate: events over person-years.",
        of: IncidenceMeasureName.self)
    ),
    (
      key: "numerator",
      value: choice(
        "What a rate counts: subjects with a first event, or all occurrences.",
        of: IncidenceAnalysis.Numerator.self)
    ),
    (
      key: "per",
      value: positiveNumber("Rates are given per this many person-years; default 100.")
    ),
    (key: "methods", value: ["description": "Every interval wanted; all are reported."]),
    (key: "sides", value: choice("Two-sided, or one limit alone.", of: Sides.self)),
    (
      key: "minimumPercent",
      value: number(
        "Keeps an event when any arm shown reaches this percentage.", atLeast: 0, atMost: 100)
    ),
  ]
)
.demanding(
  "oneOf", [["required": ["trial"]], ["required": ["trials"]], ["required": ["counts"]]]
)
.demanding("anyOf", [riskSchema, rateSchema])

let publishedSchema = object(
  "A printed value; with where, measure, statistic and method it picks exactly one row.",
  required: ["analysis", "where", "statistic", "value"],
  [
    (key: "analysis", value: identifier("The id of the analysis that computes it.")),
    (key: "where", value: whereSchema),
    (key: "measure", value: text("The measure of the row.")),
    (key: "statistic", value: text("The statistic of the row, such as percent or lower.")),
    (
      key: "method",
      value: [
        "description": "The method of the row; \"\" for the row without one.", "type": "string",
      ]
    ),
    (
      key: "value",
      value: text(
        "As printed, since its decimals count: 1.76, <0.001, >100, infinite, not estimable; of the "
          + "statistic status a verdict, such as converged.",
        pattern: "^([<>] *)?-?[0-9]+(\\.[0-9]+)?$|^not estimable$|^[a-z]+(-[a-z]+)*$")
    ),
    (key: "scale", value: positiveNumber("The publication prints the statistic times this.")),
    (key: "differs", value: text("Why the printed value is not expected to come out.")),
    (key: "source", value: identifier("The id of its source.")),
  ])

private let whereSchema = object(
  "The groups and the variable of the row, as far as needed.",
  RowPlaceSelector.groupNames.map { (key: $0, value: text("The level of the group \($0).")) } + [
    (key: "outcome", value: text("The outcome.")),
    (key: "parameter", value: text("The parameter.")),
  ] + curveVariables + [
    (key: "term", value: reference("eventSelector")),
    (key: "grade", value: reference("grade")),
    (key: "serious", value: flag("Whether it is the row of serious events.")),
  ])

private let curveVariables = RowPlaceSelector.curveVariableNames.map { name in
  let level: JSONValue = [
    "description": .string("The level of the variable \(name); \"\" for a row without one."),
    "type": "string",
  ]
  return (key: name, value: level)
}
