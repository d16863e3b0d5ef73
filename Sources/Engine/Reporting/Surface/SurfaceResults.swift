import Results

/// The results of a response-surface analysis.
struct SurfaceResults {
  let analysis: AnalysisResult
  let numbers: NumberText
  let placed: PlacedStatistics

  /// `nil` where the analysis is of another kind, or has no results.
  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard analysis.kind == "response-surface", !analysis.groups.isEmpty else { return nil }
    self.analysis = analysis
    self.numbers = numbers
    placed = PlacedStatistics(analysis)
  }

  func statistics(_ variable: String, _ level: String = "") -> [Statistic] {
    placed[[], variable, level]
  }

  /// The coordinate of the stationary point, or of the optimum, in one factor.
  func coordinate(
    of point: String, _ factor: String
  ) -> (estimate: Double, lower: Double?, upper: Double?)? {
    let found = statistics(point, factor)
    guard let estimate = found.first("estimate")?.value.stored else { return nil }
    return (
      estimate, found.first("lower")?.value.extended, found.first("upper")?.value.extended
    )
  }

  var level: String { numbers.level(analysis.level) }

  var responseTitle: String { analysis.labels[Grouping("axis", "response")] ?? "Response" }

  /// A factor with its unit, where it has one.
  func title(ofFactor factor: String) -> String {
    analysis.labels[Grouping("axis", factor)] ?? factor
  }
}
