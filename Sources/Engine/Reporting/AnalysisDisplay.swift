import Inference
import Results

/// An analysis as it is shown: its tables and its figures.
struct AnalysisDisplay {
  struct Figure {
    /// The name of its file, without the extension.
    let name: String
    let plot: DotPlot
  }

  let tables: [Table]
  let figures: [Figure]

  init(_ analysis: AnalysisResult, rounding: RoundingRule) {
    let numbers = NumberText(rounding: rounding)
    let grids = IncidenceGrid.grids(of: analysis)
    if !grids.isEmpty {
      tables = grids.flatMap { IncidenceTables($0, of: analysis, numbers: numbers).tables }
      figures = grids.compactMap { grid in
        DotPlot(grid, of: analysis, numbers: numbers).map { plot in
          let parts = [analysis.kind, analysis.id] + [grid.trialId].compactMap { $0 }
          return Figure(name: fileName(parts.joined(separator: "-")), plot: plot)
        }
      }
    } else {
      tables = analysis.groups.isEmpty ? [] : [longTable(analysis, numbers: numbers)]
      figures = []
    }
  }
}

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
