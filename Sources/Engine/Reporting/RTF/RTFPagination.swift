/// Deals the rows of a table out to pages, by the heights that they will have.
struct RTFPagination {
  /// What is kept free of a page, in rows: fonts differ a little.
  private static let spareRows = 1.5

  private let table: Table
  private let block: RTFLayout.Block
  private let size: RTFSize
  private let room: Int

  init(_ table: Table, _ block: RTFLayout.Block, size: RTFSize, room: Int) {
    self.table = table
    self.block = block
    self.size = size
    self.room = room
  }

  /// The rows of each page; a heading is never the last of one.
  var pages: [Range<Int>] {
    let spare = Int(Self.spareRows * Double(height(lines: 1)))
    let free = room - headerHeight - spare
    var pages: [Range<Int>] = []
    var (start, used) = (0, 0)
    for (index, row) in table.rows.enumerated() {
      let height = height(of: row)
      if used + height > free, index > start {
        let end = beforeHeadings(index, from: start)
        pages.append(start..<end)
        used = table.rows[end..<index].reduce(0) { $0 + self.height(of: $1) }
        start = end
      }
      used += height
    }
    return pages + [start..<table.rows.count]
  }

  /// `end`, or the place of the headings that would stand last before it.
  private func beforeHeadings(_ end: Int, from start: Int) -> Int {
    var place = end
    while place > start + 1, table.rows[place - 1].style == .heading { place -= 1 }
    return place
  }

  private var headerHeight: Int {
    let titles = block.columns.map { lines(table.columns[$0].title, columns: $0..<($0 + 1)) }
    var start = 0
    let spans = table.spans.map { span in
      let columns = (start..<(start + span.count)).clamped(to: block.columns)
      start += span.count
      return columns.isEmpty ? 0 : lines([span.title, span.detail], columns: columns)
    }
    return height(lines: titles.max() ?? 1) + (spans.max().map { height(lines: $0) } ?? 0)
  }

  private func height(of row: Table.Row) -> Int {
    let labelRoom = row.cells.isEmpty ? block.widths.reduce(0, +) : block.widths[0]
    let indentation = RTFLayout.indentation * row.style.depth
    let label = size.lines(row.label, in: labelRoom - 2 * RTFLayout.padding - indentation)
    let cells =
      row.cells.isEmpty
      ? []
      : block.columns.map { column in
        lines([row.cells[column].text], columns: column..<(column + 1))
      }
    return height(lines: max(label, cells.max() ?? 1))
  }

  /// How many lines `texts` take below each other, across `columns`.
  private func lines(_ texts: [String], columns: Range<Int>) -> Int {
    let width = columns.reduce(-2 * RTFLayout.padding) { width, column in
      width + block.widths[column - block.columns.lowerBound + 1]
    }
    return texts.filter { !$0.isEmpty }.reduce(0) { $0 + size.lines($1, in: width) }
  }

  private func height(lines: Int) -> Int { lines * size.line + 2 * RTFTable.rowGap }
}
