import Inference
import Results

// The figures in which each study is a point.

extension ScatterPlot {
  /// Effects against their standard errors, with the limits between which chance alone puts most.
  ///
  /// Light & Pillemer (1984), Summing Up; Sterne & Egger (2001), J. Clin. Epidemiol. 54:1046.
  init?(funnelOf results: MetaAnalysisResults) {
    let scale = FunnelScale(results)
    let studies = results.plottedStudies.compactMap { study -> Point? in
      guard let (effect, error) = scale.place(of: study.results) else { return nil }
      let text = results.interval("", at: study.results).map(results.text) ?? ""
      return Point(
        x: scale.shown(effect), y: error, label: study.label, hover: "\(study.label): \(text)",
        prominence: abs(scale.centre.map { effect - $0 } ?? 0) / error)
    }
    let filled = results.filledStudies.map { effect, error in
      Point(
        x: scale.shown(effect), y: error, isFilled: false, label: "",
        hover: "filled in: \(results.numbers.general(scale.shown(effect)))", prominence: 0)
    }
    guard studies.count > 1 else { return nil }
    let points = studies + filled
    let depth = Axis(reaching: points.map(\.y).max() ?? 1)
    let reach = scale.criticalValue * depth.maximum
    let ends = scale.centre.map { [$0 - reach, $0 + reach].map(scale.shown) } ?? []
    let centre = scale.centre.map(scale.shown)
    let lines = centre.map { centre in
      ends.map { Line(from: (centre, 0), to: ($0, depth.maximum), isDashed: true) }
        + [Line(from: (centre, 0), to: (centre, depth.maximum))]
    }
    self.init(
      results, title: "funnel plot",
      horizontal: Dimension(
        title: scale.title, axis: scale.axis(points.map(\.x), ends + [centre].compactMap { $0 })),
      vertical: Dimension(title: "Standard error (\(scale.errorTitle))", axis: depth),
      lines: lines ?? [], points: points,
      notes: centre == nil ? [] : [scale.explanation],
      summary: "Funnel plot of \(studies.count) studies and \(filled.count) filled in.")
    isInverted = true
    shades = scale.significance(horizontal.axis, depth.maximum)
    if !shades.isEmpty {
      notes.append("Shaded: p < 0.05 of a study by itself; more strongly: p < 0.01.")
    }
    if !filled.isEmpty { legend = ["study", "filled in by trim and fill"] }
  }

  /// The effect of each study over its standard error against the reciprocal of that error.
  ///
  /// Galbraith (1988), Stat. Med. 7:889.
  init?(radialOf results: MetaAnalysisResults) {
    let points = results.points("radial")
    guard points.count > 1 else { return nil }
    let scale = FunnelScale(results, variant: "inverse-variance/common")
    let end = (points.map(\.x).max() ?? 1) * 1.03
    let lines = scale.centre.map { slope in
      [-scale.criticalValue, 0, scale.criticalValue].map { shift in
        Line(from: (0, shift), to: (end, slope * end + shift), isDashed: shift != 0)
      }
    }
    let heights = points.map(\.y) + (lines ?? []).flatMap { [$0.from.y, $0.to.y] }
    self.init(
      results, title: "radial plot",
      horizontal: Dimension(title: "1 / standard error", axis: Axis(reaching: end)),
      vertical: Dimension(
        title: "Effect / standard error",
        axis: Axis(from: min(0, heights.min() ?? 0), reaching: max(0, heights.max() ?? 0))),
      lines: lines ?? [],
      points: points.map { point in
        let expected = (scale.centre ?? 0) * point.x
        return Point(
          x: point.x, y: point.y, label: point.label, hover: point.label,
          prominence: abs(point.y - expected))
      },
      notes: lines == nil ? [] : [scale.radialExplanation],
      summary: "Radial plot of \(points.count) studies.")
  }

  /// What each study adds to heterogeneity against what it does to the pooled effect.
  ///
  /// Baujat, Mahé, Pignon & Hill (2002), Stat. Med. 21:2641.
  init?(baujatOf results: MetaAnalysisResults) {
    let points = results.points("baujat")
    let (width, height) = (points.map(\.x).max() ?? 0, points.map(\.y).max() ?? 0)
    self.init(
      results, title: "Baujat plot",
      horizontal: Dimension(title: "Contribution to Q", axis: Axis(reaching: width)),
      vertical: Dimension(title: "Influence on the pooled effect", axis: Axis(reaching: height)),
      points: points.map { point in
        Point(
          x: point.x, y: point.y, label: point.label, hover: point.label,
          prominence: max(point.x / max(width, 1e-300), point.y / max(height, 1e-300)))
      }, summary: "Baujat plot of \(points.count) studies.")
  }

  /// The percentage of subjects with the event in both groups of each study.
  ///
  /// L'Abbé, Detsky & O'Rourke (1987), Ann. Intern. Med. 107:224.
  init?(ratesOf results: MetaAnalysisResults) {
    let largestRadius = 14.0
    let studies = results.plottedStudies.compactMap { StudyRisks($0, results) }
    guard studies.count > 1 else { return nil }
    let largest = studies.map(\.subjects).max() ?? 1
    let points = studies.map { study in
      Point(
        x: study.reference, y: study.treatment,
        radius: max(2.5, largestRadius * (study.subjects / largest).squareRoot()),
        label: study.label, hover: study.hover(results.numbers),
        prominence: abs(study.treatment - study.reference))
    }
    let axis = Axis(reaching: points.map { max($0.x, $0.y) }.max() ?? 1, limit: 100)
    self.init(
      results, title: "L'Abbé plot",
      horizontal: Dimension(title: "Reference: subjects with the event (%)", axis: axis),
      vertical: Dimension(title: "Treatment: subjects with the event (%)", axis: axis),
      lines: [Line(from: (0, 0), to: (axis.maximum, axis.maximum), isDashed: true)],
      points: points,
      notes: ["Area of the circles: subjects. Dashed: equal groups."],
      summary: "L'Abbé plot of \(points.count) studies.")
    isSquare = true
  }
}

/// The risks of both groups of a study, in percent.
private struct StudyRisks {
  let label: String
  let treatment: Double
  let reference: Double
  let subjects: Double

  /// `nil` where a study has not both.
  init?(_ study: MetaAnalysisResults.Part, _ results: MetaAnalysisResults) {
    let counts = [
      "treatment_events", "treatment_subjects", "reference_events", "reference_subjects",
    ].compactMap { results.statistic($0, at: study.results)?.value.stored }
    guard counts.count == 4, counts[1] > 0, counts[3] > 0 else { return nil }
    label = study.label
    treatment = 100 * counts[0] / counts[1]
    reference = 100 * counts[2] / counts[3]
    subjects = counts[1] + counts[3]
  }

  func hover(_ numbers: NumberText) -> String {
    let texts = [treatment, reference].map { numbers.percent($0) + "%" }
    return "\(label): \(texts[0]) and \(texts[1])"
  }
}

extension MetaAnalysisResults {
  fileprivate var plottedStudies: ArraySlice<Part> { studies.prefix(ScatterPlot.maximumPoints) }

  /// The points of a diagnostic, one a study.
  fileprivate func points(_ diagnostic: String) -> [(x: Double, y: Double, label: String)] {
    plottedStudies.compactMap { study in
      let found = ["x", "y"].compactMap { name in
        study.results.statistic(
          StatisticKey(measure: "diagnostic", method: diagnostic, name: name))?.value.stored
      }
      return found.count == 2 ? (found[0], found[1], study.label) : nil
    }
  }

  /// The studies that trim and fill adds by its first model, from the series `filled`.
  fileprivate var filledStudies: [(effect: Double, error: Double)] {
    guard let columns = analysis.series.first(where: { $0.name == "filled" })?.columns,
      case .texts(let methods) = columns.first(where: { $0.name == "method" })?.values,
      case .numbers(let effects) = columns.first(where: { $0.name == "effect" })?.values,
      case .numbers(let errors) = columns.first(where: { $0.name == "standard_error" })?.values
    else { return [] }
    return zip(methods, zip(effects, errors)).compactMap { method, place in
      guard method == methods.first, let effect = place.0, let error = place.1 else { return nil }
      return (effect, error)
    }
  }
}
