public import JSON

extension Study {
  /// The JSON Schema (draft 2020-12) of study definitions, format 1.
  ///
  /// What a schema cannot say (references, sums, dangling names) the reader checks beyond it.
  public static var schema: JSONValue {
    let properties: [(key: String, value: JSONValue)] = [
      (key: "theriac", value: ["description": "The format number.", "const": 1]),
      (key: "id", value: identifier("Names the output folder.")),
      (key: "title", value: text("What the study is called in reports.")),
      (key: "description", value: text("What a reader should know before the tables.")),
      (
        key: "sources",
        value: array("What the numbers were taken from.", of: reference("source"))
      ),
      (key: "defaults", value: reference("defaults")),
      (
        key: "datasets",
        value: dictionary(
          "Files, relative to the study file, named by assays and analyses.",
          of: reference("dataset"))
      ),
      (key: "trials", value: array("What was observed.", of: reference("trial"))),
      (key: "assays", value: array("What was measured in wells.", of: reference("assay"))),
      (
        key: "analyses",
        value: array("What to compute.", of: reference("analysis"), atLeastOne: true)
      ),
      (
        key: "published",
        value: array("Printed values to hold results against.", of: reference("published"))
      ),
    ]
    return object(
      "A study: what was observed, what to compute of it, and what was published.",
      required: ["theriac", "id", "title", "analyses"], properties
    )
    .demanding("$schema", "https://json-schema.org/draft/2020-12/schema")
    .demanding("title", "Theriac study definition, format 1")
    .demanding("$defs", .object(definitions))
  }

  private static var definitions: [(key: String, value: JSONValue)] {
    [
      (key: "source", value: sourceSchema), (key: "defaults", value: defaultsSchema),
      (key: "dataset", value: datasetSchema), (key: "trial", value: trialSchema),
      (key: "arm", value: armSchema), (key: "event", value: eventSchema),
      (key: "eventSelector", value: eventSelectorSchema), (key: "grade", value: gradeSchema),
      (key: "analysis", value: ["oneOf": .array(KindName.allCases.map { reference($0.rawValue) })]),
      (key: "incidence", value: incidenceSchema), (key: "comparison", value: comparisonSchema),
      (key: "indirect-comparison", value: indirectComparisonSchema),
      (key: "meta-analysis", value: metaAnalysisSchema),
      (key: "trend", value: trendSchema),
      (key: "ordinal", value: ordinalSchema), (key: "agreement", value: agreementSchema),
      (key: "shift", value: shiftSchema), (key: "assay", value: assaySchema),
      (key: "dose-response", value: doseResponseSchema),
      (key: "plate-quality", value: plateQualitySchema),
      (key: "response-surface", value: responseSurfaceSchema),
      (key: "troubleshoot", value: troubleshootSchema), (key: "published", value: publishedSchema),
    ]
  }
}
