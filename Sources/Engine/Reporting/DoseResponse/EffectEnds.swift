import Results

/// Where an effective dose and its interval are drawn.
struct EffectEnds {
  /// The dose, or the end of the axis that it lies beyond.
  let dose: Double
  let lower: Double
  let upper: Double
  let isOpen: (left: Bool, right: Bool)
  /// Whether the dose itself can be drawn.
  let isRing: Bool

  /// `nil` for what is neither a dose nor beyond one.
  init?(_ effect: CurvePlot.Effect, on axis: DoseAxis) {
    let (least, most) = axis.ends
    switch effect.dose {
    case .number(let value):
      dose = min(max(value, least), most)
      isRing = axis.shows(value)
    case .censored(let direction, _), .unbounded(let direction):
      dose = direction == .above ? most : least
      isRing = false
    case .notEstimable, .verdict: return nil
    }
    let limits = (
      effect.lower?.extended ?? (isRing || dose == most ? dose : -.infinity),
      effect.upper?.extended ?? (isRing || dose == least ? dose : .infinity)
    )
    lower = min(max(limits.0, least), most)
    upper = min(max(limits.1, least), most)
    isOpen = (
      limits.0 < least || !isRing && dose == least, limits.1 > most || !isRing && dose == most
    )
  }
}
