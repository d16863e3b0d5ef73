import MetaAnalysis
import Results
import StudyDefinition
import StudyRunner
import Testing

/// The text of a study whose only analysis, `i`, is a meta-analysis.
func poolingText(
  _ content: String, arms: String = "[]", events: String = "[]", more: String = ""
) -> String {
  studyText(
    arms: arms, events: events,
    analyses: #"[{"id": "i", "kind": "meta-analysis", \#(content)}]"#, more: more)
}

/// A meta-analysis, computed.
func pooled(_ content: String, arms: String = "[]", events: String = "[]") async throws
  -> AnalysisResult
{
  let found = try await result(poolingText(content, arms: arms, events: events))
  #expect(found.outcome == .completed)
  return found
}

/// Studies of two groups, with counts as (events, subjects, events, subjects).
struct TwoGroups {
  var counts: [(Int, Int, Int, Int)]
  /// Further keys of each study, with a comma before them.
  var more: [String] = []

  /// As `data`, with as many years as subjects.
  var data: String {
    let rows = counts.enumerated().map { place, count in
      func group(_ events: Int, _ size: Int) -> String {
        #"{"events": \#(events), "subjects": \#(size), "personYears": \#(size)}"#
      }
      return #"{"study": "s\#(place + 1)", "treatment": \#(group(count.0, count.1)), "#
        + #""reference": \#(group(count.2, count.3))\#(more.isEmpty ? "" : more[place])}"#
    }
    return #""data": [\#(rows.joined(separator: ", "))]"#
  }

  /// The same counts as evidence of `measure`: the treatment groups alone, or effects.
  func data(for measure: EffectMeasure) -> String {
    switch measure.evidence {
    case .twoRisks, .twoRates: return data
    case .oneRisk, .oneRate:
      let rows = counts.enumerated().map { place, count in
        #"{"study": "s\#(place + 1)", "events": \#(count.0), "subjects": \#(count.1), "personYears": \#(count.1)}"#
      }
      return #""data": [\#(rows.joined(separator: ", "))]"#
    case .effect:
      let rows = counts.enumerated().map { place, count in
        #"{"study": "s\#(place + 1)", "effect": \#(count.0 - count.2), "standardError": \#(1 + count.1)}"#
      }
      return #""data": [\#(rows.joined(separator: ", "))]"#
    }
  }

  func keeping(_ places: [Int]) -> TwoGroups {
    TwoGroups(counts: places.map { counts[$0] }, more: more.isEmpty ? [] : places.map { more[$0] })
  }
}

let fiveStudies = TwoGroups(counts: [
  (4, 40, 1, 38), (0, 20, 2, 21), (12, 110, 9, 121), (3, 60, 3, 30), (7, 50, 2, 55),
])

extension AnalysisResult {
  /// The rows of a group's level, or those of all studies together.
  func rows(_ group: String? = nil, _ level: String = "") throws -> [Statistic] {
    let found = groups.filter { rows in
      guard rows.place.variable == "outcome" else { return false }
      guard let group else { return rows.place.groups.allSatisfy { $0 == nil } }
      return rows.place.level(of: group) == level
    }
    return try #require(found.first, "\(group ?? "") \(level)").statistics
  }

  /// The rows of a coefficient.
  func parameter(_ name: String) throws -> [Statistic] {
    try #require(
      groups.first { $0.place.variable == "parameter" && $0.place.level == name }, "\(name)"
    ).statistics
  }
}

extension [Statistic] {
  func statistic(_ measure: String, _ method: String, _ name: String) throws -> Statistic {
    try #require(
      first { $0.key == StatisticKey(measure: measure, method: method, name: name) },
      "\(measure) \(method) \(name)")
  }

  func number(_ measure: String, _ method: String, _ name: String) throws -> Double {
    let found = try statistic(measure, method, name)
    guard case .number(let number) = found.value else {
      Issue.record("\(measure) \(method) \(name): \(found.value)")
      throw WrongKind()
    }
    return number
  }
}

/// A row that holds no number where a test needs one.
struct WrongKind: Error {}
