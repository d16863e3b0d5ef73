import Results

/// The results of an incidence analysis in one trial, arranged by event and arm.
///
/// Counts written into the analysis have no event: their groups are the rows, in one column.
struct IncidenceGrid {
  struct Arm {
    let label: String
    /// What all its cells share: the subjects, or the person-years.
    let denominator: Statistic?
  }

  struct Row {
    let style: Table.Row.Style
    let label: String
    /// One for each arm; `nil` where nothing was reported.
    let cells: [IncidenceCell?]

    var hasNumbers: Bool { cells.contains { $0 != nil } }
  }

  struct Method: Hashable {
    let name: String
    let title: String
  }

  /// The name of the trial where the analysis has several.
  let trial: String?
  let trialId: String?
  let measure: IncidenceMeasure
  let corner: String
  let arms: [Arm]
  let rows: [Row]
  /// Those with intervals, in the order listed.
  let methods: [Method]
  /// How many events are left out, and what is said of it.
  let omitted: Int
  let omissionNote: String?

  /// One for each trial, in order; none where the results are not those of an incidence.
  static func grids(of analysis: AnalysisResult) -> [IncidenceGrid] {
    guard analysis.kind == "incidence" else { return [] }
    var order: [String?] = []
    var groups: [String?: [ResultGroup]] = [:]
    // Other variables, such as the search for denominators, are told in the notes.
    for group in analysis.groups where ["term", "system"].contains(group.place.variable) {
      let trial = group.place.level(of: "trial")
      if groups[trial] == nil { order.append(trial) }
      groups[trial, default: []].append(group)
    }
    return order.compactMap { trial in
      IncidenceGrid(analysis, trial: trial, groups[trial] ?? [], isOnly: order.count == 1)
    }
  }

  private init?(
    _ analysis: AnalysisResult, trial: String?, _ groups: [ResultGroup], isOnly: Bool
  ) {
    var builder = IncidenceGridBuilder(trial: trial, labels: analysis.labels)
    let shown = ShownEvents(groups)
    for group in shown.groups { builder.add(group) }
    (omitted, omissionNote) = (shown.omitted, shown.note)
    guard let measure = builder.measure else { return nil }
    self.measure = measure
    self.trial = isOnly ? nil : trial.map { analysis.labels[Grouping("trial", $0)] ?? $0 }
    trialId = isOnly ? nil : trial
    methods = builder.methods(noted: analysis.methods)
    if builder.hasEvents {
      let rows = builder.rows
      corner = "Event"
      self.rows = rows
      arms = builder.armLabels.enumerated().map { index, label in
        Arm(label: label, denominator: sharedDenominator(rows.map { $0.cells[index] }))
      }
    } else {
      corner = "Group"
      rows = builder.rowsOfGroups
      arms = [Arm(label: "", denominator: nil)]
    }
  }
}

/// The denominator that all cells have; `nil` where they differ.
func sharedDenominator(_ cells: [IncidenceCell?]) -> Statistic? {
  let reported = cells.lazy.compactMap { $0 }
  guard let first = reported.first?.denominator else { return nil }
  return reported.allSatisfy { $0.denominator?.value == first.value } ? first : nil
}
