import JSON

private let rowSchema: JSONValue = [
  "description": "A run: a value of each factor, by its name, and the response.", "type": "object",
  "properties": [
    "response": finiteNumber("What was measured."), "block": text("Its block."),
  ],
  "required": ["response"], "additionalProperties": finiteNumber("A value of a factor."),
]

let responseSurfaceSchema = object(
  "How a response depends on several factors at once, and where it is best.",
  required: ["id", "kind", "factors", "data"],
  analysisProperties(.responseSurface) + [
    (
      key: "factors",
      value: array(
        "What is varied.", of: quantitySchema("A factor.", required: ["name"])
      ).demanding("minItems", 1).demanding("maxItems", 6)
    ),
    (
      key: "data",
      value: either(
        "The runs, here or in a file.", array("Runs.", of: rowSchema),
        dataFileSchema(
          "A file of runs, a row each.",
          columns: dictionary(
            "Headers in the file that differ from the factors, response and block.",
            of: text("A header."))))
    ),
    (key: "response", value: quantitySchema("What is measured.", required: ["name"])),
    (
      key: "order",
      value: choice(
        "How far the polynomial goes; default quadratic.", of: ResponseSurfaceAnalysis.Order.self)
    ),
    (
      key: "goal",
      value: choice(
        "What is best; default maximum.", of: ResponseSurfaceAnalysis.Goal.self)
    ),
    (key: "simulated", value: flag("Whether the numbers are made up, which reports then say.")),
  ])
