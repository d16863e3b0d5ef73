public import Ordinal

extension TrendMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .cochranArmitage:
      Explanation(
        "z = Σ(x − np̄)s / √(p̄q̄(Σns² − (Σns)²/N)), p̄ = Σx/N, s the scores",
        use:
          "Whether a risk rises with dose, with enough events. The scores are part of the question."
      )
    case .cochranArmitageExact:
      Explanation(
        "p = P(|T − E T| ≥ |t − E T|) given the margins, T = Σsx",
        use: "Few events, where the error of the first kind must be kept.")
    case .cochranArmitageMidP:
      Explanation(
        "p = P(|T − E T| > |t − E T|) + ½P(|T − E T| = |t − E T|) given the margins",
        use: "Few events, where the average error counts.")
    }
  }
}

extension OrdinalMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .wilcoxon:
      Explanation(
        "z = (W − n₁(N + 1)/2)/√(n₁n₂/12 (N + 1 − Σ(t³ − t)/(N(N − 1)))), W the sum of midranks",
        use: "Whether one group has higher grades, with enough subjects; says nothing of how much.")
    case .wilcoxonCorrected:
      Explanation(
        "as wilcoxon with ½ taken from the numerator's size",
        use: "To reproduce SAS's or R's default.")
    case .wilcoxonExact:
      Explanation(
        "p = P(|U − E U| ≥ |u − E U|) given the margins",
        use: "Few subjects, ties included.")
    case .jonckheereTerpstra:
      Explanation(
        "z = (J − E J)/√(var J), J = Σ over pairs of groups of U, var J for ties",
        use: "Whether grades rise over groups in order, as with dose.")
    case .jonckheereTerpstraExact:
      Explanation(
        "p = P(|J − E J| ≥ |j − E J|) given the margins",
        use: "The same with few subjects, ties included.")
    case .linearByLinear:
      Explanation(
        "χ² = (N − 1) r², r the correlation of the scores of groups and grades, 1 degree of freedom",
        use: "Where distances of groups and of grades are known, as scores.")
    case .proportionalOdds:
      Explanation(
        "logit P(Y ≤ j) = αⱼ − β; exp β is the odds ratio of a higher grade, whichever grade is taken",
        use:
          "How much, in one number. Not where its score test says that odds are not proportional.")
    case .winOdds:
      Explanation(
        "θ/(1 − θ), θ = P(A > B) + ½P(A = B); limits on its logarithm from DeLong's variance",
        use: "How much, without a model: the odds that a treated subject has the higher grade.")
    }
  }
}

extension AgreementMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .kappa:
      Explanation(
        "κ = (pₒ − pₑ)/(1 − pₑ), pₒ = Σpᵢᵢ, pₑ = Σpᵢ₊p₊ᵢ",
        use: "Grades without an order. Compare it only where grades are about as common.")
    case .kappaLinear:
      Explanation(
        "the same with pₒ = Σwᵢⱼpᵢⱼ, pₑ = Σwᵢⱼpᵢ₊p₊ⱼ, wᵢⱼ = 1 − |i − j|/(k − 1)",
        use: "Grades in order, where a miss by two is twice that by one.")
    case .kappaQuadratic:
      Explanation(
        "the same with wᵢⱼ = 1 − (i − j)²/(k − 1)²",
        use: "Grades in order, where far misses matter most; about an intraclass correlation.")
    }
  }
}

extension ShiftMethod: ExplainedMethod {
  public var explanation: Explanation {
    switch self {
    case .sign:
      Explanation(
        "z = (worsened − improved)/√(worsened + improved)",
        use: "Whether more subjects worsened than improved, with enough who changed.")
    case .signExact:
      Explanation(
        "two-sided binomial(worsened + improved, ½)",
        use: "The same with few who changed.")
    case .signedRank:
      Explanation(
        "z of the sum of the signed midranks of the changes, zeros left out before ranking",
        use: "Where a change by two grades counts more than one by one.")
    case .pratt:
      Explanation(
        "the same, zeros ranked and then left out",
        use: "The same where many are unchanged.")
    case .stuartMaxwell:
      Explanation(
        """
        χ² = d′V⁻¹d, dᵢ = nᵢ₊ − n₊ᵢ, Vᵢᵢ = nᵢ₊ + n₊ᵢ − 2nᵢᵢ, Vᵢⱼ = −(nᵢⱼ + nⱼᵢ), \
        one degree of freedom less than grades
        """,
        use: "Whether the distribution of grades changed, in whatever direction.")
    case .bowker:
      Explanation(
        "χ² = Σ(nᵢⱼ − nⱼᵢ)²/(nᵢⱼ + nⱼᵢ) over i < j",
        use: "Whether subjects moved between two grades one way more than the other, for any pair.")
    }
  }
}
