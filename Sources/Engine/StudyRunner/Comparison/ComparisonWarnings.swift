import Results
import StudyDefinition

extension ComparisonAnalysis {
  /// What holds for the analysis, and what some of its rows warn of.
  func warnings(_ groups: [ResultGroup]) -> [String] {
    var warnings: [String] = []
    if isUnrandomised {
      warnings.append(
        "The groups belong to different trials: the comparison is not randomised, and nothing was "
          + "done about differences between the trials.")
    }
    if !eventsLeftOut.isEmpty {
      let names = eventsLeftOut.map(\.description).joined(separator: ", ")
      warnings.append("Left out, since not both groups report them: \(names).")
    }
    let found = groups.warnings
    if found.contains(degenerateWarning) {
      warnings.append("Some intervals are a single point, which says nothing about the contrast.")
    }
    if found.contains(hullWarning) {
      warnings.append(
        "Of some intervals the accepted values have gaps: the limits are those of their hull, and "
          + "the test may reject values inside it.")
    }
    if found.contains(where: { $0.hasPrefix(contradictionWarning) }) {
      warnings.append(
        "Some tests contradict an interval: they do not belong together; `theriac methods` names the "
          + "test that agrees with each interval.")
    }
    return warnings
  }

  /// The strata that the methods over strata leave out of an event.
  func stratumWarnings(_ outcome: Outcome, _ counts: [ComparedCounts]) -> [String] {
    guard isStratified else { return [] }
    let name = outcome.event.map { "\($0.label): " } ?? ""
    let reported = Set(outcome.cells.map(\.stratum))
    let unreported = strata.indices.filter { !reported.contains($0) }.compactMap {
      strata[$0].label
    }
    let oneArmed = zip(outcome.cells, counts).filter { $1.lacksAGroup }.compactMap {
      strata[$0.0.stratum].label
    }
    return [
      (unreported, "not reported by both groups"), (oneArmed, "no subjects in one of the groups"),
    ].filter { !$0.0.isEmpty }.map { labels, reason in
      "\(name)left out of what is pooled, \(reason): \(labels.joined(separator: ", "))."
    }
  }
}

extension ComparedCounts {
  /// Whether a side has no subjects at risk.
  fileprivate var lacksAGroup: Bool { treatment?.subjects == 0 || reference?.subjects == 0 }
}
