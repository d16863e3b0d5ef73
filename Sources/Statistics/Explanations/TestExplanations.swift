public import Comparison

extension TwoByTwoTest: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .chiSquare:
      Explanation(
        "χ² = Σ (O − E)²/E over the four cells, 1 degree of freedom",
        use: "For large groups with enough events; agrees with mee, koopman and score.")
    case .chiSquareCorrected:
      Explanation(
        "χ² = Σ (|O − E| − min(½, |O − E|))²/E",
        use: "To reproduce R's default. Too cautious: n-1-chi-square or fisher-mid-p are better.")
    case .reducedChiSquare:
      Explanation(
        "χ² (N − 1)/N",
        use: "The first choice where no expected count is below 1; agrees with miettinen-nurminen.")
    case .fisher:
      Explanation(
        "p = Σ P(u) over tables u of the same margins with P(u) ≤ P(x₁)",
        use: """
          For small tables where the error of the first kind must be kept; cautious. Its interval is \
          baptista-pike, not conditional-exact.
          """)
    case .fisherMidP:
      Explanation(
        "p of fisher less half the probability of all tables as probable as the observed one",
        use: "For small tables where the average error counts; agrees with baptista-pike-mid-p.")
    case .fisherCentral:
      Explanation(
        "p = min(1, 2 min(P(X₁ ≤ x₁), P(X₁ ≥ x₁)))",
        use: "Where the p-value must agree with the conditional-exact interval.")
    case .fisherCentralMidP:
      Explanation(
        "p = 2 min(P(X₁ < x₁), P(X₁ > x₁)) + P(X₁ = x₁)",
        use: "Where the p-value must agree with the conditional-mid-p interval.")
    case .fisherBlaker:
      Explanation(
        "p = Σ P(u) over tables u with γ(u) ≤ γ(x₁), γ the smaller tail",
        use: "Exact, and never larger than fisher-central.")
    case .barnard:
      Explanation(
        "p = sup over π of P(|Z| ≥ |z|), Z the pooled z statistic, both groups binomial(π)",
        use: "Small groups: exact and mostly of more power than fisher; slow for large ones.")
    case .boschloo:
      Explanation(
        "p = sup over π of P(fisher's p ≤ the observed one), both groups binomial(π)",
        use: "Small groups: exact and never of less power than fisher; slow for large ones.")
    case .likelihoodRatio:
      Explanation(
        "G² = 2 Σ O ln(O/E), 1 degree of freedom",
        use: "Where models are compared by likelihood; too eager with small expected counts.")
    }
  }
}

extension PersonTimeTest: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .conditional:
      Explanation(
        "p = Σ P(u) over splits u with P(u) ≤ P(x₁), X₁ binomial(x₁ + x₂, T₁/(T₁ + T₂))",
        use:
          "To match R's poisson.test; its interval is another, so they may contradict each other.")
    case .conditionalCentral:
      Explanation(
        "p = min(1, 2 min(P(X₁ ≤ x₁), P(X₁ ≥ x₁))), X₁ binomial(x₁ + x₂, T₁/(T₁ + T₂))",
        use: "Where the error of the first kind must be kept; agrees with conditional-exact.")
    case .conditionalMidP:
      Explanation(
        "p = 2 min(P(X₁ < x₁), P(X₁ > x₁)) + P(X₁ = x₁)",
        use: "For few events where the average error counts; agrees with conditional-mid-p.")
    case .score:
      Explanation(
        "z = (r₁ − r₂)/√(r(1/T₁ + 1/T₂)), r = (x₁ + x₂)/(T₁ + T₂)",
        use: "The first choice with more than a few events; agrees with miettinen-nurminen.")
    case .eTest:
      Explanation(
        "p = P(|W| ≥ |w|) for Poisson counts of the pooled rate, W = (r₁ − r₂)/√(x₁/T₁² + x₂/T₂²)",
        use: "For few events: more power than the conditional tests, though not strictly exact.")
    }
  }
}

extension Multiplicity: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .bonferroni:
      Explanation(
        "min(1, m p)",
        use: "Where one error among m terms is too much and simplicity counts; holm is never worse."
      )
    case .holm:
      Explanation(
        "max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎), p₍₁₎ ≤ p₍₂₎ ≤ …",
        use: "Where one error among m terms is too much. For hundreds of terms it finds little.")
    case .benjaminiHochberg:
      Explanation(
        "min over j ≥ i of min(1, m p₍ⱼ₎/j)",
        use:
          "To screen many terms where a share of false alarms is borne; terms may depend positively."
      )
    case .benjaminiYekutieli:
      Explanation(
        "min over j ≥ i of min(1, m c p₍ⱼ₎/j), c = Σ 1/i",
        use: "The same where terms may depend in any way; much more cautious.")
    case .doubleFDR:
      Explanation(
        """
        Benjamini–Hochberg over the least p of each system at α/2, then within each system that passes \
        at α; p = max(2 × system, within)
        """,
        use:
          "Terms grouped in body systems, where signals come in clusters; each term needs a system."
      )
    case .newDoubleFDR:
      Explanation(
        """
        Benjamini–Hochberg over the least adjusted p of each system at α, then one over all terms of \
        the systems that pass, at α
        """,
        use: "The same with control over all terms together; each term needs a system.")
    }
  }
}
