extension Table {
  /// Browsers lay out longer tables badly, and nobody reads them.
  private static let maximumRows = 5000

  /// The table as HTML; `number` is its number in the report, and `footers` writes what stands below
  /// its own notes.
  func write(number: Int, to html: inout Markup, footers: (inout Markup) -> Void) {
    let name = "Table \(number)"
    html.newLine()
    html.element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": name]
    ) { html in
      html.element("table", ["class": isWide ? "wide" : nil]) { html in
        html.element("caption") { html in
          html.element("span") { html in
            html.element("b", name + ".")
            html.text(" " + caption)
          }
        }
        html.element("thead", content: writeHeader)
        html.element("tbody") { html in
          let kinds = columnKinds
          for row in rows.prefix(Self.maximumRows) { write(row, kinds: kinds, to: &html) }
        }
      }
    }
    writeNotes(to: &html, footers)
  }

  /// Whether it needs the long side of a sheet of paper.
  private var isWide: Bool {
    let widths = columns.indices.map { column in
      rows.prefix(200).lazy.filter { !$0.cells.isEmpty }.map {
        columns[column].isProse ? 30 : $0.cells[column].text.count
      }.max() ?? 0
    }
    let label = rows.prefix(200).lazy.map(\.label.count).max() ?? 0
    return widths.reduce(min(label, 40)) { $0 + max($1, 6) + 2 } > 120
  }

  /// The class of each column: whether it is a text, or the first below its header.
  private var columnKinds: [String?] {
    var kinds = columns.map { column in
      column.isProse ? "leading prose" : column.alignment == .leading ? "leading" : nil
    }
    var start = 0
    for span in spans {
      kinds[start] = "first"
      start += span.count
    }
    return kinds
  }

  private func writeHeader(to html: inout Markup) {
    if !spans.isEmpty {
      html.element("tr", ["class": "spans"]) { html in
        html.empty("td")
        for span in spans { write(span, to: &html) }
      }
    }
    html.element("tr") { html in
      html.element("th", ["scope": "col", "class": "label"], corner)
      for (column, kind) in zip(columns, columnKinds) {
        html.element("th", ["scope": "col", "class": kind]) { html in
          write(lines: column.title, to: &html)
        }
      }
    }
  }

  private func write(_ span: Span, to html: inout Markup) {
    guard !span.title.isEmpty else {
      return html.empty("td", ["colspan": "\(span.count)", "class": "first"])
    }
    html.element(
      "th", ["scope": "colgroup", "colspan": "\(span.count)", "class": "first"]
    ) { html in
      html.element("span", span.title)
      if !span.detail.isEmpty { html.element("small", span.detail) }
    }
  }

  private func write(lines: [String], to html: inout Markup) {
    for (index, line) in lines.enumerated() {
      if index > 0 { html.empty("br") }
      html.text(line)
    }
  }

  private func write(_ row: Row, kinds: [String?], to html: inout Markup) {
    html.newLine()
    html.element("tr", ["class": row.style.name]) { html in
      html.element(
        "th",
        ["scope": "row", "colspan": row.cells.isEmpty ? "\(columns.count + 1)" : nil], row.label)
      for (cell, kind) in zip(row.cells, kinds) {
        html.element("td", ["class": kind]) { html in
          if let tone = cell.tone {
            html.element("span", ["class": "badge \(tone.rawValue)"], cell.text)
          } else {
            html.text(cell.text)
          }
          if !cell.marks.isEmpty { html.element("sup", cell.marks.joined(separator: ",")) }
        }
      }
    }
  }

  private func writeNotes(to html: inout Markup, _ footers: (inout Markup) -> Void) {
    html.element("div", ["class": "notes"]) { html in
      let cut = rows.count - Self.maximumRows
      if cut > 0 {
        html.element("p", "The first \(Self.maximumRows) rows; \(cut) more are in ard.csv.")
      }
      for note in footnotes {
        html.element("p") { html in
          if !note.mark.isEmpty { html.element("sup", note.mark) }
          html.text(note.text)
        }
      }
      footers(&html)
    }
  }
}

extension Table.Row.Style {
  fileprivate var name: String? {
    switch self {
    case .heading: "heading"
    case .plain: nil
    case .indented: "indented"
    case .nested: "nested"
    }
  }
}
