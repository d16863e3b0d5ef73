import Results

/// The results that a report shows of one table: of very many events the most frequent.
///
/// A page of a hundred thousand rows is neither read nor laid out; all numbers are in `ard.csv`.
struct ShownEvents {
  /// More events than these are no longer read from a table.
  static let maximum = 1000

  /// Those of the events shown, in their own order.
  let groups: [ResultGroup]
  /// How many events there are, and how many of them are left out.
  let count: Int
  let omitted: Int

  private struct Event: Hashable {
    let variable: String
    let level: String

    init(_ place: RowPlace) {
      (variable, level) = (place.variable, place.level)
    }
  }

  init(_ groups: [ResultGroup]) {
    var places: [Event: Int] = [:]
    var frequencies: [Double] = []
    let keys = groups.first?.statistics.map(\.key).filter(\.isFrequency) ?? []
    // Below so many groups, there are not that many events.
    for group in groups.count > Self.maximum ? groups : [] {
      let frequency = keys.compactMap { group.statistic($0)?.value.stored }.max() ?? 0
      let event = Event(group.place)
      if let place = places[event] {
        frequencies[place] = max(frequencies[place], frequency)
      } else {
        places[event] = frequencies.count
        frequencies.append(frequency)
      }
    }
    count = frequencies.count
    omitted = max(0, frequencies.count - Self.maximum)
    guard omitted > 0 else {
      self.groups = groups
      return
    }
    let shown = Set(
      frequencies.indices.sorted { (frequencies[$1], $0) < (frequencies[$0], $1) }
        .prefix(Self.maximum))
    self.groups = groups.filter { places[Event($0.place)].map(shown.contains) ?? false }
  }

  /// What a reader is told of those left out; `nil` where there are none.
  var note: String? {
    omitted == 0
      ? nil
      : "The \(Self.maximum) most frequent of \(count) events; \(omitted) more are in ard.csv."
  }
}

extension StatisticKey {
  /// Whether it is the percentage or the rate of an event in a group.
  fileprivate var isFrequency: Bool {
    measure == "risk" && name.hasSuffix("percent")
      || measure == "rate" && method.isEmpty && name.hasSuffix("estimate")
  }
}

extension String? {
  /// The note as the first below a table.
  var footnotes: [Footnote] { map { [Footnote(mark: "", text: $0)] } ?? [] }
}
