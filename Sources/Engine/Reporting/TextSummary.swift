public import Results

/// The results of a study for the terminal, in lines of about `width` characters.
///
/// A table of more than `maximumRows` rows is cut.
public func textSummary(_ results: StudyResults, width: Int, maximumRows: Int) -> String {
  var lines = wrapped(results.title, width: width)
  for analysis in results.analyses {
    lines.append("")
    lines += summary(of: analysis, in: results, width: width, maximumRows: maximumRows)
  }
  return lines.joined(separator: "\n") + "\n"
}

/// Beyond so many, warnings are only counted.
private let maximumWarnings = 8

private func summary(
  of analysis: AnalysisResult, in results: StudyResults, width: Int, maximumRows: Int
) -> [String] {
  var lines = ["\(analysis.id) (\(analysis.kind))"]
  if case .failed(let reason) = analysis.outcome {
    lines += wrapped("FAILED: " + reason, width: width, indent: 8)
  }
  let display = AnalysisDisplay(analysis, rounding: results.rounding)
  for table in display.tables {
    lines += [""] + wrapped(table.caption, width: width)
    lines += TextTable(table, width: width, maximumRows: max(0, maximumRows)).lines
    lines += table.footnotes.flatMap { note in
      let mark = note.mark.isEmpty ? "" : superscript(note.mark) + " "
      return wrapped(mark + note.text, width: width, indent: 2)
    }
  }
  lines += analysis.warnings.prefix(maximumWarnings).flatMap {
    wrapped("Warning: " + $0, width: width, indent: 9)
  }
  let further = analysis.warnings.count - maximumWarnings
  if further > 0 { lines.append("… and \(further) more warnings in status.json") }
  return lines
}
