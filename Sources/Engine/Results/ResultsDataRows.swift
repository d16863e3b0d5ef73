import JSON

/// How a file spells the rows of the results data.
struct RowSpelling {
  /// What opens the first row, and any other.
  let first: String
  let next: String
  let end: String
  /// What stands for a number that does not exist.
  let missing: String
  /// A text as it stands in the file.
  let field: (String) -> String
}

extension StudyResults {
  /// Writes all rows, in the order of the definition and then of the methods as listed.
  func writeRows(_ spelling: RowSpelling, to output: inout some TextOutputStream) {
    var opening = spelling.first
    var frames = RowFrames(spelling)
    var lines = ""
    for analysis in analyses {
      let head = spelling.columns([id, analysis.id, analysis.kind])
      if let reason = analysis.outcome.reason {
        let place = spelling.columns([String](repeating: "", count: 12))
        let behind = spelling.columns(behind: ["", "failed", "", reason])
        output.write(opening + head + place + spelling.missing + behind + spelling.end)
        opening = spelling.next
      }
      for group in analysis.groups {
        let place = head + spelling.columns(group.place.columns)
        frames.fit(group.layout)
        lines.removeAll(keepingCapacity: true)
        var remarks = group.remarks[...]
        for (index, number) in group.numbers.enumerated() {
          lines += opening
          lines += place
          if remarks.first?.index == index {
            lines += spelling.cells(of: remarks.removeFirst().statistic)
          } else {
            lines += frames.before[index]
            lines += number.shortestDecimal
            lines += frames.behind[index]
          }
          opening = spelling.next
        }
        output.write(lines)
      }
    }
  }
}

/// What stands around the plain numbers of a layout, made once for the groups that share it.
private struct RowFrames {
  private let spelling: RowSpelling
  private var layout: StatisticLayout?
  private(set) var before: [String] = []
  private(set) var behind: [String] = []

  init(_ spelling: RowSpelling) {
    self.spelling = spelling
  }

  mutating func fit(_ layout: StatisticLayout) {
    guard layout !== self.layout else { return }
    self.layout = layout
    let examples = zip(layout.keys, layout.units).map { Statistic($0, .number(0), unit: $1) }
    before = examples.map(spelling.before)
    behind = examples.map { spelling.behind($0) + spelling.end }
  }
}

extension RowSpelling {
  /// `texts` as columns that are followed by others.
  fileprivate func columns(_ texts: [String]) -> String {
    texts.reduce(into: "") { line, text in
      line += field(text)
      line += ","
    }
  }

  /// `texts` as the last columns.
  fileprivate func columns(behind texts: [String]) -> String {
    texts.reduce(into: "") { line, text in
      line += ","
      line += field(text)
    }
  }

  /// The columns from `measure` to `stat_label`.
  fileprivate func before(_ statistic: Statistic) -> String {
    let key = statistic.key
    return columns([key.measure, key.method, key.name, statistic.label])
  }

  /// The columns from `unit` to `error`.
  fileprivate func behind(_ statistic: Statistic) -> String {
    columns(behind: [statistic.unit, statistic.status, statistic.explanation, ""])
  }

  /// The columns from `measure` on.
  fileprivate func cells(of statistic: Statistic) -> String {
    before(statistic) + (statistic.value.stored?.shortestDecimal ?? missing) + behind(statistic)
      + end
  }
}
