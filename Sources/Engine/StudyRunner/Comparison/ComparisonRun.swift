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
    let parts = groupParts.map { (part: $0, keys: $0.keys(sides)) }
    let pooledParts = stratifiedParts.map { (part: $0, keys: $0.keys(sides, weights)) }
    for (outcome, counts) in try comparedCounts() {
      for (cells, counts) in zip(outcome.cells, counts) {
        result.groups.append(group(outcome, cells, counts, parts, level: level))
      }
      if isStratified {
        result.groups.append(pooledGroup(outcome, counts, pooledParts, level: level))
      }
      result.warnings += stratumWarnings(outcome, counts)
    }
    result.warnings += warnings(result.groups)
    adjust(&result.groups, level: level)
  }

  /// The rows of one event in one stratum.
  private func group(
    _ outcome: Outcome, _ cells: Cells, _ counts: ComparedCounts,
    _ parts: [(part: ComparisonPart, keys: [StatisticKey])], level: ConfidenceLevel
  ) -> ResultGroup {
    var values = ComparisonValues(counts, self, level: level)
    let statistics = parts.flatMap { part, keys in
      zip(keys, values.values(part)).map { key, value in
        Statistic(
          key, value.value, unit: unit(of: key), isReconstructed: counts.isReconstructed(key),
          warning: value.warning)
      }
    }
    return ResultGroup(place(of: outcome.event, in: strata[cells.stratum]), statistics)
  }

  /// The rows of one event over all its strata.
  private func pooledGroup(
    _ outcome: Outcome, _ counts: [ComparedCounts],
    _ parts: [(part: StratifiedPart, keys: [StatisticKey])], level: ConfidenceLevel
  ) -> ResultGroup {
    var values = StratifiedValues(counts, self, level: level)
    let isReconstructed = counts.contains(where: \.isReconstructed)
    let statistics = parts.flatMap { part, keys in
      zip(keys, values.values(part)).map { key, value in
        Statistic(
          key, value.value, unit: unit(of: key), isReconstructed: isReconstructed,
          warning: value.warning)
      }
    }
    return ResultGroup(pooledPlace(of: outcome.event), statistics)
  }

  /// The counts of every event, stratum by stratum.
  private func comparedCounts() throws(AnalysisFailure) -> [(Outcome, [ComparedCounts])] {
    var compared: [(Outcome, [ComparedCounts])] = []
    var failures: [String] = []
    for outcome in outcomes {
      var counts: [ComparedCounts] = []
      for cells in outcome.cells {
        do throws(ReconstructionError) {
          counts.append(try ComparedCounts(cells))
        } catch {
          failures.append("\(outcome.event?.label ?? ""): \(error)")
        }
      }
      compared.append((outcome, counts))
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
    return per.ratesUnit
  }
}

extension Double {
  /// The unit of rates given per this many person-years.
  var ratesUnit: String {
    self == 1 ? "per person-year" : "per \(shortestDecimal) person-years"
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
