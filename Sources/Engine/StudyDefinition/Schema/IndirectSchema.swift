import Comparison
import JSON

let indirectComparisonSchema = object(
  "Two treatments compared by way of the anchors that each was compared with.",
  required: ["id", "kind", "measure", "methods", "treatment", "reference"],
  analysisProperties(.indirectComparison) + [
    (key: "measure", value: choice("What is contrasted.", of: ComparisonMeasureName.self)),
    (
      key: "methods",
      value: choices("Every method wanted; all are reported.", of: IndirectMethod.self)
    ),
    (key: "treatment", value: anchoredSchema("The treatment, with what it was compared with.")),
    (
      key: "reference",
      value: anchoredSchema("The other treatment, with what it was compared with.")
    ),
    (
      key: "terms",
      value: array(
        "The events to compare, in this order; by default all.", of: reference("eventSelector"),
        atLeastOne: true)
    ),
    (
      key: "per",
      value: positiveNumber("Rate differences are given per this many person-years; default 1.")
    ),
  ])

private func anchoredSchema(_ description: String) -> JSONValue {
  object(
    description, required: ["arm", "anchor"],
    [
      (key: "arm", value: ["anyOf": [armsSchema("The arms of the treatment."), sideCountsSchema]]),
      (key: "anchor", value: ["anyOf": [armsSchema("The arms of the anchor."), sideCountsSchema]]),
    ])
}
