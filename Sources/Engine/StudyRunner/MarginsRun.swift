import Inference
import Ordinal
import Results
import StudyDefinition

// A shift of which only margins were published: every table that fits is counted. One is used as if
// it had been published; of several the least and the greatest of each statistic that differs.

extension ShiftAnalysis {
  private static let tablesKey = StatisticKey(measure: "shift", name: "fitting_tables")

  /// The places and names of all rows that the analysis may give.
  ///
  /// Of margins a statistic has its own name where all tables agree, else those of its bounds.
  var plannedKeys: [(place: RowPlace, keys: [StatisticKey])] {
    switch observation {
    case .table(let table): plannedGroups(of: table).map { ($0.place, $0.keys) }
    case .margins:
      plannedGroups(of: anyTable).map { group in
        let bounds = group.keys.flatMap { [$0.minimum, $0.maximum] }
        let count = group.place == overallPlace ? [Self.tablesKey] : []
        return (group.place, count + group.keys + bounds)
      }
    }
  }

  /// - Throws: ``AnalysisFailure`` where no table fits the margins, or too many.
  func run(
    level: ConfidenceLevel, into result: inout AnalysisResult
  ) throws(AnalysisFailure) {
    switch observation {
    case .table(let table):
      result.groups = plannedGroups(of: table).map { $0.result(level: level) }
    case .margins(let margins): try run(margins, level: level, into: &result)
    }
  }

  private func run(
    _ margins: ShiftMargins, level: ConfidenceLevel, into result: inout AnalysisResult
  ) throws(AnalysisFailure) {
    var bounds: Bounds?
    let count: Int
    do throws(NotEstimable) {
      // Counted first: where there are too many, none needs to be computed.
      count = try margins.forEachTable { _ in }
      _ = try margins.forEachTable { table in
        let groups = plannedGroups(of: table).map { $0.result(level: level) }
        if bounds == nil { bounds = Bounds(groups) } else { bounds?.widen(to: groups) }
      }
    } catch {
      throw AnalysisFailure(reason: error.reason)
    }
    guard let bounds else {
      throw AnalysisFailure(reason: "no table has these margins and changes")
    }
    result.groups = (count == 1 ? bounds.first : bounds.groups).map { group in
      guard group.place == overallPlace else { return group }
      let fitting = Statistic(Self.tablesKey, .number(Double(count)))
      return ResultGroup(group.place, [fitting] + group.statistics)
    }
    result.notes.append(
      count == 1
        ? "Only margins were published. One table alone has them, which was found by trying all."
        : "Only margins were published. \(count) tables have them; what differs between these "
          + "tables is given with its least and greatest value.")
  }

  private var overallPlace: RowPlace {
    RowPlace(groups: [], variable: "outcome", level: outcome)
  }

  /// A table for the names of what is computed of one.
  private var anyTable: SquareTable {
    guard let table = SquareTable(categories.map { _ in categories.map { _ in 1 } }) else {
      preconditionFailure("\(categories.count) categories")
    }
    return table
  }
}

extension StatisticKey {
  fileprivate var minimum: StatisticKey { suffixed("_minimum") }

  fileprivate var maximum: StatisticKey { suffixed("_maximum") }

  private func suffixed(_ suffix: String) -> StatisticKey {
    StatisticKey(measure: measure, method: method, name: name + suffix)
  }
}

/// The results of one of several tables, with the bounds of each number over all of them.
private struct Bounds {
  let first: [ResultGroup]
  private var least: [[Double]]
  private var greatest: [[Double]]

  init(_ groups: [ResultGroup]) {
    first = groups
    least = groups.map(\.numbers)
    greatest = least
  }

  mutating func widen(to groups: [ResultGroup]) {
    for (index, group) in groups.enumerated() {
      let numbers = group.numbers
      least[index] = zip(least[index], numbers).map { min($0, $1) }
      greatest[index] = zip(greatest[index], numbers).map { max($0, $1) }
    }
  }

  var groups: [ResultGroup] {
    first.indices.map { index in
      let statistics = first[index].statistics.enumerated().flatMap { place, statistic in
        let (low, high) = (least[index][place], greatest[index][place])
        return low == high
          ? [statistic]
          : [
            Statistic(statistic.key.minimum, .number(low), unit: statistic.unit),
            Statistic(statistic.key.maximum, .number(high), unit: statistic.unit),
          ]
      }
      return ResultGroup(first[index].place, statistics)
    }
  }
}

extension ResultGroup {
  /// All numbers; everything said of a shift table is one.
  fileprivate var numbers: [Double] {
    statistics.map { statistic in
      guard let number = statistic.value.stored else {
        preconditionFailure("a shift without a number: \(statistic.key.name)")
      }
      return number
    }
  }
}
