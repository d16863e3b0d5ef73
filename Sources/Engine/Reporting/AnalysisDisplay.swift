import Results

/// An analysis as it is shown: its tables and its figures.
struct AnalysisDisplay {
  struct Figure {
    /// The name of its file, without the extension.
    let name: String
    let plot: any Plot
  }

  private let analysis: AnalysisResult
  private let grids: [IncidenceGrid]
  private let graded: GradedResults?
  private let comparison: ComparisonGrid?
  private let metaAnalysis: MetaAnalysisResults?
  private let own: (any KindDisplay)?
  private let numbers: NumberText

  init(_ analysis: AnalysisResult, rounding: Rounding) {
    self.analysis = analysis
    grids = IncidenceGrid.grids(of: analysis)
    comparison = ComparisonGrid(analysis)
    numbers = NumberText(rounding: rounding)
    graded = GradedResults(analysis, numbers: numbers)
    metaAnalysis = MetaAnalysisResults(analysis, numbers: numbers)
    own = kindDisplays.lazy.compactMap { [numbers] in $0.init(analysis, numbers: numbers) }.first
  }

  /// The tables, with intervals by the first `maximumMethods` methods alone.
  func tables(maximumMethods: Int = .max) -> [Table] {
    if let own { return maximumMethods > 1 ? own.tables : own.shortTables }
    if let graded { return GradedTables(graded).tables }
    if let metaAnalysis {
      let tables = MetaAnalysisTables(metaAnalysis)
      return maximumMethods > 1 ? tables.tables : tables.shortTables
    }
    if let comparison {
      // The methods of a single event are a short table, which is often all that was asked for.
      let showsAll = maximumMethods > 1 || comparison.isOfOneEvent
      return [ComparisonTables(comparison, numbers: numbers).main]
        + (showsAll ? ComparisonMethodTables(comparison, numbers: numbers).tables : [])
    }
    guard grids.isEmpty else {
      return grids.flatMap { grid in
        IncidenceTables(grid, of: analysis, maximumMethods: maximumMethods, numbers: numbers).tables
      }
    }
    return analysis.groups.isEmpty ? [] : [longTable(analysis, numbers: numbers)]
  }

  /// The methods that tables of the first method alone leave out.
  var furtherMethods: [String] {
    if graded != nil || metaAnalysis != nil || own != nil { return [] }
    return comparison?.furtherMethods ?? analysis.methods.dropFirst().map(\.title)
  }

  /// What was done about the number of intervals and tests.
  var multiplicity: String {
    guard let comparison, !comparison.adjustments.isEmpty else {
      return "not adjusted for multiplicity."
    }
    let names = comparison.adjustments.map(\.title).joined(separator: ", ")
    let family = counted(comparison.familySize, "event")
    return
      "intervals are not adjusted for multiplicity; p-values adjusted over \(family): \(names)."
  }

  var figures: [Figure] {
    if let own { return own.plots.compactMap { figure($0.parts, $0.plot) } }
    if let graded { return [figure([], StackedBars(graded))].compactMap { $0 } }
    if let metaAnalysis { return figures(of: metaAnalysis) }
    if let comparison { return figures(of: comparison) }
    return grids.compactMap { grid in
      figure([grid.trialId], DotPlot(grid, of: analysis, numbers: numbers))
    }
  }

  private func figures(of comparison: ComparisonGrid) -> [Figure] {
    let methods = comparison.measures.map { measure in
      figure(
        [measure.contrast.rawValue],
        DotPlot(comparison, methodsOf: measure, numbers: numbers))
    }
    let leading = comparison.leading.flatMap { DotPlot(comparison, of: $0, numbers: numbers) }
    let following = comparison.following.map { measure in
      figure([measure.contrast.rawValue], DotPlot(comparison, of: measure, numbers: numbers))
    }
    let volcano = figure(["volcano"], VolcanoPlot(comparison, numbers: numbers))
    return ([figure([], leading)] + following + [volcano] + methods).compactMap { $0 }
  }

  private func figures(of metaAnalysis: MetaAnalysisResults) -> [Figure] {
    [
      figure([], ForestPlot(metaAnalysis)),
      figure(["methods"], ForestPlot(methodsOf: metaAnalysis)),
      figure(["funnel"], ScatterPlot(funnelOf: metaAnalysis)),
      figure(["radial"], ScatterPlot(radialOf: metaAnalysis)),
      figure(["baujat"], ScatterPlot(baujatOf: metaAnalysis)),
      figure(["labbe"], ScatterPlot(ratesOf: metaAnalysis)),
      figure(["leave-one-out"], ForestPlot(leaveOneOut: metaAnalysis)),
      figure(["cumulative"], ForestPlot(cumulative: metaAnalysis)),
    ].compactMap { $0 }
  }

  /// `plot` named by the analysis and `parts`.
  private func figure(_ parts: [String?], _ plot: (any Plot)?) -> Figure? {
    plot.map { plot in
      let parts = [analysis.kind, analysis.id] + parts.compactMap { $0 }
      return Figure(name: fileName(parts.joined(separator: "-")), plot: plot)
    }
  }
}

/// What is said where a completed analysis has nothing to show.
let noResults = "No results: nothing fits what the analysis asks for."

/// `text` with everything but ASCII letters, digits, `.`, `_` and `-` replaced by `-`.
///
/// It never begins with a dot, and so names neither a hidden file nor another folder.
package func fileName(_ text: String) -> String {
  let safe = text.unicodeScalars.map { scalar -> Character in
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": Character(scalar)
    default: "-"
    }
  }
  let name = String(safe.drop { $0 == "." })
  return name.isEmpty ? "-" : name
}
