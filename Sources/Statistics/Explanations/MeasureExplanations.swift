public import Comparison
public import MetaAnalysis

/// What groups are compared by, or studies pooled by, that explains itself.
public protocol ExplainedMeasure: RawRepresentable, CaseIterable where RawValue == String {
  var explanation: Explanation { get }
}

extension RiskContrast: ExplainedMeasure {
  public var explanation: Explanation {
    switch self {
    case .difference:
      Explanation(
        "p₁ − p₂, from −1 to 1, shown in percent",
        use: "What matters to patients: how many more of 100. It exists whatever the zeros.")
    case .ratio:
      Explanation(
        "p₁/p₂, from 0 to ∞",
        use:
          "How many times as likely. Not alone for rare events: three times next to nothing is little."
      )
    case .oddsRatio:
      Explanation(
        "p₁q₂/(p₂q₁), from 0 to ∞",
        use: """
          What logistic models and exact tests speak of, the same for events and non-events. For rare \
          events near the risk ratio; for common ones further from 1 than it.
          """)
    }
  }
}

extension RateContrast: ExplainedMeasure {
  public var explanation: Explanation {
    switch self {
    case .difference:
      Explanation(
        "r₁ − r₂, per person-years as `per` says",
        use: "How many more in 100 years, where groups were watched for unlike times.")
    case .ratio:
      Explanation(
        "r₁/r₂, from 0 to ∞",
        use:
          "How many times as often, where groups were watched for unlike times and rates are constant."
      )
    }
  }
}

extension EffectMeasure: ExplainedMeasure {
  public var explanation: Explanation {
    switch self {
    case .oddsRatio:
      Explanation(
        "y = ln(x₁(n₂ − x₂)/(x₂(n₁ − x₁))), v = Σ 1/cell",
        use: "Rare events, for which there are the most methods without an added ½.")
    case .riskRatio:
      Explanation(
        "y = ln(p₁/p₂), v = 1/x₁ − 1/n₁ + 1/x₂ − 1/n₂",
        use: "Common events, where readers shall not take an odds ratio for one.")
    case .riskDifference:
      Explanation(
        "y = p₁ − p₂, v = p₁q₁/n₁ + p₂q₂/n₂",
        use: "Studies of alike control risks. With rare events it has little power.")
    case .arcsineDifference:
      Explanation(
        "y = arcsin√p₁ − arcsin√p₂, v = 1/4n₁ + 1/4n₂",
        use: "Zeros in both groups, as a second look: nobody knows its unit.")
    case .rateRatio:
      Explanation(
        "y = ln(r₁/r₂), v = 1/x₁ + 1/x₂", use: "Groups that were watched for unlike times.")
    case .rateDifference:
      Explanation(
        "y = r₁ − r₂, v = x₁/T₁² + x₂/T₂²",
        use: "The same, for how many more; studies of alike control rates.")
    case .proportionLogit:
      Explanation(
        "y = ln(x/(n − x)), v = 1/x + 1/(n − x)",
        use: "One group: the first choice, with a mixed model where events are rare.")
    case .proportionArcsine:
      Explanation("y = arcsin√p, v = 1/4n", use: "One group with zeros; undone by sin².")
    case .proportionFreemanTukey:
      Explanation(
        "y = ½(arcsin√(x/(n + 1)) + arcsin√((x + 1)/(n + 1))), v = 1/(4n + 2)",
        use: """
          To reproduce reviews. Its way back needs one n for all studies, the harmonic mean, and misleads \
          where they differ much: proportion-logit with a mixed model instead.
          """)
    case .proportionLog:
      Explanation(
        "y = ln p, v = 1/x − 1/n", use: "One group of rare events; may pass 1 for common ones.")
    case .proportion:
      Explanation("y = p, v = pq/n", use: "One group, risks far from 0 and 1.")
    case .rateLog:
      Explanation(
        "y = ln(x/T), v = 1/x", use: "One group over time, with a mixed model for rare events.")
    case .rateSquareRoot:
      Explanation("y = √(x/T), v = 1/4T", use: "One group over time, with zeros.")
    case .rateFreemanTukey:
      Explanation(
        "y = ½(√(x/T) + √((x + 1)/T)), v = 1/4T",
        use: "To reproduce reviews; its way back needs one T for all studies.")
    case .rate:
      Explanation("y = x/T, v = x/T²", use: "One group over time, many events in each study.")
    case .generic:
      Explanation(
        "y and √v as given",
        use: "Effects from publications, such as log hazard ratios with their standard errors.")
    }
  }
}
