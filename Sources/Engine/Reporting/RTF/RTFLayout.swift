/// Where the columns of a table stand: on which sheet, how large, in how many blocks.
struct RTFLayout {
  /// Some of the columns, which stand side by side behind the labels.
  struct Block {
    let columns: Range<Int>
    /// Of the labels, then of each column, in twips.
    let widths: [Int]
  }

  let page: RTFPage
  let size: RTFSize
  let blocks: [Block]

  /// Between the text of a cell and its edge.
  static let padding = 80
  /// The indentation of a row below its heading.
  static let indentation = 180
  private static let maximumLabel = 24.0
  private static let maximumProse = 30.0
  private static let minimumProse = 10.0
  /// Columns that are drawn further apart than this are hard to follow.
  private static let maximumStretch = 1.5
  /// How much columns give way before some are put on a sheet of their own: their widths are ample.
  private static let minimumStretch = 0.94

  init(_ table: Table) {
    let natural = RTFLayout.widths(of: table, .table)
    if natural.reduce(0, +) <= RTFPage.portrait.room {
      self.init(table, .portrait, .table, natural)
    } else if natural.reduce(0, +) <= RTFPage.landscape.room {
      self.init(table, .landscape, .table, natural)
    } else {
      self.init(table, .landscape, .smallTable, RTFLayout.widths(of: table, .smallTable))
    }
  }

  private init(_ table: Table, _ page: RTFPage, _ size: RTFSize, _ widths: [Int]) {
    self.page = page
    self.size = size
    let room = page.room
    let ample = Int(Double(room) / Self.minimumStretch)
    blocks = RTFLayout.blocks(of: table, widths, room: ample).map { columns in
      let block = [widths[0]] + columns.map { widths[$0 + 1] }
      return Block(columns: columns, widths: RTFLayout.fitted(block, room))
    }
  }

  /// Stretched towards the margins, or what is too wide for a sheet even by itself narrowed to it.
  private static func fitted(_ widths: [Int], _ room: Int) -> [Int] {
    let factor = min(Double(room) / Double(widths.reduce(0, +)), maximumStretch)
    return widths.map { Int(Double($0) * factor) }
  }

  /// What the labels and each column would like to have.
  private static func widths(of table: Table, _ size: RTFSize) -> [Int] {
    let labels = table.rows.map { row in
      emWidth(row.label) + Double(indentation * row.style.depth) / Double(size.twips(1))
    }
    let label = min(max(labels.max() ?? 0, emWidth(table.corner)), maximumLabel)
    var columns = table.columns.indices.map { width(of: $0, in: table) }
    var start = 0
    for span in table.spans where span.count > 0 {
      let covered = start..<(start + span.count)
      let missing = longestWord([span.title, span.detail]) - columns[covered].reduce(0, +)
      columns[covered.upperBound - 1] += max(0, missing)
      start = covered.upperBound
    }
    return ([label] + columns).map { size.twips($0) + 2 * padding }
  }

  private static func width(of column: Int, in table: Table) -> Double {
    let cells = table.rows.lazy.map { row in
      guard row.cells.indices.contains(column) else { return 0.0 }
      let cell = row.cells[column]
      return emWidth(cell.text) + 0.4 * emWidth(cell.marks.joined(separator: ","))
    }
    let widest = cells.max() ?? 0
    let title = table.columns[column].title
    // A bold header takes a little more, and may be broken between its words.
    let header = 1.08 * max(longestWord(title), min(title.map(emWidth).max() ?? 0, 7))
    guard table.columns[column].isProse else { return max(widest, header) }
    return max(min(widest, maximumProse), header, minimumProse)
  }

  private static func longestWord(_ texts: [String]) -> Double {
    texts.flatMap { $0.split(separator: " ") }.map { emWidth(String($0)) }.max() ?? 0
  }

  /// The columns that fit beside the labels; those of one span stay together where they fit.
  private static func blocks(of table: Table, _ widths: [Int], room: Int) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var (start, end) = (0, 0)
    func isTooWide(_ columns: Range<Int>) -> Bool {
      widths[0] + columns.reduce(0) { $0 + widths[$1 + 1] } > room
    }
    for next in breaks(of: table, isTooWide) {
      if end > start, isTooWide(start..<next) {
        blocks.append(start..<end)
        start = end
      }
      end = next
    }
    return blocks + [start..<end]
  }

  /// Where a block may end: after a span, and within one that is too wide for a sheet.
  private static func breaks(of table: Table, _ isTooWide: (Range<Int>) -> Bool) -> [Int] {
    guard !table.spans.isEmpty else { return table.columns.indices.map { $0 + 1 } }
    var start = 0
    return table.spans.flatMap { span in
      let columns = start..<(start + span.count)
      start = columns.upperBound
      return isTooWide(columns) ? columns.map { $0 + 1 } : [columns.upperBound]
    }
  }
}

extension Table.Row.Style {
  /// How many steps a label is indented.
  var depth: Int {
    switch self {
    case .heading, .plain: 0
    case .indented: 1
    case .nested: 2
    }
  }
}
