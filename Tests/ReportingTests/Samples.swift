import Inference
import Results

/// Results as the tests need them, each with as little as possible.
enum Sample {
  static func study(
    _ analyses: [AnalysisResult], published: [PublishedCheck] = [],
    sources: [StudyResults.Source] = [], rounding: RoundingRule = .halfAway
  ) -> StudyResults {
    StudyResults(
      id: "study", title: "A study", description: nil, sources: sources, rounding: rounding,
      program: Program(version: "1.0", build: "abc"), analyses: analyses, published: published)
  }

  static func incidence(_ groups: [ResultGroup], id: String = "aes") -> AnalysisResult {
    var analysis = AnalysisResult(id: id, kind: "incidence", title: "Adverse events", level: 0.95)
    analysis.groups = groups
    analysis.methods = [
      MethodNote(
        name: "wilson", title: "Wilson", summary: "Inverts the score test.",
        reference: "Wilson (1927), J. Am. Stat. Assoc. 22:209.")
    ]
    return analysis
  }

  static func place(
    trial: String? = "t", arm: String = "a", system: String? = nil, term: String
  ) -> RowPlace {
    RowPlace(
      groups: [
        trial.map { Grouping("trial", $0) }, Grouping("arm", arm),
        system.map { Grouping("system", $0) },
      ], variable: "term", level: term)
  }

  /// `events` of `subjects`, with the limits given as proportions.
  static func risk(
    _ place: RowPlace, _ events: Int, of subjects: Int,
    lower: ReportedValue? = .number(0.1), upper: ReportedValue? = .number(0.2),
    method: String = "wilson", isReconstructed: Bool = false, warning: String? = nil
  ) -> ResultGroup {
    func statistic(
      _ name: String, _ value: ReportedValue, method: String = "", unit: String = ""
    ) -> Statistic {
      Statistic(
        StatisticKey(measure: "risk", method: method, name: name), value, unit: unit,
        isReconstructed: isReconstructed, warning: method.isEmpty ? nil : warning)
    }
    let proportion = Double(events) / Double(subjects)
    let counts = [
      statistic("events", .number(Double(events))),
      statistic("subjects", .number(Double(subjects))),
      statistic("percent", .number(100 * proportion), unit: "%"),
      statistic("estimate", .number(proportion)),
    ]
    let limits = [
      lower.map { statistic("lower", $0, method: method) },
      upper.map { statistic("upper", $0, method: method) },
    ]
    return ResultGroup(place, counts + limits.compactMap { $0 })
  }

  /// `events` in `personYears`, per 100 person-years.
  static func rate(
    _ place: RowPlace, _ events: Int, personYears: Double, lower: ReportedValue,
    upper: ReportedValue
  ) -> ResultGroup {
    let values: [(String, String, ReportedValue)] = [
      ("", "events", .number(Double(events))), ("", "person_years", .number(personYears)),
      ("", "estimate", .number(100 * Double(events) / personYears)), ("exact", "lower", lower),
      ("exact", "upper", upper),
    ]
    let statistics = values.map { method, name, value in
      Statistic(
        StatisticKey(measure: "rate", method: method, name: name), value,
        unit: ["events", "person_years"].contains(name) ? "" : "per 100 person-years")
    }
    return ResultGroup(place, statistics)
  }
}
