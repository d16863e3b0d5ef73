/// Writes the rows of a table as RTF, some of its columns side by side.
///
/// The rules are those of printed tables: above and below the header, and at the end.
struct RTFTable {
  private enum Rule: String {
    case above = "t"
    case below = "b"

    /// A line of three quarters of a point on this side of a cell.
    var control: String { "\\clbrdr\(rawValue)\\brdrs\\brdrw15" }
  }

  private let table: Table
  private let block: RTFLayout.Block
  private let size: RTFSize

  init(_ table: Table, _ block: RTFLayout.Block, size: RTFSize) {
    self.table = table
    self.block = block
    self.size = size
  }

  /// Above and below the text of a cell, in twips.
  static let rowGap = 15

  /// Next to nothing, between one table and the next.
  static let gap = "\\pard\\plain\\f0\\fs2\\par\n"
  /// The same at the top of a new page.
  private static let pageBreak = "\\pard\\plain\\f0\\fs2\\pagebb\\par\n"

  /// All rows, on as many pages of height `room` as they need, the header on each of them.
  ///
  /// The header is marked as one that is to be repeated too, for whoever edits the file; not all word
  /// processors heed that.
  func write(room: Int, to rtf: inout String) {
    let pages = RTFPagination(table, block, size: size, room: room).pages
    for (index, rows) in pages.enumerated() {
      if index > 0 { rtf += Self.pageBreak }
      if !table.spans.isEmpty { writeSpans(to: &rtf) }
      writeHeader(to: &rtf)
      for row in rows { write(table.rows[row], isLast: row == rows.last, to: &rtf) }
      rtf += Self.gap
    }
  }

  private func writeSpans(to rtf: inout String) {
    var cells = [Cell("", width: block.widths[0], rules: [.above])]
    var start = 0
    for span in table.spans {
      let columns = (start..<(start + span.count)).clamped(to: block.columns)
      start += span.count
      guard !columns.isEmpty else { continue }
      let width = columns.reduce(0) { $0 + block.widths[$1 - block.columns.lowerBound + 1] }
      let lines = [span.title, span.detail].filter { !$0.isEmpty }
      cells.append(
        Cell(
          lines.map(rtfEscaped).joined(separator: "\\line "), width: width, alignment: "\\qc",
          rules: lines.isEmpty ? [.above] : [.above, .below]))
    }
    write(cells, row: "\\trhdr", text: "\\b", to: &rtf)
  }

  private func writeHeader(to rtf: inout String) {
    let rules: [Rule] = table.spans.isEmpty ? [.above, .below] : [.below]
    let titles = block.columns.map { column in
      Cell(
        table.columns[column].title.map(rtfEscaped).joined(separator: "\\line "),
        width: width(of: column), alignment: alignment(of: column), rules: rules)
    }
    let corner = Cell(rtfEscaped(table.corner), width: block.widths[0], rules: rules)
    write([corner] + titles, row: "\\trhdr", text: "\\b", to: &rtf)
  }

  private func write(_ row: Table.Row, isLast: Bool, to rtf: inout String) {
    let rules: [Rule] = isLast ? [.below] : []
    let isHeading = row.style == .heading
    let label = Cell(
      rtfEscaped(row.label), width: row.cells.isEmpty ? total : block.widths[0],
      alignment: "\\ql\\li\(RTFLayout.indentation * row.style.depth)", rules: rules)
    let cells = row.cells.isEmpty ? [] : block.columns.map { cell(row.cells[$0], $0, rules) }
    // A heading stays with the first row below it.
    write(
      [label] + cells, row: "", text: isHeading ? "\\keepn\\b" : "", to: &rtf)
  }

  private func cell(_ cell: Table.Cell, _ column: Int, _ rules: [Rule]) -> Cell {
    let text = rtfEscaped(cell.text)
    let marks = rtfEscaped(cell.marks.joined(separator: ","))
    return Cell(
      (cell.tone == .strong ? "{\\b \(text)}" : text)
        + (marks.isEmpty ? "" : "{\\super \(marks)}"), width: width(of: column),
      alignment: alignment(of: column), rules: rules)
  }

  private func width(of column: Int) -> Int {
    block.widths[column - block.columns.lowerBound + 1]
  }

  private func alignment(of column: Int) -> String {
    table.columns[column].alignment == .leading ? "\\ql" : "\\qr"
  }

  private var total: Int { block.widths.reduce(0, +) }

  private struct Cell {
    let content: String
    let width: Int
    let alignment: String
    let rules: [Rule]

    init(_ content: String, width: Int, alignment: String = "\\ql", rules: [Rule]) {
      self.content = content
      self.width = width
      self.alignment = alignment
      self.rules = rules
    }
  }

  /// A row, never broken over pages: where each cell ends and how it is bordered, then the texts.
  private func write(_ cells: [Cell], row: String, text: String, to rtf: inout String) {
    rtf += "\\trowd\(row)\\trqc\\trkeep\\trgaph\(RTFLayout.padding)\\trpaddfl3\\trpaddfr3"
    var end = 0
    for cell in cells {
      end += cell.width
      rtf += "\\clvertalb" + cell.rules.map(\.control).joined() + "\\cellx\(end)"
    }
    rtf += "\n"
    for cell in cells {
      rtf +=
        "\\pard\\plain\\intbl\\sb\(Self.rowGap)\\sa\(Self.rowGap)\(cell.alignment)\\f0\(size.control)\(text) "
      rtf += cell.content + "\\cell\n"
    }
    rtf += "\\row\n"
  }
}
