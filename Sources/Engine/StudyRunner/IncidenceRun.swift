import Incidence
import Inference
import JSON
import Results
import StudyDefinition

/// Why an analysis could not be computed.
struct AnalysisFailure: Error {
  let reason: String
}

extension IncidenceAnalysis {
  /// Computes every cell, in order, into `result`.
  ///
  /// - Throws: ``AnalysisFailure``, naming every printed percentage that gives no count.
  func run(
    level: ConfidenceLevel, into result: inout AnalysisResult
  ) throws(AnalysisFailure) {
    let shown = keptCells(try contents())
    let keys = statisticKeys
    result.groups = shown.map { cell, content in
      ResultGroup(cell.place, statistics(content, of: cell, keys: keys, level: level))
    }
    for group in reconstructedGroups {
      let search = DenominatorSearch(group)
      result.groups.append(search.row)
      result.series.append(search.series)
      result.notes.append(search.note)
    }
    if case .rate(_, .events, _) = measure { result.warnings.append(repeatsWarning) }
    let found = Set(result.groups.flatMap { $0.statistics.compactMap(\.warning) })
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

  private func contents() throws(AnalysisFailure) -> [(Cell, CellContent)] {
    let numerator: Numerator =
      if case .rate(_, let numerator, _) = measure { numerator } else { .subjects }
    var contents: [(Cell, CellContent)] = []
    var failures: [String] = []
    for cell in cells {
      do throws(ReconstructionError) {
        contents.append((cell, try cell.content(counting: numerator)))
      } catch {
        failures.append("\(cell.group.label), \(cell.event?.label ?? ""): \(error)")
      }
    }
    guard failures.isEmpty else {
      throw AnalysisFailure(reason: failures.joined(separator: "; "))
    }
    return contents
  }

  /// The cells of events that reach `minimumPercent` in at least one group shown.
  private func keptCells(_ contents: [(Cell, CellContent)]) -> [(Cell, CellContent)] {
    guard let minimumPercent else { return contents }
    struct EventOfTrial: Hashable {
      let trial: String?
      let event: EventName?
    }
    let kept = contents.reduce(into: Set<EventOfTrial>()) { kept, entry in
      let (cell, content) = entry
      if content.percent ?? 0 >= minimumPercent {
        kept.insert(EventOfTrial(trial: cell.group.trial, event: cell.event))
      }
    }
    return contents.filter { cell, _ in
      kept.contains(EventOfTrial(trial: cell.group.trial, event: cell.event))
    }
  }

  /// The statistics of one cell, in the order of `keys`.
  private func statistics(
    _ content: CellContent, of cell: Cell, keys: [StatisticKey], level: ConfidenceLevel
  ) -> [Statistic] {
    switch content {
    case .counts(let counts):
      let values = values(counts, level: level)
      return zip(keys, values).map { key, value in
        Statistic(
          key, value.value, unit: unit(of: key),
          isReconstructed: counts.isReconstructed && !key.isDenominator,
          warning: value.warning)
      }
    case .unknownSubjects(let percentage):
      let reason = "only \(percentage.printed) % was printed, of an unknown number of subjects"
      return keys.map { Statistic($0, .notEstimable(reason), unit: unit(of: $0)) }
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
