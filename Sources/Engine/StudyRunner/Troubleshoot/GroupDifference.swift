import Comparison
import Inference
import Ordinal
import Results
import StudyDefinition

// Whether two groups differ: two strains, or treated animals and their controls.
//
// Supported where the first test listed has p < 1 − level; of several events, where p times their
// number is. Without a test, where the first interval excludes no difference. Where only more counts,
// a group that has less is not supported.

extension Study {
  /// What an analysis says of two groups; where `isTwoSided`, less in the treatment group speaks too.
  func groupDifference(
    _ id: String, level: ConfidenceLevel, isTwoSided: Bool
  ) -> [EvidencePart] {
    switch analyses.first(where: { $0.id == id })?.kind {
    case .comparison(let comparison):
      comparison.parts(id, level: level, isTwoSided: isTwoSided)
    case .ordinal(let ordinal): [ordinal.comparison(id, level: level, isTwoSided: isTwoSided)]
    default: preconditionFailure("evidence of another kind passed the study definition: \(id)")
    }
  }
}

extension OrdinalAnalysis {
  /// The group with the highest score against the reference, or all groups where only they are
  /// compared, by the first method listed.
  func comparison(_ id: String, level: ConfidenceLevel, isTwoSided: Bool) -> EvidencePart {
    let method = methods[0]
    let highest =
      labels.indices.filter { $0 != reference }.max { groupScores[$0] < groupScores[$1] } ?? 0
    let isOfGroup = method.isPairwise || method == .proportionalOdds
    return EvidencePart("", evidenceKeys(method.rawValue, ["p_value"])) { results in
      let result = results[id]
      let p = result.value(
        isOfGroup ? [Grouping("group", labels[highest])] : [], "outcome", outcome, "p_value",
        measure: "ordinal", method: method.rawValue)
      let grades = [highest, reference].compactMap { meanGrade(labels[$0], result) }
      guard let pValue = p.known, grades.count == 2 else { return .undecided(p, method.title) }
      return .difference(
        isFound: pValue < level.alpha, isMore: grades[0] > grades[1], isTwoSided: isTwoSided,
        "\(labels[highest]) against \(labels[reference]), \(method.title), \(shownP(pValue))",
        [RowValue(p)])
    }
  }
}

extension ComparisonAnalysis {
  fileprivate func parts(
    _ id: String, level: ConfidenceLevel, isTwoSided: Bool
  ) -> [EvidencePart] {
    let rows = rows().filter { !isStratified || $0.place == pooledPlace(of: $0.event) }
    return rows.map { row in
      let contrast = Contrast(row.keys)
      let name = rows.count > 1 ? row.event?.label ?? "" : ""
      return EvidencePart(name, contrast.evidence) { results in
        contrast.judgement(
          results[id], at: row.place, level: level, events: rows.count, isTwoSided: isTwoSided)
      }
    }
  }
}

/// The test and the estimate of a comparison that a verdict rests on: the first of each.
private struct Contrast {
  let test: StatisticKey?
  let estimate: StatisticKey?
  let lower: StatisticKey?
  let upper: StatisticKey?

  init(_ keys: [StatisticKey]) {
    test = keys.first { $0.measure == "test" && $0.name == "p_value" }
    let limit = keys.first { ["lower", "upper"].contains($0.name) }
    func named(_ name: String) -> StatisticKey? {
      keys.first {
        $0.name == name && $0.measure == limit?.measure && $0.method == limit?.method
      }
    }
    (lower, upper) = (named("lower"), named("upper"))
    estimate =
      named("estimate")
      ?? keys.first { $0.name == "estimate" && $0.measure == limit?.measure ?? $0.measure }
  }

  private var numbers: [StatisticKey] { [test, estimate, lower, upper].compactMap { $0 } }

  var evidence: [StatisticKey] {
    numbers.map {
      StatisticKey(
        measure: "troubleshoot",
        method: $0.method.isEmpty ? lower?.method ?? upper?.method ?? "" : $0.method, name: $0.name)
    }
  }

  func judgement(
    _ result: AnalysisResult, at place: RowPlace, level: ConfidenceLevel, events: Int,
    isTwoSided: Bool
  ) -> Judgement {
    let group = result.groups.first { $0.place == place }
    func value(_ key: StatisticKey?) -> ReportedValue {
      key.flatMap { group?.statistic($0)?.value } ?? .notEstimable(result.absence)
    }
    let values = numbers.map { RowValue(value($0)) }
    let null = estimate?.measure.hasSuffix("ratio") ?? false ? 1.0 : 0
    let (low, high) = (value(lower).known, value(upper).known)
    let p = value(test).known
    let excludes = (low.map { $0 > null } ?? false) || (high.map { $0 < null } ?? false)
    guard p != nil || (test == nil && (low != nil || high != nil)) else {
      return Judgement(
        .inconclusive, "no test or interval decides: \(value(test ?? estimate).whyNot)", values)
    }
    let isFound = p.map { $0 * Double(events) < level.alpha } ?? excludes
    let center = value(estimate).known ?? low ?? high ?? null
    let measure = estimate?.measure.replacing("-", with: " ")
    let texts = [
      counts(group), measure.map { "\($0) \(shown(center, low, high))" },
      p.map { shownP($0) + (events > 1 ? " (one of \(events))" : "") },
    ]
    return .difference(
      isFound: isFound, isMore: center > null, isTwoSided: isTwoSided,
      texts.compactMap { $0 }.joined(separator: ", "), values)
  }

  /// `9 of 12 against 7 of 12`.
  private func counts(_ group: ResultGroup?) -> String? {
    let sides = ["treatment", "reference"].compactMap { side -> String? in
      let numbers = ["events", "subjects"].compactMap { name in
        group?.statistic(StatisticKey(measure: "risk", name: "\(side)_\(name)"))?.value.stored
      }
      return numbers.count == 2 ? "\(shown(numbers[0])) of \(shown(numbers[1]))" : nil
    }
    return sides.count == 2 ? sides.joined(separator: " against ") : nil
  }
}

extension Judgement {
  fileprivate static func difference(
    isFound: Bool, isMore: Bool, isTwoSided: Bool, _ numbers: String, _ values: [RowValue]
  ) -> Judgement {
    let text =
      isFound
      ? isMore ? "more than in the reference" : "less than in the reference"
      : "no difference was found"
    return Judgement(
      isFound && (isMore || isTwoSided) ? .supported : .notSupported, "\(text): \(numbers)", values)
  }
}
