public import DoseResponse

extension DoseResponseModel: ExplainedMethod {
  public var explanation: Explanation { Explanation("f(x) = " + mean, use: use) }

  /// The formula, with which the summary begins.
  private var mean: String { String(summary.prefix { $0 != ":" }) }

  private var use: String {
    switch self {
    case .logLogistic2: "Shares of a whole from 0 to 1, such as mortality. " + Self.symmetric
    case .logLogistic3:
      "Responses that fall to or rise from 0, the control unknown. " + Self.symmetric
    case .logLogistic3u:
      "Shares whose control is 1 by definition, the floor unknown. " + Self.symmetric
    case .logLogistic4:
      "The first choice for an IC₅₀ with both plateaus among the data. " + Self.symmetric
    case .logLogistic5:
      """
      Curves that leave one plateau more slowly than the other, with many doses; its location is not the \
      ED50. Not for few doses: asymmetry and slope make up for each other.
      """
    case .logistic3, .logistic4, .logistic5:
      "Doses that are already logarithms, or may be negative; else the log-logistic of as many parameters."
    case .logNormal2, .logNormal3, .logNormal4:
      "Probit analysis: tolerances that are normal on the log dose. Hardly told from log-logistic."
    case .weibull1With2, .weibull1With3, .weibull1With4:
      "Curves that leave the upper plateau slowly and reach the lower one fast. Location is not the ED50."
    case .weibull2With2, .weibull2With3, .weibull2With4:
      "Curves that leave the upper plateau fast and reach the lower one slowly. Location is not the ED50."
    case .gompertz2, .gompertz3, .gompertz4:
      "Growth over time, or doses that are already logarithms; asymmetric."
    case .exponentialDecay2, .exponentialDecay3:
      "A fall that is steepest at dose 0, as of residues over time. Not for a curve with a shoulder."
    case .asymptoticRegression2, .asymptoticRegression3:
      "A rise that is steepest at dose 0 towards a limit. Not for a curve with a shoulder."
    case .michaelisMenten2, .michaelisMenten3:
      "Enzyme velocity and saturable binding: half the way at scale. Not with cooperativity."
    case .brainCousens4, .brainCousens5:
      "Low doses that stimulate. Not without data on the rise: hormesis is then not identified."
    case .cedergreen4, .cedergreen5:
      "Low doses that stimulate, of any slope; alpha says how fast. The unit of the dose matters."
    case .emax: "Trials with few doses: a rise to a limit, half at ed50."
    case .sigmoidEmax: "Trials with five doses and more, where steepness is unknown."
    case .linear: "Few doses far below a plateau. Not for an IC₅₀: it has no limit."
    case .quadratic: "A rise that may turn, over the tested doses alone. Not beyond them."
    case .exponential: "A rise that becomes steeper over the tested doses. Not beyond them."
    case .constant: "What every other model is held against: no effect of the dose."
    }
  }

  private static let symmetric =
    "Symmetric on the log dose; where it is not, weibull or five parameters."
}

extension CurveIntervalMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .profile:
      Explanation(
        "{θ: S(θ) − S ≤ σ̂² F(1, n − p)}, all other parameters refitted; counts: 2(ℓ̂ − ℓ(θ)) ≤ χ²(1)",
        use: "The first choice: right for curved models, and open where the data refute no value.")
    case .wald:
      Explanation(
        "θ̂ ± t(n − p) SE, for counts z",
        use:
          "To reproduce other programs, and for many curves at once. Symmetric, so wrong near an end."
      )
    case .waldLog:
      Explanation(
        "θ̂ exp(±t(n − p) SE/θ̂), for counts z",
        use: "Doses from many curves at once: fast, never negative. Not for what may be 0.")
    case .bootstrap:
      Explanation(
        "the α/2 and 1 − α/2 quantiles of 2,000 refits",
        use: "A second look where errors are not normal. Slow, and rough for few points.")
    }
  }
}

extension FitInformation: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .expected:
      Explanation("σ̂²(JᵀWJ)⁻¹", use: "The usual choice; what nls and most programs print.")
    case .observed:
      Explanation("σ̂²(½ ∂²S/∂θ∂θᵀ)⁻¹", use: "To match drc, and where the model is strongly curved.")
    case .sandwich:
      Explanation(
        "(JᵀWJ)⁻¹ Jᵀ W² diag(r²/(1 − h)²) J (JᵀWJ)⁻¹",
        use: "Where variances differ in an unknown way. Not for few points.")
    }
  }
}

extension ResponseKind: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .continuous:
      Explanation("minimises S = Σw(y − f)²", use: "Signals such as absorbance or luminescence.")
    case .binomial:
      Explanation(
        "maximises Σ(y ln f + (m − y) ln(1 − f))",
        use: "How many of m responded; f must stay between 0 and 1: fix or bound lower and upper.")
    case .poisson:
      Explanation(
        "maximises Σ(y ln(wf) − wf)",
        use:
          "Counts without an upper end, such as colonies. Not where they vary more than Poisson's do."
      )
    }
  }
}

extension RobustMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .none:
      Explanation("minimises Σr²", use: "The usual choice, once outliers have been looked at.")
    case .huber:
      Explanation(
        "minimises Σρ(r/s), ρ(u) = u²/2 to 1.345, then 1.345|u| − 1.345²/2",
        use: "Some far wells; all still count.")
    case .tukey:
      Explanation(
        "minimises Σρ(r/s), ρ(u) = (c²/6)(1 − (1 − (u/c)²)³) to c = 4.685, then c²/6",
        use: "Gross errors, which then count no more. May have several minima.")
    case .cauchy:
      Explanation("minimises Σ ln(1 + (r/2.385s)²)", use: "Heavy tails, between huber and tukey.")
    case .rout:
      Explanation(
        "residuals from a Lorentzian fit, tested at a false discovery rate of 1 %; then Σr² of the rest",
        use: "Where single wells are to be named and left out, as Prism does.")
    }
  }
}

extension ObservationWeights: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .none: Explanation("w = 1", use: "One variance at all doses.")
    case .column:
      Explanation("Σw(y − f)², variance σ²/w", use: "Known precision, as of means of w wells each.")
    case .powerOfMean:
      Explanation(
        "variance σ² f^(2θ)",
        use: "Scatter that grows with the response, as of luminescence; θ = 1 is a constant CV.")
    }
  }
}

extension ModelSelection: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .aicc:
      Explanation(
        "the least of −2 log L + 2K + 2K(K + 1)/(n − K − 1)",
        use: "Models that need not be nested. Limits do not know that there was a choice.")
    case .fTest:
      Explanation(
        "F = ((S₀ − S₁)/(p₁ − p₀)) / (S₁/(n − p₁))",
        use: "Nested models, such as log-logistic-3 in log-logistic-4.")
    case .average:
      Explanation(
        "mean Σa ln ED, a ∝ exp(−½ΔAICc); SE = Σa√(SE² + (ln ED − mean)²)",
        use: "Where several models fit alike and limits shall say so.")
    }
  }
}

extension CurveComparison: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .parallelism:
      Explanation(
        "F of curves that share all but the location against free ones; or limits of parameter ratios",
        use:
          "Before a relative potency. Limits of equivalence are better than a test that may be blind."
      )
    case .equalED50:
      Explanation(
        "F of curves that share the ED50 against free ones",
        use: "Whether curves differ in their ED50, be they parallel or not.")
    case .relativePotency:
      Explanation(
        "ED50 of the reference / ED50 of the curve",
        use:
          "How many times as potent. Not where curves are not parallel: it then depends on the effect."
      )
    }
  }
}
