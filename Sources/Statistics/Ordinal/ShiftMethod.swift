public import Inference

/// A test that grades did not shift from baseline.
public enum ShiftMethod: String, StatisticalMethod {
  case sign
  case signExact = "sign-exact"
  case signedRank = "wilcoxon-signed-rank"
  case pratt
  case stuartMaxwell = "stuart-maxwell"
  case bowker

  /// Whether the statistic is χ², with degrees of freedom.
  public var hasDegreesOfFreedom: Bool { self == .stuartMaxwell || self == .bowker }

  public var title: String {
    switch self {
    case .sign: "Sign"
    case .signExact: "Sign exact"
    case .signedRank: "Wilcoxon signed rank"
    case .pratt: "Wilcoxon signed rank, Pratt"
    case .stuartMaxwell: "Stuart–Maxwell"
    case .bowker: "Bowker"
    }
  }

  public var summary: String {
    switch self {
    case .sign:
      """
      z = (worsened − improved)/√(worsened + improved), no continuity correction, positive where \
      more worsened; those unchanged are left out: the square root of McNemar's test.
      """
    case .signExact:
      """
      Two-sided binomial of ½ among those who changed; the statistic is the number worsened: the \
      sign test of SAS PROC UNIVARIATE, binom.test in R.
      """
    case .signedRank:
      """
      z of the signed midranks of the changes in grade, those unchanged left out before ranking, \
      with the variance for ties and without continuity correction: wilcox.test with paired = \
      TRUE, exact = FALSE, correct = FALSE in R; SAS PROC UNIVARIATE takes t beyond 20 subjects.
      """
    case .pratt:
      """
      The same with those unchanged ranked, and left out after ranking: the default of \
      wilcoxsign_test in R's coin; SAS PROC UNIVARIATE has none.
      """
    case .stuartMaxwell:
      """
      χ² of the differences of both margins with their covariance under homogeneity, over the \
      grades between which subjects moved: StuartMaxwellTest in R's DescTools, mh_test without \
      scores in coin; SAS PROC CATMOD gives Bhapkar's form.
      """
    case .bowker:
      """
      χ² = Σ (nᵢⱼ − nⱼᵢ)²/(nᵢⱼ + nⱼᵢ) over the pairs of grades between which subjects moved, which \
      are its degrees of freedom: AGREE in SAS PROC FREQ and mcnemar.test in R count all pairs, \
      and R then has no number where one is empty.
      """
    }
  }

  public var reference: String {
    switch self {
    case .sign, .signExact: "Dixon & Mood (1946), J. Am. Stat. Assoc. 41:557"
    case .signedRank: "Wilcoxon (1945), Biometrics Bull. 1:80"
    case .pratt: "Pratt (1959), J. Am. Stat. Assoc. 54:655"
    case .stuartMaxwell:
      "Stuart (1955), Biometrika 42:412; Maxwell (1970), Br. J. Psychiatry 116:651"
    case .bowker: "Bowker (1948), J. Am. Stat. Assoc. 43:572"
    }
  }
}
