import Results

/// Standardised residuals against the fitted response and against the dose.
struct ResidualPlot: Plot {
  struct Point {
    let dose: Double
    let fitted: Double
    let residual: Double
    /// The number of its curve; 0 for all where curves are not told apart.
    let curve: Int
    let hover: String
  }

  private static let width = 920.0

  let title: String
  let numbers: NumberText
  let points: [Point]
  /// The curves that are told apart; empty where there is one, or too many.
  let curves: [String]
  let dose: DoseAxis
  let fitted: Axis
  let residual: Axis
  let responseTitle: String
  let notes: [String]
  let summary: String

  /// `nil` where there are no residuals of `model`.
  init?(_ results: DoseResponseResults, model: String) {
    let (all, names) = results.residuals(of: model)
    guard !all.isEmpty else { return nil }
    let every = (all.count + CurvePlot.maximumPoints - 1) / CurvePlot.maximumPoints
    let isApart = (2...CurvePlot.maximumTogether).contains(names.count)
    points = stride(from: 0, to: all.count, by: every).map { all[$0] }
    curves = isApart ? names : []
    numbers = results.numbers
    title = results.analysis.caption("residuals, \(results.title(ofModel: model))")
    let doses = points.map(\.dose)
    dose = DoseAxis(
      title: results.doseTitle, doses: doses,
      isLogarithmic: hasLogarithmicAxis(doses, model: model), numbers: numbers)
    fitted = Axis(near: points.map(\.fitted))
    let residuals = points.map(\.residual)
    residual = Axis(
      from: min(residuals.min() ?? 0, -2.5), reaching: max(residuals.max() ?? 0, 2.5))
    responseTitle = results.responseTitle
    notes =
      ["Dashed: −2 and 2, between which most standardised residuals lie."]
      + (every > 1 ? ["One of \(every) residuals is drawn."] : [])
    let beyond = all.count { abs($0.residual) > 2 }
    summary =
      "\(all.count) standardised residuals against the fitted response and against the dose; "
      + "\(beyond) beyond −2 or 2."
  }

  func drawing(named name: String) -> Markup {
    let legend = legendPlaces(curves.map { clip($0, 60) }, from: 64, to: Self.width - 24)
    let top = 46 + (legend.last.map { $0.y + 4 } ?? 0)
    let half = (Self.width - 64 - 24 - 40) / 2
    let left = Box(left: 64, right: 64 + half, top: top, bottom: top + 260)
    let right = Box(left: 104 + half, right: 104 + 2 * half, top: top, bottom: top + 260)
    return canvas(
      named: name, width: Self.width, height: top + 318 + 18 * Double(notes.count),
      summary: summary
    ) { svg in
      for (index, place) in legend.enumerated() {
        PlotMark(index).draw(x: place.x + 6, y: place.y, &svg)
        svg.label(clip(curves[index], 60), x: place.x + 18, y: place.y + 4)
      }
      svg.label("Standardised residual", x: 12, y: top - Distance.verticalTitle)
      for (box, hasLabels) in [(left, true), (right, false)] {
        svg.verticalAxis(residual, box, numbers, hasLabels: hasLabels)
        for level in [-2.0, 0, 2] { drawLevel(level, box, &svg) }
      }
      svg.horizontalAxis(fitted, left, numbers)
      svg.doseAxis(dose, right)
      let titles = [(left, "Fitted: \(responseTitle)"), (right, dose.title)]
      for (box, title) in titles {
        svg.label(
          title, x: box.x(0.5), y: box.bottom + Distance.axisTitle, anchor: "middle")
      }
      draw(left, &svg) { fitted.place(of: $0.fitted) }
      draw(right, &svg) { dose.place(of: $0.dose) }
      svg.notes(notes, x: left.left, y: left.bottom + Distance.note)
    }
  }

  private func drawLevel(_ level: Double, _ box: Box, _ svg: inout Markup) {
    let y = box.y(residual.place(of: level))
    svg.empty(
      "line",
      [
        "class": "axis", "x1": length(box.left), "x2": length(box.right), "y1": length(y),
        "y2": length(y), "stroke": FigureColours.axis, "stroke-dasharray": level == 0 ? nil : "5 4",
      ])
  }

  private func draw(_ box: Box, _ svg: inout Markup, across place: (Point) -> Double) {
    svg.element("g", ["fill-opacity": "0.7"]) { svg in
      for point in points {
        svg.element("g", [:]) { svg in
          svg.element("title", point.hover)
          PlotMark(curves.isEmpty ? 0 : point.curve).draw(
            x: box.x(place(point)), y: box.y(residual.place(of: point.residual)), &svg)
        }
      }
    }
  }
}

extension DoseResponseResults {
  /// The residuals of a model from the series `residuals`, and the names of their curves.
  fileprivate func residuals(
    of model: String
  ) -> (points: [ResidualPlot.Point], curves: [String]) {
    guard let series = SeriesColumns("residuals", of: analysis) else { return ([], []) }
    let (models, curves) = (series.texts("model"), series.texts("curve"))
    let lots = isByLot(model) ? series.texts("lot") : curves.map { _ in "" }
    let (doses, fitted) = (series.numbers("dose"), series.numbers("fitted"))
    let residuals = series.numbers("residual")
    let rows = (0..<series.count).filter { models[$0] == model }
    let parts = rows.map { Part(curve: curves[$0], lot: lots[$0]) }
    let numberOfPart = Dictionary(zip(parts.unique, 0...)) { first, _ in first }
    let points = zip(rows, parts).compactMap { row, part -> ResidualPlot.Point? in
      guard let dose = doses[row], let fitted = fitted[row], let residual = residuals[row] else {
        return nil
      }
      let place = "\(numbers.measured(dose)): \(numbers.fixed(residual, decimals: 2))"
      return ResidualPlot.Point(
        dose: dose, fitted: fitted, residual: residual, curve: numberOfPart[part] ?? 0,
        hover: [title(of: part), place].filter { !$0.isEmpty }.joined(separator: " · "))
    }
    return (points, parts.unique.map { title(of: $0) })
  }
}
