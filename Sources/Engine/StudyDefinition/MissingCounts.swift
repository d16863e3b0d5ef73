import JSON

/// What counts lack for what is computed of them, told once a group with all the events that lack it.
struct MissingCounts {
  private struct Lack {
    let element: Element
    let group: String
    let missing: String
    let expected: String
    var events: [String] = []
  }

  private var lacks: [Lack] = []
  private var places: [String: Int] = [:]

  /// Notes that `cell`, which was named at `element`, has no `missing`.
  mutating func add(
    _ cell: IncidenceAnalysis.Cell, at element: Element, lacks missing: String, expected: String
  ) {
    let key = [element.pointer.description, cell.group.name, missing].joined(separator: " ")
    let place = places[key] ?? lacks.count
    if place == lacks.count {
      places[key] = place
      lacks.append(
        Lack(element: element, group: cell.group.name, missing: missing, expected: expected))
    }
    if let event = cell.event { lacks[place].events.append(event.label) }
  }

  func report() {
    for lack in lacks {
      let events = lack.events.isEmpty ? "" : " of " + listed(lack.events)
      lack.element.report(
        found: "no \(lack.missing)\(events) in \(quoted(lack.group))", expected: lack.expected)
    }
  }
}
