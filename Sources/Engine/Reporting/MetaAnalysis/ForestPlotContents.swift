import Results

// What stands in the forest plots of a meta-analysis.

extension ForestPlot {
  /// The studies, by subgroup where there are any, and what is pooled of them.
  init?(_ results: MetaAnalysisResults) {
    let isCondensed = results.studies.count > Self.maximumStudies
    let counts = isCondensed ? [] : results.countColumns
    let model = isCondensed ? nil : results.weightedModels.first
    let columns =
      counts.map { Column(title: $0.title, isLeft: true) }
      + [results.effectColumn]
      + (model == nil ? [] : [Column(title: ["Weight", "%"], isLeft: false)])
    let studies =
      isCondensed
      ? results.condensedRows + results.subgroupRows : results.studyRows(weightedBy: model)
    let pooled = results.pooled.map {
      results.pooledRows(
        results.variants, at: $0, counts: counts.count, isWeighted: model != nil)
    }
    let sum = [Row.heading(results.subgroups.isEmpty ? "Pooled" : "All studies")]
    let first = results.pooled.flatMap { pooled in
      results.variants.first.flatMap { results.interval($0, at: pooled)?.estimate }
    }
    let squares = model.map { "Area of the squares: weight, \(results.titles.title($0))." }
    self.init(
      results, title: "forest plot", corner: "Study", columns: columns,
      rows: studies + (pooled.map { sum + $0 } ?? []), guide: results.measure.shown(first),
      notes: [isCondensed ? results.condensation : squares, results.heterogeneityNote].compactMap {
        $0
      },
      summary: results.forestSummary)
  }

  /// What each method makes of the same studies.
  init?(methodsOf results: MetaAnalysisResults) {
    guard let pooled = results.pooled, results.variants.count > 1 else { return nil }
    let reference = results.measure.nullValue
    let rows = results.variants.map { variant in
      var row = Row(
        results, results.titles.title(variant), results.interval(variant, at: pooled),
        texts: results.effectAndPValue(variant, at: pooled), mark: .circle(isFilled: true))
      row.mark = .circle(isFilled: reference.map { row.excludes($0) } ?? true)
      return row
    }
    let value = reference.map(results.numbers.short) ?? ""
    let excluding = rows.count { row in reference.map { row.excludes($0) } ?? false }
    let verdict =
      reference == nil
      ? "" : " \(excluding) of their intervals exclude \(value), the value of no effect."
    self.init(
      results, title: "pooled effect by method", corner: "Method",
      columns: [results.effectColumn, Column(title: ["p-value"], isLeft: false)],
      rows: rows,
      legend: reference == nil
        ? [] : ["interval excludes \(value)", "interval includes \(value)"],
      summary: "The pooled effect by \(rows.count) methods.\(verdict)")
  }

  /// What is pooled without one study after the other.
  init?(leaveOneOut results: MetaAnalysisResults) {
    self.init(
      refits: results.omitted, of: results, title: "leaving out one study", corner: "Without")
  }

  /// What is pooled as studies are added.
  init?(cumulative results: MetaAnalysisResults) {
    self.init(
      refits: results.added, of: results, title: "cumulative forest plot", corner: "Up to and with")
  }

  private init?(
    refits parts: [MetaAnalysisResults.Part], of results: MetaAnalysisResults, title: String,
    corner: String
  ) {
    let fitted = results.refittedVariants(parts)
    let variants = results.leadingVariants.filter(fitted.contains)
    let shown = parts.prefix(Self.maximumStudies)
    let rows = variants.flatMap { variant -> [Row] in
      [Row.heading(results.titles.title(variant))]
        + shown.map { part in
          Row(
            results, part.label, results.interval(variant, at: part.results), style: .indented,
            texts: results.effectAndPValue(variant, at: part.results), mark: .square(0.3))
        }
        + (results.pooled.map { pooled in
          [
            Row(
              results, "All studies", results.interval(variant, at: pooled), style: .indented,
              texts: results.effectAndPValue(variant, at: pooled), mark: .diamond)
          ]
        } ?? [])
    }
    let further = parts.count - shown.count
    self.init(
      results, title: title, corner: corner,
      columns: [results.effectColumn, Column(title: ["p-value"], isLeft: false)],
      rows: rows,
      notes: further > 0 ? ["The first \(shown.count); \(further) more are in the table."] : [],
      summary: "The pooled effect \(parts.count) times, \(title).")
  }
}

extension ForestPlot.Row {
  /// Whether the interval, which must exist, lies on one side of `value`.
  fileprivate func excludes(_ value: Double) -> Bool {
    guard let lower, let upper else { return false }
    return lower > value || upper < value
  }
}

extension MetaAnalysisResults {
  /// A row a study, and below those of a subgroup what is pooled of them.
  fileprivate func studyRows(weightedBy model: String?) -> [ForestPlot.Row] {
    let weights = studies.map { study in
      model.flatMap { statistic("weight_percent", $0, at: study.results)?.value.stored } ?? 0
    }
    let largest = weights.max() ?? 0
    return sections.flatMap { section -> [ForestPlot.Row] in
      let heading = section.subgroup.map { [ForestPlot.Row.heading($0.label)] } ?? []
      let rows = section.studies.map { study in
        studyRow(study, model, largest: largest, isMember: section.subgroup != nil)
      }
      let pooled = section.subgroup.map {
        pooledRows(
          leadingVariants, at: $0.results, counts: countColumns.count, isWeighted: model != nil)
      }
      return heading + rows + (pooled ?? [])
    }
  }

  private func studyRow(
    _ study: Part, _ model: String?, largest: Double, isMember: Bool
  ) -> ForestPlot.Row {
    var writer = MetaAnalysisWriter(self)
    let counts = countColumns.map { column in
      writer.count(
        statistic(column.events, at: study.results), of: statistic(column.total, at: study.results)
      ).text
    }
    let interval = interval("", at: study.results)
    let weight = model.flatMap { statistic("weight_percent", $0, at: study.results) }
    let share = largest > 0 ? (weight?.value.stored ?? 0) / largest : 0.3
    let weightText = writer.number(weight, numbers.percent).text
    return ForestPlot.Row(
      self, study.label, interval, style: isMember ? .indented : .plain,
      texts: counts + [writer.effect(interval).text] + (model == nil ? [] : [weightText]),
      mark: .square(share))
  }

  /// A diamond for each variant, with a bar below it for each of its prediction intervals.
  fileprivate func pooledRows(
    _ variants: [String], at group: ResultGroup, counts: Int, isWeighted: Bool
  ) -> [ForestPlot.Row] {
    func texts(_ effect: String) -> [String] {
      Array(repeating: "", count: counts) + [effect] + (isWeighted ? [""] : [])
    }
    let predictions = predictions(at: group)
    return variants.flatMap { variant -> [ForestPlot.Row] in
      let interval = interval(variant, at: group)
      let effect = ForestPlot.Row(
        self, titles.title(variant), interval, style: .nested,
        texts: texts(interval.map(text) ?? ""), mark: .diamond)
      let bars = (predictions[variant] ?? []).compactMap { kind, method in
        predictionRow(kind, method, at: group, texts)
      }
      return [effect] + bars
    }
  }

  private func predictionRow(
    _ kind: String, _ method: String, at group: ResultGroup, _ texts: (String) -> [String]
  ) -> ForestPlot.Row? {
    let limits = ["prediction_lower", "prediction_upper"].map {
      statistic($0, method, at: group)
    }
    guard let lower = measure.shown(limits[0]), let upper = measure.shown(limits[1]) else {
      return nil
    }
    var writer = MetaAnalysisWriter(self)
    let text = writer.limits(limits[0], limits[1]).text
    let detail = kind.isEmpty ? "" : ", " + titles.title(kind)
    return ForestPlot.Row(
      style: .nested, label: "Prediction interval\(detail)",
      texts: texts(text), mark: .bar, lower: lower, upper: upper)
  }

  /// Very many studies as thin lines in the order of their effects, evenly chosen.
  fileprivate var condensedRows: [ForestPlot.Row] {
    let rows = studies.map { study -> ForestPlot.Row in
      let interval = interval("", at: study.results)
      var row = ForestPlot.Row(self, "", interval, texts: [], mark: .line)
      row.hover = "\(study.label): \(interval.map(text) ?? "NE")"
      return row
    }.filter { $0.estimate != nil }.sorted { ($0.estimate ?? 0) < ($1.estimate ?? 0) }
    let count = min(rows.count, ForestPlot.maximumLines)
    return (0..<count).map { rows[$0 * rows.count / count] }
  }

  /// What is pooled of each subgroup.
  fileprivate var subgroupRows: [ForestPlot.Row] {
    subgroups.flatMap { subgroup in
      [ForestPlot.Row.heading(subgroup.label)]
        + pooledRows(leadingVariants, at: subgroup.results, counts: 0, isWeighted: false)
    }
  }

  /// Which studies the lines are.
  fileprivate var condensation: String {
    let drawn = studies.count { measure.shown(interval("", at: $0.results)?.estimate) != nil }
    let part = drawn > ForestPlot.maximumLines ? ", \(ForestPlot.maximumLines) of them" : ""
    return "The \(drawn) studies with an effect\(part) as lines, by increasing effect."
  }

  fileprivate func effectAndPValue(_ variant: String, at group: ResultGroup) -> [String] {
    let pValue = statistic("p_value", variant, at: group)?.value.text(numbers.pValue)
    return [interval(variant, at: group).map(text) ?? "", pValue ?? ""]
  }

  fileprivate var effectColumn: ForestPlot.Column {
    ForestPlot.Column(title: [measure.header(unit: unit), "[\(level) CI]"], isLeft: false)
  }

  fileprivate var forestSummary: String {
    let texts = pooled.map { pooled in
      variants.map { "\(titles.title($0)) \(interval($0, at: pooled).map(text) ?? "NE")" }
    }
    let count = studies.count == 1 ? "1 study" : "\(studies.count) studies"
    return "Forest plot of \(count). Pooled: \(texts?.joined(separator: "; ") ?? "nothing")."
  }
}
