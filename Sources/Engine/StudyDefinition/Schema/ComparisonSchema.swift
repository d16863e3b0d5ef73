import Comparison
import Inference
import JSON

let comparisonSchema = object(
  "Two groups compared, event by event, or over strata.",
  required: ["id", "kind", "methods"],
  analysisProperties(.comparison) + [
    (key: "treatment", value: armsSchema("The arm, or arms of one trial, of the treatment.")),
    (key: "reference", value: armsSchema("The arm, or arms of one trial, to compare with.")),
    (
      key: "table",
      value: object(
        "Counts written here, instead of arms.", required: ["treatment", "reference"],
        [
          (key: "treatment", value: sideCountsSchema), (key: "reference", value: sideCountsSchema),
        ])
    ),
    (key: "strata", value: array("Strata, pooled.", of: stratumSchema, atLeastOne: true)),
    (
      key: "terms",
      value: array(
        "The events to compare, in this order; by default all.", of: reference("eventSelector"),
        atLeastOne: true)
    ),
    (key: "methods", value: ["description": "The intervals wanted, by measure."]),
    (key: "tests", value: ["description": "The tests wanted."]),
    (key: "weights", value: ["description": "How score intervals weight strata."]),
    (key: "sides", value: choice("Two-sided, or one limit alone.", of: Sides.self)),
    (key: "null", value: nullValuesSchema),
    (
      key: "per",
      value: positiveNumber("Rate differences are given per this many person-years; default 1.")
    ),
    (
      key: "multiplicity",
      value: choices("How p-values of the first test are adjusted.", of: Multiplicity.self)
    ),
  ]
)
.demanding(
  "oneOf",
  [
    ["required": ["treatment", "reference"]], ["required": ["table"]], ["required": ["strata"]],
  ]
)
.demanding("anyOf", [twoGroupsSchema, strataSchema])
.demanding("dependentSchemas", dependentSchemas)

func armsSchema(_ description: String) -> JSONValue {
  either(
    description, text("An arm: `trial/arm`."),
    array("Arms of one trial, pooled.", of: text("An arm: `trial/arm`."), atLeastOne: true)
      .demanding("uniqueItems", true))
}

let sideCountsSchema = object(
  "Counts of one group.", required: ["events"],
  [
    (key: "label", value: text("What the group is called.")),
    (key: "events", value: count("For a risk, the subjects with the event.")),
    (key: "subjects", value: count("The subjects at risk.")),
    (key: "personYears", value: positiveNumber("The time at risk, in years.")),
  ])

private let stratumSchema = object(
  "One stratum: its arms or its counts.", required: ["label", "treatment", "reference"],
  [
    (key: "label", value: text("What the stratum is called.")),
    (
      key: "treatment",
      value: ["anyOf": [armsSchema("Arms of the treatment."), sideCountsSchema]]
    ),
    (
      key: "reference",
      value: ["anyOf": [armsSchema("Arms to compare with."), sideCountsSchema]]
    ),
  ])

private let nullValuesSchema = object(
  "The value that one-sided tests test; by default 0 for a difference, 1 for a ratio.",
  ComparisonMeasureName.allCases.map { name in
    let value =
      switch name {
      case .riskDifference: number("A difference.", above: -1, below: 1)
      case .rateDifference:
        number(
          "A difference.", atLeast: -positiveNumbers.upperBound,
          atMost: positiveNumbers.upperBound)
      case .riskRatio, .oddsRatio, .rateRatio: positiveNumber("A ratio.")
      }
    return (key: name.rawValue, value: value)
  })

private let twoGroupsSchema: JSONValue = [
  "properties": [
    "strata": false, "weights": false,
    "methods": object(
      "Intervals by measure.",
      [
        (
          key: "risk-difference",
          value: choices("Intervals of a risk difference.", of: RiskDifferenceMethod.self)
        ),
        (key: "risk-ratio", value: choices("Intervals of a risk ratio.", of: RiskRatioMethod.self)),
        (
          key: "odds-ratio",
          value: choices("Intervals of an odds ratio.", of: OddsRatioMethod.self)
        ),
        (
          key: "rate-difference",
          value: choices("Intervals of a rate difference.", of: RateDifferenceMethod.self)
        ),
        (
          key: "rate-ratio",
          value: choices("Intervals of a rate ratio.", of: RateRatioMethod.self)
        ),
      ]),
    "tests": choices("Tests of equal groups.", spellings: groupTestSpellings),
  ]
]

private let strataSchema: JSONValue = [
  "required": ["strata"],
  "properties": [
    "weights": choice(
      "How score intervals weight strata; by default mantel-haenszel, and inverse-variance for the "
        + "odds ratio.", of: StratumWeights.self),
    "methods": object(
      "Intervals by measure.",
      [
        (
          key: "risk-difference",
          value: choices(
            "Intervals of a common risk difference.", of: StratifiedRiskDifferenceMethod.self)
        ),
        (
          key: "risk-ratio",
          value: choices("Intervals of a common risk ratio.", of: StratifiedRiskRatioMethod.self)
        ),
        (
          key: "odds-ratio",
          value: choices("Intervals of a common odds ratio.", of: StratifiedOddsRatioMethod.self)
        ),
        (
          key: "rate-difference",
          value: choices(
            "Intervals of a common rate difference.", of: StratifiedRateDifferenceMethod.self)
        ),
        (
          key: "rate-ratio",
          value: choices("Intervals of a common rate ratio.", of: StratifiedRateRatioMethod.self)
        ),
      ]),
    "tests": choices("Tests over strata.", of: StratifiedTest.self),
  ],
]

/// Keys that ask for others: `null` for one side, `multiplicity` for a test.
private let dependentSchemas: JSONValue = [
  "null": [
    "required": ["sides"],
    "properties": ["sides": ["enum": ["lower", "upper"]]],
  ],
  "multiplicity": ["required": ["tests"]],
]
