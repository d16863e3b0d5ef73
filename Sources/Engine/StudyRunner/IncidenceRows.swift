import Incidence
import Inference
import Results
import StudyDefinition

// Which rows an incidence analysis gives, known before anything is computed.

extension IncidenceAnalysis {
  /// The name of the measure, as in study definitions and results.
  var measureName: String {
    switch measure {
    case .risk: "risk"
    case .rate: "rate"
    }
  }

  /// The spellings of the interval methods, as listed.
  var methodNames: [String] {
    switch measure {
    case .risk(let methods): methods.map(\.rawValue)
    case .rate(let methods, _, _): methods.map(\.rawValue)
    }
  }

  /// What is computed at the place of every cell.
  var statisticKeys: [StatisticKey] {
    let counts =
      switch measure {
      case .risk: ["events", "subjects", "percent", "estimate"]
      case .rate: ["events", "person_years", "estimate"]
      }
    let limits = [sides == .upper ? nil : "lower", sides == .lower ? nil : "upper"]
    return counts.map { StatisticKey(measure: measureName, name: $0) }
      + methodNames.flatMap { method in
        limits.compactMap { $0 }.map {
          StatisticKey(measure: measureName, method: method, name: $0)
        }
      }
  }

  /// The groups of which percentages were printed, whose numbers of subjects are searched.
  var reconstructedGroups: [Group] {
    groups.filter { !$0.percentages.isEmpty }
  }
}

extension StatisticKey {
  /// Whether it is what events are counted of, which no percentage was needed for.
  var isDenominator: Bool { name == "subjects" || name == "person_years" }
}

extension IncidenceAnalysis.Cell {
  var place: RowPlace {
    RowPlace(
      groups: group.groupings + [event?.system.map { Grouping("system", $0) }],
      variable: event.variable,
      level: event?.label ?? "")
  }
}

extension EventName {
  /// Whether it is the row of a whole system.
  var isSystemRow: Bool { term == nil }
}

extension IncidenceAnalysis.Group {
  fileprivate var groupings: [Grouping?] {
    [trial.map { Grouping("trial", $0) }, Grouping("arm", arm)]
  }

  /// Where the number of denominators that fit this group's percentages stands.
  var reconstructionPlace: RowPlace {
    RowPlace(groups: groupings, variable: "reconstruction", level: "")
  }

  static let reconstructionKey = StatisticKey(measure: "reconstruction", name: "fitting_subjects")
}
