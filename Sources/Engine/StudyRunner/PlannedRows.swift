import Inference
import Results
import StudyDefinition

/// Statistics that are computed together; their names are known before.
struct PlannedStatistics {
  let keys: [StatisticKey]
  /// The unit of them all; where it is empty their names tell.
  let unit: String
  /// One value a key; where it throws, none of them exists.
  let values: (ConfidenceLevel) throws(NotEstimable) -> [RowValue]

  init(
    _ measure: String, method: String = "", _ names: [String], unit: String = "",
    values: @escaping (ConfidenceLevel) throws(NotEstimable) -> [RowValue]
  ) {
    keys = names.map { StatisticKey(measure: measure, method: method, name: $0) }
    self.unit = unit
    self.values = values
  }

  /// A test, whose names are `statistic`, `df` where it has degrees of freedom, and `p_value`.
  init(
    _ measure: String, method: String, hasDegreesOfFreedom: Bool = false,
    test: @escaping () throws(NotEstimable) -> TestResult
  ) {
    self.init(
      measure, method: method,
      hasDegreesOfFreedom ? ["statistic", "df", "p_value"] : ["statistic", "p_value"]
    ) { _ throws(NotEstimable) in
      let test = try test()
      return [test.statistic, test.degreesOfFreedom.map { Double($0) }, test.pValue]
        .compactMap { $0 }.map { RowValue($0) }
    }
  }

  func statistics(level: ConfidenceLevel) -> [Statistic] {
    keys.statistics(unit: { unit.isEmpty ? $0.unit : unit }) { () throws(NotEstimable) in
      try values(level)
    }
  }
}

extension [StatisticKey] {
  /// One statistic a key; where `values` throws, none of them exists.
  func statistics(
    unit: (StatisticKey) -> String, isReconstructed: Bool = false,
    values: () throws(NotEstimable) -> [RowValue]
  ) -> [Statistic] {
    do throws(NotEstimable) {
      return zip(self, try values()).map { key, value in
        Statistic(
          key, value.value, unit: unit(key), isReconstructed: isReconstructed,
          warning: value.warning)
      }
    } catch {
      return map { Statistic($0, .notEstimable(error.reason), unit: unit($0)) }
    }
  }
}

extension StatisticKey {
  fileprivate var unit: String { name.hasSuffix("percent") ? "%" : "" }
}

/// Everything that is computed at one place.
struct PlannedGroup {
  let place: RowPlace
  let statistics: [PlannedStatistics]

  init(_ groups: [Grouping], outcome: String, _ statistics: [PlannedStatistics]) {
    self.init(variable: "outcome", outcome, groups: groups, statistics)
  }

  init(
    variable: String, _ level: String, groups: [Grouping] = [],
    _ statistics: [PlannedStatistics]
  ) {
    place = RowPlace(groups: groups, variable: variable, level: level)
    self.statistics = statistics
  }

  var keys: [StatisticKey] { statistics.flatMap(\.keys) }

  func result(level: ConfidenceLevel) -> ResultGroup {
    ResultGroup(place, statistics.flatMap { $0.statistics(level: level) })
  }
}
