public import MetaAnalysis

extension PoolingMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .inverseVariance:
      Explanation(
        "μ = Σwy/Σw, SE = 1/√Σw; w = 1/v for common, 1/(v + τ²) for random effects",
        use:
          "Studies with many events in both groups. Not for rare events, where ½ has to be added.")
    case .mantelHaenszel:
      Explanation(
        """
        odds ratio ΣR/ΣS, R = x₁(n₂ − x₂)/N, S = x₂(n₁ − x₁)/N; risk ratio Σ(x₁n₂/N)/Σ(x₂n₁/N); \
        difference Σ(x₁n₂ − x₂n₁)/N / Σ(n₁n₂/N)
        """,
        use:
          "Rare events, arms of any sizes, one common effect. Not estimable with no event in an arm."
      )
    case .mantelHaenszelSato:
      Explanation(
        """
        the same difference d; variance (d ΣP + ΣQ)/(Σn₁n₂/N)², \
        P = (n₁²x₂ − n₂²x₁ + n₁n₂(n₂ − n₁)/2)/N², Q = (x₁(n₂ − x₂) + x₂(n₁ − x₁))/2N
        """,
        use: "Risk differences of many small studies, and to match metafor.")
    case .peto:
      Explanation(
        "ln ψ = Σ(x₁ − E)/ΣV, SE = 1/√ΣV; E = n₁m/N, V = n₁n₂m(N − m)/(N²(N − 1)), m = x₁ + x₂",
        use: """
          Events below 1 %, arms of like size and moderate effects. Not with randomisation 2:1 or more, \
          nor for large effects: it is biased there.
          """)
    case .sampleSize:
      Explanation(
        "μ = Σwy/Σw, w = n₁n₂/N; SE² = Σw²(v + τ²)/(Σw)², τ² = 0 for common effects",
        use: "Where weights must not depend on the effects; rare events still need ½ in y and v.")
    case .ivhet:
      Explanation(
        "μ = Σ(y/v)/Σ(1/v), SE² = Σw²(v + τ²)/(Σw)², w = 1/v, τ² by DerSimonian and Laird",
        use:
          "The common-effect estimate with honest limits where studies differ. Not for rare events."
      )
    case .firth:
      Explanation(
        "the maximum of ℓ(β) + ½ ln |I(β)| of a logistic regression with an intercept for each study",
        use: "Rare events and separation, as with no event in an arm of any study: always finite.")
    case .exactConditional:
      Explanation(
        "the ψ with P(Σx₁ or more | all margins; ψ) = α/2, and its mirror; estimate where E Σx₁ = Σx₁",
        use: "Few events where coverage must never fall below the level; one common effect.")
    case .exactConditionalMidP:
      Explanation(
        "as exact-conditional with half the probability of the observed Σx₁",
        use: "Few events where the average coverage counts; one common effect.")
    case .unconditionalFixed:
      Explanation(
        "logit π = αᵢ ± ½θᵢ, θᵢ normal(θ, τ²), αᵢ fixed; for rates ln λ",
        use: "Enough events per study. Not for very many small studies: τ² is too small there.")
    case .unconditionalRandom:
      Explanation(
        "logit π = αᵢ ± ½θᵢ, αᵢ normal(α, σ²), θᵢ normal(θ, τ²), independent; for rates ln λ",
        use:
          "Rare events in many studies, those without events included. Uses control risks between studies."
      )
    case .conditionalExact:
      Explanation(
        "xᵢ₁ noncentral hypergeometric given the margins with ln ψᵢ normal(θ, τ²); for rates binomial",
        use:
          "The first choice for rare events whose effects differ: keeps the randomisation, adds nothing."
      )
    case .conditionalApproximate:
      Explanation(
        "xᵢ₁ binomial(mᵢ, πᵢ), logit πᵢ = ln(nᵢ₁/nᵢ₂) + θᵢ, θᵢ normal(θ, τ²); for rates T for n",
        use: "The same, good where events are rare in every arm; exact for rates.")
    case .betaBinomial:
      Explanation(
        "x beta-binomial in each arm with logit mean α or α + θ and one intraclass correlation",
        use:
          "Studies without any events. It compares arms across studies: a second look, not the first."
      )
    }
  }
}

extension MetaAnalysisDiagnostic: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .leaveOneOut:
      Explanation(
        "the pooled result without study i, for each i",
        use: "Whether a conclusion rests on one study.")
    case .cumulative:
      Explanation(
        "the pooled result of the first j studies, for each j",
        use: "How evidence grew; list the studies in the order of time. Not a test at each look.")
    case .influence:
      Explanation(
        """
        studentised deleted residual (y − μ₍ᵢ₎)/√(v + τ²₍ᵢ₎ + SE₍ᵢ₎²); Cook's distance (μ − μ₍ᵢ₎)²/SE²; \
        hat value w/Σw
        """,
        use: "To find outlying and influential studies; residuals beyond 2 deserve a look.")
    case .egger:
      Explanation(
        "y = a + b√v by least squares weighted by 1/v; t of b with k − 2 degrees of freedom",
        use: """
          Small-study effects from ten studies on. Not for odds ratios of rare events, where y and v \
          depend on each other: harbord or peters.
          """)
    case .begg:
      Explanation(
        "Kendall's τ of (y − μ)/√(v − 1/Σw) with v, μ the common-effect mean",
        use: "The same without a straight line; of little power.")
    case .harbord:
      Explanation(
        "Z/√V on √V by least squares, Z = x₁ − E and V of each study as in peto",
        use: "Small-study effects of odds ratios, where effects differ little.")
    case .peters:
      Explanation(
        "ln ψ on 1/N by least squares weighted by 1/(1/events + 1/non-events)",
        use: "Small-study effects of odds ratios, also where effects differ.")
    case .trimAndFill:
      Explanation(
        "L₀ = (4T − k(k + 1))/(2k − 1) studies missing, T the rank sum of one side; mirrored about μ",
        use: "How far missing studies might move the result. Not as a corrected estimate.")
    case .radial:
      Explanation(
        "y/√(v + τ²) against 1/√(v + τ²)",
        use:
          "To see outliers and precision together: parallels at ±z hold the studies of one effect.")
    case .baujat:
      Explanation(
        "(y − μ)²/(v + τ²) against (μ − μ₍ᵢ₎)²/SE₍ᵢ₎²",
        use: "To see which studies make heterogeneity and move the result.")
    }
  }
}

extension MetaAnalysisPreset: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .none:
      Explanation(
        "conventions alone; the guide has the table of all presets",
        use: "Unless another program's numbers are to come out.")
    case .revman5:
      Explanation(
        "conventions alone; the guide has the table of all presets",
        use: "To reproduce Cochrane reviews made before 2025. Not for rare events: it adds ½.")
    case .metafor:
      Explanation(
        "conventions alone; the guide has the table of all presets",
        use: "To reproduce an analysis with R's metafor.")
    case .meta8:
      Explanation(
        "conventions alone; the guide has the table of all presets",
        use: "To reproduce an analysis with R's meta. Not for rare events: it adds ½.")
    }
  }
}
