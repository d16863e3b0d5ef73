import Results

/// The results that evidence is read from.
struct EvidenceResults {
  private let byID: [String: AnalysisResult]

  init(_ byID: [String: AnalysisResult]) {
    self.byID = byID
  }

  /// The result of the analysis called `id`.
  subscript(id: String) -> AnalysisResult {
    guard let result = byID[id] else {
      preconditionFailure("evidence that is no analysis passed the study definition: \(id)")
    }
    return result
  }
}

extension AnalysisResult {
  /// The statistics at a place; groups that are not there do not count.
  func statistics(_ groups: [Grouping], _ variable: String, _ level: String) -> [Statistic] {
    self.groups.filter {
      $0.place.groups.compactMap { $0 } == groups && $0.place.variable == variable
        && $0.place.level == level
    }.flatMap(\.statistics)
  }

  /// The value called `name`, of a method where one is given, or why there is none.
  func value(
    _ groups: [Grouping], _ variable: String, _ level: String, _ name: String, measure: String,
    method: String? = nil
  ) -> ReportedValue {
    statistics(groups, variable, level).first { statistic in
      statistic.key.name == name && statistic.key.measure == measure
        && method.map { $0 == statistic.key.method } ?? true
    }?.value ?? .notEstimable(absence)
  }

  /// Why a number that was looked for is not there.
  var absence: String {
    outcome.reason.map { "the analysis \"\(id)\" was not computed: \($0)" }
      ?? "the analysis \"\(id)\" gives no such number"
  }
}

extension ReportedValue {
  /// The number, where it is one, or ±∞.
  var known: Double? {
    switch self {
    case .number(let value): value
    case .unbounded(.above): .infinity
    case .unbounded(.below): -.infinity
    case .censored, .notEstimable, .verdict: nil
    }
  }

  var whyNot: String {
    switch self {
    case .notEstimable(let reason): reason
    case .censored(.above, let bound): "it lies above \(shown(bound))"
    case .censored(.below, let bound): "it lies below \(shown(bound))"
    case .unbounded, .number, .verdict: "there is no finite number"
    }
  }
}
