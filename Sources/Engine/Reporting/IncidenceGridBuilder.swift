import Results

/// Sorts the groups of one trial into rows and arms, in the order in which they come.
struct IncidenceGridBuilder {
  /// The events of one system, or those without.
  private struct Block {
    let system: String?
    var whole: [Int: IncidenceCell] = [:]
    var events: [String] = []
    var cells: [String: [Int: IncidenceCell]] = [:]
  }

  private let trial: String?
  private let labels: [Grouping: String]
  private var arms: [String] = []
  private var armIndices: [String: Int] = [:]
  private var blocks: [Block] = []
  private var blockIndices: [String?: Int] = [:]
  private var methodNames: [String] = []
  private var seenMethods: Set<String> = []
  private(set) var measure: IncidenceMeasure?
  /// Whether any row has an event or a system.
  private(set) var hasEvents = false

  init(trial: String?, labels: [Grouping: String]) {
    self.trial = trial
    self.labels = labels
  }

  mutating func add(_ group: ResultGroup) {
    let place = group.place
    let arm = armIndex(place.level(of: "arm") ?? "")
    let cell = IncidenceCell(group.statistics)
    measure = measure ?? cell.measure
    noteMethods(group.statistics)
    let isSystem = place.variable == "system"
    let block = blockIndex(isSystem ? place.level : place.level(of: "system"))
    if isSystem {
      blocks[block].whole[arm] = cell
    } else {
      if blocks[block].cells[place.level] == nil { blocks[block].events.append(place.level) }
      blocks[block].cells[place.level, default: [:]][arm] = cell
    }
    hasEvents = hasEvents || !place.level.isEmpty
  }

  private mutating func armIndex(_ arm: String) -> Int {
    if let index = armIndices[arm] { return index }
    armIndices[arm] = arms.count
    arms.append(arm)
    return arms.count - 1
  }

  private mutating func blockIndex(_ system: String?) -> Int {
    if let index = blockIndices[system] { return index }
    blockIndices[system] = blocks.count
    blocks.append(Block(system: system))
    return blocks.count - 1
  }

  private mutating func noteMethods(_ statistics: [Statistic]) {
    for statistic in statistics {
      let (method, name) = (statistic.key.method, statistic.key.name)
      guard name == "lower" || name == "upper" else { continue }
      if seenMethods.insert(method).inserted { methodNames.append(method) }
    }
  }

  /// The methods with intervals: those of `notes` in their order, then any others.
  func methods(noted notes: [MethodNote]) -> [IncidenceGrid.Method] {
    let noted = notes.filter { seenMethods.contains($0.name) }
    let others = methodNames.filter { name in !noted.contains { $0.name == name } }
    return noted.map { IncidenceGrid.Method(name: $0.name, title: $0.title) }
      + others.map { IncidenceGrid.Method(name: $0, title: $0) }
  }

  /// What to call each arm: arms of two trials may share an id.
  var armLabels: [String] {
    arms.map { arm in
      trial.flatMap { labels[Grouping("trial/arm", "\($0)/\(arm)")] }
        ?? labels[Grouping("arm", arm)] ?? arm
    }
  }

  var rows: [IncidenceGrid.Row] {
    blocks.flatMap { block in
      let events = block.events.map { event in
        IncidenceGrid.Row(
          style: block.system == nil ? .plain : .indented,
          label: labels[Grouping("term", event)] ?? event,
          cells: cells(block.cells[event] ?? [:]))
      }
      guard let system = block.system else { return events }
      let heading = IncidenceGrid.Row(
        style: .heading, label: labels[Grouping("system", system)] ?? system,
        cells: cells(block.whole))
      return [heading] + events
    }
  }

  /// The groups as rows, for counts without events.
  var rowsOfGroups: [IncidenceGrid.Row] {
    let cells = blocks.first?.cells[""] ?? [:]
    return armLabels.enumerated().map { index, label in
      IncidenceGrid.Row(style: .plain, label: label, cells: [cells[index]])
    }
  }

  private func cells(_ byArm: [Int: IncidenceCell]) -> [IncidenceCell?] {
    arms.indices.map { byArm[$0] }
  }
}
