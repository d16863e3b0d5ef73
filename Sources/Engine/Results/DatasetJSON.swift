import JSON

extension StudyResults {
  /// Writes `ard.json`: the rows of the results data as CDISC Dataset-JSON 1.1.
  ///
  /// `creation` is the date and time that the standard demands, in ISO 8601.
  public func writeDatasetJSON(creation: String, to output: inout some TextOutputStream) {
    let records = rowCount
    output.write("{\n")
    for (key, value) in metadata(creation: creation, records: records) {
      output.write("  \(JSONValue.string(key).compact): \(value.compact),\n")
    }
    output.write("  \"rows\": [")
    writeRows(
      RowSpelling(
        first: "\n    [", next: ",\n    [", end: "]", missing: "null",
        field: { JSONValue.string($0).compact }),
      to: &output)
    output.write(records == 0 ? "]\n}\n" : "\n  ]\n}\n")
  }

  private func metadata(
    creation: String, records: Int
  ) -> [(key: String, value: JSONValue)] {
    let columns = resultsDataColumns.enumerated().map { index, column -> JSONValue in
      [
        "itemOID": .string("IT.ARD." + column.name), "name": .string(column.name),
        "label": .string(column.label), "dataType": index == valueColumn ? "double" : "string",
      ]
    }
    return [
      ("datasetJSONCreationDateTime", .string(creation)),
      ("datasetJSONVersion", "1.1.0"),
      ("fileOID", .string("theriac.\(id).ard")),
      ("sourceSystem", ["name": "Theriac", "version": .string(program.version)]),
      ("studyOID", .string(id)),
      ("itemGroupOID", "IG.ARD"),
      ("records", .integer(records)),
      ("name", "ARD"),
      ("label", "Analysis Results Data"),
      ("columns", .array(columns)),
    ]
  }
}
