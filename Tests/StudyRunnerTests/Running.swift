import Foundation
import Results
import StudyDefinition
import StudyRunner
import Testing

let program = Program(version: "1", build: "b")

/// The text of a study with one trial, `t`.
func studyText(
  arms: String = #"[{"id": "a", "label": "Arm A", "subjects": 37, "personYears": 2}]"#,
  events: String = #"[{"term": "X", "system": "S", "counts": {"a": 3}}]"#,
  analyses: String =
    #"[{"id": "i", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson"]}]"#,
  more: String = ""
) -> String {
  """
  {"theriac": 1, "id": "s", "title": "T",
   "trials": [{"id": "t", "arms": \(arms), "events": \(events)}],
   "analyses": \(analyses)\(more)}
  """
}

func plan(_ text: String) throws -> StudyPlan {
  do throws(InvalidStudy) {
    return try StudyPlan(Array(text.utf8))
  } catch {
    Issue.record("\(error.faults.map(\.description))")
    throw error
  }
}

/// The faults of a study that cannot be run.
func faults(_ text: String) throws -> [Fault] {
  try #require(throws: InvalidStudy.self) { try StudyPlan(Array(text.utf8)) }.faults
}

func run(
  _ text: String, jobs: Int = 1, only: Set<String>? = nil, failFast: Bool = false
) async throws -> StudyResults {
  try await plan(text).run(
    by: Workforce(jobs), only: only, failFast: failFast, program: program
  ) { _ in }.results
}

/// The only analysis of `text`, computed.
func result(_ text: String) async throws -> AnalysisResult {
  try #require(try await run(text).analyses.first)
}

extension StudyResults {
  var csv: String {
    var text = ""
    writeCSV(to: &text)
    return text
  }
}

extension AnalysisResult {
  /// Every statistic as "level: measure method name = value (status)".
  var lines: [String] {
    groups.flatMap { group in
      group.statistics.map { statistic in
        let name = [statistic.key.measure, statistic.key.method, statistic.key.name]
          .filter { !$0.isEmpty }.joined(separator: " ")
        let value = statistic.value.stored.map { "\(($0 * 1e6).rounded() / 1e6)" } ?? "none"
        let arm = group.place.level(of: "arm") ?? ""
        return "\(arm) \(group.place.level): \(name) = \(value) (\(statistic.status))"
      }
    }
  }
}
