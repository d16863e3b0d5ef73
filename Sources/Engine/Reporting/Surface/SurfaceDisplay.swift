import Results

/// A response-surface analysis as it is shown.
struct SurfaceDisplay: KindDisplay {
  private let results: SurfaceResults

  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard let results = SurfaceResults(analysis, numbers: numbers) else { return nil }
    self.results = results
  }

  var tables: [Table] { SurfaceTables(results).tables }

  var shortTables: [Table] { SurfaceTables(results).shortTables }

  var plots: [(parts: [String], plot: any Plot)] {
    let plot: (any Plot)? = SurfacePlot(results) ?? ScatterPlot(surfaceOf: results)
    return plot.map { [([], $0)] } ?? []
  }
}

extension ScatterPlot {
  /// The response over a single factor.
  init?(surfaceOf results: SurfaceResults) {
    guard let series = SeriesColumns("surface", of: results.analysis),
      let factor = series.texts("x_factor").first
    else { return nil }
    let places = zip(series.numbers("x"), series.numbers("response"))
      .compactMap { x, y in x.flatMap { x in y.map { (x: x, y: $0) } } }
    let runs = results.runs(factor, nil)
    let (xs, ys) = (places.map(\.x) + runs.map(\.x), places.map(\.y) + runs.map(\.y))
    self.init(
      title: results.analysis.caption("response surface"), numbers: results.numbers,
      horizontal: Dimension(title: results.title(ofFactor: factor), axis: Axis(near: xs)),
      vertical: Dimension(title: results.responseTitle, axis: Axis(near: ys)),
      lines: zip(places, places.dropFirst()).map { Line(from: $0, to: $1) },
      points: runs.map { Point(x: $0.x, y: $0.y, label: "", hover: $0.hover, prominence: 0) },
      summary: "\(results.responseTitle) of \(runs.count) runs with the fitted curve.")
  }
}
