import Results

// Forest plots of lots: what each gives, what is pooled of them, and where a new one may lie.

extension ForestPlot {
  /// `nil` where `quantity` of `model` was not estimated by lot.
  init?(
    lotsOf results: DoseResponseResults, model: String, _ variable: String, _ quantity: String
  ) {
    let lots = results.lotEstimates(of: model, quantity)
    let curves = (lots.map(\.curve) + results.curves).unique
    let rows = curves.flatMap { curve -> [Row] in
      let own = lots.filter { $0.curve == curve }
      let pooled = results.pooled(variable, quantity, of: model, curve: curve)
      let heading =
        curve.isEmpty || own.isEmpty && pooled.isEmpty
        ? [] : [Row.heading(results.title(of: .init(curve: curve, lot: "")))]
      return heading + own.map { $0.row(results, isMember: !curve.isEmpty) }
        + results.pooledRows(pooled)
    }
    guard !lots.isEmpty else { return nil }
    let values = rows.flatMap { [$0.estimate, $0.lower, $0.upper] }.compactMap { $0 }
    let estimates = rows.compactMap(\.estimate)
    let isLogarithmic =
      estimates.allSatisfy { $0 > 0 } && (variable == "effective_dose" || quantity == "ed50")
    let title = results.title(ofDose: quantity)
    let shown = Self.near(estimates, values.filter(\.isFinite), isLogarithmic: isLogarithmic)
    let dose = isLogarithmic ? ", \(results.doseTitle)" : ""
    self.init(
      title: results.analysis.caption(
        "\(title) by lot, \(results.title(ofModel: model))"),
      numbers: results.numbers, corner: "Lot",
      columns: [Column(title: [title, "[\(results.level) CI]"], isLeft: false)], rows: rows,
      axis: isLogarithmic ? Axis(positive: shown) : Axis(near: shown),
      axisTitle: "\(title)\(dose) (\(results.level) CI)",
      guide: rows.first { $0.style == .nested }?.estimate,
      notes: rows.contains { if case .bar = $0.mark { true } else { false } }
        ? ["Broad bar: \(results.level) prediction interval for a new lot."] : [],
      summary: "\(title) of \(lots.count) lots.")
  }

  /// The values without limits so far off that the others would no longer be told apart.
  private static func near(
    _ estimates: [Double], _ values: [Double], isLogarithmic: Bool
  ) -> [Double] {
    guard let least = estimates.min(), let most = estimates.max() else { return values }
    guard isLogarithmic else {
      let room = 3 * max(most - least, 0.2 * max(abs(most), abs(least)))
      return values.filter { (least - room...most + room).contains($0) }
    }
    // An estimate of a lot whose curve never got there may be any number.
    let middle = estimates.sorted()[estimates.count / 2]
    let ends = (max(least, middle / 1000) / 30, min(most, middle * 1000) * 30)
    return values.filter { (ends.0...ends.1).contains($0) }
  }
}

/// What one lot gives.
private struct LotEstimate {
  let curve: String
  let lot: String
  let estimate: Double?
  let lower: Double?
  let upper: Double?

  func row(_ results: DoseResponseResults, isMember: Bool) -> ForestPlot.Row {
    let limits = [lower, upper].map { $0.map(results.numbers.measured) ?? "–" }
    let hasLimits = lower != nil || upper != nil
    let text = estimate.map { estimate in
      results.numbers.measured(estimate) + (hasLimits ? " [\(limits[0]), \(limits[1])]" : "")
    }
    return ForestPlot.Row(
      style: isMember ? .indented : .plain,
      label: results.analysis.labels[Grouping("lot", lot)] ?? lot, texts: [text ?? "NE"],
      mark: .square(0.3), estimate: estimate,
      lower: estimate == nil || !hasLimits ? nil : lower ?? -.infinity,
      upper: estimate == nil || !hasLimits ? nil : upper ?? .infinity,
      remark: estimate == nil ? "not estimable" : hasLimits ? nil : "no interval")
  }
}

extension DoseResponseResults {
  /// The estimates of a quantity, lot by lot, from the series `lots`.
  fileprivate func lotEstimates(of model: String, _ quantity: String) -> [LotEstimate] {
    guard let series = SeriesColumns("lots", of: analysis) else { return [] }
    let (models, quantities) = (series.texts("model"), series.texts("parameter"))
    let (curves, lots) = (series.texts("curve"), series.texts("lot"))
    let columns = ["estimate", "lower", "upper"].map { series.numbers($0) }
    return (0..<series.count).filter { models[$0] == model && quantities[$0] == quantity }
      .map { row in
        LotEstimate(
          curve: curves[row], lot: lots[row], estimate: columns[0][row], lower: columns[1][row],
          upper: columns[2][row])
      }
  }

  /// A diamond for what was pooled, and a bar for where a new lot may lie.
  fileprivate func pooledRows(_ found: [Statistic]) -> [ForestPlot.Row] {
    guard let estimate = found.first("estimate") else { return [] }
    var writer = CellWriter(numbers)
    let limits = [found.first("lower"), found.first("upper")]
    let value = estimate.value.extended
    let pooled = ForestPlot.Row(
      style: .nested, label: "Pooled",
      texts: [writer.estimate(estimate, limits[0], limits[1]).text], mark: .diamond,
      estimate: value, lower: value == nil ? nil : limits[0]?.value.extended,
      upper: value == nil ? nil : limits[1]?.value.extended,
      remark: value == nil ? "not estimable" : nil)
    let ends = [found.first("prediction_lower"), found.first("prediction_upper")]
    guard let lower = ends[0]?.value.extended, let upper = ends[1]?.value.extended else {
      return [pooled]
    }
    let prediction = ForestPlot.Row(
      style: .nested, label: "New lot", texts: [writer.limits(ends[0], ends[1]).text],
      mark: .bar, lower: lower, upper: upper)
    return [pooled, prediction]
  }
}
