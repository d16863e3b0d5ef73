import Results

/// The results of an analysis of grades or of scored groups, found by their place and name.
struct GradedResults {
  static let kinds: Set = ["trend", "ordinal", "agreement", "shift"]

  let analysis: AnalysisResult
  let numbers: NumberText
  private let groups: [[Grouping]: ResultGroup]
  private var footnotes = Footnotes()

  /// `nil` where the analysis is of another kind, or has no results.
  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard Self.kinds.contains(analysis.kind), !analysis.groups.isEmpty else { return nil }
    self.analysis = analysis
    self.numbers = numbers
    groups = Dictionary(analysis.groups.map { ($0.place.groups.compactMap { $0 }, $0) }) {
      first, _ in
      first
    }
  }

  /// The levels of a group, in the order of the results.
  func levels(of name: String) -> [String] {
    var seen: Set<String> = []
    return analysis.groups.compactMap { $0.place.level(of: name) }.filter {
      seen.insert($0).inserted
    }
  }

  /// The methods that `place` has results of, in their order.
  func methods(at place: [Grouping]) -> [MethodNote] {
    let found = Set(groups[place]?.statistics.map(\.key.method) ?? [])
    return analysis.methods.filter { found.contains($0.name) }
  }

  func statistic(_ name: String, method: String = "", at place: [Grouping]) -> Statistic? {
    groups[place]?.statistic(StatisticKey(measure: analysis.kind, method: method, name: name))
  }

  /// The number called `name`, or the least of its values where several tables fit.
  func number(_ name: String, at place: [Grouping]) -> Double? {
    (statistic(name, at: place) ?? statistic(name + "_minimum", at: place))?.value.stored
  }

  /// A number, or its bounds where several tables fit; empty where it was not computed.
  mutating func cell(
    _ name: String, method: String = "", at place: [Grouping], _ print: (Double) -> String
  ) -> Table.Cell {
    if let statistic = statistic(name, method: method, at: place) {
      return Table.Cell(text: statistic.value.text(print), marks: marks([statistic]))
    }
    guard let least = statistic(name + "_minimum", method: method, at: place),
      let greatest = statistic(name + "_maximum", method: method, at: place)
    else { return Table.Cell(text: "") }
    let texts = [least.value.text(print), greatest.value.text(print)]
    return Table.Cell(text: texts[0] == texts[1] ? texts[0] : texts.joined(separator: " to "))
  }

  /// The limits of an interval whose names begin with `prefix`; empty where there are none.
  ///
  /// Where several tables fit, from the least lower to the greatest upper limit.
  mutating func interval(
    _ prefix: String = "", method: String, at place: [Grouping], _ print: (Double) -> String
  ) -> Table.Cell {
    let lower =
      statistic(prefix + "lower", method: method, at: place)
      ?? statistic(prefix + "lower_minimum", method: method, at: place)
    let upper =
      statistic(prefix + "upper", method: method, at: place)
      ?? statistic(prefix + "upper_maximum", method: method, at: place)
    guard let lower, let upper else { return Table.Cell(text: "") }
    let limits = [lower, upper].map { $0.value.text(print) }
    return Table.Cell(
      text: limits == ["NE", "NE"] ? "NE" : "[\(limits[0]), \(limits[1])]",
      marks: marks([lower, upper]))
  }

  private mutating func marks(_ statistics: [Statistic]) -> [String] {
    var marks: [String] = []
    for text in statistics.flatMap({ [$0.value.reason, $0.warning] }).compactMap({ $0 }) {
      let mark = footnotes.mark(for: text)
      if !marks.contains(mark) { marks.append(mark) }
    }
    return marks
  }

  /// The notes of the cells written since the last table.
  mutating func takeFootnotes() -> [Footnote] {
    defer { footnotes = Footnotes() }
    return footnotes.notes
  }

  func count(_ value: Double) -> String { numbers.fixed(value, decimals: 0) }

  func percent(_ value: Double) -> String { numbers.percent(value) }

  /// A proportion, in percent.
  func share(_ value: Double) -> String { numbers.percentage(ofProportion: value) }

  /// `text` under the title of the analysis.
  func caption(_ text: String) -> String { "\(analysis.title) – \(text)" }

  var interval: String { numbers.level(analysis.level) + " CI" }
}
