import Results

/// Sorts the results of a comparison into systems, events and strata, the largest contrasts first.
struct ComparisonGridBuilder {
  private struct Event {
    let name: Name
    let label: String
    let cell: ComparisonCell
  }

  /// The events of one system, or those without.
  private struct Block {
    let system: String
    var whole: Event?
    var events: [Event] = []
  }

  /// What the rows of an event and those of its strata share.
  private struct Name: Hashable {
    let variable: String
    let level: String
  }

  private typealias Stratum = (label: String, cell: ComparisonCell)

  private let leading: ComparisonGrid.Measure
  private let labels: [Grouping: String]
  private let title: String
  private var unsorted: [Event] = []
  private var blocks: [Block] = []
  private var blockIndices: [String: Int] = [:]
  /// The strata of each event; of several so called in different systems, one list after another.
  private var strata: [Name: [[Stratum]]] = [:]

  /// `title` is what an event without a name is called: counts written into the analysis.
  init(leading: ComparisonGrid.Measure, labels: [Grouping: String], title: String) {
    self.leading = leading
    self.labels = labels
    self.title = title
  }

  mutating func add(_ group: ResultGroup) {
    let place = group.place
    let name = Name(variable: place.variable, level: place.level)
    let cell = ComparisonCell(group.statistics)
    if let stratum = place.level(of: "stratum") {
      return add((labels[Grouping("stratum", stratum)] ?? stratum, cell), to: name)
    }
    let label = labels[Grouping(place.variable, place.level)] ?? place.level
    let event = Event(name: name, label: label.isEmpty ? title : label, cell: cell)
    if place.variable == "system" {
      blocks[block(place.level)].whole = event
    } else if let system = place.level(of: "system") {
      blocks[block(system)].events.append(event)
    } else {
      unsorted.append(event)
    }
  }

  private mutating func add(_ stratum: Stratum, to name: Name) {
    var lists = strata[name] ?? []
    let index = lists.firstIndex { list in !list.contains { $0.label == stratum.label } }
    if let index { lists[index].append(stratum) } else { lists.append([stratum]) }
    strata[name] = lists
  }

  private mutating func block(_ system: String) -> Int {
    if let index = blockIndices[system] { return index }
    blockIndices[system] = blocks.count
    blocks.append(Block(system: system))
    return blocks.count - 1
  }

  /// Events without a system, then the systems with their events.
  var rows: [ComparisonGrid.Row] {
    var strata = strata
    func rows(
      _ event: Event, _ style: Table.Row.Style, strataIn inner: Table.Row.Style
    ) -> [ComparisonGrid.Row] {
      let own = strata[event.name].flatMap { $0.isEmpty ? nil : $0[0] } ?? []
      if !own.isEmpty { strata[event.name]?.removeFirst() }
      let ofStrata = own.map {
        ComparisonGrid.Row(
          style: inner, label: $0.label, cell: $0.cell, isStratum: true, events: $0.cell.events)
      }
      let events = own.isEmpty ? event.cell.events : ofStrata.compactMap(\.events).reduce(0, +)
      let whole = ComparisonGrid.Row(
        style: style, label: event.label, cell: event.cell, isStratum: false, events: events)
      return [whole] + ofStrata
    }
    // Strata are dealt out in the order of the definition, before anything is sorted.
    let first = unsorted.map { (event: $0, rows: rows($0, .plain, strataIn: .indented)) }
    let systems = blocks.map { block in
      let heading =
        block.whole.map { rows($0, .heading, strataIn: .indented) }
        ?? [
          ComparisonGrid.Row(
            style: .heading, label: label(block), cell: nil, isStratum: false, events: nil)
        ]
      let events = block.events.map { (event: $0, rows: rows($0, .indented, strataIn: .nested)) }
      return (block: block, heading: heading, events: events)
    }
    return descending(first) { estimate($0.event) }.flatMap(\.rows)
      + descending(systems) { estimate($0.block) }.flatMap { system in
        system.heading + descending(system.events) { estimate($0.event) }.flatMap(\.rows)
      }
  }

  private func label(_ block: Block) -> String {
    labels[Grouping("system", block.system)] ?? block.system
  }

  private func estimate(_ event: Event) -> Double? {
    event.cell.interval(leading.contrast, leading.methods.first?.name).estimate?.value.extended
  }

  /// The contrast of the system, or the largest of its events.
  private func estimate(_ block: Block) -> Double? {
    block.whole.map(estimate) ?? block.events.compactMap(estimate).max()
  }
}

/// `items` from the largest value to the smallest, then those without; equal ones stay in order.
private func descending<Item>(_ items: [Item], by value: (Item) -> Double?) -> [Item] {
  items.enumerated()
    .map { (offset: $0.offset, item: $0.element, value: value($0.element)) }
    .sorted { first, second in
      switch (first.value, second.value) {
      case (let a?, let b?) where a != b: a > b
      case (_?, nil): true
      case (nil, _?): false
      default: first.offset < second.offset
      }
    }.map(\.item)
}
