public import Inference

/// A comparison of graded outcomes between groups.
public enum OrdinalMethod: String, StatisticalMethod {
  case wilcoxon
  case wilcoxonCorrected = "wilcoxon-cc"
  case wilcoxonExact = "wilcoxon-exact"
  case jonckheereTerpstra = "jonckheere-terpstra"
  case jonckheereTerpstraExact = "jonckheere-terpstra-exact"
  case linearByLinear = "linear-by-linear"
  case proportionalOdds = "proportional-odds"
  case winOdds = "win-odds"

  /// Whether it compares each group with the reference, instead of all groups at once.
  public var isPairwise: Bool {
    switch self {
    case .wilcoxon, .wilcoxonCorrected, .wilcoxonExact, .winOdds: true
    case .jonckheereTerpstra, .jonckheereTerpstraExact, .linearByLinear, .proportionalOdds: false
    }
  }

  public var title: String {
    switch self {
    case .wilcoxon: "Wilcoxon rank sum"
    case .wilcoxonCorrected: "Wilcoxon rank sum with continuity correction"
    case .wilcoxonExact: "Wilcoxon rank sum exact"
    case .jonckheereTerpstra: "Jonckheere–Terpstra"
    case .jonckheereTerpstraExact: "Jonckheere–Terpstra exact"
    case .linearByLinear: "Linear-by-linear association"
    case .proportionalOdds: "Proportional odds"
    case .winOdds: "Win odds"
    }
  }

  public var summary: String {
    switch self {
    case .wilcoxon:
      """
      z of the rank sum with midranks and the variance for ties, no continuity correction, positive \
      where the group has higher grades than the reference: CORRECT=NO in SAS PROC NPAR1WAY, \
      wilcox.test with exact = FALSE, correct = FALSE in R.
      """
    case .wilcoxonCorrected:
      """
      The same with ½ taken from |U − E U|: the default of SAS PROC NPAR1WAY, and of R's \
      wilcox.test where there are ties.
      """
    case .wilcoxonExact:
      """
      P(|U − E U| ≥ |u − E U|) over all tables with the observed margins, ties included; the \
      statistic is U of the group: EXACT WILCOXON in SAS PROC NPAR1WAY, wilcox_test with \
      distribution = "exact" in R's coin; R's wilcox.test refuses ties.
      """
    case .jonckheereTerpstra:
      """
      z over all groups in their order, with the variance for ties, no continuity correction, \
      positive where grades rise from group to group: JT in SAS PROC FREQ; R's DescTools leaves \
      the ties out of the variance.
      """
    case .jonckheereTerpstraExact:
      """
      P(|J − E J| ≥ |j − E J|) over all tables with the observed margins, ties included; the \
      statistic is J: EXACT JT in SAS PROC FREQ; R's DescTools is exact without ties only.
      """
    case .linearByLinear:
      """
      (N − 1) r² of the scores of groups and grades, χ² with one degree of freedom: "nonzero \
      correlation" of CMH in SAS PROC FREQ, the square of the Z of lbl_test in R's coin.
      """
    case .proportionalOdds:
      """
      logit P(Y ≤ j) = α − β of the group, the reference having β = 0: estimates are log odds \
      ratios for higher grades, standard errors and z from the observed information, limits from \
      the profile likelihood; Pearson's χ² of the fit is the score test of proportionality. polr \
      in R's MASS and clm in ordinal have the same sign; SAS PROC LOGISTIC without DESCENDING the \
      opposite one, Wald limits, and standard errors from the expected information.
      """
    case .winOdds:
      """
      θ = P(higher) + ½ P(equal) of a subject of the group against one of the reference; \
      estimate θ/(1 − θ), limits on its logarithm, whose standard error follows from DeLong's \
      variance of θ with n − 1; z = (θ − ½)/SE(θ). calcWO in R's hce; SAS has no procedure.
      """
    }
  }

  public var reference: String {
    switch self {
    case .wilcoxon: "Wilcoxon (1945), Biometrics Bull. 1:80"
    case .wilcoxonCorrected: "Mann & Whitney (1947), Ann. Math. Stat. 18:50"
    case .wilcoxonExact: "Mehta, Patel & Tsiatis (1984), Biometrics 40:819"
    case .jonckheereTerpstra: "Jonckheere (1954), Biometrika 41:133"
    case .jonckheereTerpstraExact: "Terpstra (1952), Indag. Math. 14:327"
    case .linearByLinear: "Mantel (1963), J. Am. Stat. Assoc. 58:690"
    case .proportionalOdds: "McCullagh (1980), J. R. Stat. Soc. B 42:109"
    case .winOdds: "Brunner, Vandemeulebroecke & Mütze (2021), Stat. Med. 40:3367"
    }
  }
}
