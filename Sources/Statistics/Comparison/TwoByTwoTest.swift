public import Inference

/// A test that two risks are equal.
public enum TwoByTwoTest: String, StatisticalMethod {
  case chiSquare = "chi-square"
  case chiSquareCorrected = "chi-square-cc"
  case reducedChiSquare = "n-1-chi-square"
  case fisher
  case fisherMidP = "fisher-mid-p"
  case fisherCentral = "fisher-central"
  case fisherCentralMidP = "fisher-central-mid-p"
  case fisherBlaker = "fisher-blaker"
  case barnard
  case boschloo
  case likelihoodRatio = "likelihood-ratio"

  /// The names of what the test gives: exact ones have a p-value alone.
  public var statisticNames: [String] {
    switch self {
    case .chiSquare, .chiSquareCorrected, .reducedChiSquare, .likelihoodRatio:
      ["statistic", "df", "p_value"]
    default: ["p_value"]
    }
  }

  public var title: String {
    switch self {
    case .chiSquare: "Pearson χ²"
    case .chiSquareCorrected: "χ² with Yates' correction"
    case .reducedChiSquare: "(N − 1) χ²"
    case .fisher: "Fisher exact"
    case .fisherMidP: "Fisher mid-P"
    case .fisherCentral: "Fisher exact, central"
    case .fisherCentralMidP: "Fisher mid-P, central"
    case .fisherBlaker: "Fisher exact, Blaker"
    case .barnard: "Barnard exact unconditional"
    case .boschloo: "Boschloo exact unconditional"
    case .likelihoodRatio: "Likelihood-ratio χ²"
    }
  }

  public var summary: String {
    switch self {
    case .chiSquare:
      """
      Σ (observed − expected)²/expected without continuity correction: SAS PROC FREQ CHISQ, R's \
      chisq.test with correct = FALSE.
      """
    case .chiSquareCorrected:
      """
      With ½ taken from |observed − expected|, or all of it where it is less: the default of R's \
      chisq.test, the continuity-adjusted χ² of SAS PROC FREQ.
      """
    case .reducedChiSquare:
      """
      (N − 1)/N times Pearson's χ²: the test that agrees with Miettinen and Nurminen's intervals, \
      and the Mantel–Haenszel χ² of SAS PROC FREQ.
      """
    case .fisher:
      """
      Two-sided by minimum likelihood: the probability of all tables no more probable than the one \
      observed, as in R's fisher.test, SciPy and SAS PROC FREQ.
      """
    case .fisherMidP:
      "As fisher, with half the probability of the tables tied with the observed one."
    case .fisherCentral:
      """
      Twice the smaller tail, at most 1: the two-sided test that agrees with the conditional-exact \
      interval; tsmethod "central" in R's exact2x2.
      """
    case .fisherCentralMidP:
      """
      Twice the smaller tail with half the probability of the observed table: the test that agrees \
      with the conditional-mid-p interval.
      """
    case .fisherBlaker:
      """
      The probability of tables no less extreme in their smaller tail: tsmethod "blaker" in R's \
      exact2x2.
      """
    case .barnard:
      """
      Two-sided, ordered by the size of the pooled z statistic, ties kept, over the whole range of \
      the common risk: SAS PROC FREQ BARNARD; SciPy's barnard_exact drops ties.
      """
    case .boschloo:
      """
      Two-sided, ordered by the p-value of fisher: as R's Exact and StatXact; SciPy's doubles the \
      one-sided p-value.
      """
    case .likelihoodRatio:
      "2Σ observed · log(observed/expected): the likelihood-ratio χ² of SAS PROC FREQ."
    }
  }

  public var reference: String {
    switch self {
    case .chiSquare: "Pearson (1900), Philos. Mag. 50:157"
    case .chiSquareCorrected: "Yates (1934), Suppl. J. R. Stat. Soc. 1:217"
    case .reducedChiSquare:
      "E. Pearson (1947), Biometrika 34:139; Campbell (2007), Stat. Med. 26:3661"
    case .fisher, .fisherCentral: "Fisher (1935), J. R. Stat. Soc. 98:39"
    case .fisherMidP, .fisherCentralMidP: "Lancaster (1961), J. Am. Stat. Assoc. 56:223"
    case .fisherBlaker: "Blaker (2000), Can. J. Stat. 28:783"
    case .barnard: "Barnard (1947), Biometrika 34:123"
    case .boschloo: "Boschloo (1970), Stat. Neerl. 24:1"
    case .likelihoodRatio: "Wilks (1938), Ann. Math. Stat. 9:60"
    }
  }
}
