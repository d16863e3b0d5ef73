import JSON

// `results.json`: the results nested by analysis, with the series that figures are drawn from.

extension StudyResults {
  /// Writes `results.json`.
  public func writeNestedJSON(to output: inout some TextOutputStream) {
    let head: [(String, JSONValue)] = [
      ("study", .string(id)), ("title", .string(title)),
      ("program", program.json),
      ("sources", .array(sources.map(\.json))),
    ]
    output.write("{\n")
    for (key, value) in head { output.write("  \"\(key)\": \(value.compact),\n") }
    output.write("  \"analyses\": [")
    for (index, analysis) in analyses.enumerated() {
      output.write(index == 0 ? "\n" : ",\n")
      analysis.writeJSON(to: &output)
    }
    output.write("\n  ],\n  \"published\": [")
    for (index, check) in published.enumerated() {
      output.write((index == 0 ? "\n    " : ",\n    ") + check.json.compact)
    }
    output.write(published.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
  }
}

extension AnalysisResult {
  /// Writes the analysis as one JSON object, a line for each group of results.
  public func writeJSON(to output: inout some TextOutputStream) {
    var head: [(String, JSONValue)] = [
      ("id", .string(id)), ("kind", .string(kind)), ("title", .string(title)),
      ("level", .number(level)), ("status", .string(status)),
    ]
    if let reason = outcome.reason { head.append(("error", .string(reason))) }
    head += [
      ("fingerprint", .string(fingerprint)),
      ("methods", .array(methods.map(\.json))),
      ("notes", .array(notes.map { .string($0) })),
      ("warnings", .array(warnings.map { .string($0) })),
      ("sources", .array(sources.map { .string($0) })),
    ]
    output.write("    {\n")
    for (key, value) in head { output.write("      \"\(key)\": \(value.compact),\n") }
    writeResults(to: &output)
    writeList("series", series, \.json.compact, end: "\n    }", to: &output)
  }

  /// The groups, a line each, written directly since a large study has millions of numbers.
  private func writeResults(to output: inout some TextOutputStream) {
    var frames = MemberFrames()
    output.write("      \"results\": [")
    var line = ""
    for (index, group) in groups.enumerated() {
      line.removeAll(keepingCapacity: true)
      line += index == 0 ? "\n        " : ",\n        "
      frames.write(group, to: &line)
      output.write(line)
    }
    output.write((groups.isEmpty ? "]" : "\n      ]") + ",\n")
  }

  private func writeList<Element>(
    _ key: String, _ elements: [Element], _ text: (Element) -> String, end: String,
    to output: inout some TextOutputStream
  ) {
    output.write("      \"\(key)\": [")
    for (index, element) in elements.enumerated() {
      output.write((index == 0 ? "\n        " : ",\n        ") + text(element))
    }
    output.write((elements.isEmpty ? "]" : "\n      ]") + end)
  }
}

/// Writes groups as JSON; what stands around the plain numbers of a layout is made once.
private struct MemberFrames {
  private var layout: StatisticLayout?
  private var before: [String] = []
  private var behind: [String] = []

  mutating func write(_ group: ResultGroup, to text: inout String) {
    fit(group.layout)
    text += "{"
    group.place.write(to: &text)
    text += ",\"statistics\":["
    var remarks = group.remarks[...]
    for (index, number) in group.numbers.enumerated() {
      if index > 0 { text += "," }
      if remarks.first?.index == index {
        let statistic = remarks.removeFirst().statistic
        text += statistic.before + statistic.value.text + statistic.behind
      } else {
        text += before[index]
        text += number.shortestDecimal
        text += behind[index]
      }
    }
    text += "]}"
  }

  private mutating func fit(_ layout: StatisticLayout) {
    guard layout !== self.layout else { return }
    self.layout = layout
    let examples = zip(layout.keys, layout.units).map { Statistic($0, .number(0), unit: $1) }
    before = examples.map(\.before)
    behind = examples.map(\.behind)
  }
}

extension RowPlace {
  fileprivate func write(to text: inout String) {
    text += "\"groups\":{"
    var separator = ""
    for group in groups.compactMap({ $0 }) {
      text.appendMember(group.name, group.level, after: separator)
      separator = ","
    }
    text += "}"
    text.appendMember("variable", variable, after: ",")
    text.appendMember("level", level, after: ",")
  }
}

extension RowPlace {
  fileprivate var members: [(key: String, value: JSONValue)] {
    let named = groups.compactMap { $0 }.map { (key: $0.name, value: JSONValue.string($0.level)) }
    return [
      (key: "groups", value: .object(named)), (key: "variable", value: .string(variable)),
      (key: "level", value: .string(level)),
    ]
  }
}

extension StatisticKey {
  fileprivate var members: [(key: String, value: JSONValue)] {
    [
      (key: "measure", value: .string(measure)), (key: "method", value: .string(method)),
      (key: "name", value: .string(name)),
    ]
  }
}

extension Statistic {
  /// What stands before the value.
  fileprivate var before: String {
    var text = "{"
    text.appendMember("measure", key.measure, after: "")
    text.appendMember("method", key.method, after: ",")
    text.appendMember("name", key.name, after: ",")
    return text + ",\"value\":"
  }

  /// What stands behind it.
  fileprivate var behind: String {
    var text = ""
    if !unit.isEmpty { text.appendMember("unit", unit, after: ",") }
    text.appendMember("status", status, after: ",")
    if !explanation.isEmpty { text.appendMember("warning", explanation, after: ",") }
    return text + "}"
  }
}

extension String {
  fileprivate mutating func appendMember(_ key: String, _ value: String, after separator: String) {
    self += separator
    appendQuoted(key)
    self += ":"
    appendQuoted(value)
  }
}

extension ReportedValue {
  /// The value as JSON.
  fileprivate var text: String {
    switch self {
    case .number(let value): value.shortestDecimal
    case .unbounded(let direction): "{\"unbounded\":\"\(direction.rawValue)\"}"
    case .censored(let direction, let bound):
      "{\"censored\":\"\(direction.rawValue)\",\"bound\":\(bound.shortestDecimal)}"
    case .notEstimable: "null"
    case .verdict(let verdict): "{\"verdict\":" + JSONValue.string(verdict).compact + "}"
    }
  }
}

extension Series {
  fileprivate var json: JSONValue {
    let columns = columns.map { column -> (key: String, value: JSONValue) in
      switch column.values {
      case .numbers(let numbers):
        (key: column.name, value: .array(numbers.map { $0.map { .number($0) } ?? .null }))
      case .texts(let texts): (key: column.name, value: .array(texts.map { .string($0) }))
      }
    }
    return ["name": .string(name), "columns": .object(columns)]
  }
}

extension MethodNote {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "title": .string(title), "summary": .string(summary),
      "reference": .string(reference),
    ]
  }
}

extension StudyResults.Source {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      (key: "id", value: .string(id)), (key: "citation", value: .string(citation)),
    ]
    if let doi { members.append((key: "doi", value: .string(doi))) }
    if let url { members.append((key: "url", value: .string(url))) }
    return .object(members)
  }
}

extension PublishedCheck {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      (key: "analysis", value: .string(analysis))
    ]
    members += place.members + statistic.members
    members += [
      (key: "published", value: .string(published)), (key: "computed", value: .string(computed)),
      (key: "verdict", value: .string(verdict.rawValue)),
    ]
    if let reason { members.append((key: "reason", value: .string(reason))) }
    if let source { members.append((key: "source", value: .string(source))) }
    return .object(members)
  }
}
