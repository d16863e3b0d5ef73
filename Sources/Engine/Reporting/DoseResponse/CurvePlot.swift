import Glibc
import Results

/// Fitted curves with their data, bands and effective doses.
struct CurvePlot: Plot {
  /// So many curves are told apart in one panel; of more, each has a panel of its own.
  static let maximumTogether = 6
  /// More panels than these are not looked at.
  static let maximumPanels = 40
  /// More points than these make a figure slow.
  static let maximumPoints = 3000

  struct Point {
    let dose: Double
    let response: Double
    /// Whether it was left out as an outlier.
    let isRemoved: Bool
    /// What a pointer over the point shows.
    let hover: String
  }

  /// A place on a fitted curve, with the limits of the pointwise band.
  struct Place {
    let dose: Double
    let response: Double
    let lower: Double?
    let upper: Double?
  }

  /// An effective dose, on the curve.
  struct Effect {
    let title: String
    /// `ED50 1.2 [0.91, 1.6]`.
    let text: String
    let dose: ReportedValue
    let lower: ReportedValue?
    let upper: ReportedValue?
  }

  struct Curve {
    let title: String
    var points: [Point]
    let fit: [Place]
    let effects: [Effect]
  }

  let title: String
  let numbers: NumberText
  /// The curves of each panel.
  let panels: [[Curve]]
  let dose: DoseAxis
  let response: Axis
  let responseTitle: String
  let notes: [String]
  /// What the figure shows, for those who cannot see it.
  let summary: String

  var isOfMany: Bool { panels.count > 1 }

  /// `nil` where there is nothing to draw of `model`.
  init?(_ results: DoseResponseResults, model: String) {
    let all = results.drawnCurves(of: model)
    let drawable = all.filter { !$0.points.isEmpty || !$0.fit.isEmpty }
    guard !drawable.isEmpty else { return nil }
    let isOfMany = drawable.count > Self.maximumTogether
    let drawn = drawable.prefix(isOfMany ? Self.maximumPanels : Self.maximumTogether)
    let count = drawn.reduce(0) { $0 + $1.points.count }
    let every = (count + Self.maximumPoints - 1) / Self.maximumPoints
    let curves = drawn.map { $0.thinned(every: every) }
    numbers = results.numbers
    panels = isOfMany ? curves.map { [$0] } : [curves]
    let modelTitle = results.title(ofModel: model)
    title = results.analysis.caption(
      "\(curves.count == 1 ? "curve" : "curves"), \(modelTitle)")
    let doses = curves.flatMap { $0.points.map(\.dose) + $0.fit.map(\.dose) }
    dose = DoseAxis(
      title: results.doseTitle, doses: doses,
      isLogarithmic: hasLogarithmicAxis(doses, model: model), numbers: numbers)
    response = Axis(near: curves.flatMap(\.responses))
    responseTitle = results.responseTitle
    notes = results.notes(on: curves, of: drawable.count, every: every)
    summary = results.summary(of: curves, model: modelTitle)
  }
}

/// Doses that span a wide range stand on a logarithmic axis, unless they are logarithms already.
func hasLogarithmicAxis(_ doses: [Double], model: String) -> Bool {
  let isOfLogarithms = ["logistic-", "gompertz-"].contains { model.hasPrefix($0) }
  let positive = doses.filter { $0 > 0 }
  guard !isOfLogarithms, !doses.contains(where: { $0 < 0 }), let least = positive.min(),
    let most = positive.max()
  else { return false }
  return most >= 5 * least
}

extension CurvePlot.Curve {
  /// What the vertical axis must show: the points, the fit, and of the band what is near.
  fileprivate var responses: [Double] {
    let near = points.map(\.response) + fit.map(\.response)
    guard let least = near.min(), let most = near.max() else { return [] }
    let room = 0.15 * (most - least)
    return near + fit.compactMap(\.lower).map { max($0, least - room) }
      + fit.compactMap(\.upper).map { min($0, most + room) }
  }

  /// With every so many points alone, and all that were left out of the fit.
  fileprivate func thinned(every: Int) -> Self {
    guard every > 1 else { return self }
    var curve = self
    curve.points = points.enumerated().filter { $0.offset % every == 0 || $0.element.isRemoved }
      .map(\.element)
    return curve
  }

  /// The response of the drawn curve at a dose: between two places of the fit in proportion.
  func response(at dose: Double) -> Double? {
    guard let index = fit.firstIndex(where: { $0.dose >= dose }) else { return nil }
    let above = fit[index]
    guard above.dose > dose else { return above.response }
    guard index > 0 else { return nil }
    let below = fit[index - 1]
    let share =
      below.dose > 0
      ? log(dose / below.dose) / log(above.dose / below.dose)
      : (dose - below.dose) / (above.dose - below.dose)
    return below.response + share * (above.response - below.response)
  }
}
