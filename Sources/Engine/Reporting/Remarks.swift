import Results

/// What a table must say about its numbers, collected while they are printed.
struct Remarks {
  static let dagger = "†"
  private static let doubleDagger = "‡"
  /// What stands where nothing was reported.
  static let notReported = "–"

  private(set) var footnotes = Footnotes()
  private var showedReconstruction = false
  private var showedFlag = false
  private var showedBound = false
  private var showedNotEstimable = false
  private var showedNotReported = false

  /// The text of a cell without numbers.
  mutating func nothing() -> Table.Cell {
    showedNotReported = true
    return Table.Cell(text: Self.notReported)
  }

  mutating func reconstruction() -> String {
    showedReconstruction = true
    return Self.dagger
  }

  mutating func flag() -> String {
    showedFlag = true
    return Self.doubleDagger
  }

  /// `[3.9, 12.1]` with the brackets of `style`, or `≥ 4.4` where only one limit was asked for.
  mutating func interval(
    lower: Statistic?, upper: Statistic?, brackets: (String, String), _ text: (Statistic) -> String
  ) -> String {
    switch (lower, upper) {
    case (let lower?, let upper?):
      let limits = (text(lower), text(upper))
      let end = upper.value == .unbounded(.above) ? ")" : brackets.1
      return limits == ("NE", "NE") ? "NE" : "\(brackets.0)\(limits.0), \(limits.1)\(end)"
    case (let lower?, nil): return bound("≥ ", text(lower))
    case (nil, let upper?): return bound("≤ ", text(upper))
    case (nil, nil): return nothing().text
    }
  }

  private mutating func bound(_ sign: String, _ text: String) -> String {
    showedBound = true
    return text == "NE" ? text : sign + text
  }

  /// The marks of all that is to be said about `statistics`.
  mutating func marks(_ statistics: [Statistic]) -> [String] {
    var marks: [String] = []
    for statistic in statistics {
      if statistic.value.reason != nil { showedNotEstimable = true }
      for remark in [statistic.value.reason, statistic.warning].compactMap({ $0 }) {
        let mark = footnotes.mark(for: remark)
        if !marks.contains(mark) { marks.append(mark) }
      }
    }
    return marks
  }

  /// The notes below the table, with what its signs mean after `abbreviations`.
  func notes(_ abbreviations: [String]) -> [Footnote] {
    var notes: [Footnote] = []
    if showedReconstruction {
      notes.append(
        Footnote(
          mark: Self.dagger,
          text: "The count was rebuilt from a printed percentage; its intervals follow from it."))
    }
    if showedFlag {
      notes.append(
        Footnote(
          mark: Self.doubleDagger,
          text: "Flagged: the adjusted p-values of the event and of its system pass."))
    }
    var terms = abbreviations
    if showedBound { terms.append("≥ and ≤: one-sided confidence limits") }
    if showedNotEstimable { terms.append("NE: not estimable") }
    if showedNotReported { terms.append("–: not reported") }
    if !terms.isEmpty {
      notes.append(Footnote(mark: "", text: terms.joined(separator: "; ") + "."))
    }
    return notes + footnotes.notes
  }
}
