import JSON

/// The columns of the analysis results data, in their order, with what a reader is told of each.
let resultsDataColumns: [(name: String, label: String)] = [
  ("study_id", "Study"), ("analysis_id", "Analysis"), ("kind", "Kind of Analysis"),
  ("group1", "Group 1"), ("group1_level", "Level of Group 1"),
  ("group2", "Group 2"), ("group2_level", "Level of Group 2"),
  ("group3", "Group 3"), ("group3_level", "Level of Group 3"),
  ("variable", "Variable"), ("variable_level", "Level of Variable"),
  ("measure", "Measure"), ("method", "Method"), ("stat_name", "Statistic"),
  ("stat_label", "Statistic Label"), ("stat", "Value"), ("unit", "Unit"),
  ("status", "Status"), ("warning", "Warning"), ("error", "Error"),
]

/// The place of the one numeric column, `stat`.
let valueColumn = 15

/// One row of the analysis results data.
struct ResultsDataRow {
  /// The texts before `stat`, then those behind it.
  let before: [String]
  let value: Double?
  let behind: [String]
}

extension StudyResults {
  /// Gives every row to `body`, in the order of the definition and then of the methods as listed.
  func forEachRow(_ body: (ResultsDataRow) -> Void) {
    for analysis in analyses {
      let head = [id, analysis.id, analysis.kind]
      if let reason = analysis.outcome.reason {
        let empty = [String](repeating: "", count: valueColumn - head.count)
        body(ResultsDataRow(before: head + empty, value: nil, behind: ["", "failed", "", reason]))
      }
      for group in analysis.groups {
        let place = head + group.place.columns
        for statistic in group.statistics {
          body(statistic.row(at: place))
        }
      }
    }
  }
}

extension RowPlace {
  fileprivate var columns: [String] {
    let named = groups.flatMap { [$0?.name ?? "", $0?.level ?? ""] }
    let empty = [String](repeating: "", count: 6 - named.count)
    return named + empty + [variable, level]
  }
}

extension Statistic {
  fileprivate func row(at place: [String]) -> ResultsDataRow {
    ResultsDataRow(
      before: place + [key.measure, key.method, key.name, label],
      value: value.stored,
      behind: [unit, status, explanation, ""])
  }

  /// The name in words; of an infinite number with its sign.
  var label: String {
    let name = statisticLabels[key.name] ?? key.name.replacing("_", with: " ")
    return switch value {
    case .unbounded(.above): name + " (+∞)"
    case .unbounded(.below): name + " (−∞)"
    case .number, .censored, .notEstimable: name
    }
  }

  /// The warning, or why there is no number.
  var explanation: String {
    guard case .notEstimable(let reason) = value else { return warning ?? "" }
    return [reason, warning].compactMap { $0 }.joined(separator: "; ")
  }
}

private let statisticLabels = [
  "events": "Events", "subjects": "Subjects", "person_years": "Person-years",
  "percent": "Percent", "estimate": "Estimate", "lower": "Lower limit", "upper": "Upper limit",
  "fitting_subjects": "Numbers of subjects that fit",
]

// MARK: CSV

extension StudyResults {
  /// Writes `ard.csv`: a header and a row for each statistic, RFC 4180 with line feeds.
  public func writeCSV(to output: inout some TextOutputStream) {
    output.write(resultsDataColumns.map(\.name).joined(separator: ",") + "\n")
    forEachRow { row in
      var line = ""
      for text in row.before { line += csvField(text) + "," }
      line += row.value?.shortestDecimal ?? ""
      for text in row.behind { line += "," + csvField(text) }
      output.write(line + "\n")
    }
  }
}

/// `text`, in quotes where it holds a comma, a quote or a line break.
func csvField(_ text: String) -> String {
  let special: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D]
  guard text.utf8.contains(where: special.contains) else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}

// MARK: Dataset-JSON

extension StudyResults {
  /// Writes `ard.json`: the same rows as CDISC Dataset-JSON 1.1.
  ///
  /// `creation` is the date and time that the standard demands, in ISO 8601.
  public func writeDatasetJSON(creation: String, to output: inout some TextOutputStream) {
    var records = 0
    forEachRow { _ in records += 1 }
    let columns = resultsDataColumns.enumerated().map { index, column -> JSONValue in
      [
        "itemOID": .string("IT.ARD." + column.name), "name": .string(column.name),
        "label": .string(column.label), "dataType": index == valueColumn ? "double" : "string",
      ]
    }
    let metadata: [(key: String, value: JSONValue)] = [
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
    output.write("{\n")
    for (key, value) in metadata {
      output.write("  \(JSONValue.string(key).compact): \(value.compact),\n")
    }
    output.write("  \"rows\": [")
    var separator = "\n"
    forEachRow { row in
      let value = row.value.map { JSONValue.number($0) } ?? .null
      let cells =
        row.before.map { JSONValue.string($0) } + [value]
        + row.behind.map { JSONValue.string($0) }
      output.write(separator + "    " + JSONValue.array(cells).compact)
      separator = ",\n"
    }
    output.write(records == 0 ? "]\n}\n" : "\n  ]\n}\n")
  }
}
