import Results

/// What a meta-analysis pools, and how its numbers are shown.
struct PooledMeasure {
  private enum Kind {
    case ratio
    /// A proportion or a difference of two, in percent.
    case percentage
    case rate
    case number
  }

  /// Its spelling in results.
  let name: String
  let title: String
  /// The value of no effect, as it is shown; `nil` for what has none, such as a proportion.
  let nullValue: Double?
  private let kind: Kind

  /// `nil` for what is no measure of effects.
  init?(_ name: String) {
    self.name = name
    switch name {
    case "odds-ratio": (title, nullValue, kind) = ("Odds Ratio", 1, .ratio)
    case "risk-ratio": (title, nullValue, kind) = ("Risk Ratio", 1, .ratio)
    case "rate-ratio": (title, nullValue, kind) = ("Rate Ratio", 1, .ratio)
    case "risk-difference": (title, nullValue, kind) = ("Risk Difference", 0, .percentage)
    case "rate-difference": (title, nullValue, kind) = ("Rate Difference", 0, .rate)
    case "arcsine-difference": (title, nullValue, kind) = ("Arcsine Difference", 0, .number)
    case "generic": (title, nullValue, kind) = ("Effect", 0, .number)
    case "proportion", "proportion-logit", "proportion-arcsine", "proportion-freeman-tukey",
      "proportion-log":
      (title, nullValue, kind) = ("Proportion", nil, .percentage)
    case "rate", "rate-log", "rate-sqrt", "rate-freeman-tukey":
      (title, nullValue, kind) = ("Rate", nil, .rate)
    default: return nil
    }
  }

  var isRatio: Bool { kind == .ratio }

  /// The scale on which studies are pooled, where that is not the scale that is shown.
  var pooledScale: String? {
    switch name {
    case "odds-ratio", "risk-ratio", "rate-ratio", "proportion-log", "rate-log":
      "log " + title.lowercased()
    case "proportion-logit": "logit"
    case "proportion-arcsine": "arcsine of the square root"
    case "rate-sqrt": "square root of the rate"
    case "proportion-freeman-tukey", "rate-freeman-tukey": "Freeman–Tukey transform"
    default: nil
    }
  }

  /// The title with the unit in which it is shown.
  func header(unit: String) -> String {
    switch kind {
    case .percentage: title + " %"
    case .rate: unit.isEmpty ? title : "\(title) \(unit)"
    case .ratio, .number: title
    }
  }

  /// A value on the axis of a figure: percentages as they are shown.
  func shown(_ statistic: Statistic?) -> Double? {
    guard let statistic, let value = statistic.value.extended else { return nil }
    return kind == .percentage ? statistic.percentage(value) : value
  }

  /// An axis of estimates and their limits, with room for `limits` as far as they are not too far.
  func axis(_ estimates: [Double], _ limits: [Double]) -> Axis {
    let (estimates, limits) = (estimates.filter(\.isFinite), limits.filter(\.isFinite))
    guard !isRatio else {
      return Axis(ratios: estimates + limits.map { $0 > 0 ? min(max($0, 0.01), 100) : 1 })
    }
    let values = estimates + limits
    let isProportion = kind == .percentage && nullValue == nil
    return Axis(
      from: min(0, values.min() ?? 0), reaching: values.max() ?? 0,
      limit: isProportion ? 100 : .infinity)
  }
}

extension NumberText {
  /// An estimate of a pooled measure, or a limit of it.
  func pooled(_ statistic: Statistic, _ measure: PooledMeasure) -> String {
    if let contrast = Contrast(rawValue: measure.name) { return self.contrast(statistic, contrast) }
    let isPercentage = measure.header(unit: "").hasSuffix("%")
    return statistic.value.text { value in
      if isPercentage {
        return statistic.unit == "%"
          ? percent(value) : percentage(ofProportion: value)
      }
      let usual = statistic.unit.isEmpty ? 3 : rateDecimals(statistic.unit)
      return fixed(value, decimals: rounding.decimals(usually: usual))
    }
  }
}
