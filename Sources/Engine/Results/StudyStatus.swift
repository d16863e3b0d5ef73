public import JSON

/// How a study ended: what `status.json` says, and all that a summary of many studies needs.
public struct StudyStatus: Sendable {
  /// How one analysis ended.
  public struct Analysis: Sendable {
    public let id: String
    public let kind: String
    public let title: String
    /// `completed`, `failed` or `skipped`.
    public let status: String
    /// Why there are no results.
    public let error: String?
    public let warnings: [String]
    /// The number of its rows.
    public let results: Int
    /// What its results follow from, as a hash.
    public let fingerprint: String
    public let published: VerdictCounts
  }

  public let study: String
  public let title: String
  public let program: Program
  public let analyses: [Analysis]
  public let published: VerdictCounts
  /// The published values that count against the study, a line each.
  public let alarms: [String]

  /// Whether everything was computed and every published value came out.
  public var isComplete: Bool { !hasFailed && published.failing == 0 }

  /// Whether an analysis failed, or was skipped because another had.
  public var hasFailed: Bool { analyses.contains { $0.status != "completed" } }

  /// The number of rows of all analyses.
  public var results: Int { analyses.reduce(0) { $0 + $1.results } }
}

extension StudyStatus {
  public init(_ results: StudyResults) {
    let checks = Dictionary(grouping: results.published, by: \.analysis)
    study = results.id
    title = results.title
    program = results.program
    analyses = results.analyses.map { analysis in
      Analysis(
        id: analysis.id, kind: analysis.kind, title: analysis.title, status: analysis.status,
        error: analysis.outcome.reason, warnings: analysis.warnings, results: analysis.rowCount,
        fingerprint: analysis.fingerprint, published: VerdictCounts(checks[analysis.id] ?? []))
    }
    published = VerdictCounts(results.published)
    alarms = results.published.filter { $0.verdict == .differs || $0.verdict == .notComputed }
      .map { "\($0.verdict.rawValue): \($0.summary)" }
  }

  public var json: JSONValue {
    [
      "study": .string(study), "title": .string(title), "program": program.json,
      "analyses": .array(analyses.map(\.json)), "published": published.json,
      "alarms": .array(alarms.map { .string($0) }),
    ]
  }
}

extension StudyStatus.Analysis {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      (key: "id", value: .string(id)), (key: "kind", value: .string(kind)),
      (key: "title", value: .string(title)), (key: "status", value: .string(status)),
    ]
    if let error { members.append((key: "error", value: .string(error))) }
    members += [
      (key: "warnings", value: .array(warnings.map { .string($0) })),
      (key: "results", value: .integer(results)), (key: "published", value: published.json),
      (key: "fingerprint", value: .string(fingerprint)),
    ]
    return .object(members)
  }

  fileprivate init?(_ json: JSONNode) {
    guard let id = json[member: "id"]?.asString, let kind = json[member: "kind"]?.asString,
      let title = json[member: "title"]?.asString, let status = json[member: "status"]?.asString,
      let warnings = json[member: "warnings"]?.asStrings,
      let results = json[member: "results"]?.asInteger,
      let published = json[member: "published"],
      let fingerprint = json[member: "fingerprint"]?.asString
    else { return nil }
    self.init(
      id: id, kind: kind, title: title, status: status, error: json[member: "error"]?.asString,
      warnings: warnings, results: results, fingerprint: fingerprint,
      published: VerdictCounts(published))
  }
}

extension StudyStatus {
  /// Reads a `status.json`; `nil` where it is none of this version.
  public init?(_ bytes: [UInt8]) {
    guard let json = try? JSONDocument(bytes).root, let study = json[member: "study"]?.asString,
      let title = json[member: "title"]?.asString,
      let program = json[member: "program"].flatMap(Program.init),
      let analyses = json[member: "analyses"]?.all(Analysis.init),
      let published = json[member: "published"],
      let alarms = json[member: "alarms"]?.asStrings
    else { return nil }
    self.init(
      study: study, title: title, program: program, analyses: analyses,
      published: VerdictCounts(published), alarms: alarms)
  }
}

extension StudyResults {
  /// `status.json`: how each analysis ended, and what its results follow from.
  public var statusJSON: JSONValue { StudyStatus(self).json }
}

extension Program {
  public var json: JSONValue {
    ["name": "Theriac", "version": .string(version), "build": .string(build)]
  }

  public init?(_ json: JSONNode) {
    guard let version = json[member: "version"]?.asString,
      let build = json[member: "build"]?.asString
    else {
      return nil
    }
    self.init(version: version, build: build)
  }
}
