public import Comparison

extension RiskDifferenceMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .wald:
      Explanation(
        "d ± z√(p₁q₁/n₁ + p₂q₂/n₂), d = p₁ − p₂",
        use: """
          To reproduce published tables. Not for rare events: it covers too seldom, and 0 v 0 gives the \
          single point 0.
          """)
    case .waldCorrected:
      Explanation(
        "Wald ± ½(1/n₁ + 1/n₂)",
        use: "To reproduce tern's default or R's prop.test; miettinen-nurminen is better otherwise."
      )
    case .miettinenNurminen:
      Explanation(
        """
        {θ: |d − θ| ≤ z√(λV)}, V = p̃₁q̃₁/n₁ + p̃₂q̃₂/n₂, λ = N/(N − 1), \
        p̃ the maximum-likelihood risks under p₁ − p₂ = θ
        """,
        use: """
          The first choice in trials: near its level for any table, sensible \
          with no events. Test with n-1-chi-square, which agrees with it.
          """)
    case .mee:
      Explanation(
        "as miettinen-nurminen with λ = 1",
        use: "Where the test is Pearson's χ² or Farrington and Manning's, with which it agrees.")
    case .newcombe:
      Explanation(
        "d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²), l and u Wilson's limits",
        use: "A good interval in closed form that needs no test; also at 0 v 0.")
    case .newcombeCorrected:
      Explanation(
        "as newcombe, l and u Wilson's limits with continuity correction",
        use: "Where SAS's NEWCOMBE(CORRECT) is to be reproduced; wider than needed.")
    case .agrestiCaffo:
      Explanation(
        "d̃ ± z√(p̃₁q̃₁/(n₁ + 2) + p̃₂q̃₂/(n₂ + 2)), p̃ = (x + 1)/(n + 2), d̃ their difference",
        use: "Easily done by hand for small groups; wide for rare events.")
    case .hauckAnderson:
      Explanation(
        "d ± (1/(2 min(n₁, n₂)) + z√(p₁q₁/(n₁ − 1) + p₂q₂/(n₂ − 1)))",
        use: "To reproduce older trials of equivalence; miettinen-nurminen is better otherwise.")
    case .scas:
      Explanation(
        """
        {θ: |z(θ)| ≤ z}, z(θ) the root of Az² + z − (S/√V + A) = 0, S = d − θ, V as in \
        miettinen-nurminen with λ, A = μ₃/6V^(3/2), μ₃ = p̃₁q̃₁(1 − 2p̃₁)/n₁² − p̃₂q̃₂(1 − 2p̃₂)/n₂²
        """,
        use: "Where one limit counts, as for non-inferiority with unequal groups: equal tails.")
    case .likelihoodRatio:
      Explanation(
        "{θ: 2(ℓ(p₁, p₂) − max ℓ under p₁ − p₂ = θ) ≤ z²}",
        use:
          "Where it is to agree with the likelihood-ratio test; covers a little less for small n.")
    case .exactScore:
      Explanation(
        "{θ: sup over p₂ of P(Z ≥ z_obs) > α/2, and its mirror}, Z the score statistic at θ",
        use: """
          Where coverage must never fall below the level, in small groups. It takes long for large groups \
          and is wider than miettinen-nurminen.
          """)
    case .exactSimple:
      Explanation(
        "as exact-score, tables ordered by d itself",
        use: "To reproduce SAS's METHOD=NOSCORE; exact-score is shorter.")
    case .exactTwoSided:
      Explanation(
        "{θ: sup over p₂ of P(|Z| ≥ |z_obs|) > α}, its hull",
        use: "Exact and mostly shorter than exact-score; two-sided only, and belongs to barnard.")
    }
  }
}

extension RateDifferenceMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .wald:
      Explanation(
        "r₁ − r₂ ± z√(x₁/T₁² + x₂/T₂²)",
        use: "To reproduce published tables. Not for few events; 0 v 0 gives a single point.")
    case .miettinenNurminen:
      Explanation(
        "{θ: |r₁ − r₂ − θ| ≤ z√(r̃₁/T₁ + r̃₂/T₂)}, r̃ the maximum-likelihood rates under r₁ − r₂ = θ",
        use: "The first choice, also with no events in a group. Test with poisson-score.")
    case .mover:
      Explanation(
        "d − √((r₁ − l₁)² + (u₂ − r₂)²) to d + √((u₁ − r₁)² + (r₂ − l₂)²), l and u Jeffreys' limits",
        use: "A good interval without iteration, where no test must agree with it.")
    case .scas:
      Explanation(
        """
        as miettinen-nurminen with z(θ) the root of Az² + z − (S/√V + A) = 0, A = μ₃/6V^(3/2), \
        μ₃ = r̃₁/T₁² − r̃₂/T₂²
        """,
        use: "Where one limit counts: its tails are equally likely.")
    }
  }
}
