import JSON

extension KeptAnalysis {
  /// Reads what was kept; `nil` where the bytes are anything else, such as half of it.
  public init?(_ bytes: [UInt8]) {
    guard let json = try? JSONDocument(bytes).root,
      let program = json[member: "program"].flatMap(Program.init),
      let seconds = json[member: "seconds"]?.asDouble, let result = AnalysisResult(kept: json)
    else { return nil }
    self.init(result, seconds: seconds, program: program)
  }
}

extension AnalysisResult {
  fileprivate init?(kept json: JSONNode) {
    guard let id = json[member: "id"]?.asString, let kind = json[member: "kind"]?.asString,
      let title = json[member: "title"]?.asString, let level = json[member: "level"]?.asDouble,
      let outcome = json[member: "outcome"].flatMap(Outcome.init(kept:)),
      let fingerprint = json[member: "fingerprint"]?.asString,
      let methods = json[member: "methods"]?.all(MethodNote.init(kept:)),
      let notes = json[member: "notes"]?.asStrings,
      let warnings = json[member: "warnings"]?.asStrings,
      let sources = json[member: "sources"]?.asStrings,
      let labels = json[member: "labels"]?.all(\.asStrings),
      labels.allSatisfy({ $0.count == 3 }),
      let series = json[member: "series"]?.all(Series.init(kept:)),
      let layouts = json[member: "layouts"]?.all(StatisticLayout.init(kept:)),
      let groups = json[member: "groups"]?.all({ ResultGroup(kept: $0, layouts) })
    else { return nil }
    self.init(id: id, kind: kind, title: title, level: level)
    (self.outcome, self.fingerprint, self.methods) = (outcome, fingerprint, methods)
    (self.notes, self.warnings, self.sources) = (notes, warnings, sources)
    (self.series, self.groups) = (series, groups)
    self.labels = Dictionary(labels.map { (Grouping($0[0], $0[1]), $0[2]) }) { first, _ in first }
  }
}

extension AnalysisResult.Outcome {
  fileprivate init?(kept json: JSONNode) {
    switch (json[element: 0]?.asString, json[element: 1]?.asString) {
    case ("completed", _): self = .completed
    case ("failed", let reason?): self = .failed(reason)
    case ("skipped", let reason?): self = .skipped(reason)
    default: return nil
    }
  }
}

extension MethodNote {
  fileprivate init?(kept json: JSONNode) {
    guard let texts = json.asStrings, texts.count == 4 else { return nil }
    self.init(name: texts[0], title: texts[1], summary: texts[2], reference: texts[3])
  }
}

extension StatisticLayout {
  fileprivate convenience init?(kept json: JSONNode) {
    guard let rows = json.all(\.asStrings), rows.allSatisfy({ $0.count == 4 }) else { return nil }
    self.init(
      keys: rows.map { StatisticKey(measure: $0[0], method: $0[1], name: $0[2]) },
      units: rows.map { $0[3] })
  }
}

extension ResultGroup {
  fileprivate init?(kept json: JSONNode, _ layouts: [StatisticLayout]) {
    guard let number = json[element: 0]?.asInteger, layouts.indices.contains(number),
      let groups = json[element: 1]?.asArray, groups.count <= 3,
      let variable = json[element: 2]?.asString,
      let level = json[element: 3]?.asString,
      let numbers = json[element: 4]?.all({ $0.isNull ? .nan : $0.asDouble }),
      numbers.count == layouts[number].keys.count
    else { return nil }
    let layout = layouts[number]
    guard let remarks = json[element: 5]?.all({ Remark(kept: $0, layout) }) else { return nil }
    let groupings = groups.map { group in
      group.asStrings.flatMap { $0.count == 2 ? Grouping($0[0], $0[1]) : nil }
    }
    self.init(
      RowPlace(groups: groupings, variable: variable, level: level), layout, numbers: numbers,
      remarks: remarks)
  }
}

extension ResultGroup.Remark {
  fileprivate init?(kept json: JSONNode, _ layout: StatisticLayout) {
    guard let index = json[element: 0]?.asInteger, layout.keys.indices.contains(index),
      let value = json[element: 1].flatMap(ReportedValue.init(kept:)),
      let isReconstructed = json[element: 2]?.asBool
    else { return nil }
    self.init(
      index: index,
      statistic: Statistic(
        layout.keys[index], value, unit: layout.units[index], isReconstructed: isReconstructed,
        warning: json[element: 3]?.asString))
  }
}

extension ReportedValue {
  fileprivate init?(kept json: JSONNode) {
    let text = json[element: 1]?.asString
    let direction = text.flatMap(Direction.init(rawValue:))
    switch json[element: 0]?.asString {
    case "number":
      guard let number = json[element: 1]?.asDouble else { return nil }
      self = .number(number)
    case "unbounded":
      guard let direction else { return nil }
      self = .unbounded(direction)
    case "censored":
      guard let direction, let bound = json[element: 2]?.asDouble else { return nil }
      self = .censored(direction, bound: bound)
    case "not-estimable":
      guard let text else { return nil }
      self = .notEstimable(text)
    case "verdict":
      guard let text else { return nil }
      self = .verdict(text)
    default: return nil
    }
  }
}

extension Series {
  fileprivate init?(kept json: JSONNode) {
    guard let name = json[element: 0]?.asString,
      let columns = json[element: 1]?.all(Column.init(kept:))
    else {
      return nil
    }
    self.init(name, columns)
  }
}

extension Series.Column {
  fileprivate init?(kept json: JSONNode) {
    guard let name = json[element: 0]?.asString else { return nil }
    switch json[element: 1]?.asString {
    case "numbers":
      guard let nodes = json[element: 2]?.asArray else { return nil }
      self.init(name, .numbers(nodes.map(\.asDouble)))
    case "texts":
      guard let texts = json[element: 2]?.asStrings else { return nil }
      self.init(name, .texts(texts))
    default: return nil
    }
  }
}
