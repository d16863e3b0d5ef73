public import Comparison

extension StratifiedRiskDifferenceMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .mantelHaenszel:
      Explanation(
        "Σw(p₁ − p₂)/Σw, w = n₁n₂/N; variance Σw²(x₁(n₁ − x₁)/n₁³ + x₂(n₂ − x₂)/n₂³)/(Σw)²",
        use: "A common difference over few or many strata, zeros included; needs some events.")
    case .mantelHaenszelSato:
      Explanation(
        """
        the same estimate d; variance (d ΣP + ΣQ)/(Σw)², P = (n₁²x₂ − n₂²x₁ + n₁n₂(n₂ − n₁)/2)/N², \
        Q = (x₁(n₂ − x₂) + x₂(n₁ − x₁))/2N
        """,
        use: "Many small strata, such as matched pairs, and to match SAS or metafor.")
    case .inverseVariance:
      Explanation(
        "Σd/v / Σ1/v ± z/√Σ1/v, v = p₁q₁/n₁ + p₂q₂/n₂",
        use: "Large strata. Not for rare events: strata with few events seem the most precise.")
    case .miettinenNurminen:
      Explanation(
        "{θ: |Σw(d − θ)| ≤ z√(Σw²V)}, V = λ(p̃₁q̃₁/n₁ + p̃₂q̃₂/n₂) in each stratum, weights as asked",
        use: "The first choice: near its level with sparse strata; its test at 0 is CMH's.")
    case .newcombe:
      Explanation(
        """
        d − z√(λ₁l₁(1 − l₁) + λ₂u₂(1 − u₂)) to d + z√(λ₁u₁(1 − u₁) + λ₂l₂(1 − l₂)), λ = Σw²/n, \
        w ∝ n₁n₂/N; l and u of a group are Σw times Wilson's limits at z√(Σw²v)/Σ(w√v), v = pq/n
        """,
        use: "To match SAS or tern, without a test that must agree.")
    case .summaryScore:
      Explanation(
        "Σm/s² / Σ1/s² ± z/√Σ1/s², m the centre and 2zs the width of each stratum's score interval",
        use: "To match SAS's COMMONRISKDIFF(CL=SCORE). Not for many small strata: biased towards 0."
      )
    }
  }
}

extension StratifiedRiskRatioMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .mantelHaenszel:
      Explanation(
        """
        φ = Σ(x₁n₂/N) / Σ(x₂n₁/N); variance of ln φ: Σ(n₁n₂(x₁ + x₂)/N² − x₁x₂/N) / \
        (Σ(x₁n₂/N) Σ(x₂n₁/N))
        """,
        use: "A common ratio over few or many strata, zeros in some included.")
    case .inverseVariance:
      Explanation(
        "exp(Σ(ln φ)/v / Σ1/v), v = 1/x₁ − 1/n₁ + 1/x₂ − 1/n₂",
        use: "Large strata with events in both groups. Not for rare events: ½ has to be added.")
    case .miettinenNurminen:
      Explanation(
        "{φ: |Σw(p₁ − φp₂)| ≤ z√(Σw²V)}, V = λ(p̃₁q̃₁/n₁ + φ²p̃₂q̃₂/n₂) in each stratum",
        use: "The first choice: near its level with sparse strata.")
    }
  }
}

extension StratifiedOddsRatioMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .mantelHaenszel:
      Explanation(
        """
        ψ = ΣR/ΣS, R = x₁(n₂ − x₂)/N, S = x₂(n₁ − x₁)/N; variance of ln ψ: ΣPR/2(ΣR)² + \
        Σ(PS + QR)/2ΣRΣS + ΣQS/2(ΣS)², P = (x₁ + n₂ − x₂)/N, Q = 1 − P
        """,
        use: "A common odds ratio over few or many strata, zeros in some included.")
    case .inverseVariance:
      Explanation(
        "exp(Σ(ln ψ)/v / Σ1/v), v = Σ 1/cell",
        use: "Large strata without zeros. Not for rare events: ½ has to be added.")
    case .miettinenNurminen:
      Explanation(
        "{ψ: |ΣwS| ≤ z√(Σw²V)}, S and V of the odds ratio's score in each stratum",
        use: "Sparse strata; with inverse-variance weights its test at 1 is CMH's.")
    case .conditionalExact:
      Explanation(
        "the ψ with P(Σx₁ or more | all margins; ψ) = α/2, and its mirror",
        use: "Few events where coverage must never fall below the level.")
    case .conditionalMidP:
      Explanation(
        "as conditional-exact with half the probability of the observed Σx₁",
        use: "Few events where the average coverage counts.")
    }
  }
}

extension StratifiedRateDifferenceMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .mantelHaenszel:
      Explanation(
        "Σw(r₁ − r₂)/Σw, w = T₁T₂/T; variance Σw²(x₁/T₁² + x₂/T₂²)/(Σw)²",
        use: "A common difference over few or many strata, zeros included.")
    case .inverseVariance:
      Explanation(
        "Σd/v / Σ1/v, v = x₁/T₁² + x₂/T₂²",
        use: "Large strata. Not for rare events: strata with few events seem the most precise.")
    case .miettinenNurminen:
      Explanation(
        "{θ: |Σw(d − θ)| ≤ z√(Σw²V)}, V = r̃₁/T₁ + r̃₂/T₂ in each stratum",
        use: "The first choice: near its level with sparse strata.")
    }
  }
}

extension StratifiedRateRatioMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .mantelHaenszel:
      Explanation(
        """
        φ = Σ(x₁T₂/T) / Σ(x₂T₁/T); variance of ln φ: Σ(T₁T₂(x₁ + x₂)/T²) / (Σ(x₁T₂/T) Σ(x₂T₁/T))
        """,
        use: "A common ratio over few or many strata, zeros in some included.")
    case .inverseVariance:
      Explanation(
        "exp(Σ(ln φ)/v / Σ1/v), v = 1/x₁ + 1/x₂",
        use: "Large strata with events in both groups. Not for rare events: ½ has to be added.")
    case .miettinenNurminen:
      Explanation(
        "{φ: |Σw(r₁ − φr₂)| ≤ z√(Σw²V)}, V = r̃₁/T₁ + φ²r̃₂/T₂ in each stratum",
        use: "The first choice: near its level with sparse strata.")
    case .conditionalExact:
      Explanation(
        "the φ with P(Σx₁ or more | the events of each stratum; φ) = α/2, and its mirror",
        use: "Few events where coverage must never fall below the level.")
    case .conditionalMidP:
      Explanation(
        "as conditional-exact with half the probability of the observed Σx₁",
        use: "Few events where the average coverage counts.")
    }
  }
}

extension StratifiedTest: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .cochranMantelHaenszel:
      Explanation(
        "χ² = (Σ(x₁ − E))²/ΣV, E = n₁m/N, V = n₁n₂m(N − m)/(N²(N − 1)), m = x₁ + x₂",
        use: "That risks are equal in every stratum, where the effect goes the same way in all.")
    case .cochranMantelHaenszelCorrected:
      Explanation(
        "χ² = (|Σ(x₁ − E)| − min(½, |Σ(x₁ − E)|))²/ΣV",
        use: "To match R's default; too cautious otherwise.")
    case .breslowDay:
      Explanation(
        "χ² = Σ(x₁ − e)²/v, e and v of each stratum at the Mantel–Haenszel odds ratio, k − 1 df",
        use: "Whether odds ratios differ between large strata. Not for sparse ones: then zelen.")
    case .breslowDayTarone:
      Explanation(
        "breslow-day less (Σ(x₁ − e))²/Σv",
        use: "The same, with the right distribution; to be preferred to breslow-day.")
    case .woolfHomogeneity:
      Explanation(
        "χ² = Σ(ln ψ − mean)²/v, v = Σ 1/cell, the mean weighted by 1/v, k − 1 df",
        use: "Large strata without zeros.")
    case .zelen:
      Explanation(
        "p = Σ P over tables of the same margins and the same Σx₁ with P no larger than observed",
        use: "Whether odds ratios differ where strata are sparse.")
    }
  }
}

extension StratumWeights: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .mantelHaenszel:
      Explanation(
        "w = n₁n₂/N, of rates T₁T₂/T",
        use:
          "The usual choice for differences and ratios of risks: its test at equal risks is CMH's.")
    case .inverseVariance:
      Explanation(
        "w = 1/V at the value that is scored",
        use:
          "The odds ratio, where its test at 1 is CMH's. For differences it leaves out empty strata."
      )
    case .miettinenNurminen:
      Explanation(
        """
        for differences w = 1/(R₁(1 − R₁)/(R₂(1 − R₂)n₁) + 1/n₂), R₁ and R₂ the weighted means of p̃, \
        repeated until they stand still
        """,
        use: "The most power where the measure is the same in all strata.")
    case .sampleSize:
      Explanation(
        "w = N, of rates T",
        use: "A mean effect in the population of the strata, be it the same in all or not.")
    case .equal:
      Explanation(
        "w = 1",
        use: "Where each stratum is of the same interest; wide where one is small.")
    }
  }
}

extension IndirectMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .bucher:
      Explanation(
        "d = d₁ − d₂ ± z√(v₁ + v₂), each contrast with its own anchor, ratios on the logarithm",
        use: """
          Events in every group, and trials alike in what modifies the effect. Not with a zero: take \
          profile.
          """)
    case .profile:
      Explanation(
        "{θ: 2(max ℓ − max ℓ under d₁ − d₂ = θ) ≤ z²}, over all four groups",
        use: "Few or no events in a group; nothing is added to zeros.")
    }
  }
}
