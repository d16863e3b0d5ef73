import Results

// What stands in the figures of curves.

extension DoseResponseResults {
  /// The curves of a model, from the series `points` and `curves`, with their effective doses.
  func drawnCurves(of model: String) -> [CurvePlot.Curve] {
    let fits = fittedPlaces(of: model)
    let points = drawnPoints(byLot: isByLot(model))
    let keys = points.order + fits.keys.filter { points.byPart[$0] == nil }
    return keys.map { part in
      CurvePlot.Curve(
        title: title(of: part), points: points.byPart[part] ?? [], fit: fits.places[part] ?? [],
        effects: effects(of: model, at: part))
    }
  }

  /// Whether the lots of a curve were fitted one by one, so that their points belong to them.
  func isByLot(_ model: String) -> Bool {
    fittedPlaces(of: model).keys.contains { !$0.lot.isEmpty }
  }

  private func drawnPoints(byLot: Bool) -> (order: [Part], byPart: [Part: [CurvePlot.Point]]) {
    guard let series = SeriesColumns("points", of: analysis) else { return ([], [:]) }
    let (curves, lots) = (series.texts("curve"), series.texts("lot"))
    let (doses, responses) = (series.numbers("dose"), series.numbers("response"))
    let (removed, totals) = (series.numbers("removed"), series.numbers("total"))
    var order: [Part] = []
    var byPart: [Part: [CurvePlot.Point]] = [:]
    for index in 0..<series.count {
      guard let dose = doses[index], let response = responses[index] else { continue }
      let part = Part(curve: curves[index], lot: byLot ? lots[index] : "")
      if byPart[part] == nil { order.append(part) }
      let isRemoved = removed[index] == 1
      let names = [title(of: part), byLot ? "" : lots[index]].filter { !$0.isEmpty }
      let place = "\(numbers.measured(dose)): \(numbers.measured(response))"
      let total = totals[index].map { " of \(numbers.short($0))" } ?? ""
      byPart[part, default: []].append(
        CurvePlot.Point(
          dose: dose, response: response, isRemoved: isRemoved,
          hover: (names + [place + total + (isRemoved ? ", left out" : "")])
            .joined(separator: " · ")))
    }
    return (order, byPart)
  }

  private func fittedPlaces(
    of model: String
  ) -> (keys: [Part], places: [Part: [CurvePlot.Place]]) {
    guard let series = SeriesColumns("curves", of: analysis) else { return ([], [:]) }
    let (models, curves) = (series.texts("model"), series.texts("curve"))
    let (lots, doses) = (series.texts("lot"), series.numbers("dose"))
    let (responses, lower) = (series.numbers("response"), series.numbers("lower"))
    let upper = series.numbers("upper")
    var keys: [Part] = []
    var places: [Part: [CurvePlot.Place]] = [:]
    for index in 0..<series.count where models[index] == model {
      guard let dose = doses[index], let response = responses[index] else { continue }
      let part = Part(curve: curves[index], lot: lots[index])
      if places[part] == nil { keys.append(part) }
      places[part, default: []].append(
        CurvePlot.Place(dose: dose, response: response, lower: lower[index], upper: upper[index]))
    }
    return (keys, places)
  }

  /// The effective doses that can be shown, with their limits by the first method.
  private func effects(of model: String, at part: Part) -> [CurvePlot.Effect] {
    placed.levels(of: "effective_dose").compactMap { level in
      let found = statistics("effective_dose", level, of: model, at: part)
      guard let estimate = found.first("estimate"), estimate.value.reason == nil else {
        return nil
      }
      let (lower, upper) = (found.first("lower"), found.first("upper"))
      var writer = CellWriter(numbers)
      return CurvePlot.Effect(
        title: title(ofDose: level),
        text: "\(title(ofDose: level)) \(writer.estimate(estimate, lower, upper).text)",
        dose: estimate.value, lower: lower?.value, upper: upper?.value)
    }
  }

  /// What must be said under a figure of `curves`, of `count` curves in all.
  func notes(on curves: [CurvePlot.Curve], of count: Int, every: Int) -> [String] {
    let hasBand = curves.contains { $0.fit.contains { $0.lower != nil } }
    let removed = curves.reduce(0) { $0 + $1.points.count(where: \.isRemoved) }
    let effects = curves.flatMap { $0.effects.map(\.title) }.unique
    let interval = intervals.first.map { ", bars: \(level) CI, \(title(ofModel: $0))" } ?? ""
    let notes: [String?] = [
      hasBand ? "Shaded: pointwise \(level) confidence band." : nil,
      effects.isEmpty
        ? nil
        : "Rings: \(effects.joined(separator: ", "))\(interval)"
          + "; arrows: beyond what is drawn.",
      removed > 0 ? "Crosses: \(removed) left out of the fit as outliers." : nil,
      every > 1 ? "One of \(every) points is drawn." : nil,
      curves.count < count ? "The first \(curves.count) of \(count) curves." : nil,
    ]
    return notes.compactMap { $0 }
  }

  func summary(of curves: [CurvePlot.Curve], model: String) -> String {
    let texts = curves.map { curve in
      let doses = curve.effects.map(\.text).joined(separator: ", ")
      let name = curve.title.isEmpty ? "Effective doses" : curve.title
      return "\(name): \(doses.isEmpty ? "no effective dose" : doses)."
    }
    let count = curves.count == 1 ? "Dose-response curve" : "\(curves.count) dose-response curves"
    return "\(count) by \(model). Across: \(doseTitle). Up: \(responseTitle). "
      + texts.joined(separator: " ")
  }
}
