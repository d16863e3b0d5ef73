public import Results
import StudyDefinition
public import StudyRunner

extension ReferenceSuite {
  /// Runs every study and holds its results against the published values.
  ///
  /// The tests stand in the order of the suite, whatever the `workforce`.
  public func tests(
    by workforce: Workforce, program: Program
  ) async throws -> [QualificationTest] {
    var tests: [QualificationTest] = []
    try await workforce.computeInOrder(studies.count, ahead: studies.count) { place in
      try await self.tests(of: studies[place], by: workforce, program: program)
    } receive: { _, found in
      tests += found
      return true
    }
    return tests
  }

  private func tests(
    of study: Study, by workforce: Workforce, program: Program
  ) async throws -> [QualificationTest] {
    let plan: StudyPlan
    do throws(InvalidStudy) {
      plan = try StudyPlan(study.bytes) { name throws(UnreadableFile) in
        try file(name, of: study)
      }
    } catch {
      return [
        QualificationTest(
          requirement: "study definition", test: study.path, expected: "a valid study",
          observed: "an invalid one", unrounded: "", tolerance: "none", verdict: .failed,
          reason: error.faults.map(\.description).joined(separator: "; "), source: "")
      ]
    }
    let outcome = try await plan.run(
      by: workforce, only: nil, failFast: false, program: program, progress: { _ in })
    return tests(in: outcome.results)
  }

  private func tests(in results: StudyResults) -> [QualificationTest] {
    let analyses = Dictionary(uniqueKeysWithValues: results.analyses.map { ($0.id, $0) })
    var groups: [String: [RowPlace: ResultGroup]] = [:]
    for analysis in results.analyses {
      groups[analysis.id] = Dictionary(analysis.groups.map { ($0.place, $0) }) { first, _ in first }
    }
    let sources = Dictionary(results.sources.map { ($0.id, $0.citation) }) { first, _ in first }
    return results.published.map { check in
      QualificationTest(
        check, of: results.id, kind: analyses[check.analysis]?.kind ?? "",
        value: groups[check.analysis]?[check.place]?.statistic(check.statistic)?.value,
        source: check.source.flatMap { sources[$0] } ?? "")
    }
  }
}

extension QualificationTest {
  fileprivate init(
    _ check: PublishedCheck, of study: String, kind: String, value: ReportedValue?, source: String
  ) {
    let key = check.statistic
    let place =
      check.place.groups.compactMap { $0 }.map { "\($0.name) \($0.level)" }
      + [[check.place.variable, check.place.level].filter { !$0.isEmpty }.joined(separator: " ")]
    let verdict: Verdict =
      switch check.verdict {
      case .reproduced, .consistent: .passed
      case .explained: .documented
      case .differs, .notComputed: .failed
      }
    self.init(
      requirement: [kind, key.measure, key.method].filter { !$0.isEmpty }.joined(separator: " · "),
      test: "\(study)/\(check.analysis): \(place.joined(separator: ", ")): \(key.name)",
      expected: check.published, observed: check.computed,
      unrounded: value?.stored.map { "\($0)" } ?? "",
      tolerance: Self.tolerance(of: check.published), verdict: verdict,
      reason: check.reason ?? (verdict == .failed ? "the value does not come out" : ""),
      source: source)
  }

  /// A number that prints as `text` is at most half a unit of its last digit away.
  private static func tolerance(of text: String) -> String {
    guard text.first.map({ $0.isNumber || $0 == "-" }) ?? false else { return "as stated" }
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    return "5e-\(decimals + 1)"
  }
}
