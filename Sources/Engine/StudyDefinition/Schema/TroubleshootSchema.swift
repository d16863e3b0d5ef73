import JSON

let troubleshootSchema = object(
  "A guide to the causes of an unexpected finding, with the evidence for each step.",
  required: ["id", "kind", "guide", "evidence"],
  analysisProperties(.troubleshoot) + [
    (key: "guide", value: choice("Which finding.", of: TroubleshootAnalysis.Guide.self)),
    (
      key: "evidence",
      value: ["description": "Ids of analyses, and data; a step may be without.", "type": "object"]
    ),
  ]
)
.demanding(
  "anyOf",
  [
    guideSchema(.liverEnzymes, liverEnzymeSchema),
    guideSchema(.plateletResponse, plateletResponseSchema),
  ])

private func guideSchema(
  _ guide: TroubleshootAnalysis.Guide, _ evidence: JSONValue
) -> JSONValue {
  ["properties": ["guide": ["const": .string(guide.rawValue)], "evidence": evidence]]
}

private let liverEnzymeSchema = object(
  "Of high liver enzymes in animals.",
  [
    (
      key: "doseDependence",
      value: identifier("A trend, ordinal or dose-response analysis of the dose.")
    ),
    (key: "inVitro", value: identifier("A dose-response analysis of toxicity to cells.")),
    (
      key: "exposure",
      value: object(
        "How much of the drug there is.", required: ["concentration"],
        [
          (key: "concentration", value: positiveNumber("In the unit of the doses.")),
          (key: "unit", value: text("That of the doses.")),
        ])
    ),
    (
      key: "margin",
      value: positiveNumber(
        "The ratio of the toxic concentration to the exposure below which it is flagged; default 10."
      )
    ),
    (
      key: "metabolites",
      value: array(
        "How much forms of each.",
        of: object(
          "A metabolite.", required: ["name", "animal", "human"],
          [
            (key: "name", value: text("Its name.")),
            (key: "animal", value: amount("In the animal.")),
            (key: "human", value: amount("In man.")),
          ]), atLeastOne: true)
    ),
    (
      key: "species",
      value: identifier("A dose-response analysis that compares the curves of species.")
    ),
    (key: "strain", value: identifier("A comparison of strains.")),
    (key: "immune", value: identifier("A comparison or an ordinal analysis of immune activation.")),
  ]
)
.demanding(
  "dependentSchemas",
  ["exposure": ["required": ["inVitro"]], "margin": ["required": ["exposure"]]])

private let plateletResponseSchema = object(
  "Of a low platelet response in culture.",
  [
    (key: "doseResponse", value: identifier("A dose-response analysis.")),
    (
      key: "workingConcentration",
      value: positiveNumber("The concentration in use, in the unit of the doses.")
    ),
    (key: "lots", value: identifier("A dose-response analysis with lots.")),
    (key: "cocktail", value: identifier("A response-surface analysis.")),
    (
      key: "viability",
      value: array(
        "Cells counted.",
        of: object(
          "A count.", required: ["label", "alive", "total"],
          [
            (key: "label", value: text("Of which culture.")),
            (key: "alive", value: count("Cells alive.")),
            (key: "total", value: integer("Cells counted.", in: 1...maximumTotal)),
          ]), atLeastOne: true)
    ),
    (
      key: "minimumViability",
      value: number("Default 0.8.", above: 0).demanding("maximum", 1)
    ),
    (
      key: "mycoplasma",
      value: array(
        "Tests for mycoplasma.",
        of: object(
          "A test.", required: ["label", "positive"],
          [
            (key: "label", value: text("Of which culture.")),
            (key: "positive", value: flag("Whether it was found.")),
          ]), atLeastOne: true)
    ),
  ]
)
.demanding(
  "dependentSchemas",
  [
    "workingConcentration": ["required": ["doseResponse"]],
    "minimumViability": ["required": ["viability"]],
  ])

private func amount(_ description: String) -> JSONValue {
  number(description, atLeast: 0, atMost: finiteNumbers.upperBound)
}
