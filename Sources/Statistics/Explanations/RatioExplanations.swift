public import Comparison

extension RiskRatioMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .log:
      Explanation(
        "(p₁/p₂) exp(±z√(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂))",
        use:
          "For many events, where a published table is to be matched. Not estimable with 0 events.")
    case .logAdjusted:
      Explanation(
        "exp(ln φ ± z SE), φ = ((x₁ + ½)/(n₁ + ½)) / ((x₂ + ½)/(n₂ + ½)), "
          + "SE² = Σ 1/(x + ½) − 1/(n + ½)",
        use: "Where a logarithm is wanted with 0 events in a group; koopman is better balanced.")
    case .miettinenNurminen:
      Explanation(
        """
        {φ: |p₁ − φp₂| ≤ z√(λV)}, V = p̃₁q̃₁/n₁ + φ²p̃₂q̃₂/n₂, λ = N/(N − 1), \
        p̃ the maximum-likelihood risks under p₁/p₂ = φ
        """,
        use: "The first choice, also with 0 events in a group. Test with n-1-chi-square.")
    case .koopman:
      Explanation(
        "as miettinen-nurminen with λ = 1",
        use: "Where the test is Pearson's χ², with which it agrees; else alike.")
    case .moverWilson:
      Explanation(
        """
        (p₁p₂ ∓ √((p₁p₂)² − l₁u₂(2p₁ − l₁)(2p₂ − u₂))) / (u₂(2p₂ − u₂)) below, above with u₁, l₂; \
        l and u Wilson's limits
        """,
        use: "A good interval in closed form, where no test must agree with it.")
    case .scas:
      Explanation(
        """
        as miettinen-nurminen with z(φ) the root of Az² + z − (S/√V + A) = 0, A = μ₃/6V^(3/2), \
        μ₃ = p̃₁q̃₁(1 − 2p̃₁)/n₁² − φ³p̃₂q̃₂(1 − 2p̃₂)/n₂²
        """,
        use: "Where one limit counts: its tails are equally likely.")
    case .likelihoodRatio:
      Explanation(
        "{φ: 2(ℓ(p₁, p₂) − max ℓ under p₁/p₂ = φ) ≤ z²}",
        use: "Where it is to agree with the likelihood-ratio test.")
    case .exactScore:
      Explanation(
        "{φ: sup over p₂ of P(Z ≥ z_obs) > α/2, and its mirror}, Z the score statistic at φ",
        use: "Where coverage must never fall below the level, in small groups; slow for large ones."
      )
    }
  }
}

extension OddsRatioMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .woolf:
      Explanation(
        "ψ exp(±z√(1/x₁ + 1/(n₁ − x₁) + 1/x₂ + 1/(n₂ − x₂))), ψ = x₁(n₂ − x₂)/(x₂(n₁ − x₁))",
        use:
          "For many events, and to match a logistic regression's Wald limits. Not with a zero cell."
      )
    case .gart:
      Explanation(
        "as woolf with ½ added to all four cells, centre and variance",
        use:
          "Where a logarithm is wanted with zeros; miettinen-nurminen or conditional-mid-p are better."
      )
    case .miettinenNurminen:
      Explanation(
        """
        {ψ: |S| ≤ z√(λV)}, S = (p₁ − p̃₁)/p̃₁q̃₁ − (p₂ − p̃₂)/p̃₂q̃₂, \
        V = 1/n₁p̃₁q̃₁ + 1/n₂p̃₂q̃₂, λ = N/(N − 1), p̃ the maximum-likelihood risks under odds ratio ψ
        """,
        use: "The first choice that is not conditional, also with zeros. Test with n-1-chi-square.")
    case .score:
      Explanation(
        "as miettinen-nurminen with λ = 1",
        use: "Where the test is Pearson's χ², with which it agrees.")
    case .scas:
      Explanation(
        """
        as miettinen-nurminen, S less (p̃₁ − p̃₂)/(n₁p̃₁q̃₁ + n₂p̃₂q̃₂), corrected with \
        μ₃ = (1 − 2p̃₁)/(n₁p̃₁q̃₁)² − (1 − 2p̃₂)/(n₂p̃₂q̃₂)²
        """,
        use: "Where one limit counts: its tails are equally likely.")
    case .likelihoodRatio:
      Explanation(
        "{ψ: 2(ℓ(p₁, p₂) − max ℓ under odds ratio ψ) ≤ z²}",
        use: "Where it is to agree with the likelihood-ratio test or a logistic model's profile.")
    case .conditionalExact:
      Explanation(
        "the ψ with P(X₁ ≥ x₁ | x₁ + x₂; ψ) = α/2, and its mirror; X₁ noncentral hypergeometric",
        use: """
          Where coverage must never fall below the level; wider than needed in small tables. Test with \
          fisher-central, not fisher, which may contradict it.
          """)
    case .conditionalMidP:
      Explanation(
        "as conditional-exact with P(X₁ > x₁) + ½P(X₁ = x₁)",
        use: "For small tables where the average coverage counts. Test with fisher-central-mid-p.")
    case .baptistaPike:
      Explanation(
        "hull of {ψ: Σ P(u; ψ) over tables u with P(u; ψ) ≤ P(x₁; ψ) exceeds α}",
        use: "Exact and shorter than conditional-exact; belongs to fisher. Its set may have gaps.")
    case .baptistaPikeMidP:
      Explanation(
        "as baptista-pike, less half the probability of the tables tied with the observed one",
        use: "The same for average coverage; belongs to fisher-mid-p.")
    }
  }
}

extension RateRatioMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .waldLog:
      Explanation(
        "(r₁/r₂) exp(±z√(1/x₁ + 1/x₂))",
        use: "For many events, and to match a Poisson regression. Not estimable with 0 events.")
    case .miettinenNurminen:
      Explanation(
        "{φ: |r₁ − φr₂| ≤ z√(r̃₁/T₁ + φ²r̃₂/T₂)}, r̃₂ = (x₁ + x₂)/(φT₁ + T₂), r̃₁ = φr̃₂",
        use: "The first choice, also with 0 events in a group. Test with poisson-score.")
    case .conditionalExact:
      Explanation(
        "φ = (π/(1 − π)) T₂/T₁ at Clopper–Pearson's limits of π for x₁ of x₁ + x₂",
        use:
          "Where coverage must never fall below the level. Test with poisson-conditional-central.")
    case .conditionalMidP:
      Explanation(
        "φ = (π/(1 − π)) T₂/T₁ at the mid-P limits of π for x₁ of x₁ + x₂",
        use:
          "For few events where the average coverage counts. Test with poisson-conditional-mid-p.")
    case .mover:
      Explanation(
        """
        (r₁r₂ ∓ √((r₁r₂)² − l₁u₂(2r₁ − l₁)(2r₂ − u₂))) / (u₂(2r₂ − u₂)) below, above with u₁, l₂; \
        l and u Jeffreys' limits
        """,
        use: "A good interval in closed form, where no test must agree with it.")
    case .scas:
      Explanation(
        """
        as miettinen-nurminen with z(φ) the root of Az² + z − (S/√V + A) = 0, A = μ₃/6V^(3/2), \
        μ₃ = r̃₁/T₁² − φ³r̃₂/T₂²
        """,
        use: "Where one limit counts: its tails are equally likely.")
    }
  }
}
