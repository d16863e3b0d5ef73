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
  if let reason = analysis.outcome.reason {
    lines += wrapped("\(analysis.status.uppercased()): \(reason)", width: width, indent: 8)
  }
  let display = AnalysisDisplay(analysis, rounding: results.rounding)
  let tables = display.tables(maximumMethods: 1)
  if tables.isEmpty, analysis.outcome == .completed { lines.append(noResults) }
  for table in tables {
    lines += [""] + wrapped(table.caption, width: width)
    lines += TextTable(table, width: width, maximumRows: max(0, maximumRows)).lines
    lines += table.footnotes.flatMap { note in
      let mark = note.mark.isEmpty ? "" : superscript(note.mark) + " "
      return wrapped(mark + note.text, width: width, indent: 2)
    }
  }
  let others = display.furtherMethods
  if !others.isEmpty, !tables.isEmpty {
    lines += wrapped("In the report as well: \(others.joined(separator: ", ")).", width: width)
  }
  lines += analysis.notes.flatMap { wrapped($0, width: width, indent: 2) }
  lines += analysis.warnings.prefix(maximumWarnings).flatMap {
    wrapped("Warning: " + $0, width: width, indent: 9)
  }
  let further = analysis.warnings.count - maximumWarnings
  if further > 0 { lines.append("… and \(further) more warnings in status.json") }
  return lines
}
