import DoseResponse
import Inference
import Ordinal
import Results
import StudyDefinition

// Whether an effect grows with the dose.
//
// Supported where p < 1 − level and the effect rises with the dose; not supported where it falls, or
// where p is not below.

extension Study {
  func doseDependence(_ id: String, level: ConfidenceLevel) -> [EvidencePart] {
    switch analyses.first(where: { $0.id == id })?.kind {
    case .trend(let trend): [trend.doseDependence(id, level: level)]
    case .ordinal(let ordinal): [ordinal.doseDependence(id, level: level)]
    case .doseResponse(let curves): curves.doseDependence(id, level: level)
    default: preconditionFailure("evidence of another kind passed the study definition: \(id)")
    }
  }
}

extension TrendAnalysis {
  /// By the first test listed.
  fileprivate func doseDependence(_ id: String, level: ConfidenceLevel) -> EvidencePart {
    let method = methods[0]
    return EvidencePart("", evidenceKeys(method.rawValue, ["p_value"])) { results in
      let result = results[id]
      let p = result.value(
        [], "outcome", outcome, "p_value", measure: "trend", method: method.rawValue)
      func numbers(_ name: String) -> [Double] {
        labels.compactMap {
          result.value([Grouping("group", $0)], "outcome", outcome, name, measure: "trend").stored
        }
      }
      let (scores, events) = (numbers("score"), numbers("events"))
      let (subjects, percents) = (numbers("subjects"), numbers("percent"))
      guard let pValue = p.known, percents.count == labels.count, scores.count == labels.count
      else { return .undecided(p, method.title) }
      let order = labels.indices.sorted { scores[$0] < scores[$1] }
      let ends = [order[0], order[order.count - 1]].map {
        "\(shown(percents[$0])) % (\(shown(events[$0])) of \(shown(subjects[$0]))) in \(labels[$0])"
      }
      return .trend(
        pValue, isRising: slope(scores, percents, weights: subjects) > 0, level: level,
        "\(ends[0]), \(ends[1]); \(method.title)", [RowValue(p)])
    }
  }
}

extension OrdinalAnalysis {
  /// By the first test of all groups, else by the first method, of the group with the highest score.
  fileprivate func doseDependence(_ id: String, level: ConfidenceLevel) -> EvidencePart {
    let ofAll = methods.first { !$0.isPairwise && $0 != .proportionalOdds }
    guard let ofAll else {
      return comparison(id, level: level, isTwoSided: false)
    }
    return EvidencePart("", evidenceKeys(ofAll.rawValue, ["p_value"])) { results in
      let result = results[id]
      let p = result.value(
        [], "outcome", outcome, "p_value", measure: "ordinal", method: ofAll.rawValue)
      let grades = labels.compactMap { meanGrade($0, result) }
      guard let pValue = p.known, grades.count == labels.count else {
        return .undecided(p, ofAll.title)
      }
      let totals = table.groupTotals.map { Double($0) }
      return .trend(
        pValue, isRising: slope(groupScores, grades, weights: totals) > 0, level: level,
        "grades of \(labels.joined(separator: ", ")); \(ofAll.title)", [RowValue(p)])
    }
  }

  /// The mean place of a group's grades among the categories.
  func meanGrade(_ group: String, _ result: AnalysisResult) -> Double? {
    let counts = categories.compactMap { category in
      result.value(
        [Grouping("group", group), Grouping("category", category)], "outcome", outcome, "count",
        measure: "ordinal"
      ).stored
    }
    let total = counts.reduce(0, +)
    guard counts.count == categories.count, total > 0 else { return nil }
    return counts.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / total
  }
}

extension DoseResponseAnalysis {
  /// By the test of each curve against a flat one.
  fileprivate func doseDependence(_ id: String, level: ConfidenceLevel) -> [EvidencePart] {
    testedCurves.map { curve in
      EvidencePart(
        testedCurves.count > 1 ? curve : "", evidenceKeys("flatness", ["p_value"])
      ) { results in
        let reading = CurveReading(analysis: self, result: results[id], curve: curve)
        let p = reading.flatness
        guard let pValue = p.known else { return .undecided(p, "test against a flat curve") }
        let depends = !reading.isFlat && pValue < level.alpha
        return Judgement(
          depends ? .supported : .notSupported,
          (depends ? "the response depends on the dose" : "no dependence on the dose was found")
            + " (test against a flat curve, \(shownP(pValue)))", [RowValue(p)])
      }
    }
  }
}

extension Judgement {
  /// What a number that does not exist says, with the other values that stand beside it.
  static func undecided(
    _ value: ReportedValue, _ what: String, _ others: [ReportedValue] = []
  ) -> Judgement {
    Judgement(
      .inconclusive, "\(what): \(value.whyNot)", [RowValue(value)] + others.map { RowValue($0) })
  }

  fileprivate static func trend(
    _ p: Double, isRising: Bool, level: ConfidenceLevel, _ numbers: String, _ values: [RowValue]
  ) -> Judgement {
    let isFound = p < level.alpha
    let text =
      isFound
      ? isRising ? "rises with the dose" : "falls with the dose" : "no trend was found"
    return Judgement(
      isFound && isRising ? .supported : .notSupported, "\(text): \(numbers), \(shownP(p))", values)
  }
}

/// Σ w (x − x̄) y, whose sign is that of the weighted regression of y on x.
private func slope(_ x: [Double], _ y: [Double], weights: [Double]) -> Double {
  let total = weights.reduce(0, +)
  let mean = zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } / total
  return x.indices.reduce(0) { $0 + weights[$1] * (x[$1] - mean) * y[$1] }
}
