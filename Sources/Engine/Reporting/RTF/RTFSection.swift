import Results

/// A table on pages of its own: title and page number on each, footnotes at the foot of each.
struct RTFSection {
  /// Beyond so many lines footnotes leave too little of a page, and the rest follows the table.
  private static let maximumFootLines = 14
  /// Above and below a title.
  private static let titleGap = 120

  private let study: StudyResults
  private let page: RTFPage
  private let title: String
  private let notes: [Footnote]
  /// The kinds of numbers shown, each with its decimals.
  private let decimals: [String]

  init(
    of study: StudyResults, _ page: RTFPage, title: String, notes: [Footnote],
    decimals: [String] = []
  ) {
    self.study = study
    self.page = page
    self.title = title
    self.notes = notes
    self.decimals = decimals
  }

  /// The height that is left for a table on each page, in twips.
  var room: Int {
    let titleLines = RTFSize.title.lines(title, in: page.room)
    let head = RTFSize.note.line + RTFSize.title.line * titleLines + 2 * Self.titleGap
    let foot = placedNotes.foot.reduce(Self.titleGap) { height, note in
      height + RTFSize.note.line * RTFSize.note.lines(note.mark + note.text, in: page.room)
    }
    let ends = [head, foot].map { max(RTFPage.margin, RTFPage.edge + $0) }
    return page.height - ends[0] - ends[1]
  }

  /// The section with what `body` writes.
  func write(to rtf: inout String, body: (inout String) -> Void) {
    rtf += page.opening + "\n"
    writeHeader(to: &rtf)
    let (foot, rest) = placedNotes
    rtf += "{\\footer\n"
    for (index, note) in foot.enumerated() { write(note, ruled: index == 0, to: &rtf) }
    // Some word processors begin no new page before a section that begins with a table.
    rtf += "}\n" + RTFTable.gap
    body(&rtf)
    guard !rest.isEmpty else { return }
    rtf += "\\pard\\plain\\f0\\sb120\(RTFSize.note.control)\\b Further notes\\par\n"
    for note in rest { write(note, to: &rtf) }
  }

  private func writeHeader(to rtf: inout String) {
    rtf += "{\\header\\pard\\plain\\f0\(RTFSize.note.control)\\tqr\\tx\(page.room) "
    rtf += rtfEscaped(study.title) + "\\tab Page \(field("PAGE")) of \(field("NUMPAGES"))\\par\n"
    rtf +=
      "\\pard\\plain\\f0\(RTFSize.title.control)\\qc\\sb\(Self.titleGap)\\sa\(Self.titleGap)\\b "
    rtf += rtfEscaped(title) + "\\par}\n"
  }

  /// A number that whoever opens the file fills in.
  private func field(_ name: String) -> String {
    "{\\field{\\*\\fldinst{ \(name) }}{\\fldrslt 1}}"
  }

  /// What stands at the foot of each page, the program last, and what follows the table.
  private var placedNotes: (foot: [Footnote], rest: [Footnote]) {
    let program = Footnote(
      mark: "",
      text: "Source: study \(study.id), computed by \(study.program.edition). "
        + "\(study.rounding.note(decimals)) Unrounded: ard.csv.")
    var lines = RTFSize.note.lines(program.text, in: page.room)
    let fitting = notes.prefix { note in
      lines += RTFSize.note.lines(note.mark + note.text, in: page.room)
      return lines < Self.maximumFootLines
    }
    let rest = Array(notes[fitting.count...])
    let more = rest.isEmpty ? [] : [Footnote(mark: "", text: "Further notes follow the table.")]
    return (fitting + more + [program], rest)
  }

  private func write(_ note: Footnote, ruled: Bool = false, to rtf: inout String) {
    let rule = ruled ? "\\brdrt\\brdrs\\brdrw5\\brsp40" : ""
    rtf += "\\pard\\plain\\f0\(RTFSize.note.control)\(rule) "
    if !note.mark.isEmpty { rtf += "{\\super \(rtfEscaped(note.mark))} " }
    rtf += rtfEscaped(note.text) + "\\par\n"
  }
}
