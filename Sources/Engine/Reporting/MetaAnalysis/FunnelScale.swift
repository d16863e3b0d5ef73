import Glibc
import Inference
import Results

/// The scale on which studies are pooled: there effects and their standard errors belong together.
struct FunnelScale {
  private let results: MetaAnalysisResults
  private let name: String
  private let variant: String?
  /// The pooled effect.
  let centre: Double?
  /// How many standard errors from it hold most studies if they share their effect.
  let criticalValue: Double

  /// `variant` has the pooled effect; the first that has one, where it is not given or has none.
  init(_ results: MetaAnalysisResults, variant wanted: String? = nil) {
    self.results = results
    let names = ["log_estimate", "transformed_estimate", "estimate"]
    let keys = Set((results.studies.first?.results.statistics ?? []).map(\.key.name))
    let name = names.first(where: keys.contains) ?? "estimate"
    self.name = name
    criticalValue = (ConfidenceLevel(results.analysis.level) ?? .percent95).normalCriticalValue(
      .two)
    let candidates = [wanted].compactMap { $0 } + results.variants
    let found = candidates.lazy.compactMap { variant -> (String, Double)? in
      guard let pooled = results.pooled,
        let value = results.statistic(name, variant, at: pooled)?.value.stored
      else { return nil }
      return (variant, value)
    }.first
    variant = found?.0
    centre = found?.1
  }

  /// The effect of a study and its standard error.
  func place(of study: ResultGroup) -> (effect: Double, error: Double)? {
    guard let effect = results.statistic(name, at: study)?.value.stored,
      let error = results.statistic("standard_error", at: study)?.value.stored, error > 0
    else { return nil }
    return (effect, error)
  }

  private var isOfRatios: Bool { name == "log_estimate" && results.measure.isRatio }

  /// An effect as the axis has it: a ratio for its logarithm.
  func shown(_ effect: Double) -> Double { isOfRatios ? exp(effect) : effect }

  func axis(_ effects: [Double], _ guides: [Double]) -> Axis {
    if isOfRatios { return results.measure.axis(effects, guides) }
    let values = effects + guides
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    // Effects far from 0 need not show it.
    let isFar = least > 0 && least > (greatest - least) || name == "transformed_estimate"
    return Axis(from: isFar ? least : min(0, least), reaching: isFar ? greatest : max(0, greatest))
  }

  /// Where a study by itself has p < 0.05, and where p < 0.01, on both sides of no effect.
  ///
  /// Peters, Sutton, Jones, Abrams & Rushton (2008), J. Clin. Epidemiol. 61:991.
  func significance(_ axis: Axis, _ depth: Double) -> [ScatterPlot.Shade] {
    guard let null = results.measure.nullValue, axis.shows(null), name != "transformed_estimate"
    else { return [] }
    let centre = isOfRatios ? 0 : null
    return [0.95, 0.99].compactMap { ConfidenceLevel($0)?.normalCriticalValue(.two) }
      .flatMap { value in
        [(-value, axis.minimum), (value, axis.maximum)].map { slope, edge in
          ScatterPlot.Shade(corners: [
            (null, 0), (shown(centre + slope * depth), depth), (edge, depth), (edge, 0),
          ])
        }
      }
  }

  var title: String {
    guard !isOfRatios else { return results.measure.title }
    guard name == "estimate" else {
      return name == "log_estimate" ? pooledScale : "\(results.measure.title) (\(pooledScale))"
    }
    return results.measure.title + (results.unit.isEmpty ? "" : " (\(results.unit))")
  }

  var errorTitle: String {
    name == "estimate" ? results.measure.title.lowercased() : pooledScale
  }

  private var pooledScale: String { results.measure.pooledScale ?? results.measure.title }

  private var variantTitle: String { variant.map(results.titles.title) ?? "" }

  var explanation: String {
    "Solid: pooled effect, \(variantTitle). Dashed: holds \(results.level) of studies that share it."
  }

  var radialExplanation: String {
    "Slope of the solid line: pooled effect (\(errorTitle)), \(variantTitle). "
      + "Dashed: \(results.level) of studies that share it."
  }
}
