public import Inference

/// A test for a trend of risks over scored groups.
public enum TrendMethod: String, StatisticalMethod {
  case cochranArmitage = "cochran-armitage"
  case cochranArmitageExact = "cochran-armitage-exact"
  case cochranArmitageMidP = "cochran-armitage-mid-p"

  public var title: String {
    switch self {
    case .cochranArmitage: "Cochran–Armitage"
    case .cochranArmitageExact: "Cochran–Armitage exact"
    case .cochranArmitageMidP: "Cochran–Armitage mid-P"
    }
  }

  public var summary: String {
    switch self {
    case .cochranArmitage:
      """
      z with the binomial variance p(1 − p) Σ n(s − s̄)², no N − 1 and no continuity correction, \
      positive where the risk rises with the score, p two-sided: TREND in SAS PROC FREQ, whose \
      sign depends on the order of its columns, and the root of R's prop.trend.test.
      """
    case .cochranArmitageExact:
      """
      P(|T − E T| ≥ |t − E T|) over all tables with the observed margins, T = Σ s x, ties to 1e-7 \
      included: EXACT TREND in SAS PROC FREQ; base R has none, independence_test of R's coin has it.
      """
    case .cochranArmitageMidP:
      """
      The exact test with half the probability of the tables as far out as the observed one: \
      EXACT TREND / MIDP in SAS PROC FREQ halves the observed value of T alone; base R has none.
      """
    }
  }

  public var reference: String {
    switch self {
    case .cochranArmitage: "Armitage (1955), Biometrics 11:375"
    case .cochranArmitageExact: "Agresti, Mehta & Patel (1990), J. Am. Stat. Assoc. 85:453"
    case .cochranArmitageMidP: "Lancaster (1961), J. Am. Stat. Assoc. 56:223"
    }
  }
}
