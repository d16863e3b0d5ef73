import MetaAnalysis
import Results
import StudyDefinition

// What figures need beside the rows.

extension PoolingAnalysis {
  /// The subgroup of each study, and the studies that trim and fill adds.
  func series(_ data: PooledData) -> [Series] {
    var series: [Series] = []
    if subgroups != nil {
      series.append(
        Series(
          "studies",
          [
            Series.Column("study", .texts(studies.map(\.label))),
            Series.Column("subgroup", .texts(studies.map { $0.subgroup ?? "" })),
          ]))
    }
    if diagnostics.contains(.trimAndFill) { series.append(filledStudies(data)) }
    return series
  }

  /// By the model that they are filled in on.
  private func filledStudies(_ data: PooledData) -> Series {
    let filled = weightedByVariance.flatMap { model -> [(method: String, effect: EffectSize)] in
      let found = try? data.all.set.trimAndFill(model, model.variants(inference)[0])
      return (found?.filled ?? []).map { (model.name, $0) }
    }
    return Series(
      "filled",
      [
        Series.Column("method", .texts(filled.map(\.method))),
        Series.Column("effect", .numbers(filled.map(\.effect.value))),
        Series.Column("standard_error", .numbers(filled.map(\.effect.standardError))),
      ])
  }
}
