import Results

/// A dose-response analysis as it is shown.
struct DoseResponseDisplay: KindDisplay {
  private let results: DoseResponseResults

  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard let results = DoseResponseResults(analysis, numbers: numbers) else { return nil }
    self.results = results
  }

  var tables: [Table] { DoseResponseTables(results).tables }

  var shortTables: [Table] { DoseResponseTables(results).shortTables }

  var plots: [(parts: [String], plot: any Plot)] {
    results.models.flatMap { model -> [(parts: [String], plot: any Plot)] in
      let name = results.models.count > 1 ? [model] : []
      let lots = results.pooledQuantities.map { variable, level in
        (
          parts: name + ["lots", level],
          plot: ForestPlot(lotsOf: results, model: model, variable, level) as (any Plot)?
        )
      }
      let all: [(parts: [String], plot: (any Plot)?)] =
        [
          (name, CurvePlot(results, model: model)),
          (name + ["residuals"], ResidualPlot(results, model: model)),
        ] + lots
      return all.compactMap { part in part.plot.map { (part.parts, $0) } }
    }
  }
}
