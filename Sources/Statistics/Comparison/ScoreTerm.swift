import Incidence

/// The score of one table under a given value of the contrast, with its moments there.
struct ScoreTerm {
  /// S, whose expectation is 0.
  let score: Double
  /// V, without the factor N/(N − 1).
  let variance: Double
  /// μ₃.
  let thirdMoment: Double
  /// What Laud (2017) takes from the score of an odds ratio, for its bias.
  let bias: Double

  init(score: Double, variance: Double, thirdMoment: Double, bias: Double = 0) {
    self.score = score
    self.variance = variance
    self.thirdMoment = thirdMoment
    self.bias = bias
  }
}

/// A table of two groups of which a contrast can be scored.
protocol ScoredTable: Sendable {
  associatedtype Measure: Contrast & Sendable

  /// The score of `contrast` = `value`; a difference may lie at an end of its range.
  func scoreTerm(_ contrast: Measure, at value: Double) -> ScoreTerm

  /// N/(N − 1), or 1 where person-time is counted.
  var varianceFactor: Double { get }

  /// A value of the contrast that is finite, and inside its range where this is a ratio.
  func startingValue(_ contrast: Measure) -> Double

  /// Whether any value of the contrast is too small, and whether any is too great.
  ///
  /// A ratio of no event to some may be 0, and one of some to none ∞; the difference of all events
  /// to none may be 1.
  func bounds(_ contrast: Measure) -> (below: Bool, above: Bool)
}

extension TwoByTwoTable: ScoredTable {
  var varianceFactor: Double { Double(total) / Double(total - 1) }

  /// The scores of Miettinen and Nurminen with Gart and Nam's third moments.
  ///
  /// (1985), Stat. Med. 4:213; (1988), Biometrics 44:323; Laud (2017), Pharm. Stat. 16:334.
  func scoreTerm(_ contrast: RiskContrast, at value: Double) -> ScoreTerm {
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    let risks = restrictedRisks(contrast, at: value)
    let v1 = risks.p1 * risks.q1 / n1
    let v2 = risks.p2 * risks.q2 / n2
    let third1 = v1 * (risks.q1 - risks.p1) / n1
    let third2 = v2 * (risks.q2 - risks.p2) / n2
    switch contrast {
    case .difference:
      return ScoreTerm(
        score: riskDifference(times: 1) - value, variance: v1 + v2, thirdMoment: third1 - third2)
    case .ratio:
      return ScoreTerm(
        score: riskDifference(times: value),
        variance: v1 + value * value * v2, thirdMoment: third1 - value * value * value * third2)
    case .oddsRatio:
      // Both margins are kept, so that (x₁ − n₁p₁) is all that the two parts of S differ by.
      let (information1, information2) = (n1 * risks.p1 * risks.q1, n2 * risks.p2 * risks.q2)
      let variance = 1 / information1 + 1 / information2
      return ScoreTerm(
        score: -eventsMoved(oddsRatio: value) * variance, variance: variance,
        thirdMoment: (risks.q1 - risks.p1) / (information1 * information1)
          - (risks.q2 - risks.p2) / (information2 * information2),
        bias: (risks.p1 - risks.p2) / (information1 + information2))
    }
  }

  func bounds(_ contrast: RiskContrast) -> (below: Bool, above: Bool) {
    switch contrast {
    case .difference:
      (
        treatment.events > 0 || reference.nonEvents > 0,
        treatment.nonEvents > 0 || reference.events > 0
      )
    case .ratio: (treatment.events > 0, reference.events > 0)
    case .oddsRatio:
      (
        treatment.events > 0 && reference.nonEvents > 0,
        treatment.nonEvents > 0 && reference.events > 0
      )
    }
  }

  /// p̂₁ − `ratio` p̂₂.
  private func riskDifference(times ratio: Double) -> Double {
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    return differenceOfProducts(
      Double(treatment.events), n2, ratio * Double(reference.events), n1) / (n1 * n2)
  }

  func startingValue(_ contrast: RiskContrast) -> Double {
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    let (x1, x2) = (Double(treatment.events), Double(reference.events))
    switch contrast {
    case .difference: return riskDifference(times: 1)
    case .ratio:
      if treatment.events > 0, reference.events > 0 { return (x1 / n1) / (x2 / n2) }
      return (x1 + 0.5) / (n1 + 0.5) / ((x2 + 0.5) / (n2 + 0.5))
    case .oddsRatio:
      let (y1, y2) = (Double(treatment.nonEvents), Double(reference.nonEvents))
      if min(x1, x2, y1, y2) > 0 { return (x1 / x2) * (y2 / y1) }
      return (x1 + 0.5) / (x2 + 0.5) * ((y2 + 0.5) / (y1 + 0.5))
    }
  }
}

extension PersonTimeTable: ScoredTable {
  var varianceFactor: Double { 1 }

  /// The scores of Miettinen and Nurminen for person-time with Laud's third moments.
  ///
  /// (1985), Stat. Med. 4:213; (2017), Pharm. Stat. 16:334.
  func scoreTerm(_ contrast: RateContrast, at value: Double) -> ScoreTerm {
    let (years1, years2) = (treatment.personYears, reference.personYears)
    let rates = restrictedRates(contrast, at: value)
    let v1 = rates.rate1 / years1
    let v2 = rates.rate2 / years2
    switch contrast {
    case .difference:
      return ScoreTerm(
        score: rateDifference(times: 1) - value, variance: v1 + v2,
        thirdMoment: v1 / years1 - v2 / years2)
    case .ratio:
      return ScoreTerm(
        score: rateDifference(times: value), variance: v1 + value * value * v2,
        thirdMoment: v1 / years1 - value * value * value * v2 / years2)
    }
  }

  func bounds(_ contrast: RateContrast) -> (below: Bool, above: Bool) {
    contrast == .difference
      ? (true, true) : (treatment.events > 0, reference.events > 0)
  }

  /// λ̂₁ − `ratio` λ̂₂.
  private func rateDifference(times ratio: Double) -> Double {
    let (years1, years2) = (treatment.personYears, reference.personYears)
    return differenceOfProducts(
      Double(treatment.events), years2, ratio * Double(reference.events), years1)
      / (years1 * years2)
  }

  func startingValue(_ contrast: RateContrast) -> Double {
    switch contrast {
    case .difference: return rateDifference(times: 1)
    case .ratio:
      if treatment.events > 0, reference.events > 0 { return treatment.rate / reference.rate }
      return (Double(treatment.events) + 0.5) / treatment.personYears
        / ((Double(reference.events) + 0.5) / reference.personYears)
    }
  }
}
