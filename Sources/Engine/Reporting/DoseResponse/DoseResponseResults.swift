import Results

/// The results of a dose-response analysis, arranged by what was fitted and by model.
struct DoseResponseResults {
  /// What one fit was made of: a curve, or one lot of it.
  struct Part: Hashable {
    /// Empty for the only curve of an analysis that does not name it.
    let curve: String
    /// Empty where lots are not told apart.
    let lot: String

    fileprivate var groups: [Grouping] {
      (curve.isEmpty ? [] : [Grouping("curve", curve)])
        + (lot.isEmpty ? [] : [Grouping("lot", lot)])
    }
  }

  /// The method of what was pooled over lots.
  static let pooling = "lots/reml"
  /// What stands in the place of a model for what was averaged over the models.
  static let average = "average"

  let analysis: AnalysisResult
  let numbers: NumberText
  let placed: PlacedStatistics
  let parts: [Part]
  /// The models, in their order.
  let models: [String]

  /// `nil` where the analysis is of another kind, or has no results.
  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard analysis.kind == "dose-response", !analysis.groups.isEmpty else { return nil }
    self.analysis = analysis
    self.numbers = numbers
    placed = PlacedStatistics(analysis)
    let ofFits = Set(["fit", "parameter", "effective_dose"])
    let fits = placed.places.filter { ofFits.contains($0.variable) }.map { [placed] place in
      (place, placed[place].filter { $0.key.method != Self.pooling })
    }.filter { !$0.1.isEmpty }
    parts =
      fits.map { place, _ in
        Part(curve: place.level(of: "curve") ?? "", lot: place.level(of: "lot") ?? "")
      }.unique
    models = fits.flatMap { $0.1.map(\.key.measure) }.unique.filter { $0 != Self.average }
  }

  /// The statistics of a model at a place, those pooled over lots left out.
  func statistics(
    _ variable: String, _ level: String = "", of model: String, at part: Part
  ) -> [Statistic] {
    placed[part.groups, variable, level].filter {
      $0.key.measure == model && $0.key.method != Self.pooling
    }
  }

  func status(of model: String, at part: Part) -> Statistic? {
    statistics("fit", of: model, at: part).first("status")
  }

  /// The curves as wholes, whether their lots were fitted one by one or not.
  var curves: [String] { parts.map(\.curve).unique }

  /// What was pooled over the lots of a curve.
  func pooled(_ variable: String, _ level: String, of model: String, curve: String) -> [Statistic] {
    placed[Part(curve: curve, lot: "").groups, variable, level].filter {
      $0.key.measure == model && $0.key.method == Self.pooling
    }
  }

  /// The names of the intervals that parameters and effective doses have, in their order.
  var intervals: [String] {
    placed.places.filter { ["parameter", "effective_dose"].contains($0.variable) }
      .flatMap { placed[$0] }.filter { $0.key.name == "lower" && $0.key.method != Self.pooling }
      .map(\.key.method).unique
  }

  // MARK: Texts

  /// `A · lot 3`; empty for a single nameless curve.
  func title(of part: Part) -> String {
    part.groups.map { analysis.labels[$0] ?? $0.level }.joined(separator: " · ")
  }

  func title(ofModel model: String) -> String {
    model == Self.average ? "Model average" : analysis.methodTitle(model)
  }

  /// `ED50`, or `Absolute 4`.
  func title(ofDose level: String) -> String { level.prefix(1).uppercased() + level.dropFirst() }

  var level: String { numbers.level(analysis.level) }

  var doseTitle: String { analysis.labels[Grouping("axis", "dose")] ?? "Dose" }

  var responseTitle: String { analysis.labels[Grouping("axis", "response")] ?? "Response" }
}
