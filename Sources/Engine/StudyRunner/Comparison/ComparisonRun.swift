import Comparison
import Incidence
import Inference
import JSON
import Results
import StudyDefinition

extension ComparisonAnalysis {
  /// What is computed at one place, with the rows that it gives.
  private typealias Planned<Part> = (part: Part, rows: [(key: StatisticKey, unit: String)])

  /// Computes every event, in order, into `result`.
  ///
  /// - Throws: ``AnalysisFailure``, naming every printed percentage that gives no count.
  func run(
    level: ConfidenceLevel, by workforce: Workforce, into result: inout AnalysisResult
  ) async throws(AnalysisFailure) {
    let parts = groupParts.map { (part: $0, rows: rows(of: $0.keys(sides))) }
    let pooledParts = stratifiedParts.map { (part: $0, rows: rows(of: $0.keys(sides, weights))) }
    result.groups = try await workforce.groups(of: outcomes) {
      outcome, list throws(AnalysisFailure) in
      let counts = try comparedCounts(outcome)
      for (cells, counts) in zip(outcome.cells, counts) {
        list.append(
          place(of: outcome.event, in: strata[cells.stratum]),
          statistics(counts, parts, level: level))
      }
      if isStratified {
        list.append(
          pooledPlace(of: outcome.event), pooledStatistics(counts, pooledParts, level: level))
      }
    }
    if isStratified {
      for outcome in outcomes {
        result.warnings += stratumWarnings(outcome, try comparedCounts(outcome))
      }
    }
    result.warnings += warnings(result.groups)
    adjust(&result.groups, level: level)
  }

  private func rows(of keys: [StatisticKey]) -> [(key: StatisticKey, unit: String)] {
    keys.map { ($0, unit(of: $0)) }
  }

  /// The numbers of one event in one stratum.
  private func statistics(
    _ counts: ComparedCounts, _ parts: [Planned<ComparisonPart>], level: ConfidenceLevel
  ) -> [Statistic] {
    var values = ComparisonValues(counts, self, level: level)
    return parts.flatMap { part, rows in
      zip(rows, values.values(part)).map { row, value in
        Statistic(
          row.key, value.value, unit: row.unit, isReconstructed: counts.isReconstructed(row.key),
          warning: value.warning)
      }
    }
  }

  /// The numbers of one event over all its strata.
  private func pooledStatistics(
    _ counts: [ComparedCounts], _ parts: [Planned<StratifiedPart>], level: ConfidenceLevel
  ) -> [Statistic] {
    var values = StratifiedValues(counts, self, level: level)
    let isReconstructed = counts.contains(where: \.isReconstructed)
    return parts.flatMap { part, rows in
      zip(rows, values.values(part)).map { row, value in
        Statistic(
          row.key, value.value, unit: row.unit, isReconstructed: isReconstructed,
          warning: value.warning)
      }
    }
  }

  /// The counts of an event, stratum by stratum.
  private func comparedCounts(_ outcome: Outcome) throws(AnalysisFailure) -> [ComparedCounts] {
    var compared: [ComparedCounts] = []
    var failures: [AnalysisFailure] = []
    for cells in outcome.cells {
      do throws(ReconstructionError) {
        compared.append(try ComparedCounts(cells))
      } catch {
        failures.append(AnalysisFailure(reason: "\(outcome.event?.label ?? ""): \(error)"))
      }
    }
    if let failure = AnalysisFailure(failures) { throw failure }
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
    guard isReconstructed else { return false }
    if key.name.hasSuffix("_subjects") || key.name.hasSuffix("_person_years") { return false }
    if key.name.hasPrefix("treatment_") { return treatment?.isReconstructed ?? false }
    if key.name.hasPrefix("reference_") { return reference?.isReconstructed ?? false }
    return treatment?.isReconstructed ?? false || reference?.isReconstructed ?? false
  }
}
