import JSON

/// An analysis that has ended, in a form that gives it back whole when a run is taken up again.
///
/// `results.json` is for readers and leaves out what tables alone need; this leaves out nothing.
public struct KeptAnalysis: Sendable {
  public let result: AnalysisResult
  /// How long it took.
  public let seconds: Double
  /// What computed it.
  public let program: Program

  public init(_ result: AnalysisResult, seconds: Double, program: Program) {
    self.result = result
    self.seconds = seconds
    self.program = program
  }

  /// Writes it as one JSON object, a line for each group of results.
  public func write(to output: inout some TextOutputStream) {
    let layouts = LayoutNumbers(result.groups)
    let head: [(String, JSONValue)] = [
      ("program", program.json), ("seconds", .number(seconds)), ("id", .string(result.id)),
      ("kind", .string(result.kind)), ("title", .string(result.title)),
      ("level", .number(result.level)), ("fingerprint", .string(result.fingerprint)),
      ("outcome", .array([.string(result.status), .text(result.outcome.reason)])),
      (
        "methods",
        .array(
          result.methods.map { .strings([$0.name, $0.title, $0.summary, $0.reference]) })
      ),
      ("notes", .strings(result.notes)), ("warnings", .strings(result.warnings)),
      ("sources", .strings(result.sources)),
      ("labels", .array(result.labels.map { .strings([$0.name, $0.level, $1]) })),
      ("series", .array(result.series.map(\.kept))),
      ("layouts", .array(layouts.layouts.map(\.kept))),
    ]
    output.write("{\n")
    for (key, value) in head { output.write("\"\(key)\":\(value.compact),\n") }
    output.write("\"groups\":[")
    for (index, group) in result.groups.enumerated() {
      output.write(index == 0 ? "\n" : ",\n")
      output.write(group.kept(layouts[group.layout]).compact)
    }
    output.write("\n]}\n")
  }
}

/// The layouts of groups, each once, by number.
private struct LayoutNumbers {
  private(set) var layouts: [StatisticLayout] = []
  private var numbers: [ObjectIdentifier: Int] = [:]

  init(_ groups: [ResultGroup]) {
    for group in groups where numbers[ObjectIdentifier(group.layout)] == nil {
      numbers[ObjectIdentifier(group.layout)] = layouts.count
      layouts.append(group.layout)
    }
  }

  subscript(layout: StatisticLayout) -> Int { numbers[ObjectIdentifier(layout)] ?? 0 }
}

extension JSONValue {
  fileprivate static func strings(_ texts: [String]) -> JSONValue {
    .array(texts.map { .string($0) })
  }

  fileprivate static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

extension StatisticLayout {
  fileprivate var kept: JSONValue {
    .array(zip(keys, units).map { .strings([$0.measure, $0.method, $0.name, $1]) })
  }
}

extension ResultGroup {
  /// The number of the layout, the place, the numbers, then what is more than a number.
  fileprivate func kept(_ layout: Int) -> JSONValue {
    let groups = place.groups.map { group -> JSONValue in
      group.map { .strings([$0.name, $0.level]) } ?? .null
    }
    return [
      .integer(layout), .array(groups), .string(place.variable), .string(place.level),
      .array(numbers.map { $0.isNaN ? .null : .number($0) }), .array(remarks.map(\.kept)),
    ]
  }
}

extension ResultGroup.Remark {
  fileprivate var kept: JSONValue {
    [
      .integer(index), statistic.value.kept, .bool(statistic.isReconstructed),
      .text(statistic.warning),
    ]
  }
}

extension ReportedValue {
  fileprivate var kept: JSONValue {
    switch self {
    case .number(let number): ["number", .number(number)]
    case .unbounded(let direction): ["unbounded", .string(direction.rawValue)]
    case .censored(let direction, let bound):
      ["censored", .string(direction.rawValue), .number(bound)]
    case .notEstimable(let reason): ["not-estimable", .string(reason)]
    case .verdict(let verdict): ["verdict", .string(verdict)]
    }
  }
}

extension Series {
  fileprivate var kept: JSONValue {
    let columns = columns.map { column -> JSONValue in
      switch column.values {
      case .numbers(let numbers):
        [
          .string(column.name), "numbers",
          .array(numbers.map { $0.map { .number($0) } ?? .null }),
        ]
      case .texts(let texts): [.string(column.name), "texts", .strings(texts)]
      }
    }
    return [.string(name), .array(columns)]
  }
}
