public import Results

/// All tables of a study as one RTF file for word processors, each table from a new page.
///
/// It is ASCII, names no time and follows from the results alone.
public func rtfTables(_ results: StudyResults) -> String {
  let sources = results.sourcesByID
  var rtf = """
    {\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1\\deflang1033
    {\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}
    {\\*\\generator Theriac \(rtfEscaped(results.program.version));}
    {\\info{\\title \(rtfEscaped(results.title))}}
    \\paperw\(RTFPage.portrait.width)\\paperh\(RTFPage.portrait.height)
    \\margl\(RTFPage.margin)\\margr\(RTFPage.margin)\\margt\(RTFPage.margin)\\margb\(RTFPage.margin)

    """
  var numbering = Numbering()
  var isFirst = true
  for analysis in results.analyses {
    let display = AnalysisDisplay(analysis, rounding: results.rounding)
    let tables = display.tables()
    let notes = RTFNotes(
      analysis, level: NumberText(rounding: results.rounding).level(analysis.level),
      multiplicity: display.multiplicity, sources: sources)
    for table in tables {
      let number = numbering.nextTable()
      write(table, number: number, notes.all(of: table), &isFirst, of: results, to: &rtf)
    }
    if tables.isEmpty { writeAbsence(of: analysis, notes.common, &isFirst, of: results, to: &rtf) }
  }
  return rtf + "}\n"
}

private func write(
  _ table: Table, number: Int, _ notes: [Footnote], _ isFirst: inout Bool,
  of results: StudyResults, to rtf: inout String
) {
  let layout = RTFLayout(table)
  for (index, block) in layout.blocks.enumerated() {
    open(&isFirst, to: &rtf)
    let part = layout.blocks.count == 1 ? "" : " (part \(index + 1) of \(layout.blocks.count))"
    let section = RTFSection(
      of: results, layout.page, title: "Table \(number). \(table.caption)\(part)", notes: notes,
      decimals: table.decimals)
    section.write(to: &rtf) { rtf in
      RTFTable(table, block, size: layout.size).write(room: section.room, to: &rtf)
    }
  }
}

/// Says of an analysis without a table why it has none.
private func writeAbsence(
  of analysis: AnalysisResult, _ notes: [Footnote], _ isFirst: inout Bool,
  of results: StudyResults, to rtf: inout String
) {
  open(&isFirst, to: &rtf)
  RTFSection(of: results, .portrait, title: analysis.title, notes: notes).write(to: &rtf) { rtf in
    let text = analysis.outcome.reason.map { "This analysis \(analysis.verb). \($0)" } ?? noResults
    rtf += "\\pard\\plain\\f0\(RTFSize.table.control) \(rtfEscaped(text))\\par\n"
  }
}

/// Ends the section before, where there is one.
private func open(_ isFirst: inout Bool, to rtf: inout String) {
  if !isFirst { rtf += "\\sect\n" }
  isFirst = false
}

extension AnalysisResult {
  fileprivate var verb: String { status == "failed" ? "failed" : "was skipped" }
}
