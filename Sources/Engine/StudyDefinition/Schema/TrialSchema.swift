import JSON

let sourceSchema = object(
  "A publication or file that numbers were taken from.", required: ["id", "citation"],
  [
    (key: "id", value: identifier("Other parts of the study name the source by it.")),
    (key: "citation", value: text("Authors, title, journal, year, table.")),
    (key: "doi", value: text("The digital object identifier.")),
    (key: "url", value: text("An address of the source.")),
  ])

let datasetSchema = object(
  "A file of data.", required: ["path"],
  [
    (key: "path", value: text("Relative to the study file.")),
    (
      key: "format",
      value: ["description": "By default from the file's ending.", "enum": ["csv", "npy"]]
    ),
  ])

let trialSchema = object(
  "A trial: its arms and the events reported of them.", required: ["id", "arms"],
  [
    (key: "id", value: identifier("Arms are named `trial/arm`.")),
    (key: "title", value: text("What the trial is called in reports.")),
    (key: "registry", value: text("Its number in a registry.")),
    (key: "phase", value: text("Its phase.")),
    (key: "design", value: text("Its design, such as single-arm.")),
    (key: "source", value: identifier("The id of the source of its numbers.")),
    (key: "arms", value: array("Groups of subjects.", of: reference("arm"))),
    (
      key: "events",
      value: array(
        "Adverse events; term, system, grade and serious name one together.",
        of: reference("event"))
    ),
  ])

let armSchema = object(
  "A group of subjects.", required: ["id", "label"],
  [
    (key: "id", value: identifier("Unique in its trial.")),
    (key: "label", value: text("What the arm is called in tables.")),
    (key: "treatment", value: text("What its subjects were given.")),
    (
      key: "dose",
      value: object(
        "How much of it.", required: ["value", "unit"],
        [
          (key: "value", value: number("The dose.", atLeast: 0)),
          (key: "unit", value: text("Its unit.")),
        ])
    ),
    (
      key: "subjects",
      value: count("The number of subjects; it may be missing where only percentages are given.")
    ),
    (key: "personYears", value: positiveNumber("The time at risk, in years.")),
    (
      key: "maximumSubjects",
      value: integer("How far a search for its number of subjects goes.", in: 1...1_000_000)
    ),
  ])

let gradeSchema: JSONValue = either(
  "A grade: 0 to 5, or text such as 3-4.", integer("A grade.", in: 0...5), text("A grade."))

private let countsSchema: JSONValue = either(
  "Subjects with the event, or an object with more.",
  count("Subjects with the event."),
  object(
    "What was counted of the event in this arm.", required: ["subjects"],
    [
      (key: "subjects", value: count("Subjects with the event.")),
      (key: "events", value: count("Occurrences, repeats included.")),
      (key: "atRisk", value: count("Replaces the arm's subjects as denominator.")),
      (key: "personYears", value: positiveNumber("The time at risk of this event.")),
    ]))

let eventSchema = object(
  "An adverse event; without a term it is the row of its whole system.",
  [
    (key: "term", value: text("The preferred term.")),
    (key: "system", value: text("The system organ class.")),
    (key: "grade", value: reference("grade")),
    (key: "serious", value: flag("Whether the counts are of serious events.")),
    (
      key: "counts",
      value: dictionary(
        "By the arm's id; an arm that is missing was not reported.", of: countsSchema)
    ),
    (
      key: "percent",
      value: dictionary(
        "Printed percentages by the arm's id, as strings; counts are rebuilt from them.",
        of: text("Such as \"32.4\".", pattern: "^[0-9]+(\\.[0-9]+)?$"))
    ),
  ]
)
.demanding("oneOf", [["required": ["counts"]], ["required": ["percent"]]])
.demanding("anyOf", [["required": ["term"]], ["required": ["system"]]])

let eventSelectorSchema: JSONValue = either(
  "An event, by its term or by an object with any of its parts.", text("A term."),
  object(
    "The parts of the event's name.",
    [
      (key: "term", value: text("The preferred term.")),
      (key: "system", value: text("The system organ class.")),
      (key: "grade", value: reference("grade")),
      (key: "serious", value: flag("Whether it is the row of serious events.")),
    ]
  ).demanding("anyOf", [["required": ["term"]], ["required": ["system"]]]))
