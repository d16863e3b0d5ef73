import Results

/// The statistics of an analysis by their places.
struct PlacedStatistics {
  private let statistics: [RowPlace: [Statistic]]
  /// Each place once, in the order of the results, without groups that are not there.
  let places: [RowPlace]

  init(_ analysis: AnalysisResult) {
    var statistics: [RowPlace: [Statistic]] = [:]
    var places: [RowPlace] = []
    for group in analysis.groups {
      let place = RowPlace(
        groups: group.place.groups.filter { $0 != nil }, variable: group.place.variable,
        level: group.place.level)
      if statistics[place] == nil { places.append(place) }
      statistics[place, default: []] += group.statistics
    }
    self.statistics = statistics
    self.places = places
  }

  subscript(place: RowPlace) -> [Statistic] { statistics[place] ?? [] }

  subscript(groups: [Grouping], variable: String, level: String) -> [Statistic] {
    self[RowPlace(groups: groups, variable: variable, level: level)]
  }

  /// The levels of a variable, in the order of the results.
  func levels(of variable: String) -> [String] {
    places.filter { $0.variable == variable }.map(\.level).unique
  }
}

extension [Statistic] {
  /// The first statistic called `name`, of a method and of a measure where these are given.
  func first(_ name: String, method: String? = nil, measure: String? = nil) -> Statistic? {
    first { statistic in
      statistic.key.name == name && method.map { $0 == statistic.key.method } ?? true
        && measure.map { $0 == statistic.key.measure } ?? true
    }
  }
}

extension Sequence where Element: Hashable {
  /// The elements, each where it first comes.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension AnalysisResult {
  /// Whether its numbers are of simulated data, as one of its notes then says.
  var isSimulated: Bool {
    notes.contains { $0.lowercased().contains("simulated data") }
  }

  /// `subject` under the title of the analysis, with what nobody may miss about its data.
  func caption(_ subject: String) -> String {
    let parts = [title, subject].filter { !$0.isEmpty }.joined(separator: " – ")
    let isSaid = parts.lowercased().contains("simulated")
    return isSimulated && !isSaid ? parts + " (simulated data)" : parts
  }

  /// What a method or model is called.
  func methodTitle(_ name: String) -> String {
    methods.first { $0.name == name }?.title ?? name.prefix(1).uppercased() + name.dropFirst()
  }
}
