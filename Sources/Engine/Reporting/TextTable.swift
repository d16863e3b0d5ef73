/// Prints a table in characters, aligned, for the terminal.
struct TextTable {
  private static let gap = "  "
  private static let minimumLabel = 18

  private let table: Table
  private let rows: ArraySlice<Table.Row>
  private let width: Int
  private let widths: [Int]
  private let titles: [[String]]
  private let spanTitles: [[String]]
  private let labelWidth: Int

  init(_ table: Table, width: Int, maximumRows: Int) {
    self.table = table
    self.width = width
    rows = table.rows.prefix(maximumRows)
    let cells = rows.map { $0.cells.map(text) }
    let cellWidths = table.columns.indices.map { column in
      cells.lazy.map { $0.isEmpty ? 0 : $0[column].count }.max() ?? 0
    }
    titles = zip(table.columns, cellWidths).map { column, cellWidth in
      column.title.flatMap { wrapped($0, width: max(cellWidth, 19)) }
    }
    var widths = zip(titles, cellWidths).map { max($1, $0.map(\.count).max() ?? 0) }
    var column = 0
    spanTitles = table.spans.map { span in
      let columns = column..<(column + span.count)
      column = columns.upperBound
      let room = columns.reduce(-Self.gap.count) { $0 + widths[$1] + Self.gap.count }
      let lines = wrapped(span.title, width: max(room, 20))
      let longest = (lines + [span.detail]).map(\.count).max() ?? 0
      widths[columns.upperBound - 1] += max(0, min(longest, 20) - room)
      return lines + (span.detail.isEmpty ? [] : [span.detail])
    }
    self.widths = widths
    let longest = rows.lazy.map { indented($0).count }.max() ?? 0
    let available = width - (widths.max() ?? 0) - Self.gap.count
    labelWidth = min(
      max(longest, table.corner.count), max(Self.minimumLabel, min(available, width / 2)))
  }

  /// The lines of the table; wide tables repeat the labels before each block of columns.
  var lines: [String] {
    var lines: [String] = []
    for block in blocks {
      if !lines.isEmpty { lines.append("") }
      lines += header(block)
      lines += rows.map { row in
        line(clipped(indented(row)), row.cells.isEmpty ? nil : row.cells.map(text), block)
      }
    }
    if rows.count < table.rows.count {
      lines.append("… and \(table.rows.count - rows.count) more rows in ard.csv")
    }
    return lines
  }

  /// The columns that fit side by side; the columns of one arm stay together where they fit.
  private var blocks: [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    var end = 0
    for next in breaks {
      if end > start, labelWidth + total(start..<next) > width {
        blocks.append(start..<end)
        start = end
      }
      end = next
    }
    return blocks + [start..<end]
  }

  /// Where a block may end: after an arm, and within one that is too wide for a line.
  private var breaks: [Int] {
    var start = 0
    return table.spans.isEmpty
      ? Array(1...max(1, table.columns.count))
      : table.spans.flatMap { span in
        let columns = start..<(start + span.count)
        start = columns.upperBound
        let fits = labelWidth + total(columns) <= width
        return fits ? [columns.upperBound] : columns.map { $0 + 1 }
      }
  }

  private func total(_ columns: Range<Int>) -> Int {
    columns.reduce(0) { $0 + widths[$1] + Self.gap.count }
  }

  private func header(_ block: Range<Int>) -> [String] {
    let rule = String(repeating: "─", count: labelWidth + total(block))
    let height = block.map { titles[$0].count }.max() ?? 0
    let titleLines = (0..<height).map { index in
      let texts = titles.map { title in
        let line = index - (height - title.count)
        return line < 0 ? "" : title[line]
      }
      return line(index == height - 1 ? table.corner : "", texts, block)
    }
    return spanLines(block) + titleLines + [rule]
  }

  private func spanLines(_ block: Range<Int>) -> [String] {
    guard !table.spans.isEmpty else { return [] }
    let height = spanTitles.map(\.count).max() ?? 0
    return (0..<height).map { index in
      var line = padded("", labelWidth)
      var column = 0
      for (span, title) in zip(table.spans, spanTitles) {
        let columns = (column..<(column + span.count)).clamped(to: block)
        column += span.count
        guard !columns.isEmpty else { continue }
        let room = total(columns) - Self.gap.count
        let place = index - (height - title.count)
        let text = place < 0 ? "" : clip(title[place], room)
        line += Self.gap + padded(text, room, alignment: .trailing)
      }
      return trimmed(line)
    }.filter { !$0.isEmpty }
  }

  private func line(_ label: String, _ cells: [String]?, _ block: Range<Int>) -> String {
    guard let cells else { return label }
    return trimmed(
      block.reduce(padded(label, labelWidth)) { line, column in
        line + Self.gap
          + padded(cells[column], widths[column], alignment: table.columns[column].alignment)
      })
  }

  private func clipped(_ label: String) -> String {
    clip(label, labelWidth)
  }
}

private func text(_ cell: Table.Cell) -> String {
  cell.text + cell.marks.map(superscript).joined()
}

private func indented(_ row: Table.Row) -> String {
  switch row.style {
  case .heading, .plain: row.label
  case .indented: "  " + row.label
  case .nested: "    " + row.label
  }
}

/// A footnote's mark as a raised letter.
func superscript(_ mark: String) -> String {
  let letters: [Character: Character] = [
    "a": "ᵃ", "b": "ᵇ", "c": "ᶜ", "d": "ᵈ", "e": "ᵉ", "f": "ᶠ", "g": "ᵍ", "h": "ʰ", "i": "ⁱ",
    "j": "ʲ", "k": "ᵏ", "l": "ˡ", "m": "ᵐ", "n": "ⁿ", "o": "ᵒ", "p": "ᵖ", "r": "ʳ", "s": "ˢ",
    "t": "ᵗ", "u": "ᵘ",
  ]
  return String(mark.map { letters[$0] ?? $0 })
}
