import Inference
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
  private let numbers: NumberText

  init(_ analysis: AnalysisResult, rounding: RoundingRule) {
    self.analysis = analysis
    grids = IncidenceGrid.grids(of: analysis)
    numbers = NumberText(rounding: rounding)
    graded = GradedResults(analysis, numbers: numbers)
  }

  /// Whether the tables hold every method, whatever number of methods they are to hold.
  var showsEveryMethod: Bool { graded != nil }

  /// The tables, with intervals by the first `maximumMethods` methods alone.
  func tables(maximumMethods: Int = .max) -> [Table] {
    if let graded { return GradedTables(graded).tables }
    guard grids.isEmpty else {
      return grids.flatMap { grid in
        IncidenceTables(grid, of: analysis, maximumMethods: maximumMethods, numbers: numbers).tables
      }
    }
    return analysis.groups.isEmpty ? [] : [longTable(analysis, numbers: numbers)]
  }

  var figures: [Figure] {
    if let plot = graded.flatMap({ StackedBars($0) }) {
      return [Figure(name: fileName("\(analysis.kind)-\(analysis.id)"), plot: plot)]
    }
    return grids.compactMap { grid in
      DotPlot(grid, of: analysis, numbers: numbers).map { plot in
        let parts = [analysis.kind, analysis.id, grid.trialId].compactMap { $0 }
        return Figure(name: fileName(parts.joined(separator: "-")), plot: plot)
      }
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
