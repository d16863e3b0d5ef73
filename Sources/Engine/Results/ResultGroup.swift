/// The keys and units of the numbers of a group, held once for all groups that have the same.
///
/// A table of many events has them alike in every row, and they take more room than the numbers.
final class StatisticLayout: Sendable {
  let keys: [StatisticKey]
  let units: [String]

  init(_ statistics: [Statistic]) {
    keys = statistics.map(\.key)
    units = statistics.map(\.unit)
  }

  init(keys: [StatisticKey], units: [String]) {
    self.keys = keys
    self.units = units
  }

  /// Whether `statistics` have these keys and units, in this order.
  func fits(_ statistics: [Statistic]) -> Bool {
    keys.count == statistics.count
      && statistics.indices.allSatisfy {
        keys[$0] == statistics[$0].key && units[$0] == statistics[$0].unit
      }
  }
}

/// The numbers that were computed at one place: of one event in one arm, say.
public struct ResultGroup: Sendable {
  public let place: RowPlace
  let layout: StatisticLayout
  /// A number for each key; not a number where one of the `remarks` has something else.
  let numbers: [Double]
  /// What is more than a plain number, by rising index.
  let remarks: [Remark]

  /// A statistic that is no number, was reconstructed or has a warning.
  struct Remark: Sendable {
    let index: Int
    let statistic: Statistic
  }

  public init(_ place: RowPlace, _ statistics: [Statistic]) {
    self.init(place, statistics, StatisticLayout(statistics))
  }

  fileprivate init(_ place: RowPlace, _ statistics: [Statistic], _ layout: StatisticLayout) {
    self.place = place
    self.layout = layout
    numbers = statistics.map { $0.plainNumber ?? .nan }
    remarks = statistics.indices.compactMap { index in
      statistics[index].plainNumber == nil
        ? Remark(index: index, statistic: statistics[index]) : nil
    }
  }

  /// A group as it was kept.
  init(_ place: RowPlace, _ layout: StatisticLayout, numbers: [Double], remarks: [Remark]) {
    self.place = place
    self.layout = layout
    self.numbers = numbers
    self.remarks = remarks
  }

  /// How many numbers there are.
  public var count: Int { numbers.count }

  public var statistics: [Statistic] {
    var remarks = remarks[...]
    return numbers.indices.map { index in
      guard remarks.first?.index == index else { return plainStatistic(index) }
      return remarks.removeFirst().statistic
    }
  }

  /// What its numbers warn of.
  public var warnings: some Sequence<String> { remarks.lazy.compactMap(\.statistic.warning) }

  /// The statistic called `key`, where it was computed.
  public func statistic(_ key: StatisticKey) -> Statistic? {
    layout.keys.firstIndex(of: key).map { index in
      remarks.first { $0.index == index }?.statistic ?? plainStatistic(index)
    }
  }

  private func plainStatistic(_ index: Int) -> Statistic {
    Statistic(layout.keys[index], .number(numbers[index]), unit: layout.units[index])
  }
}

/// Groups in order, of which those with the same keys and units, or split by the same, hold them
/// together.
public struct ResultGroupList: Sendable {
  public private(set) var groups: [ResultGroup] = []
  private var layouts: [StatisticLayout] = []
  private var groupings: Set<[Grouping?]> = []

  public init() {}

  public mutating func append(_ place: RowPlace, _ statistics: [Statistic]) {
    let place = RowPlace(
      groups: groupings.insert(place.groups).memberAfterInsert, variable: place.variable,
      level: place.level)
    groups.append(ResultGroup(place, statistics, layout(of: statistics)))
  }

  private mutating func layout(of statistics: [Statistic]) -> StatisticLayout {
    if let known = layouts.first(where: { $0.fits(statistics) }) { return known }
    let layout = StatisticLayout(statistics)
    layouts.append(layout)
    return layout
  }
}

extension ResultGroup: Hashable {
  public static func == (first: ResultGroup, second: ResultGroup) -> Bool {
    first.place == second.place && first.statistics == second.statistics
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(place)
    hasher.combine(statistics)
  }
}

extension Statistic {
  /// The number where there is nothing else to say of it.
  fileprivate var plainNumber: Double? {
    guard case .number(let number) = value, !isReconstructed, warning == nil else { return nil }
    return number
  }
}
