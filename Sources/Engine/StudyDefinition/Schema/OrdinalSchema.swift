import JSON
import Ordinal

private let outcomeProperty: (key: String, value: JSONValue) = (
  key: "outcome", value: text("What was graded; the level of the variable in results.")
)

private let categoriesSchema = array(
  "The grades, from the lowest to the highest.", of: text("A grade.")
).demanding("minItems", 2).demanding("uniqueItems", true)

private let scoreSchema = number("A place on a scale.", atLeast: -1e100, atMost: 1e100)

private func counts(_ description: String) -> JSONValue {
  array(description, of: count("Subjects.")).demanding("minItems", 2)
}

private let squareTableSchema = array(
  "Subjects: a row for each category of the first grading, a column for each of the second.",
  of: counts("A row.")
).demanding("minItems", 2)

let trendSchema = object(
  "Whether a risk depends on a score of the groups, such as their dose.",
  required: ["id", "kind", "groups", "methods"],
  analysisProperties(.trend) + [
    outcomeProperty,
    (
      key: "groups",
      value: array(
        "The groups; their scores are not all equal.",
        of: object(
          "A group of subjects.", required: ["label", "score", "events", "subjects"],
          [
            (key: "label", value: text("What the group is called.")),
            (key: "score", value: scoreSchema),
            (key: "events", value: count("The subjects with the event.")),
            (
              key: "subjects",
              value: integer("The subjects at risk.", in: 1...1_000_000_000_000)
            ),
          ])
      ).demanding("minItems", 2)
    ),
    (key: "methods", value: choices("Every test wanted; all are reported.", of: TrendMethod.self)),
  ])

let ordinalSchema = object(
  "Graded outcomes compared between groups; positive where a group has the higher grades.",
  required: ["id", "kind", "categories", "groups", "methods"],
  analysisProperties(.ordinal) + [
    outcomeProperty, (key: "categories", value: categoriesSchema),
    (
      key: "scores",
      value: array(
        "Rising scores of the categories, for linear-by-linear; by default 0, 1, 2 …",
        of: scoreSchema
      ).demanding("minItems", 2)
    ),
    (
      key: "groups",
      value: array(
        "The groups; Jonckheere–Terpstra takes them in this order.",
        of: object(
          "A group of subjects.", required: ["label", "counts"],
          [
            (key: "label", value: text("What the group is called.")),
            (
              key: "score",
              value: number(
                "For linear-by-linear: rising from group to group, by default 0, 1, 2 …",
                atLeast: -1e100, atMost: 1e100)
            ),
            (key: "counts", value: counts("Subjects, one number for each category.")),
          ])
      ).demanding("minItems", 2)
    ),
    (
      key: "reference",
      value: text("The label of the group that others are compared with; by default the first.")
    ),
    (
      key: "methods",
      value: choices("Every method wanted; all are reported.", of: OrdinalMethod.self)
    ),
  ])

let agreementSchema = object(
  "How far two readings of the same subjects agree.",
  required: ["id", "kind", "categories", "table", "methods"],
  analysisProperties(.agreement) + [
    outcomeProperty, (key: "categories", value: categoriesSchema),
    (key: "table", value: squareTableSchema),
    (
      key: "methods",
      value: choices("Every weighting wanted; all are reported.", of: AgreementMethod.self)
    ),
  ])

let shiftSchema = object(
  "How grades shifted from baseline (rows) to the worst after it (columns).",
  required: ["id", "kind", "categories", "methods"],
  analysisProperties(.shift) + [
    outcomeProperty, (key: "categories", value: categoriesSchema),
    (key: "table", value: squareTableSchema),
    (
      key: "baselineTotals",
      value: counts("Subjects by grade at baseline, where no table was published.")
    ),
    (key: "worstTotals", value: counts("Subjects by their worst grade after it.")),
    (
      key: "changes",
      value: dictionary(
        "Subjects by the change of their grade, such as {\"-1\": 3, \"0\": 61}; a change that is "
          + "not named is not known.",
        of: count("Subjects.")
      ).demanding("propertyNames", ["pattern": "^(0|-?[1-9][0-9]*)$"])
    ),
    (key: "methods", value: choices("Every test wanted; all are reported.", of: ShiftMethod.self)),
  ]
)
.demanding(
  "oneOf",
  [
    [
      "required": ["table"],
      "properties": ["baselineTotals": false, "worstTotals": false, "changes": false],
    ],
    ["required": ["baselineTotals", "worstTotals"], "properties": ["table": false]],
  ])
