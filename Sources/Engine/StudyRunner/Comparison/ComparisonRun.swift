import Comparison
import Incidence
import Inference
import JSON
import Results
import StudyDefinition

extension ComparisonAnalysis {
  /// Computes every event, in order, into `result`.
  ///
  /// - Throws: ``AnalysisFailure``, naming every printed percentage that gives no count.
  func run(
    level: ConfidenceLevel, into result: inout AnalysisResult
  ) throws(AnalysisFailure) {
    let parts = groupParts
    let keys = parts.map { $0.keys(sides) }
    for (outcome, counts) in try comparedCounts() {
      var values = ComparisonValues(counts, self, level: level)
      let statistics = zip(parts, keys).flatMap { part, keys in
        zip(keys, values.values(part)).map { key, value in
          Statistic(
            key, value.value, unit: unit(of: key),
            isReconstructed: counts.isReconstructed(key), warning: value.warning)
        }
      }
      result.groups.append(ResultGroup(place(of: outcome.event), statistics))
    }
    result.warnings += warnings(result.groups)
  }

  /// The counts of every event in its only stratum.
  private func comparedCounts() throws(AnalysisFailure) -> [(Outcome, ComparedCounts)] {
    var compared: [(Outcome, ComparedCounts)] = []
    var failures: [String] = []
    for outcome in outcomes {
      for cells in outcome.cells {
        do throws(ReconstructionError) {
          compared.append((outcome, try ComparedCounts(cells)))
        } catch {
          failures.append("\(outcome.event?.label ?? ""): \(error)")
        }
      }
    }
    guard failures.isEmpty else {
      throw AnalysisFailure(reason: failures.joined(separator: "; "))
    }
    return compared
  }

  private func unit(of key: StatisticKey) -> String {
    if key.name.hasSuffix("_percent") { return "%" }
    if key.name.hasSuffix("person_years") { return "years" }
    let isRate =
      key.measure == "rate" && key.name.hasSuffix("_estimate")
      || key.measure == RateContrast.difference.rawValue
        && ["estimate", "lower", "upper"].contains(key.name)
    guard isRate else { return "" }
    return per == 1 ? "per person-year" : "per \(per.shortestDecimal) person-years"
  }

  /// What holds for the analysis, and what some of its rows warn of.
  private func warnings(_ groups: [ResultGroup]) -> [String] {
    var warnings: [String] = []
    if isUnrandomised {
      warnings.append(
        "The groups belong to different trials: the comparison is not randomised, and nothing was "
          + "done about differences between the trials.")
    }
    if !eventsLeftOut.isEmpty {
      let names = eventsLeftOut.map(\.label).joined(separator: ", ")
      warnings.append("Left out, since not both groups report them: \(names).")
    }
    let found = Set(groups.flatMap { $0.statistics.compactMap(\.warning) })
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
        "Some tests contradict an interval: they do not belong together, and one that does is named "
          + "by `theriac methods`.")
    }
    return warnings
  }
}

extension ComparedCounts {
  /// Whether the number called `key` follows from a count that was rebuilt.
  func isReconstructed(_ key: StatisticKey) -> Bool {
    if key.name.hasSuffix("_subjects") || key.name.hasSuffix("_person_years") { return false }
    if key.name.hasPrefix("treatment_") { return treatment?.isReconstructed ?? false }
    if key.name.hasPrefix("reference_") { return reference?.isReconstructed ?? false }
    return treatment?.isReconstructed ?? false || reference?.isReconstructed ?? false
  }
}
