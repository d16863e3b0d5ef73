import DoseResponse
import JSON

private let curvesSchema = object(
  "What curves are told apart by; by default compound, where any well has one, else curve.",
  required: ["by"],
  [
    (
      key: "by",
      value: choices("In the order of the name.", of: DoseResponseAnalysis.WellKey.self)
    )
  ])

private let rangeSchema = object(
  "Limits.",
  [
    (key: "minimum", value: finiteNumber("At least.")),
    (key: "maximum", value: finiteNumber("At most.")),
  ]
)
.demanding("anyOf", [["required": ["minimum"]], ["required": ["maximum"]]])

/// An object from parameters to `value`.
private func byParameter(_ description: String, _ value: JSONValue) -> JSONValue {
  object(description, CurveParameter.allCases.map { (key: $0.rawValue, value: value) })
}

private let absoluteSchema: JSONValue = [
  "anyOf": [
    finiteNumber("In units of the response."),
    object(
      "A percentage.",
      [
        (key: "percentOfControl", value: positiveNumber("Of the fitted response at dose 0.")),
        (
          key: "percentOfReference",
          value: positiveNumber("Of the way from there to the mean of the positive control.")
        ),
      ]
    ).demanding(
      "oneOf", [["required": ["percentOfControl"]], ["required": ["percentOfReference"]]]),
  ]
]

private let choiceProperties: [(key: String, value: JSONValue)] = [
  (
    key: "models",
    value: choices("Every model wanted; all are reported.", of: DoseResponseModel.self)
  ),
  (
    key: "effects",
    value: array(
      "Percentages p of effective doses EDp; default 50.",
      of: number("A percentage.", above: 0, below: 100)
    ).demanding("uniqueItems", true)
  ),
  (
    key: "absolute",
    value: array("Responses whose doses are wanted.", of: absoluteSchema, atLeastOne: true)
  ),
  (key: "interval", value: oneOrMore("Default: profile.", of: CurveIntervalMethod.self)),
  (key: "response", value: choice("Default: continuous.", of: ResponseKind.self)),
  (key: "robust", value: choice("Default: none.", of: RobustMethod.self)),
  (key: "weights", value: choice("Default: none.", of: ObservationWeights.self)),
  (
    key: "theta",
    value: number(
      "The power of the mean, for weights; estimated where it is not given.", atLeast: -10,
      atMost: 10)
  ),
  (key: "selection", value: choice("One answer of several models.", of: ModelSelection.self)),
  (
    key: "information",
    value: oneOrMore("Of standard errors; default expected.", of: FitInformation.self)
  ),
  (
    key: "alpha",
    value: [
      "description": "The exponent of cedergreen models; default 1.",
      "enum": .array(CedergreenAlpha.allCases.map { .number($0.rawValue) }),
    ]
  ),
  (
    key: "extrapolate",
    value: flag("Whether effective doses outside the tested ones are numbers; default false.")
  ),
  (
    key: "bootstrap",
    value: integer(
      "How many samples the bootstrap draws; default 2000.", in: minimumBootstrapSamples...1_000_000
    )
  ),
  (
    key: "flatness",
    value: either(
      "How many samples the test against a flat curve draws, 0 for no test; default 9999.",
      ["const": 0], integer("The number.", in: minimumFlatnessSamples...1_000_000))
  ),
]

private let curveProperties: [(key: String, value: JSONValue)] = [
  (
    key: "constraints",
    value: byParameter(
      "What is known of parameters: a number fixes.",
      either("A value or a range.", finiteNumber("A value."), rangeSchema))
  ),
  (
    key: "share",
    value: choices("Parameters that all curves share.", of: CurveParameter.self)
  ),
  (
    key: "compare",
    value: oneOrMore("How curves are compared with the reference.", of: CurveComparison.self)
  ),
  (key: "reference", value: text("The name of the curve that others are compared with.")),
  (
    key: "equivalence",
    value: byParameter(
      "Limits of ratios to the reference within which curves are parallel.",
      array("Two limits.", of: number("A ratio.", atLeast: 0))
        .demanding("minItems", 2).demanding("maxItems", 2))
  ),
  (
    key: "lots",
    value: object(
      "Fits each curve lot by lot, or plate by plate, and pools.", required: ["by"],
      [(key: "by", value: choice("What lots are told apart by.", of: LotKey.self))])
  ),
]

let doseResponseSchema = object(
  "Curves fitted to responses at several doses, with their effective doses.",
  required: ["id", "kind", "models"],
  analysisProperties(.doseResponse) + [
    (key: "assay", value: identifier("The id of the assay.")),
    (
      key: "points",
      value: either(
        "Points written here or in a file, instead of an assay.",
        array(
          "Points.",
          of: object(
            "A point.", required: ["dose", "response"], wellProperties(WellColumn.ofPoints)),
          atLeastOne: true),
        dataFileSchema(
          "A file of points, a row each.", columns: columnsSchema(WellColumn.ofPoints)))
    ),
    (key: "curves", value: curvesSchema),
  ] + choiceProperties + curveProperties
)
.demanding(
  "oneOf",
  [
    ["required": ["assay"]],
    ["required": ["points"], "properties": ["curves": false, "lots": false]],
  ]
)
.demanding("dependentSchemas", dependentSchemas)
.demanding("allOf", [countsSchema, powerOfMeanSchema])

/// Keys that ask for others.
private let dependentSchemas: JSONValue = [
  "theta": [
    "required": ["weights"], "properties": ["weights": constant(ObservationWeights.powerOfMean)],
  ],
  "bootstrap": [
    "required": ["interval"], "properties": ["interval": including(CurveIntervalMethod.bootstrap)],
  ],
  "selection": ["properties": ["models": ["minItems": 2]]],
  "alpha": [
    "properties": [
      "models": [
        "contains": [
          "enum": [
            .string(DoseResponseModel.cedergreen4.rawValue),
            .string(DoseResponseModel.cedergreen5.rawValue),
          ]
        ]
      ]
    ]
  ],
  "compare": ["required": ["reference"]],
  "reference": ["required": ["compare"]],
  "equivalence": [
    "required": ["compare"], "properties": ["compare": including(CurveComparison.parallelism)],
  ],
  "share": ["properties": ["lots": false]],
]

/// Counts are not weighted, and have no outliers.
private let countsSchema: JSONValue = [
  "if": [
    "required": ["response"],
    "properties": [
      "response": [
        "enum": [
          .string(ResponseKind.binomial.rawValue), .string(ResponseKind.poisson.rawValue),
        ]
      ]
    ],
  ],
  "then": [
    "properties": [
      "robust": constant(RobustMethod.none), "weights": constant(ObservationWeights.none),
    ]
  ],
]

private let powerOfMeanSchema: JSONValue = [
  "if": [
    "required": ["weights"],
    "properties": ["weights": constant(ObservationWeights.powerOfMean)],
  ],
  "then": ["properties": ["robust": constant(RobustMethod.none)]],
]

private func constant(_ choice: some RawRepresentable<String>) -> JSONValue {
  ["const": .string(choice.rawValue)]
}

/// `choice`, or a list with it.
private func including(_ choice: some RawRepresentable<String>) -> JSONValue {
  ["anyOf": [constant(choice), ["type": "array", "contains": constant(choice)]]]
}

let plateQualitySchema = object(
  "How good the plates of an assay are: controls, and what curves leave unexplained in space.",
  required: ["id", "kind", "assay"],
  analysisProperties(.plateQuality) + [
    (key: "assay", value: identifier("The id of the assay.")),
    (
      key: "model",
      value: choice(
        "Whose residuals are looked at; default log-logistic-4.", of: DoseResponseModel.self)
    ),
    (key: "curves", value: curvesSchema),
  ])
