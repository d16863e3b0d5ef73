import Inference
import MetaAnalysis
package import Results
package import StudyDefinition

/// Rows that belong to one place: the whole set of studies, a subgroup, a set without one study.
struct PooledRows {
  let place: RowPlace
  /// The studies that go in, out of all of them.
  let studies: (SetFits) -> SetFits
  let parts: [PooledPart]
}

extension PoolingAnalysis {
  /// The rows of sets of studies, in the order in which they are reported.
  var pooledRows: [PooledRows] {
    let pooled = pooledParts(details: true)
    let refitted = pooledParts(details: false)
    var rows = [
      PooledRows(
        place: place(nil), studies: { $0 },
        parts: pooled + subgroupTests + moderatorTests + biasParts)
    ]
    rows += regressionRows
    rows += subgroupNames.map { name in
      PooledRows(
        place: place(Grouping("subgroup", name)), studies: { subgroup(name, of: $0) }, parts: pooled
      )
    }
    if diagnostics.contains(.leaveOneOut) {
      rows += studies.enumerated().map { omitted, study in
        PooledRows(
          place: place(Grouping("omitted", study.label)),
          studies: { all in all.selecting(all.places.filter { $0 != omitted }) }, parts: refitted)
      }
    }
    if diagnostics.contains(.cumulative) {
      rows += studies.enumerated().map { last, study in
        PooledRows(
          place: place(Grouping("added", study.label)),
          studies: { all in all.selecting(all.places.filter { $0 <= last }) }, parts: refitted)
      }
    }
    return rows
  }

  /// The rows, known before anything is computed.
  package var plannedKeys: [(place: RowPlace, keys: [StatisticKey])] {
    studies.map { (place(Grouping("study", $0.label)), studyKeys + studyDiagnosticKeys) }
      + pooledRows.map { ($0.place, $0.parts.flatMap(\.keys)) }
  }

  /// Computes the studies, then what is pooled of them, into `result`.
  ///
  /// - Throws: ``AnalysisFailure``, naming every printed percentage that gives no count.
  func run(level: ConfidenceLevel, into result: inout AnalysisResult) throws(AnalysisFailure) {
    let data = try PooledData(self)
    let diagnosed = studyDiagnosticValues(data)
    result.groups = studies.indices.map {
      studyGroup($0, studyValues($0, data, level: level) + diagnosed[$0], data)
    }
    var pooled: [ResultGroup] = []
    for rows in pooledRows {
      let fits = rows.studies(data.all)
      pooled.append(
        ResultGroup(
          rows.place,
          rows.parts.flatMap { $0.statistics(fits, level: level) { unit(of: $0) } }))
    }
    result.groups += pooled
    result.series = series(data)
    result.warnings += warnings(data, pooled[0])
    result.notes += explanations(data, pooled[0], level: level)
  }

  private func studyGroup(_ study: Int, _ values: [RowValue], _ data: PooledData) -> ResultGroup {
    ResultGroup(
      place(Grouping("study", studies[study].label)),
      zip(studyKeys + studyDiagnosticKeys, values).map { key, value in
        Statistic(
          key, value.value, unit: unit(of: key),
          isReconstructed: data.counts[study].isReconstructed, warning: value.warning)
      })
  }

  func place(_ group: Grouping?) -> RowPlace {
    RowPlace(groups: [group], variable: "outcome", level: outcome)
  }

  /// The subgroups, in the order of the studies; none where they are not asked for.
  var subgroupNames: [String] {
    guard subgroups != nil else { return [] }
    var seen: Set<String> = []
    return studies.compactMap(\.subgroup).filter { seen.insert($0).inserted }
  }

  private func unit(of key: StatisticKey) -> String {
    if key.name == "weight_percent" || key.name == "event_percent" { return "%" }
    if key.name.hasSuffix("person_years") { return "years" }
    let isScaled = measure.evidence == .oneRate || measure == .rateDifference
    let isShown =
      ["estimate", "lower", "upper", "prediction_lower", "prediction_upper"].contains(key.name)
    return isScaled && isShown && key.measure == measure.rawValue ? per.ratesUnit : ""
  }
}
