import Incidence
import Results
import StudyDefinition

/// The row that a published value is held against.
struct PublishedTarget {
  let value: PublishedValue
  let place: RowPlace
  let key: StatisticKey
  /// The printed percentage that the count behind the row is rebuilt from.
  let rebuiltFrom: PrintedPercentage?
}

/// The rows that an analysis will give, for published values to be found among.
struct RowCatalogue {
  private var places: [RowPlace] = []
  private var keys: [[StatisticKey]] = []
  private var percentages: [PrintedPercentage?] = []
  private var placesByEvent: [EventName: [Int]] = [:]
  private var events = EventIndex([])

  /// `study` is the one that `analysis` belongs to.
  init(_ analysis: Analysis, of study: Study) {
    switch analysis.kind {
    case .comparison(let comparison):
      events = EventIndex(comparison.outcomes.compactMap(\.event))
      for row in comparison.rows() { add(row.place, row.keys, nil, event: row.event) }
    case .indirectComparison(let indirect):
      events = EventIndex(indirect.outcomes.compactMap(\.event))
      for row in indirect.rows() { add(row.place, row.keys, nil, event: row.event) }
    case .incidence(let incidence):
      events = EventIndex(incidence.eventNames)
      let statistics = incidence.statisticKeys
      for cell in incidence.cells {
        add(cell.place, statistics, cell.printedPercentage, event: cell.event)
      }
      for group in incidence.reconstructedGroups {
        add(group.reconstructionPlace, [IncidenceAnalysis.Group.reconstructionKey], nil, event: nil)
      }
    case .metaAnalysis(let pooling): add(pooling.plannedKeys)
    case .trend(let trend): add(trend.plannedGroups.map { ($0.place, $0.keys) })
    case .ordinal(let ordinal): add(ordinal.plannedGroups.map { ($0.place, $0.keys) })
    case .agreement(let agreement): add(agreement.plannedGroups.map { ($0.place, $0.keys) })
    case .shift(let shift): add(shift.plannedKeys)
    case .doseResponse(let curves): add(curves.plannedKeys)
    case .plateQuality(let plates): add(plates.plannedKeys)
    case .responseSurface(let surface): add(surface.plannedKeys)
    case .troubleshoot(let guide): add(guide.plannedKeys(of: study, level: analysis.level))
    }
  }

  /// Rows that are not of events.
  private mutating func add(_ rows: [(place: RowPlace, keys: [StatisticKey])]) {
    for row in rows { add(row.place, row.keys, nil, event: nil) }
  }

  private mutating func add(
    _ place: RowPlace, _ statistics: [StatisticKey], _ percentage: PrintedPercentage?,
    event: EventName?
  ) {
    if let event { placesByEvent[event, default: []].append(places.count) }
    places.append(place)
    keys.append(statistics)
    percentages.append(percentage)
  }

  /// The one row that `value` means, or the fault that it is none or several.
  func target(of value: PublishedValue, in study: Study) -> Result<PublishedTarget, Fault> {
    let selector = value.selector
    let matches = candidates(for: selector.place).flatMap { index in
      places[index].matches(selector.place)
        ? keys[index].filter { $0.matches(selector) }.map { (index, $0) } : []
    }
    // Beside rows of subgroups and of sets without a study, the pooled row names no group.
    let exact = matches.filter {
      places[$0.0].groups.allSatisfy { group in
        group.map { selector.place.groups[$0.name] != nil } ?? true
      }
    }
    let chosen = exact.count == 1 ? exact : matches
    guard let (index, key) = chosen.first, chosen.count == 1 else {
      let found = matches.isEmpty ? "no row" : "\(matches.count) rows"
      return .failure(
        Fault(
          position: study.position(of: value), pointer: value.pointer,
          found: "\(found) that \"where\", \"measure\", \"method\" and \"statistic\" pick",
          expected: "exactly one row of \"\(value.analysis)\""
            + hint(matches.map { (places[$0], $1) }, selector)))
    }
    return .success(
      PublishedTarget(
        value: value, place: places[index], key: key, rebuiltFrom: percentages[index]))
  }

  private func candidates(for selector: RowPlaceSelector) -> [Int] {
    guard let event = selector.event else { return Array(places.indices) }
    return event.matches(in: events).flatMap { placesByEvent[events.names[$0]] ?? [] }
  }

  /// The rows picked, or where nothing was, those that the place picks, with that statistic if any.
  private func hint(_ matches: [(RowPlace, StatisticKey)], _ selector: RowSelector) -> String {
    var rows = matches
    if rows.isEmpty {
      rows = candidates(for: selector.place).filter { places[$0].matches(selector.place) }
        .flatMap { index in keys[index].map { (places[index], $0) } }
      let alike = rows.filter { $0.1.name == selector.statistic }
      if !alike.isEmpty { rows = alike }
    }
    guard !rows.isEmpty else {
      let shown = places.prefix(5).map(\.description)
      return "; its rows are about \(shown.joined(separator: " | "))"
        + (places.count > 5 ? " | …" : "")
    }
    let shown = rows.prefix(8).map { "\($0.0.description): \($0.1.description)" }
    let leavesMethodOpen = selector.method == nil && matches.contains { $0.1.method.isEmpty }
    return "; candidates: \(shown.joined(separator: " | "))"
      + (rows.count > 8 ? " | … (\(rows.count) in all)" : "")
      + (leavesMethodOpen ? "; \"method\": \"\" means the one without a method" : "")
  }
}

extension IncidenceAnalysis {
  fileprivate var eventNames: [EventName] {
    var seen: Set<EventName> = []
    return cells.compactMap(\.event).filter { seen.insert($0).inserted }
  }
}

extension IncidenceAnalysis.Cell {
  fileprivate var printedPercentage: PrintedPercentage? {
    if case .percentage(let percentage) = observation { percentage } else { nil }
  }
}

extension RowPlace {
  fileprivate func matches(_ selector: RowPlaceSelector) -> Bool {
    selector.groups.allSatisfy { name, wanted in
      guard let level = level(of: name) else { return false }
      // An arm may be named with its trial, as elsewhere in a study definition.
      return level == wanted
        || (name == "arm" && "\(self.level(of: "trial") ?? "")/\(level)" == wanted)
    } && selector.variables.allSatisfy { variable == $0 && level == $1 }
  }

  fileprivate var description: String {
    (groups.compactMap { $0 }.map { "\($0.name) \($0.level)" } + ["\(variable) \(level)"])
      .joined(separator: ", ")
  }
}

extension StatisticKey {
  fileprivate func matches(_ selector: RowSelector) -> Bool {
    name == selector.statistic && selector.measure.map { $0 == measure } ?? true
      && selector.method.map { $0 == method } ?? true
  }

  fileprivate var description: String {
    [measure, method, name].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
