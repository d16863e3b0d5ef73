import JSON

/// `{path | dataset, columns?}`, where columns may be renamed as `columns` says.
func dataFileSchema(_ description: String, columns: JSONValue) -> JSONValue {
  object(
    description,
    [
      (
        key: "path",
        value: text("A csv file, relative to the study file.", pattern: "\\.[cC][sS][vV]$")
      ),
      (key: "dataset", value: text("The name of a dataset, instead of a path.")),
      (key: "columns", value: columns),
    ]
  )
  .demanding("oneOf", [["required": ["path"]], ["required": ["dataset"]]])
}

/// The headers of columns by the names that they have here.
func columnsSchema(_ columns: [WellColumn]) -> JSONValue {
  object(
    "Headers in the file that differ from the names here.",
    columns.map { (key: $0.rawValue, value: text("The header of the column \($0.rawValue).")) })
}

func quantitySchema(_ description: String, required: [String]) -> JSONValue {
  object(
    description, required: required,
    [
      (key: "name", value: text("What it is.")),
      (key: "unit", value: ["description": "Its unit, or \"\".", "type": "string"]),
    ])
}

/// The keys of a well.
func wellProperties(_ columns: [WellColumn]) -> [(key: String, value: JSONValue)] {
  columns.map { column in
    let value =
      switch column {
      case .curve: text("The name of its curve.")
      case .dose: finiteNumber("The dose; needed in samples, 0 in the vehicle.")
      case .response: finiteNumber("What was measured; for counts, the count.")
      case .plate: text("The name of its plate; default 1.")
      case .row:
        either(
          "Its row on the plate.", text("A letter or two.", pattern: "^([A-Z]|A[A-F])$"),
          integer("From the top.", in: 1...maximumPlateSide))
      case .column: integer("Its column on the plate.", in: 1...maximumPlateSide)
      case .role: choice("What it is there for; default sample.", of: Assay.Role.self)
      case .compound: text("What is tested in it.")
      case .lot: text("The lot, donor or batch that it belongs to.")
      case .weight:
        number(
          "The weight of its response; for Poisson counts, what multiplies the mean.", atLeast: 0,
          atMost: finiteNumbers.upperBound)
      case .total: integer("What a binomial count is counted out of.", in: 1...maximumTotal)
      }
    return (key: column.rawValue, value: value)
  }
}

private let wellSchema = object(
  "A well.", required: [WellColumn.response.rawValue], wellProperties(WellColumn.allCases)
)
.demanding(
  "anyOf",
  [
    ["required": ["dose"]],
    [
      "required": ["role"],
      "properties": [
        "role": [
          "enum": .array(
            Assay.Role.allCases.filter { $0 != .sample }.map { .string($0.rawValue) })
        ]
      ],
    ],
  ]
)
.demanding("dependentSchemas", ["row": ["required": ["column"]], "column": ["required": ["row"]]])

private let qualitySchema = object(
  "What a plate must reach to pass.",
  [
    (
      key: "minimumZPrime",
      value: number("Default 0.4.", atLeast: finiteNumbers.lowerBound, atMost: 1)
    ),
    (
      key: "maximumControlCV",
      value: positiveNumber("Of the vehicle, as a fraction of its mean; default 0.2.")
    ),
    (
      key: "positive",
      value: object(
        "Where the mean of the positive controls is expected.", required: ["minimum", "maximum"],
        [
          (key: "minimum", value: finiteNumber("At least.")),
          (key: "maximum", value: finiteNumber("At most.")),
          (
            key: "percent",
            value: flag("In percent of the vehicle, or as the response; default true.")
          ),
        ])
    ),
  ])

let assaySchema = object(
  "An experiment in wells.", required: ["id", "response", "dose"],
  [
    (key: "id", value: identifier("Analyses name the assay by it.")),
    (key: "title", value: text("What it is called in reports.")),
    (key: "simulated", value: flag("Whether the numbers are made up, which reports then say.")),
    (key: "source", value: identifier("The id of the source of its numbers.")),
    (
      key: "response",
      value: quantitySchema("What is measured.", required: ["name", "unit"])
    ),
    (key: "dose", value: quantitySchema("What is given.", required: ["name", "unit"])),
    (key: "wells", value: array("The wells.", of: wellSchema, atLeastOne: true)),
    (
      key: "data",
      value: dataFileSchema(
        "A file of wells, a row each.", columns: columnsSchema(WellColumn.allCases))
    ),
    (
      key: "normalization",
      value: choice(
        "What responses are shown as; curves are fitted to the raw signal.",
        of: Assay.Normalization.self)
    ),
    (key: "quality", value: qualitySchema),
  ]
)
.demanding("oneOf", [["required": ["wells"]], ["required": ["data"]]])
