public import MetaAnalysis

extension Tau2Estimator: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .dl:
      Explanation(
        "max(0, (Q − (k − 1))/(Σw − Σw²/Σw)), w = 1/v, Q = Σw(y − ȳ)²",
        use: "To reproduce older reviews. Too small on average where heterogeneity is large.")
    case .he:
      Explanation(
        "max(0, Σ(y − ȳ)²/(k − 1) − Σv/k), ȳ the plain mean",
        use: "Without bias where it is not cut at 0, but varies more than others.")
    case .hs:
      Explanation(
        "max(0, (Q − k)/Σw)",
        use: "To reproduce psychometric reviews. Too small on average.")
    case .hsk:
      Explanation(
        "max(0, (kQ/(k − 1) − k)/Σw)",
        use: "The same with less bias for few studies.")
    case .sj:
      Explanation(
        "Σu(y − ȳᵤ)²/(k − 1), u = 1/(v/τ₀² + 1), τ₀² = Σ(y − ȳ)²/k",
        use: "Where heterogeneity is large. Not where it may be 0: it is never.")
    case .sj2:
      Explanation(
        "as sj with τ₀² by Hedges' estimate",
        use: "As sj, less too large where heterogeneity is small.")
    case .ml:
      Explanation(
        "the maximum over τ² ≥ 0 of −½Σ ln(v + τ²) − ½Σ(y − μ)²/(v + τ²)",
        use: "To compare models by likelihood. Too small on average: reml otherwise.")
    case .reml:
      Explanation(
        "the maximum over τ² ≥ 0 of the likelihood of ml less ½ ln Σ1/(v + τ²)",
        use: "The first choice for effects that are about normal.")
    case .eb:
      Explanation(
        "the τ² ≥ 0 with Σ(y − μ)²/(v + τ²) = k − 1",
        use: "The same as pm.")
    case .pm:
      Explanation(
        "the τ² ≥ 0 with Σ(y − μ)²/(v + τ²) = k − 1",
        use: "As good as reml, without the assumption of normal effects.")
    case .pmm:
      Explanation(
        "the τ² ≥ 0 with Σ(y − μ)²/(v + τ²) = the median of its distribution",
        use: "Where it shall be too small as often as too large.")
    case .dl2:
      Explanation(
        "max(0, (Qₐ − (Σav − Σa²v/Σa))/(Σa − Σa²/Σa)), a = 1/(v + τ²_dl), Qₐ = Σa(y − ȳₐ)²",
        use: "Nearly pm without iteration.")
    case .he2:
      Explanation(
        "as dl2 with a = 1/(v + τ²_he)",
        use: "Nearly pm without iteration.")
    case .genq:
      Explanation(
        "max(0, (Qₐ − (Σav − Σa²v/Σa))/(Σa − Σa²/Σa)), a = 1/√v, Qₐ = Σa(y − ȳₐ)²",
        use: "With the interval of jackson, whose weights it shares.")
    }
  }
}

extension Tau2IntervalMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .qProfile:
      Explanation(
        "{τ²: χ²(α/2; k − 1) ≤ Σ(y − μ)²/(v + τ²) ≤ χ²(1 − α/2; k − 1)}",
        use: "The first choice for normal effects.")
    case .profileLikelihood:
      Explanation(
        "{τ²: 2(ℓ(τ̂²) − ℓ(τ²)) ≤ z²}, ℓ restricted for reml",
        use: "With ml, reml and the mixed models, for which it is the one there is.")
    case .biggerstaffTweedie:
      Explanation(
        "{τ²: F(Q; τ²) in [α/2, 1 − α/2]}, F a gamma distribution with Q's mean and variance",
        use: "To reproduce older analyses; biggerstaff-jackson is the exact form.")
    case .jackson:
      Explanation(
        "{τ²: F(Qₐ; τ²) in [α/2, 1 − α/2]}, F exact, a = 1/√v",
        use: "Mostly shorter than q-profile where heterogeneity is moderate.")
    case .biggerstaffJackson:
      Explanation(
        "{τ²: F(Q; τ²) in [α/2, 1 − α/2]}, F the exact distribution of Cochran's Q",
        use: "Mostly shorter than q-profile where heterogeneity is small.")
    }
  }
}

extension EffectInference: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .z:
      Explanation(
        "μ ± z/√Σw",
        use: "To reproduce published reviews, and for many studies. Too narrow for few.")
    case .t:
      Explanation(
        "μ ± t(k − p)/√Σw",
        use: "A little wider than z; hartung-knapp adapts to the data.")
    case .hartungKnapp:
      Explanation(
        "μ ± t(k − p)√(q/Σw), q = Σw(y − μ)²/(k − p)",
        use:
          "The first choice for five studies and more of like size. For very few it may be very wide."
      )
    case .hartungKnappAdHoc:
      Explanation(
        "μ ± t(k − p)√(max(1, q)/Σw)",
        use: "Where hartung-knapp would be narrower than t, by chance of alike effects.")
    case .kenwardRoger:
      Explanation(
        """
        SE² = (1 + 2(w₃/w₁ − (w₂/w₁)²)/I)/w₁, wᵣ = Σ(v + τ²)^−r, I = w₂/2 − w₃/w₁ + ½(w₂/w₁)²; \
        t with 2I/(SE² w₂)² degrees of freedom
        """,
        use: "With reml, for few studies of unlike size.")
    }
  }
}

extension PredictionMethod: ExplainedMethod {
  public var explanation: Explanation {
    let use =
      "Where a new study's true effect may lie; from three studies on, and uncertain for few."
    return switch self {
    case .tKMinus1: Explanation("μ ± t(k − p)√(τ² + SE²)", use: use)
    case .tKMinus2: Explanation("μ ± t(k − p − 1)√(τ² + SE²)", use: use)
    case .z: Explanation("μ ± z√(τ² + SE²)", use: use + " Too narrow for few studies.")
    }
  }
}
