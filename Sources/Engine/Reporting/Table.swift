/// A table as it is shown, before anything says how: the same for HTML and for the terminal.
///
/// Its first column holds the rows' labels and stands under `corner`.
struct Table {
  enum Alignment {
    case leading, trailing
  }

  /// A column right of the labels.
  struct Column {
    /// The lines of its header.
    let title: [String]
    var alignment = Alignment.trailing
    /// Whether its texts are sentences, to be broken into lines.
    var isProse = false
  }

  /// A header over some columns, such as an arm's over its counts and intervals.
  struct Span {
    let title: String
    /// What stands below the title, such as `N = 168`.
    let detail: String
    /// The number of columns below it.
    let count: Int
  }

  /// How a verdict stands out, beside its text.
  enum Tone: String {
    /// What a reader must act on or beware of.
    case strong
    case calm
    /// Undecided, or not looked at.
    case open
  }

  struct Cell {
    let text: String
    /// The marks of the footnotes that belong to it.
    var marks: [String] = []
    /// Set for verdicts.
    var tone: Tone?
  }

  struct Row {
    enum Style {
      /// Opens the indented rows below it.
      case heading
      case plain
      case indented
      /// Belongs to the indented row above it.
      case nested
    }

    let style: Style
    let label: String
    /// One for each column; empty for a heading without numbers.
    let cells: [Cell]
  }

  let caption: String
  let corner: String
  /// Empty, or headers that cover all columns.
  let spans: [Span]
  let columns: [Column]
  let rows: [Row]
  let footnotes: [Footnote]
  /// The kinds of numbers shown, each with its decimals: `rates to 2 decimals`.
  var decimals: [String] = []
}

extension [Table.Row] {
  /// The rows without the columns, of `count`, in which none has anything, and which are left.
  func withoutEmptyColumns(of count: Int) -> (rows: [Table.Row], columns: [Int]) {
    let used = (0..<count).filter { column in
      contains { !$0.cells.isEmpty && !$0.cells[column].text.isEmpty }
    }
    let rows = map { row in
      Table.Row(
        style: row.style, label: row.label,
        cells: row.cells.isEmpty ? [] : used.map { row.cells[$0] })
    }
    return (rows, used)
  }
}

/// A note below a table.
struct Footnote: Hashable {
  /// The sign in the cells that it belongs to; empty where it belongs to the whole table.
  let mark: String
  let text: String
}

/// Collects the notes of a table and gives each its mark.
struct Footnotes {
  /// Beyond so many marks a reader looks the warnings up in the results themselves.
  private static let maximum = 20
  private static let letters = Array("abcdefghijklmnoprstuvwxyz")

  private(set) var notes: [Footnote] = []
  private var marks: [String: String] = [:]
  private var hasOverflow = false

  /// The mark of a note, which is the same wherever the same note is needed.
  mutating func mark(for text: String) -> String {
    if let mark = marks[text] { return mark }
    guard marks.count < Self.maximum else { return overflowMark() }
    let mark = String(Self.letters[marks.count])
    marks[text] = mark
    notes.append(Footnote(mark: mark, text: text))
    return mark
  }

  private mutating func overflowMark() -> String {
    if !hasOverflow {
      notes.append(Footnote(mark: "*", text: "Further remarks on single numbers are in ard.csv."))
      hasOverflow = true
    }
    return "*"
  }
}
