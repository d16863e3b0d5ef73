/// What was split by, and one level of it: the arm `h5`, the system `Infections`.
public struct Grouping: Hashable, Sendable {
  public let name: String
  public let level: String

  public init(_ name: String, _ level: String) {
    self.name = name
    self.level = level
  }
}

/// Where a result stands: its groups and its variable, as in the columns of the results data.
public struct RowPlace: Hashable, Sendable {
  /// What stands in `group1`, `group2` and `group3`; `nil` leaves both of a group's columns empty.
  public let groups: [Grouping?]
  public let variable: String
  public let level: String

  public init(groups: [Grouping?], variable: String, level: String) {
    precondition(groups.count <= 3, "\(groups.count) groups")
    self.groups = groups
    self.variable = variable
    self.level = level
  }

  /// The level of the group called `name`.
  public func level(of name: String) -> String? {
    groups.lazy.compactMap { $0 }.first { $0.name == name }?.level
  }
}

/// What was computed: the measure, the method where one applies, and the name of the number.
public struct StatisticKey: Hashable, Sendable {
  public let measure: String
  /// Empty for what does not depend on a method.
  public let method: String
  public let name: String

  public init(measure: String, method: String = "", name: String) {
    self.measure = measure
    self.method = method
    self.name = name
  }
}

/// One number of a result, with what is needed to read it.
public struct Statistic: Hashable, Sendable {
  public let key: StatisticKey
  public let value: ReportedValue
  /// The unit of the number; empty for pure numbers.
  public let unit: String
  /// Whether it was computed from a count that was itself rebuilt from a printed percentage.
  public let isReconstructed: Bool
  /// What a reader should know about this very number.
  public let warning: String?

  public init(
    _ key: StatisticKey, _ value: ReportedValue, unit: String = "", isReconstructed: Bool = false,
    warning: String? = nil
  ) {
    self.key = key
    self.value = value
    self.unit = unit
    self.isReconstructed = isReconstructed
    self.warning = warning
  }

  /// `ok`, or what a reader of the number must know first.
  public var status: String {
    switch value {
    case .number: isReconstructed ? "reconstructed" : "ok"
    case .unbounded: "unbounded"
    case .censored(.above, _): "censored-above"
    case .censored(.below, _): "censored-below"
    case .notEstimable: "not-estimable"
    case .verdict(let verdict): verdict
    }
  }
}
