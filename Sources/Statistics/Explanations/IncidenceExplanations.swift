public import Incidence

extension ProportionIntervalMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .wald:
      Explanation(
        "p ± z√(pq/n)",
        use: """
          To reproduce published tables. Not for rare events or few subjects: it covers far too seldom \
          there, and at 0 events it is the single point 0.
          """)
    case .waldCorrected:
      Explanation(
        "p ± (z√(pq/n) + 1/2n)",
        use: "To reproduce tables made with tern or SAS. Wilson's interval is better for any n.")
    case .wilson:
      Explanation(
        "(2x + z² ± z√(z² + 4xq)) / 2(n + z²): the π with (p − π)² = z² π(1 − π)/n",
        use: """
          The first choice for the risk of an adverse event: close to its level on average for any n and \
          p, and sensible at 0 events. It may cover somewhat less than its level for single values of p; \
          where that is forbidden take clopper-pearson.
          """)
    case .wilsonCorrected:
      Explanation(
        "(2x + z² ∓ 1 ∓ z√(z² ∓ 2 − 1/n + 4p(nq ± 1))) / 2(n + z²); 0 at x = 0, 1 at x = n",
        use: "Where R's prop.test is to be reproduced; nearly as wide as clopper-pearson otherwise."
      )
    case .clopperPearson:
      Explanation(
        "lower: Beta quantile α/2 of (x, n − x + 1); upper: quantile 1 − α/2 of (x + 1, n − x)",
        use: """
          Where the coverage must never fall below the level, as for labels and rules of stopping. It is \
          wider than needed: on average it covers more than its level.
          """)
    case .midP:
      Explanation(
        "the π with P(X > x) + ½P(X = x) = α/2, and its mirror; at x = 0 from 0 to 1 − α^(1/n)",
        use:
          "For small n, less wide than clopper-pearson, while coverage is close to the level on average."
      )
    case .blaker:
      Explanation(
        "hull of {π: P(γ(X) ≤ γ(x)) > α}, γ(x) the smaller of P(X ≤ x) and P(X ≥ x)",
        use:
          "Exact and never wider than clopper-pearson; two-sided only, as its tails are not separate."
      )
    case .jeffreys:
      Explanation(
        "Beta quantiles α/2 and 1 − α/2 of (x + ½, n − x + ½); 0 at x = 0, 1 at x = n",
        use:
          "For small n and rare events, alike mid-p; it has a Bayesian reading with Jeffreys' prior."
      )
    case .agrestiCoull:
      Explanation(
        "p̃ ± z√(p̃(1 − p̃)/ñ), ñ = n + z², p̃ = (x + z²/2)/ñ",
        use:
          "Easily done by hand; never shorter than Wilson's, which is to be preferred near 0 and 1."
      )
    case .likelihoodRatio:
      Explanation(
        "{π: 2(ℓ(p) − ℓ(π)) ≤ z²}, ℓ(π) = x ln π + (n − x) ln(1 − π)",
        use:
          "Where it is to agree with likelihood-ratio tests and models; covers a little less for small n."
      )
    case .logit:
      Explanation(
        "expit(logit p ± z√(1/x + 1/(n − x)))",
        use:
          "Where a logistic regression is to be matched. Not with 0 or n events: not estimable there."
      )
    case .arcsine:
      Explanation(
        "sin²(arcsin√((x + ⅜)/(n + ¾)) ± z/2√n), the angle cut to [0, π/2]",
        use: "To match analyses on the arcsine scale; for rare events wilson or mid-p are better.")
    case .scas:
      Explanation(
        "the π with Az² + z − (S/√V + A) = 0, S = p − π, V = π(1 − π)/n, A = μ₃/6V^(3/2), "
          + "μ₃ = π(1 − π)(1 − 2π)/n²",
        use:
          "Where one limit counts, as for an upper bound of a risk: its two tails are equally likely."
      )
    }
  }
}

extension RateIntervalMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .exact:
      Explanation(
        "χ²(α/2; 2x)/2T to χ²(1 − α/2; 2x + 2)/2T",
        use: "Where the coverage must never fall below the level; wider than needed for few events."
      )
    case .midP:
      Explanation(
        "the λ with P(X > x) + ½P(X = x) = α/2 for X Poisson(λT), and its mirror",
        use: "The first choice for few events where the average coverage counts.")
    case .score:
      Explanation(
        "(x + z²/2 ± z√(x + z²/4))/T",
        use:
          "A good interval in closed form, also at 0 events; mid-p is better balanced for few events."
      )
    case .wald:
      Explanation(
        "(x ± z√x)/T, cut at 0",
        use: "To reproduce published tables. Not below about 20 events; at 0 it is a single point.")
    case .waldLog:
      Explanation(
        "(x/T) exp(±z/√x)",
        use: "Where a Poisson regression is to be matched. Not estimable at 0 events.")
    case .jeffreys:
      Explanation(
        "Gamma quantiles α/2 and 1 − α/2 of shape x + ½ and rate T; 0 at x = 0",
        use: "For few events, alike mid-p; with a Bayesian reading.")
    case .byar:
      Explanation(
        "x(1 − 1/9x − z/3√x)³/T to x′(1 − 1/9x′ + z/3√x′)³/T, x′ = x + 1; 0 at x = 0",
        use: "To reproduce epidemiological tables: an approximation of exact.")
    case .byarHalf:
      Explanation(
        "(x + ½)(1 − 1/9(x + ½) ∓ z/3√(x + ½))³/T; lower limit 0 at x = 0",
        use: "To reproduce DescTools, cardx or tern: an approximation of mid-p.")
    case .likelihoodRatio:
      Explanation(
        "{λ: 2(ℓ(x/T) − ℓ(λ)) ≤ z²}, ℓ(λ) = x ln λ − λT",
        use: "Where it is to agree with likelihood-ratio tests and models.")
    case .scas:
      Explanation(
        "the λ with Az² + z − (S/√V + A) = 0, S = r − λ, V = λ/T, A = μ₃/6V^(3/2), μ₃ = λ/T²",
        use: "Where one limit counts: its two tails are equally likely.")
    }
  }
}
