import Foundation
import JSON
import Qualification
import Results
import StudyDefinition
import StudyRunner
import Testing

/// The suite keeps up with what can be asked for: a new method or choice needs an expected value, or a
/// reason here.
@Suite struct SuiteCoverageTests {
  /// Methods without an expected value, and why; none at present.
  private static let untested: [String: String] = [:]

  /// Choices that no analysis of the suite makes, and why.
  private static let unmade: [String: String] = [
    "plate-quality model": "the residuals behind it are those of the dose-response analysis",
    "plate-quality by": "wells are divided as in a dose-response analysis",
    "dose-response by": "which wells make a curve; the fit of it is tested",
    "dose-response share": "one mechanism for all parameters, tested with slope, lower and upper",
  ]

  /// What an analysis does that does not name the key.
  fileprivate static let defaults = [
    "comparison sides": "two", "incidence sides": "two", "incidence numerator": "subjects",
    "dose-response response": "continuous", "dose-response robust": "none",
    "dose-response weights": "none", "meta-analysis preset": "none",
    "meta-analysis subgroupTau2": "separate",
  ]

  @Test func everyMethodHasAnExpectedValue() async throws {
    let rows = try await TestedRow.passed()
    let missing = Study.catalogue.filter { entry in !rows.contains { $0.tests(entry) } }
    let names = missing.map { "\($0.kind) \($0.measure) \($0.method)" }
    #expect(Set(names) == Set(Self.untested.keys))
  }

  /// Of every enumeration in the schema of an analysis.
  @Test func everyChoiceIsMade() async throws {
    let rows = try await TestedRow.passed()
    var made: Set<Choice> = []
    for analysis in Set(rows.map(\.analysis)) {
      made.formUnion(analysis.choices)
      let names = Set(analysis.choices.map(\.name))
      for (choice, value) in Self.defaults
      where choice.hasPrefix(analysis.kind + " ") && !names.contains(choice) {
        made.insert(Choice(name: choice, value: value))
      }
    }
    let missing = try Choice.offered().subtracting(made)
    #expect(
      missing.filter { Self.unmade[$0.name] == nil }.map(\.description).sorted() == [])
    #expect(Set(Self.unmade.keys).subtracting(missing.map(\.name)) == [])
  }
}

/// An analysis of the suite, by its study and id.
private struct SuiteAnalysis: Hashable {
  let study: String
  let id: String
  let kind: String
  /// Its own keys whose values are strings; the others with an empty one.
  let keys: [String: String]
  let choices: Set<Choice>

  private init(_ definition: [String: Any], of study: String) {
    self.study = study
    id = definition["id"] as? String ?? ""
    kind = definition["kind"] as? String ?? ""
    keys = definition.mapValues { $0 as? String ?? "" }
    choices = Choice.made(in: definition, of: kind)
  }

  static func all() throws -> [SuiteAnalysis] {
    try ReferenceSuite.builtIn.studies.flatMap { study -> [SuiteAnalysis] in
      let root = try JSONSerialization.jsonObject(with: Data(study.bytes)) as? [String: Any] ?? [:]
      return (root["analyses"] as? [[String: Any]] ?? []).map {
        SuiteAnalysis($0, of: root["id"] as? String ?? "")
      }
    }
  }
}

/// A passed test, by the row that it tests.
private struct TestedRow {
  let analysis: SuiteAnalysis
  /// The measure and the parts of the method.
  let names: Set<String>
  let measure: String
  let place: String
  let statistic: String

  static func passed() async throws -> [TestedRow] {
    let analyses = Dictionary(
      uniqueKeysWithValues: try SuiteAnalysis.all().map { ("\($0.study)/\($0.id)", $0) })
    return try await BuiltInTests.all.filter { $0.verdict == .passed }.map { test in
      let parts = test.test.components(separatedBy: ": ")
      let requirement = test.requirement.components(separatedBy: " · ")
      return TestedRow(
        analysis: try #require(analyses[parts[0]]),
        names: Set(requirement.dropFirst().flatMap { $0.components(separatedBy: "/") }),
        measure: requirement.count > 1 ? requirement[1] : "",
        place: parts.dropFirst().dropLast().joined(separator: ": "), statistic: parts.last ?? "")
    }
  }

  /// Whether the expected value is one of the method.
  func tests(_ entry: CatalogueEntry) -> Bool {
    guard analysis.kind == entry.kind else { return false }
    switch (entry.kind, entry.measure) {
    case ("comparison", "multiplicity"), ("meta-analysis", "pooling"), ("meta-analysis", "tau2"),
      ("meta-analysis", "inference"), ("meta-analysis", "tau2Interval"),
      ("meta-analysis", "prediction"), ("dose-response", "interval"):
      return names.contains(entry.method)
    case ("comparison", "weights"), ("meta-analysis", "preset"), ("dose-response", "response"),
      ("dose-response", "robust"), ("dose-response", "weights"):
      return chosen(entry.measure) == entry.method
    case ("meta-analysis", "diagnostics"):
      let group = ["leave-one-out": "omitted ", "cumulative": "added "][entry.method]
      return names.contains(entry.method) || group.map { place.hasPrefix($0) } ?? false
    case ("dose-response", "models"), ("dose-response", "selection"):
      return measure == entry.method
    case ("dose-response", "information"):
      return statistic
        == (entry.method == "expected" ? "standard_error" : "standard_error_\(entry.method)")
    case ("dose-response", "compare"):
      return place.hasSuffix("comparison \(entry.method)")
    case ("incidence", _), ("comparison", _):
      let isStratified = chosen("strata") != nil
      return names.contains(entry.method)
        && entry.measure == measure + (isStratified ? ", strata" : "")
    default:
      return names.contains(entry.method)
    }
  }

  /// The value of a key of the analysis, or what it does without the key.
  private func chosen(_ key: String) -> String? {
    analysis.keys[key] ?? SuiteCoverageTests.defaults["\(analysis.kind) \(key)"]
  }
}

/// A value of a key that a study may choose.
private struct Choice: Hashable, CustomStringConvertible {
  /// The kind of analysis and the key, `zeroCells.to` for a key within.
  let name: String
  let value: String

  var description: String { "\(name): \(value)" }

  /// Those that the schema lists.
  static func offered() throws -> Set<Choice> {
    let schema = try JSONSerialization.jsonObject(with: Data(Study.schema.compact.utf8))
    let definitions = (schema as? [String: Any])?["$defs"] as? [String: Any] ?? [:]
    let kinds = Set(Study.catalogue.map(\.kind)).union([
      "plate-quality", "response-surface", "troubleshoot",
    ])
    return kinds.reduce(into: []) { choices, kind in
      collect(definitions[kind] ?? [:], kind, key: "", into: &choices)
    }
  }

  private static func collect(
    _ schema: Any, _ kind: String, key: String, into choices: inout Set<Choice>
  ) {
    for part in schema as? [Any] ?? [] { collect(part, kind, key: key, into: &choices) }
    for (name, part) in schema as? [String: Any] ?? [:] {
      switch name {
      case "not", "if", "then", "dependentSchemas": continue
      case "enum" where !key.isEmpty:
        for value in part as? [Any] ?? [] {
          choices.insert(Choice(name: "\(kind) \(key)", value: "\(value)"))
        }
      case "properties":
        for (inner, property) in part as? [String: Any] ?? [:] {
          collect(property, kind, key: nested(inner, in: key), into: &choices)
        }
      default: collect(part, kind, key: key, into: &choices)
      }
    }
  }

  /// Those that an analysis makes.
  static func made(in definition: Any, of kind: String, key: String = "") -> Set<Choice> {
    switch definition {
    case let members as [String: Any]:
      members.reduce(into: []) {
        $0.formUnion(made(in: $1.value, of: kind, key: nested($1.key, in: key)))
      }
    case let elements as [Any]:
      elements.reduce(into: []) { $0.formUnion(made(in: $1, of: kind, key: key)) }
    default: [Choice(name: "\(kind) \(key)", value: "\(definition)")]
    }
  }

  private static func nested(_ key: String, in outer: String) -> String {
    outer == "zeroCells" ? "zeroCells.\(key)" : key
  }
}
