import Results
import StudyDefinition
import StudyRunner
import Testing

/// A study whose last analysis, `guide`, works through a guide.
func guideText(_ guide: String, _ evidence: String, analyses: [String] = []) -> String {
  let own =
    #"{"id": "guide", "kind": "troubleshoot", "guide": "\#(guide)", "evidence": {\#(evidence)}}"#
  return studyText(analyses: "[\((analyses + [own]).joined(separator: ", "))]")
}

/// A dose-response analysis `d` of a few points; its results are made by hand.
func curveAnalysis(_ keys: String = "", curves: [String] = []) -> String {
  let points = (curves.isEmpty ? [""] : curves).flatMap { curve in
    [(0, 10), (1, 9), (3, 6), (10, 3), (30, 1)].flatMap { dose, response in
      let name = curve.isEmpty ? "" : #", "curve": "\#(curve)""#
      return ["", ".4"].map { #"{"dose": \#(dose), "response": \#(response)\#($0)\#(name)}"# }
    }
  }
  return
    #"{"id": "d", "kind": "dose-response", "models": ["log-logistic-4"], "points": [\#(points.joined(separator: ", "))]\#(keys)}"#
}

/// The guide of `text` worked through, every other analysis having the results `made` gives, or its own.
func guided(
  _ text: String, made: (@Sendable (Analysis) -> AnalysisResult)? = nil
) async throws -> AnalysisResult {
  let plan = try plan(text)
  let analysis = try #require(plan.study.analyses.last)
  guard let made, case .troubleshoot(let guide) = analysis.kind else {
    return try #require(try await run(text).analyses.last)
  }
  var result = AnalysisResult(id: "guide", kind: "troubleshoot", title: "Guide", level: 0.95)
  let evidence = plan.study.analyses.filter { guide.analyses.contains($0.id) }
    .map { ($0.id, made($0)) }
  guide.run(
    of: plan.study, level: analysis.level, Dictionary(uniqueKeysWithValues: evidence),
    into: &result)
  return result
}

/// The result of a dose-response analysis with these rows.
struct MadeCurves {
  var rows: [(groups: [Grouping], variable: String, level: String, statistics: [Statistic])] = []
  var series: [Series] = []

  static func number(
    _ name: String, _ value: ReportedValue, method: String = "", measure: String = "log-logistic-4"
  ) -> Statistic {
    Statistic(StatisticKey(measure: measure, method: method, name: name), value)
  }

  /// How a fit ended.
  mutating func fit(_ status: String, flatness: ReportedValue, curve: String = "") {
    rows.append(
      (
        curve.isEmpty ? [] : [Grouping("curve", curve)], "fit", "",
        [Self.number("status", .verdict(status)), Self.number("flatness_p_value", flatness)]
      ))
  }

  /// A dose or a parameter with its limits.
  mutating func estimate(
    _ level: String, _ values: [ReportedValue], variable: String = "effective_dose",
    method: String = "profile", curve: String = ""
  ) {
    rows.append(
      (
        curve.isEmpty ? [] : [Grouping("curve", curve)], variable, level,
        [
          Self.number("estimate", values[0]), Self.number("lower", values[1], method: method),
          Self.number("upper", values[2], method: method),
        ]
      ))
  }

  func result(of analysis: Analysis) -> AnalysisResult {
    var result = AnalysisResult(
      id: analysis.id, kind: analysis.kindName, title: analysis.id, level: 0.95)
    result.groups = rows.map {
      ResultGroup(
        RowPlace(groups: $0.groups, variable: $0.variable, level: $0.level), $0.statistics)
    }
    result.series = series
    return result
  }
}

extension AnalysisResult {
  /// The verdict on a step, the same in rows and in the series.
  func verdict(_ step: String) throws -> String {
    let row = try #require(try place(step).statistics.last)
    #expect(row.key == StatisticKey(measure: "troubleshoot", name: "status"))
    #expect(try text("verdict", of: step) == row.status)
    return row.status
  }

  /// The row of a step as a whole.
  func place(_ step: String, _ level: String = "") throws -> ResultGroup {
    try #require(
      groups.first { $0.place.level(of: "step") == step && $0.place.level == level },
      "\(step) \(level)")
  }

  func text(_ column: String, of step: String) throws -> String {
    let findings = try #require(series.first { $0.name == "findings" })
    func texts(_ name: String) throws -> [String] {
      guard case .texts(let texts)? = findings.columns.first(where: { $0.name == name })?.values
      else { throw WrongKind() }
      return texts
    }
    let index = try #require(try texts("step").firstIndex(of: step))
    return try texts(column)[index]
  }
}
