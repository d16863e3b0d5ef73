import Incidence
import Inference
import JSON
import Results
import StudyDefinition

extension IncidenceAnalysis {
  /// Computes every cell, in order, into `result`.
  ///
  /// - Throws: ``AnalysisFailure``, naming every printed percentage that gives no count.
  func run(
    level: ConfidenceLevel, by workforce: Workforce, into result: inout AnalysisResult
  ) async throws(AnalysisFailure) {
    let rows = statisticKeys.map { (key: $0, unit: unit(of: $0)) }
    let shown = try keptCells()
    result.groups = try await workforce.groups(of: shown) { cell, list throws(AnalysisFailure) in
      list.append(cell.place, statistics(try content(of: cell), rows: rows, level: level))
    }
    for group in reconstructedGroups {
      let search = DenominatorSearch(group)
      result.groups.append(search.row)
      result.series.append(search.series)
      result.notes.append(search.note)
    }
    if case .rate(_, .events, _) = measure { result.warnings.append(repeatsWarning) }
    let found = result.groups.warnings
    if found.contains(hullWarning) {
      result.warnings.append(
        "Of some intervals the accepted values have gaps: the limits are those of their hull.")
    }
    if found.contains(degenerateWarning) {
      result.warnings.append(
        "Some Wald intervals are a single point, because no subject or every subject had the "
          + "event; they say nothing about the risk or rate.")
    }
  }

  private func content(of cell: Cell) throws(AnalysisFailure) -> CellContent {
    let numerator: Numerator =
      if case .rate(_, let numerator, _) = measure { numerator } else { .subjects }
    do throws(ReconstructionError) {
      return try cell.content(counting: numerator)
    } catch {
      throw AnalysisFailure(reason: "\(cell.group.label), \(cell.event?.label ?? ""): \(error)")
    }
  }

  /// The cells of events that reach `minimumPercent` in at least one group shown.
  private func keptCells() throws(AnalysisFailure) -> [Cell] {
    guard let minimumPercent else { return cells }
    struct EventOfTrial: Hashable {
      let trial: String?
      let event: EventName?
    }
    var kept: Set<EventOfTrial> = []
    var failures: [AnalysisFailure] = []
    for cell in cells {
      do throws(AnalysisFailure) {
        guard try content(of: cell).percent ?? 0 >= minimumPercent else { continue }
        kept.insert(EventOfTrial(trial: cell.group.trial, event: cell.event))
      } catch {
        failures.append(error)
      }
    }
    if let failure = AnalysisFailure(failures) { throw failure }
    return cells.filter {
      kept.contains(EventOfTrial(trial: $0.group.trial, event: $0.event))
    }
  }

  /// The statistics of one cell, in the order of `rows`.
  private func statistics(
    _ content: CellContent, rows: [(key: StatisticKey, unit: String)], level: ConfidenceLevel
  ) -> [Statistic] {
    switch content {
    case .counts(let counts):
      let values = values(counts, level: level)
      return zip(rows, values).map { row, value in
        Statistic(
          row.key, value.value, unit: row.unit,
          isReconstructed: counts.isReconstructed && !row.key.isDenominator,
          warning: value.warning)
      }
    case .unknownSubjects(let percentage):
      let reason = "only \(percentage.printed) % was printed, of an unknown number of subjects"
      return rows.map { Statistic($0.key, .notEstimable(reason), unit: $0.unit) }
    }
  }

  /// The values of one cell, in the order of ``statisticKeys``.
  private func values(_ counts: CellCounts, level: ConfidenceLevel) -> [RowValue] {
    switch measure {
    case .risk(let methods): riskValues(counts, methods, level)
    case .rate(let methods, let numerator, let per):
      rateValues(counts, methods, numerator, per: per, level)
    }
  }

  private func riskValues(
    _ counts: CellCounts, _ methods: [ProportionIntervalMethod], _ level: ConfidenceLevel
  ) -> [RowValue] {
    guard let subjects = counts.subjects else {
      preconditionFailure("a risk without subjects passed the study definition")
    }
    let heads = [RowValue(counts.events), RowValue(subjects)]
    guard subjects > 0, let count = try? BinomialCount(events: counts.events, total: subjects)
    else {
      let reason = "no subjects at risk"
      let absent = RowValue(.notEstimable(reason))
      return heads + [absent, absent] + methods.flatMap { _ in absentLimits(reason) }
    }
    let percent = 100 * Double(counts.events) / Double(subjects)
    return heads + [RowValue(percent), RowValue(count.proportion)]
      + methods.flatMap { method in
        guard
          let interval = count.confidenceInterval(method: method, level: level, sides: sides)
        else {
          return absentLimits("\(count.events == 0 ? "no" : "every") subject had the event")
        }
        return interval.rowValues(scale: 1, isDegenerate: count.isDegenerate(interval))
      }
  }

  private func rateValues(
    _ counts: CellCounts, _ methods: [RateIntervalMethod], _ numerator: Numerator, per: Double,
    _ level: ConfidenceLevel
  ) -> [RowValue] {
    guard let personYears = counts.personYears,
      let count = try? PoissonCount(events: counts.events, personYears: personYears)
    else { preconditionFailure("a rate without person-years passed the study definition") }
    let warning = numerator == .events ? repeatsWarning : nil
    return [
      RowValue(counts.events), RowValue(personYears),
      RowValue(count.rate * per),
    ]
      + methods.flatMap { method in
        guard
          let interval = count.confidenceInterval(method: method, level: level, sides: sides)
        else { return absentLimits("no events") }
        return interval.rowValues(
          scale: per, isDegenerate: count.isDegenerate(interval), warning: warning)
      }
  }

  private func absentLimits(_ reason: String) -> [RowValue] {
    Array(repeating: RowValue(.notEstimable(reason)), count: sides == .two ? 2 : 1)
  }

  private func unit(of key: StatisticKey) -> String {
    switch (measure, key.name) {
    case (.risk, "percent"): "%"
    case (.rate, "person_years"): "years"
    case (.rate(_, _, let per), "estimate"), (.rate(_, _, let per), "lower"),
      (.rate(_, _, let per), "upper"):
      "per \(per.shortestDecimal) person-years"
    default: ""
    }
  }
}

private let repeatsWarning =
  "all occurrences are counted; the interval assumes that none are repeats within a subject"
