import Results

/// The results of a comparison, arranged by event, with those that are more frequent first.
struct ComparisonGrid {
  struct Measure {
    let contrast: Contrast
    /// The unit of a difference of rates.
    let unit: String
    /// Those with intervals, in the order listed.
    let methods: [IncidenceGrid.Method]

    /// `ratios to 2 decimals`.
    func decimalsNote(_ rounding: Rounding, extraDecimals: Int = 0) -> String {
      contrast.decimalsNote(rounding, unit: unit, extraDecimals: extraDecimals)
    }
  }

  struct Row {
    let style: Table.Row.Style
    let label: String
    /// `nil` for the heading of a system without numbers of its own.
    let cell: ComparisonCell?
    let isStratum: Bool
    /// The events of both groups, in all strata.
    let events: Double?
  }

  let title: String
  let level: Double
  /// What the groups are called.
  let sides: [String]
  /// `risk`, `rate` or both: how events were counted.
  let counted: [String]
  let measures: [Measure]
  let tests: [IncidenceGrid.Method]
  /// The adjustments of the first test's p-values for multiplicity.
  let adjustments: [IncidenceGrid.Method]
  /// How many events' p-values are adjusted together.
  let familySize: Int
  let rows: [Row]
  /// How many events are left out, and what is said of it.
  let omitted: Int
  let omissionNote: String?
  /// What is computed of every event.
  private let keys: Set<StatisticKey>

  /// The measure by which rows are ordered, which stands first in figures.
  var leading: Measure? { leadingMeasure(measures) }

  /// The other measures.
  var following: [Measure] { measures.filter { $0.contrast != leading?.contrast } }

  /// The rows of events, or of systems where there are no others; without those of strata.
  var events: [Row] {
    let whole = rows.filter { $0.cell != nil && !$0.isStratum }
    let terms = whole.filter { $0.style != .heading }
    return terms.isEmpty ? whole : terms
  }

  var isOfOneEvent: Bool { rows.count { $0.cell != nil } == 1 }

  /// The methods that the main table leaves out.
  var furtherMethods: [String] {
    guard !isOfOneEvent else { return [] }
    return measures.flatMap { measure in
      measure.methods.dropFirst().map { "\($0.title), \(measure.contrast.title.lowercased())" }
    } + tests.dropFirst().map(\.title)
  }

  /// Which groups are contrasted, and which way round.
  var contrasted: String {
    // Arms that were added up read as one group.
    let sides = sides.map { $0.contains(" + ") ? "(\($0))" : $0 }
    var contrasts: [String] = []
    if measures.contains(where: { !$0.contrast.isRatio }) {
      contrasts.append("Differences: \(sides[0]) − \(sides[1])")
    }
    if measures.contains(where: \.contrast.isRatio) {
      contrasts.append("\(contrasts.isEmpty ? "R" : "r")atios: \(sides[0]) / \(sides[1])")
    }
    return contrasts.joined(separator: "; ") + "."
  }

  /// Whether limits of `method` come with their one-sided test.
  func hasPValue(_ measure: Measure, _ method: String?) -> Bool {
    let name = measure.contrast.rawValue
    return method.map {
      keys.contains(StatisticKey(measure: name, method: $0, name: "p_value"))
    } ?? false
  }

  /// Whether an adjustment also gives p-values of systems.
  func hasSystemPValue(_ adjustment: IncidenceGrid.Method) -> Bool {
    keys.contains(
      StatisticKey(measure: "test", method: adjustment.name, name: "system_p_value"))
  }

  /// `nil` where the results are not those of a comparison.
  init?(_ analysis: AnalysisResult) {
    guard analysis.kind == "comparison" else { return nil }
    let shown = ShownEvents(
      analysis.groups.filter { ["term", "system"].contains($0.place.variable) })
    (omitted, omissionNote) = (shown.omitted, shown.note)
    let groups = shown.groups
    guard let first = groups.first(where: { $0.place.level(of: "stratum") == nil }) ?? groups.first
    else { return nil }
    let titles = MethodTitles(analysis.methods)
    measures = measuresFound(in: first.statistics, titles)
    guard let leading = leadingMeasure(measures) else { return nil }
    title = analysis.title
    level = analysis.level
    sides = ComparisonCell.Side.allCases.map { side in
      sideLabel(first.place.level(of: side.rawValue) ?? "", side, analysis.labels)
    }
    let keys = first.statistics.map(\.key)
    counted = ["risk", "rate"].filter { measure in
      groups.contains { $0.statistics.contains { $0.key.measure == measure } }
    }
    let tests = keys.filter { $0.measure == "test" }
    self.tests = tests.filter { $0.name == "p_value" }.map {
      IncidenceGrid.Method(name: $0.method, title: titles.title(test: $0.method))
    }
    adjustments = tests.filter { $0.name == "adjusted_p_value" }.map { key in
      let adjustment = key.method.split(separator: "/").last.map(String.init) ?? key.method
      return IncidenceGrid.Method(name: key.method, title: titles.title(test: adjustment))
    }
    let adjusted = tests.first { $0.name == "adjusted_p_value" }
    familySize = analysis.groups.count { group in
      adjusted.flatMap { group.statistic($0)?.value.stored } != nil
    }
    var builder = ComparisonGridBuilder(
      leading: leading, labels: analysis.labels, title: analysis.title)
    for group in groups { builder.add(group) }
    rows = builder.rows
    self.keys = Set(keys)
  }
}

/// A difference of risks where there is one, or the measure listed first.
private func leadingMeasure(_ measures: [ComparisonGrid.Measure]) -> ComparisonGrid.Measure? {
  measures.first { $0.contrast == .riskDifference } ?? measures.first
}

/// What a group is called; several trials' arms on one side are listed.
private func sideLabel(
  _ name: String, _ side: ComparisonCell.Side, _ labels: [Grouping: String]
) -> String {
  if let label = labels[Grouping(side.rawValue, name)] { return label }
  var seen: Set<String> = []
  return name.split(separator: ", ")
    .map { labels[Grouping(side.rawValue, String($0))] ?? String($0) }
    .filter { seen.insert($0).inserted }.joined(separator: ", ")
}

private func measuresFound(
  in statistics: [Statistic], _ titles: MethodTitles
) -> [ComparisonGrid.Measure] {
  var found: [(contrast: Contrast, unit: String, methods: [String])] = []
  for statistic in statistics {
    let key = statistic.key
    guard let contrast = Contrast(rawValue: key.measure) else { continue }
    if found.last?.contrast != contrast { found.append((contrast, statistic.unit, [])) }
    let isLimit = key.name == "lower" || key.name == "upper"
    if isLimit, found[found.count - 1].methods.last != key.method {
      found[found.count - 1].methods.append(key.method)
    }
  }
  return found.map { contrast, unit, methods in
    ComparisonGrid.Measure(
      contrast: contrast, unit: unit,
      methods: methods.map {
        IncidenceGrid.Method(name: $0, title: titles.title(interval: $0, of: contrast))
      })
  }
}
